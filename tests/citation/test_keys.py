"""Citation keys: readable, in ASCII, different in a library, and the same tomorrow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.citation.keys import citation_keys, made_key, rivals
from sinorus.citation.persons import Person, person
from sinorus.citation.romanised import romanised
from sinorus.model import Date, Document


def document(name: str = "d", **fields: object) -> Document:
    """A document of that id."""
    return Document(id=name, path=f"seeds/{name}.md", **fields)  # type: ignore[arg-type]


KEYS = {
    "gabuev2021pax": ("Pax Sinica", "2021-03", "Alexander Gabuev"),
    "khrushchev1961gaze": ("О газе", "1961", "Никита Сергеевич Хрущёв"),
    "zhaohuasheng2020shanghezuzhi": ("上合组织的未来", "2020", "赵华胜"),
    "walesa2001zazolc": ("Zażółć", "2001", "Łukasz Wałęsa"),
    "galitska2001slovo": ("Слово", "2001", "Юлія Ґалицька"),
    "ministerstvo2001slovo": ("Слово", "2001", "Министерство иностранных дел"),
}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_readable(key: str) -> None:
    title, date, author = KEYS[key]
    assert made_key(document(title=title, date=Date(date), authors=(author,))) == key


def test_without_an_author_a_key_names_the_publisher_or_the_site() -> None:
    assert made_key(document(title="The “No limits” pact", publisher="Carnegie Moscow Center")) == (
        "carnegielimits"
    )
    page = document(
        title="1956年工作报告", url="https://zh.wikisource.org/wiki/x", date=Date("1956")
    )
    assert made_key(page) == "wikisource1956gongzuobaogao"
    news = document(title="News", url="http://www.kremlin.ru/x", date=Date("2019/2020"))
    assert made_key(news) == "kremlin2019news"
    assert made_key(document()) == "source"


YEARS = ("", "1111", "2021-03")
AUTHORS = st.sampled_from(("", "A B", "А Б", "李"))


@given(st.lists(st.tuples(st.text(max_size=8), AUTHORS), max_size=9))
def test_keys_are_different_ascii_and_of_no_order(titles: list[tuple[str, str]]) -> None:
    documents = [
        document(f"d{n}", title=title, authors=(author,) if author else ())
        for n, (title, author) in enumerate(titles)
    ]
    keys = citation_keys(documents)
    assert len({key.lower() for key in keys.values()}) == len(documents)
    assert all(key.isascii() and key and key.replace("-", "").isalnum() for key in keys.values())
    assert citation_keys(documents[::-1]) == keys


@given(st.lists(st.tuples(st.text("a1б", max_size=5), AUTHORS, st.sampled_from(YEARS)), max_size=9))
def test_rivals_are_all_that_a_key_depends_on(titles: list[tuple[str, str, str]]) -> None:
    documents = [
        document(f"d{n}", title=title, authors=(author,), date=Date(year) if year else None)
        for n, (title, author, year) in enumerate(titles)
    ]
    keys = citation_keys(documents)
    for one in documents:
        assert citation_keys(rivals(one, documents))[one.id] == keys[one.id]


def test_a_document_that_is_added_changes_one_key_at_most() -> None:
    fields = {"title": "Telegram", "authors": ("John Smith",), "date": Date("1955")}
    before = citation_keys([document(f"d{n:02}", **fields) for n in range(1, 60)])
    after = citation_keys([document(f"d{n:02}", **fields) for n in range(60)])
    assert after["d00"] == before["d01"] == "smith1955telegram"
    assert sum(after[name] != key for name, key in before.items()) == 1
    assert all(key.startswith("smith1955telegram-") for name, key in after.items() if name != "d00")


def test_what_a_document_says_goes_before_what_is_made() -> None:
    made = document("b", title="Pax", authors=("A Gabuev",), date=Date("2021"))
    own = document("c", title="Other", citekey="Gabuev2021Pax")
    bad = document("d", title="Bad", citekey="a key, with {blanks}")
    keys = citation_keys([made, own, bad])
    assert keys["c"] == "Gabuev2021Pax"
    assert keys["b"].startswith("gabuev2021pax-")
    assert keys["d"] == "bad"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Alexander Gabuev", Person("Gabuev", "Alexander")),
        ("Kim, Younkyoo", Person("Kim", "Younkyoo")),
        ("Никита Сергеевич Хрущёв", Person("Хрущёв", "Никита Сергеевич")),
        ("Хрущёв Никита Сергеевич", Person("Хрущёв", "Никита Сергеевич")),
        ("Анна Петровна Керн", Person("Керн", "Анна Петровна")),
        ("Хрущёв Н. С.", Person("Хрущёв", "Н. С.")),
        ("Н. С. Хрущёв", Person("Хрущёв", "Н. С.")),
        ("赵华胜", Person(literal="赵华胜")),
        ("Xi Jinping", Person("Xi", "Jinping")),
        ("Zhao Huasheng", Person("Zhao", "Huasheng")),
        ("He Anna", Person("Anna", "He")),
        ("Ludwig van Beethoven", Person("van Beethoven", "Ludwig")),
        ("Martin Luther King Jr.", Person("King", "Martin Luther", suffix="Jr.")),
        ("Carnegie Moscow Center", Person(literal="Carnegie Moscow Center")),
        ("Министерство иностранных дел", Person(literal="Министерство иностранных дел")),
        ("United Nations General Assembly", Person(literal="United Nations General Assembly")),
        ("TASS", Person(literal="TASS")),
        ("Ministry of Defence, China", Person(literal="Ministry of Defence, China")),
    ],
)
def test_the_parts_of_a_name(name: str, parts: Person) -> None:
    assert person(name) == parts


@given(st.text(max_size=60))
def test_no_name_is_too_strange(name: str) -> None:
    found = person(name)
    assert found.sorted_by or not name.split()
    assert romanised(name).isascii()
