"""Stretches of lines that are read as one text, of which each character's place is known."""

from __future__ import annotations

from collections.abc import Sequence

from sinorus.sources.formats.blocks import Draft, LineTable
from sinorus.sources.formats.lines import byte_length
from sinorus.sources.formats.registry import Source

Stretch = tuple[int, int, int]
"""The index of a line, and of its first and last (exclusive) code point that are meant."""


class SourceLines:
    """The lines of a source: their texts, and where in its bytes each begins."""

    def __init__(self, source: Source) -> None:
        self.texts = source.text.split("\n")
        self.starts: list[int] = []
        at = 0
        for text in self.texts:
            self.starts.append(at)
            at += byte_length(text) + 1
        self.table = LineTable(self.starts, range(source.line, source.line + len(self.texts)))

    def passage(self, stretches: Sequence[Stretch], joint: str = "\n") -> Passage:
        """The text of stretches, a line each, or joined by another sign."""
        return Passage(self, stretches, joint)

    def line(self, at: int, start: int = 0) -> Passage:
        """The text of one line from a code point on."""
        return Passage(self, [(at, start, len(self.texts[at]))])


class Passage:
    """A text of one or more stretches of lines.

    It is copied from left to right, which takes time in proportion to it: going back is to the
    beginning of a line.
    """

    def __init__(self, lines: SourceLines, stretches: Sequence[Stretch], joint: str = "\n") -> None:
        self._joint = joint
        pieces = [lines.texts[at][start:end] for at, start, end in stretches]
        self.text = joint.join(pieces)
        self._begins: list[int] = []
        self._sources: list[int] = []
        size = 0
        for (at, start, _), piece in zip(stretches, pieces, strict=True):
            before = byte_length(lines.texts[at][:start]) if start else 0
            self._begins.append(size)
            self._sources.append(lines.starts[at] + before)
            size += len(piece) + 1
        self._ends = [begin - 1 for begin in self._begins[1:]] + [len(self.text)]
        self._row = 0
        self._known = self._source = 0
        self._enter(0)

    def copy(self, draft: Draft, start: int, end: int) -> None:
        """Adds the text from `start` to `end` to a draft, as it stands in the file."""
        while start < end:
            self._seek(start)
            stop = min(end, self._ends[self._row])
            if stop > start:
                piece = self.text[start:stop]
                size = byte_length(piece)
                draft.add(piece, self._source, self._source + size)
                self._known, self._source = stop, self._source + size
            if stop < end:
                draft.add_blank(self._joint)
            start = stop + 1

    def source(self, at: int) -> int:
        """Where in the bytes of the source a character stands."""
        self._seek(at)
        return self._source

    def _seek(self, at: int) -> None:
        if at < self._begins[self._row]:
            self._enter(0)
        while self._row + 1 < len(self._begins) and self._begins[self._row + 1] <= at:
            self._enter(self._row + 1)
        if at < self._known:
            self._enter(self._row)
        self._source += byte_length(self.text[self._known : at])
        self._known = at

    def _enter(self, row: int) -> None:
        self._row = row
        self._known, self._source = self._begins[row], self._sources[row]
