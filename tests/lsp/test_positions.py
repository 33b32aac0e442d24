"""Places in a text as editors count them, and back."""

from __future__ import annotations

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


def test_what_is_no_place_is_the_nearest() -> None:
    lines = Lines(TEXT, "utf-16")
    assert lines.offset(Position(0, 1)) == 0  # within a character
    assert lines.offset(Position(0, 99)) == TEXT.index("\n")
    assert lines.offset(Position(99, 0)) == len(TEXT)
    assert Lines("", "utf-8").offset(Position(0, 7)) == 0
