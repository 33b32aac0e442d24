"""`--across` on the command line: what is asked, what is found, what is said; three scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.program import IndexedOnce, MakeLibrary, Sinorus, Valid
from support.small_libraries import make_library

FILES = {
    "en.md": (
        "---\nlang: en\n---\n\nSanctions were imposed.\n\nA strategic partnership.\n\n"
        "The partnership was called strategic.\n\nThe armistice of 1953.\n"
    ),
    "ru.md": (
        "---\nlang: ru\n---\n\nОб отмене санкций говорили долго.\n\n"
        "Стратегическое партнёрство двух стран.\n\nПеремирие было подписано.\n"
    ),
    "zh.md": (
        "---\nlang: zh\n---\n\n美国实施制裁。\n\n兩國建立戰略夥伴關係。\n\n"
        "停战协定签字。\n\n伙伴在战略上很重要。\n"
    ),
}


@pytest.fixture
def three(indexed_once: IndexedOnce, sinorus: Sinorus) -> Path:
    """A library of a few paragraphs in three languages, to read in; the program is there."""
    sinorus.cwd = indexed_once("across", lambda root: make_library(root, FILES))
    return sinorus.cwd


@pytest.fixture
def own_three(library: MakeLibrary) -> Path:
    """The same, to change."""
    return library(FILES)


FOUND = [
    ("sanctions", ["en#1", "ru#1", "zh#1"]),
    ("санкции", ["en#1", "ru#1", "zh#1"]),
    ("санкциями", ["en#1", "ru#1", "zh#1"]),
    ("制裁", ["en#1", "ru#1", "zh#1"]),
    ("非法 OR 制裁", ["en#1", "ru#1", "zh#1"]),
    ('"strategic partnership"', ["en#2", "ru#2", "zh#2"]),
    ("strategic partnership", ["en#2", "en#3", "ru#2", "zh#2"]),
    ("стратегического партнерства", ["en#2", "ru#2", "zh#2"]),
    ("戰略夥伴關係", ["en#2", "ru#2", "zh#2"]),
    ("sanctions NEAR/3 imposed", ["en#1"]),
    ("imposed OR sanctions", ["en#1", "ru#1", "zh#1"]),
    ("sanctions -lang:ru", ["en#1", "zh#1"]),
    ("=sanctions", ["en#1"]),
    ("sanct*", ["en#1"]),
    ("armistice 1953", ["en#4"]),
]


@pytest.mark.parametrize(("query", "ids"), FOUND)
def test_words_are_asked_in_all_languages(
    three: Path, sinorus: Sinorus, query: str, ids: list[str]
) -> None:
    done = sinorus("search", "-x", "--json", query)
    assert (done.code, sorted(done.ids)) == (0, ids)
    plain = sinorus("search", "--json", query)
    assert set(plain.ids) <= set(done.ids)


@pytest.mark.parametrize("query", ["sanctions", "санкции", "制裁"])
def test_the_form_as_written_ranks_first(three: Path, sinorus: Sinorus, query: str) -> None:
    language = {"s": "en", "с": "ru", "制": "zh"}[query[0]]
    assert sinorus("search", "-x", "--json", query).ids[0] == f"{language}#1"


def test_what_was_asked_is_said_and_stands_in_json(
    three: Path, sinorus: Sinorus, valid: Valid
) -> None:
    done = sinorus("search", "-x", "--json", "sanctions", "xyzzy", "OR", "sanctions")
    body = valid("search", done.json)
    (term,) = body["terms"]
    assert term["form"] == "sanctions"
    assert term["source"] == "terms"
    assert "制裁" in term["others"]
    assert any(other.startswith("санкци") for other in term["others"])
    assert body["elsewhere"] == {"titles": 0, "across": {}}
    assert "sanctions: also " in done.err
    assert "制裁" in done.err
    assert "not asked" not in done.err
    assert sinorus("search", "-x", "--no-notices", "sanctions").err == ""
    explained = sinorus("search", "-x", "--explain", "sanctions")
    assert "term: sanctions = " in explained.err


def test_without_it_a_notice_and_json_say_what_it_would_find(
    three: Path, sinorus: Sinorus, valid: Valid
) -> None:
    done = sinorus("search", "--json", "sanctions")
    assert valid("search", done.json)["elsewhere"] == {"titles": 0, "across": {"ru": 1, "zh": 1}}
    assert done.json["terms"] == []
    told = "not asked in ru, zh: --across would find 1 and 1"
    assert told in done.err
    for flags in ([], ["-c"], ["-l"], ["--csv"], ["--jsonl"]):
        assert told in sinorus("search", *flags, "sanctions").err, flags
    for flags in (["-q"], ["--no-notices"], ["--exact"], ["-s"], ["-x"]):
        assert "not asked" not in sinorus("search", *flags, "sanctions").err, flags
    assert "not asked in en, zh" in sinorus("search", "санкций").err
    assert "not asked in en, ru" in sinorus("search", "制裁").err
    assert "not asked" not in sinorus("search", "sanctions", "--lang", "en").err
    assert "not asked" not in sinorus("search", "imposed").err


def test_nothing_found_is_not_nowhere_where_it_is_in_another_script(
    three: Path, sinorus: Sinorus
) -> None:
    done = sinorus("search", "перемирие", "--lang", "en")
    assert done.code == 1
    assert "not asked in en: --across would find 1" in done.err
    assert sinorus("search", "-x", "перемирие", "--lang", "en").code == 0
    assert sinorus("search", "-x", "xyzzy").code == 1


def test_a_setting_asks_always_and_a_flag_does_not(own_three: Path, sinorus: Sinorus) -> None:
    (own_three / "sinorus.toml").write_text("across = true\n", "utf-8")
    assert sinorus("search", "-c", "sanctions").out == "3\n"
    assert sinorus("search", "-c", "--no-across", "sanctions").out == "1\n"
    assert sinorus("search", "-c", "--exact", "sanctions").out == "1\n"
    sinorus.environment["SINORUS_ACROSS"] = "no"
    assert sinorus("search", "-c", "sanctions").out == "1\n"


def test_compare_asks_across(three: Path, sinorus: Sinorus) -> None:
    groups = sinorus("compare", "-x", "sanctions", "--by", "lang", "--json").json["groups"]
    assert sorted(group["key"] for group in groups) == ["en", "ru", "zh"]


def test_a_library_has_terms_of_its_own(own_three: Path, sinorus: Sinorus) -> None:
    (own_three / "terms.toml").write_text(
        '[mine]\nterms = [\n  { en = ["quux imposed"], zh = ["实施制裁"] },\n'
        '  { en = ["sanctions"], ru = ["подписано"] },\n]\n',
        "utf-8",
    )
    for _ in range(2):  # compiled, and as it was kept
        assert sinorus("search", "-x", "--json", "quux imposed").ids == ["zh#1"]
        assert sorted(sinorus("search", "-x", "--json", "sanctions").ids) == [
            *("en#1", "ru#1", "ru#3", "zh#1"),
        ]
    assert "--across would find 1" in sinorus("search", '"quux imposed"').err
    (own_three / "index/terms.json").write_text("{", "utf-8")
    assert sinorus("search", "-x", "--json", "quux imposed").ids == ["zh#1"]


def test_a_broken_file_of_terms_is_an_error_with_its_line(
    own_three: Path, sinorus: Sinorus
) -> None:
    (own_three / "terms.toml").write_text(
        '[a]\nterms = [\n  { en = ["b"], ru = [] },\n]\n', "utf-8"
    )
    done = sinorus("search", "-x", "sanctions")
    assert done.code == 2
    assert f"{own_three / 'terms.toml'}:3: ru is no list of forms" in done.err


def test_many_queries_say_what_each_was_asked_in(
    three: Path, sinorus: Sinorus, valid: Valid
) -> None:
    asked = "sanctions\nперемирие\n"
    done = sinorus("search", "-x", "--queries", "-", "--json", stdin=asked)
    searches = valid("searches", done.json)["searches"]
    assert [one["terms"][0]["form"] for one in searches] == ["sanctions", "перемирие"]
    done = sinorus("search", "--queries", "-", "--json", stdin=asked)
    across = [one["elsewhere"]["across"] for one in json.loads(done.out)["searches"]]
    assert across == [{"ru": 1, "zh": 1}, {"en": 1, "zh": 1}]


def test_words_that_only_titles_have_are_said_to_be_there(
    library: MakeLibrary, sinorus: Sinorus, valid: Valid
) -> None:
    library(
        {
            "a.md": "---\ntitle: An unholy alliance\n---\n\nA paragraph on pipelines.\n",
            "b.md": "---\ntitle: Of unholy things\n---\n\nAnother one.\n",
        }
    )
    answer = sinorus("search", "unholy")
    assert (answer.code, answer.out) == (1, "")
    assert "note: in 2 titles: title:unholy\n" in answer.err
    assert "in 1 title: title:unholy title:alliance\n" in sinorus("search", "unholy alliance").err
    assert valid("search", sinorus("search", "unholy", "--json").json)["elsewhere"]["titles"] == 2
    assert valid("search", sinorus("search", "pipelines", "--json").json)["elsewhere"] == {
        "titles": 0,
        "across": {},
    }
