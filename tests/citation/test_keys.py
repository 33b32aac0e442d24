"""Citation keys: readable, in ASCII, different in a library, and the same tomorrow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.citation.keys import citation_keys, made_key
from sinorus.citation.persons import Person, person
from sinorus.citation.romanised import romanised
from sinorus.model import Date, Document


def document(name: str = "d", **fields: object) -> Document:
    """A document of that id."""
    return Document(id=name, path=f"seeds/{name}.md", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"title": "Pax Sinica", "authors": ("Alexander Gabuev",), "date": Date("2021-03")}, "gabuev2021pax"),
        ({"title": "О газе", "authors": ("Никита Сергеевич Хрущёв",), "date": Date("1961")}, "khrushchev1961gaze"),
        ({"title": "上合组织的未来", "authors": ("赵华胜",), "date": Date("2020")}, "zhaohuasheng2020shanghezuzhi"),
        ({"title": "The “No limits” pact", "publisher": "Carnegie Moscow Center"}, "carnegielimits"),
        ({"title": "1956年工作报告", "url": "https://zh.wikisource.org/wiki/x", "date": Date("1956")}, "wikisource1956gongzuobaogao"),
        ({"title": "News", "url": "http://www.kremlin.ru/x", "date": Date("2019/2020")}, "kremlin2019news"),
        ({"title": "Zażółć", "authors": ("Łukasz Wałęsa",)}, "walesazazolc"),
        ({"title": "Слово", "authors": ("Юлія Ґалицька",), "date": Date("2001")}, "galitska2001slovo"),
        ({}, "source"),
    ],
)  # fmt: skip
def test_a_key_is_readable(fields: dict[str, object], key: str) -> None:
    assert made_key(document(**fields)) == key


@given(
    st.lists(st.tuples(st.text(max_size=8), st.sampled_from(("", "A B", "А Б", "李"))), max_size=9)
)
def test_keys_are_different_ascii_and_of_no_order(titles: list[tuple[str, str]]) -> None:
    documents = [
        document(f"d{n}", title=title, authors=(author,) if author else ())
        for n, (title, author) in enumerate(titles)
    ]
    keys = citation_keys(documents)
    assert len({key.lower() for key in keys.values()}) == len(documents)
    assert all(key.isascii() and key and key.replace("-", "").isalnum() for key in keys.values())
    assert citation_keys(documents[::-1]) == keys


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
