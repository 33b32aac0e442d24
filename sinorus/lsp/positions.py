"""Places in a text as editors count them: lines and units of an encoding, both from 0."""

from __future__ import annotations

from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


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
        self._units = _UNITS[PositionEncodingKind(encoding)]
        self._starts = [0]
        for line in text.split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def position(self, offset: int) -> Position:
        """The position of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self.text[self._starts[line] : offset]))

    def range(self, start: int, end: int) -> Range:
        """The range from one offset to another."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a position, the nearest where there is none; in a character, before it."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, text = self._starts[position.line], self.line(position.line)
        if text.isascii():
            return start + min(position.character, len(text))
        units = 0
        for at, character in enumerate(text):
            units += self._units(character)
            if units > position.character:
                return start + at
        return start + len(text)

    def place(self, line: int, column: int) -> int:
        """The offset of a line and a column in code points, both from 1."""
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """A line, from 0, without its end."""
        start = self._starts[number]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else None]
