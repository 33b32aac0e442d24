"""What holds for every Markdown document: nothing lost, everything where it is said to be."""

from __future__ import annotations

import re
import tempfile
from itertools import count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support.markdown_documents import LISTS, SOUPS, documents
from support.places import lines_of, misplaced

from sinorus.files import Tree
from sinorus.model import Paragraph
from sinorus.render.spans import place
from sinorus.sources.formats.lines import with_line_feeds
from sinorus.sources.formats.markdown import markdown_blocks
from sinorus.sources.paragraphs import split_paragraphs
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import Entry

QUIET = settings(database=None, deadline=None)
WORD = re.compile(r"w\d+q")


def seen(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


@given(body=SOUPS | LISTS)
@settings(QUIET, max_examples=1_000)
def test_what_one_look_tells_is_what_the_parser_tells(body: str) -> None:
    body = with_line_feeds(body)
    told = [block for block in markdown_blocks(body, 1) if seen(block.text)]
    parsed = [block for block in markdown_blocks(body, 1, parse_all=True) if seen(block.text)]
    assert told == parsed


@given(body=documents())
@QUIET
def test_so_it_is_in_documents_whose_marks_are_whole(body: str) -> None:
    assert markdown_blocks(body, 3) == markdown_blocks(body, 3, parse_all=True)


@given(body=SOUPS | LISTS)
@settings(QUIET, max_examples=500)
def test_every_character_stands_where_it_is_said_to(body: str) -> None:
    assert not misplaced(split_paragraphs(body, 1, True), lines_of(body.encode()))


def read(raw: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of a file that holds these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.md").write_bytes(raw)
        entry = Entry("a.md", "", 0, 0, 0, 0)
        reading = read_source(entry, read_content(Tree(folder), entry.path))
    return tuple(reading.paragraphs)


@given(
    body=documents(),
    front=st.sampled_from(["", "---\ntitle: T\n---\n", "---\ntitle: T\n---\n\n\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
@settings(QUIET, max_examples=50)
def test_the_place_of_a_match_is_a_line_and_a_column_of_the_file(
    body: str, front: str, mark: bytes, end: str
) -> None:
    raw = mark + (front + "Первый.\n\n　　第二。\n\n" + body).replace("\n", end).encode()
    lines = lines_of(raw)
    found = read(raw)
    assert len(found) > 1
    for paragraph in found:
        for offset, character in enumerate(paragraph.text):
            line, column = place(paragraph, offset)
            here = lines[line - 1][column - 1 :]
            coded = here.startswith(b"&")
            assert character.isspace() or coded or here.startswith(character.encode())


@st.composite
def numbered(draw: st.DrawFn) -> str:
    """A document each word of which is there once: `w1q`, `w2q` …"""
    numbers = count(1)
    body: str = draw(documents(words=lambda: f"w{next(numbers)}q"))
    return body


@given(body=numbered())
@QUIET
def test_every_word_is_in_one_paragraph_and_all_are_in_their_order(body: str) -> None:
    shown = [word for block in split_paragraphs(body, 1, True) for word in WORD.findall(block.text)]
    assert shown == WORD.findall(body)
