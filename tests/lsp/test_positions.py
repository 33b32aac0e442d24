"""Places in a text as editors count them, and back."""

from __future__ import annotations

from time import process_time

import pytest
from lsprotocol.types import Position

from sinorus.lsp.positions import Lines

TEXT = "𝒳 “да”\n\n中文\u2028𠀀 end\x0c.\nlast"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_each_offset_has_a_position_and_is_found_again(encoding: str) -> None:
    lines = Lines(TEXT, encoding)
    for offset in range(len(TEXT) + 1):
        assert lines.offset(lines.position(offset)) == offset
        line, column = TEXT.count("\n", 0, offset), offset - (TEXT.rfind("\n", 0, offset) + 1)
        assert lines.place(line + 1, column + 1) == offset
    assert lines.position(len(TEXT)).line == 3


def test_units_are_those_of_the_encoding() -> None:
    after = {"utf-8": 4 + 1 + 3 + 4, "utf-16": 2 + 1 + 1 + 2, "utf-32": 5}
    for encoding, units in after.items():
        assert Lines(TEXT, encoding).position(5) == Position(0, units)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_line_of_any_length_has_its_places(encoding: str) -> None:
    for size in (999, 1_000, 1_001, 3_500):
        text = "да 𠀀."[: size % 5 + 1] * size
        lines = Lines(f"{text}\nlast", encoding)
        places = {0, 1, 998, 999, 1_000, 1_001, len(text) - 1, len(text), len(text) + 1}
        for offset in (at for at in places if at <= len(text) + 1):
            position = lines.position(offset)
            assert lines.offset(position) == offset
            line = text[:offset] if offset <= len(text) else ""
            code = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
            units = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
            assert position.character == len(line.encode(code)) // units


def test_a_line_of_millions_is_no_work() -> None:
    text = "Он сказал 𠀀. " * 150_000
    started = process_time()
    lines = Lines(text, "utf-16")
    for at in range(0, len(text), 20_011):
        assert lines.offset(lines.position(at)) == at
    assert process_time() - started < 1


def test_what_is_no_place_is_the_nearest() -> None:
    lines = Lines(TEXT, "utf-16")
    assert lines.offset(Position(0, 1)) == 0  # within a character
    assert lines.offset(Position(0, 99)) == TEXT.index("\n")
    assert lines.offset(Position(99, 0)) == len(TEXT)
    assert Lines("", "utf-8").offset(Position(0, 7)) == 0
