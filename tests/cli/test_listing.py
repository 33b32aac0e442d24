"""`sources`: words that narrow the list, its order, its pages, and a table on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.terminal import bare, width

from sinorus.library.sources import having_words, in_order
from sinorus.model import SOURCE_SORTS, Date, Document

if TYPE_CHECKING:
    from pathlib import Path

    from support.program import MakeLibrary, Sinorus

DOCUMENTS = (
    Document("frus/d10", "d10.md", "10. Letter from Mao", publisher="State", date=Date("1958-05")),
    Document("frus/d2", "d2.md", "Ёлка в Кремле", ("Café, Renée",), paragraphs=7),
    Document("frus/d1", "d1.md", "中俄聯盟", tags=("alliance",), date=Date("1958"), paragraphs=9),
    Document("notes", "notes.md", "Ель", ("Zhou Li",), publisher="Альянс", date=Date("2001-02-03")),
    Document("data", "data.md", paragraphs=7),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["d1"], ["frus/d1"]),
        (["D10", "letter"], ["frus/d10"]),
        (["fru"], ["frus/d10", "frus/d2", "frus/d1"]),
        (["елка"], ["frus/d2"]),
        (["RENEE", "кремле"], ["frus/d2"]),
        (["联盟"], ["frus/d1"]),
        (["alliance"], ["frus/d1"]),
        (["альянс"], ["notes"]),
        (["zhou", "mao"], []),
        (["liance"], []),
        (["frus/d2"], ["frus/d2"]),
        ([], ["frus/d10", "frus/d2", "frus/d1", "notes", "data"]),
    ],
    ids=str,
)
def test_words_are_folded_and_all_must_be_there(words: list[str], found: list[str]) -> None:
    assert [one.id for one in having_words(DOCUMENTS, words)] == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("id", "data frus/d1 frus/d2 frus/d10 notes"),
        ("title", "frus/d10 notes frus/d2 frus/d1 data"),
        ("date", "frus/d1 frus/d10 notes data frus/d2"),
        ("-date", "notes frus/d10 frus/d1 data frus/d2"),
        ("author", "frus/d2 notes data frus/d1 frus/d10"),
        ("publisher", "frus/d10 notes data frus/d1 frus/d2"),
        ("paragraphs", "frus/d10 notes data frus/d2 frus/d1"),
        ("-paragraphs", "frus/d1 data frus/d2 frus/d10 notes"),
    ],
)
def test_orders(sort: str, order: str) -> None:
    """What lacks the field comes last in any direction, and equals are in the order of ids."""
    assert sort in SOURCE_SORTS
    assert " ".join(one.id for one in in_order(DOCUMENTS, sort)) == order  # type: ignore[arg-type]


def test_words_and_pages_of_a_list(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("sources", "carnegie", "gabuev", "--json").ids == ["carnegie/pact"]
    page = sinorus("sources", "-n", "2", "--offset", "1", "--sort", "-date", "--json").json
    assert [one["id"] for one in page["results"]] == ["kremlin/statement", "carnegie/pact"]
    assert (page["total"], page["offset"], page["limit"]) == (4, 1, 2)
    lacking = sinorus("sources", "--missing", "url", "--sort", "date", "-n", "1")
    assert lacking.out == "seeds/carnegie/pact.md:1:carnegie/pact:without url\n"
    assert sinorus("sources", "energy", "-c").out == "1\n"
    slip = sinorus("sources", "--sort", "dat")
    assert slip.code == 2
    assert "paragraphs" in slip.err


def test_an_empty_list_says_why(library: MakeLibrary, press: Path, sinorus: Sinorus) -> None:
    past = sinorus("sources", "--offset", "99")
    assert (past.out, past.err, past.code) == ("", "note: there are only 4 documents\n", 1)
    none = sinorus("sources", "zebra", "gnu", "--json")
    assert (none.json["results"], none.code) == ([], 1)
    assert "no document has 'zebra gnu'" in none.err
    assert sinorus("sources", "zebra", "--no-notices").err == ""
    library({})
    for arguments in (["sources"], ["sources", "-c"], ["sources", "--lang", "ru"]):
        empty = sinorus(*arguments)
        assert empty.code == 1
        assert "the library is empty: put documents into seeds/" in empty.err


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_table_on_a_terminal(press: Path, sinorus: Sinorus, columns: int) -> None:
    answer = sinorus.terminal("sources", columns=columns)
    head, *lines, foot = bare(answer.out).splitlines()
    assert head.split()[:5] == ["id", "date", "lang", "¶", "title"]
    assert ("author" in head) is (columns == 200)
    assert [line.split()[0] for line in lines] == [
        *("carnegie/pact", "kremlin/statement", "notes", "xinhua/visit")
    ]
    assert "no date" in lines[2]
    assert "no author" in lines[2]
    assert foot == "4 documents"
    assert max(map(width, (head, *lines))) <= columns
    starts = {width(line[: line.index(title)]) for line, title in zip(
        (head, lines[0], lines[1], lines[3]), ("title", "A pact", "Заяв", "习近平"), strict=True
    )}  # fmt: skip
    assert len(starts) == 1
