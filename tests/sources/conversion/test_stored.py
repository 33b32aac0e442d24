"""What a reader made, as bytes and back; and what is not taken for it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.model import KINDS, STYLES, Styled
from sinorus.sources.conversion.stored import Unsound, dumped, loaded
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import Content

words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=12)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(words) + "x"
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    page = draw(st.none() | st.integers(1, 900))
    return Block(
        *(text, 0, 0, draw(st.sampled_from(KINDS)), tuple(draw(st.lists(words, max_size=2)))),
        spans=(Styled(start, end, draw(st.sampled_from(STYLES)), draw(words)),),
        notes=tuple(draw(st.lists(words, max_size=2))),
        label=draw(words),
        level=draw(st.integers(0, 6)),
        time=draw(st.none() | words),
        speaker=draw(st.none() | words),
        page=page,
        end_page=page and page + draw(st.integers(0, 3)),
        page_label=draw(st.none() | words),
        mark=draw(st.none() | words),
    )


@given(st.lists(blocks(), max_size=4), st.dictionaries(words, words | st.lists(words)), words)
def test_what_is_dumped_is_loaded(found: list[Block], fields: dict[str, object], said: str) -> None:
    content = Content(found, fields, {"title": 3}, ((0, said),), ("footnotes",))
    assert loaded(dumped(content)) == content


def test_a_value_that_json_has_not_becomes_text() -> None:
    content = Content([], {"date": date(2023, 3, 21), "author": ({"family": "Wang"},)})
    assert loaded(dumped(content)).fields == {"date": "2023-03-21", "author": [{"family": "Wang"}]}


def test_characters_that_are_none_come_back_as_replaced() -> None:
    content = Content([Block("a\x00b\ud800c\x1bd\ne", 0, 0)], {"title": "x\x07"})
    back = loaded(dumped(content))
    assert back.blocks[0].text == "a\ufffdb\ufffdc\ufffdd\ne"
    assert back.fields == {"title": "x\ufffd"}


def row(**changes: object) -> bytes:
    names = [
        "text",
        "kind",
        "heading",
        "spans",
        "notes",
        "label",
        "level",
        "time",
        "speaker",
        "page",
        "end_page",
        "page_label",
        "mark",
    ]
    known = ["abc", 0, [], [], [], "", 0, None, None, 1, 2, None, None]
    values = dict(zip(names, known, strict=True))
    return json.dumps([[list((values | changes).values())], {}, {}, [], [], []]).encode()


def test_the_row_that_the_next_test_spoils_is_sound() -> None:
    assert loaded(row()).blocks == [Block("abc", 0, 0, page=1, end_page=2)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        b"[[],{},{},[]]",
        row(text=3),
        row(kind=99),
        row(kind=-1),
        row(spans=[[0, 9, 0]]),
        row(spans=[[2, 1, 0]]),
        row(spans=[[0, 1, 77]]),
        row(page=-1),
        row(end_page=0),
        row(page=None),
        row(level="x"),
        row(heading=3),
        row(notes=[[]]),
        row(mark=3),
    ],
)
def test_other_bytes_are_not_taken(raw: bytes) -> None:
    with pytest.raises(Unsound):
        loaded(raw)
