"""Places in a text as editors count them: lines and units of an encoding, both from 0."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from lsprotocol.types import Position, PositionEncodingKind, Range

_STEP = 1_000
"""Characters of a line after which its units are noted: a draft may be one line of millions."""


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_UNITS = {
    PositionEncodingKind.Utf8: _utf8,
    PositionEncodingKind.Utf16: _utf16,
    PositionEncodingKind.Utf32: len,
}


class Lines:
    """A text whose lines end in `\\n`, between offsets in code points and positions of an editor.

    Lines are those of the protocol: other signs that some take for the end of a line are in it.
    """

    def __init__(self, text: str, encoding: PositionEncodingKind | str) -> None:
        self.text = text
        self._noted: dict[int, list[int]] = {}
        self._units = _UNITS[PositionEncodingKind(encoding)]
        self._starts = [0]
        for line in text.split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def position(self, offset: int) -> Position:
        """The position of an offset."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        steps = (offset - start) // _STEP
        before = self._units_of(line)[steps] if steps else 0
        return Position(line, before + self._units(self.text[start + steps * _STEP : offset]))

    def range(self, start: int, end: int) -> Range:
        """The range from one offset to another."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a position, the nearest where there is none; in a character, before it."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[position.line], self._end(position.line)
        noted = self._units_of(position.line)
        steps = bisect_right(noted, position.character) - 1
        at, units = start + steps * _STEP, noted[steps]
        for character in self.text[at : min(at + _STEP, end)]:
            units += self._units(character)
            if units > position.character:
                return at
            at += 1
        return at

    def _units_of(self, line: int) -> list[int]:
        """The units of a line before each of its steps."""
        if line not in self._noted:
            places = range(self._starts[line], self._end(line) + 1, _STEP)
            sizes = (self._units(self.text[at : at + _STEP]) for at in places[:-1])
            self._noted[line] = [*accumulate(sizes, initial=0)]
        return self._noted[line]

    def place(self, line: int, column: int) -> int:
        """The offset of a line and a column in code points, both from 1."""
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """A line, from 0, without its end."""
        return self.text[self._starts[number] : self._end(number)]

    def _end(self, line: int) -> int:
        end = self.text.find("\n", self._starts[line])
        return end if end >= 0 else len(self.text)
