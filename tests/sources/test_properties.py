"""What holds for every text, also for those nobody would write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.model import Place
from sinorus.sources.decode import Undecodable, decode
from sinorus.sources.metadata import split_metadata
from sinorus.sources.paragraphs import split_paragraphs

PIECES = [
    *("# ", "## ", "#", "===", "---", "***", "- ", "* ", "1. ", "2) ", "17. ", "> ", ">", "```"),
    *("~~~", "[^1]: ", "| a ", "|---|", "    ", "\t", "\u3000\u3000", " ", "\n", "\n\n", "\r\n"),
    *("\r", "\x0c", "\u2028", "word ", "Слово. ", "边界。", "e\u0301", "\u200d", "🐉", "a" * 170),
    *("title: x", "...", "It ended in the year of ", "\ufeff", "\x00", "1996. "),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)
LONG = st.lists(st.sampled_from(["Слово. ", "word", " ", "边。", "\n", "e\u0301"]), min_size=1).map(
    lambda parts: ("".join(parts) * 4_000)[:30_000]
)
QUIET = settings(database=None, deadline=None)


def physical_lines(body: str) -> list[bytes]:
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.encode() for line in lines]


@pytest.mark.parametrize("markdown", [True, False])
@given(body=TEXTS | LONG)
@QUIET
def test_paragraphs_follow_each_other_have_text_and_are_not_too_long(
    body: str, markdown: bool
) -> None:
    last = (0, 0)
    for block in split_paragraphs(body, 1, markdown):
        first = block.places[0] if block.places else Place(0, block.line, 0)
        assert (first.line, first.column) > last
        assert first.line == block.line <= block.end_line
        assert block.text == block.text.strip()
        assert 0 < len(block.text) <= 4_000
        last = (first.line, first.column)


@given(body=TEXTS | LONG)
@QUIET
def test_every_line_of_a_plain_paragraph_stands_in_the_file_where_it_says(body: str) -> None:
    lines = physical_lines(body)
    for block in split_paragraphs(body, 1, False):
        places = {place.start: place for place in block.places}
        at = 0
        for number, part in enumerate(block.text.split("\n")):
            place = places.get(at, Place(at, block.line + number, 0))
            assert lines[place.line - 1][place.column :].decode().startswith(part)
            at += len(part) + 1


@given(body=TEXTS)
@QUIET
def test_plain_text_loses_nothing_but_white_space(body: str) -> None:
    def visible(text: str) -> str:
        return "".join(c for c in text if c.isprintable() and not c.isspace())

    kept = "".join(block.text for block in split_paragraphs(body, 1, False))
    assert visible(kept) == visible(body)


@given(body=TEXTS)
@QUIET
def test_markdown_loses_no_letter(body: str) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c in "Словоборде边界")

    plain = body.replace("# ", "").replace("#", "").replace("=", "").replace("---", "")
    kept = "".join(block.text for block in split_paragraphs(plain, 1, True))
    assert letters(kept) == letters(plain)


@given(text=TEXTS)
@QUIET
def test_front_matter_leaves_the_body_as_it_is_on_the_line_where_it_is(text: str) -> None:
    metadata = split_metadata("---\n" + text, "a.md")
    lines = ("---\n" + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if metadata.body:
        assert "\n".join(lines[metadata.body_line - 1 :]) == metadata.body
    assert all(fault.line is not None and fault.line <= len(lines) for fault in metadata.faults)


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
@QUIET
def test_utf8_is_always_read_as_it_was_written(text: str) -> None:
    decoded = decode(b"> " + text.encode())
    assert (decoded.text, decoded.encoding) == ("> " + text, "utf-8")


@given(raw=st.binary(max_size=300))
@QUIET
def test_any_bytes_are_text_or_a_reason(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except Undecodable:
        return
    decoded.text.encode()
    assert (decoded.damaged > 0) == (decoded.line is not None)
