"""Columns under a heading, a line for each row, that use the width of a terminal.

What is too long for its column is cut between characters as a reader sees them, and says so by `…`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from sinorus.render.terminal.layout import truncate_end, truncate_start
from sinorus.render.terminal.painter import Painter

GAP = "  "
"""Between two columns."""


class Cell(NamedTuple):
    """What stands in a column of a row: harmless text of one line, its style, where it leads."""

    text: str
    style: str
    link: str = ""


class Column:
    """Cells under a heading; `width` is as many terminal cells as the widest takes.

    `right` puts them to the right, as numbers are; `from_end` cuts what is too long at its
    beginning, as suits ids. `asides` are said at the right end of each cell, as
    much of them as it has room for, from comma to comma.
    """

    def __init__(
        self,
        heading: str,
        cells: Sequence[Cell],
        *,
        right: bool = False,
        from_end: bool = False,
        asides: Sequence[str] = (),
    ) -> None:
        self.heading, self.cells, self.asides = heading, cells, asides
        self._right, self._from_end = right, from_end
        self.width = max((cell_len(cell.text) for cell in cells), default=0)
        self.width = max(self.width, cell_len(heading))

    def narrowed(self, width: int) -> None:
        """Makes it at most so wide."""
        self.width = max(min(self.width, width), 0)

    def line(self, row: int, painter: Painter) -> Text:
        """One of its cells, filled up to its width."""
        cell = self.cells[row]
        aside = self.asides[row] if self.asides else ""
        cut = truncate_start if self._from_end else truncate_end
        told = cut(cell.text, self.width)
        line = painter.linked(told, cell.style, cell.link)
        room = self.width - cell_len(told)
        while aside and room < cell_len(aside) + len(GAP):
            aside = aside.rpartition(", ")[0]
        if aside:
            blanks = " " * (room - cell_len(aside))
            return Text.assemble(line, blanks, (aside, "dim"))
        return Text(" " * room).append_text(line) if self._right else line.append(" " * room)

    def header(self) -> Text:
        """Its heading, filled up to its width."""
        told = truncate_end(self.heading, self.width)
        room = " " * (self.width - cell_len(told))
        return Text(room + told if self._right else told + room, style="label")


def rows(columns: Sequence[Column], painter: Painter) -> Iterator[Text]:
    """The headings, and a line for each row; none is wider than the terminal."""
    shown = [column for column in columns if column.width]
    lines = [column.header() for column in shown]
    yield _joined(lines, painter)
    for row in range(len(shown[0].cells) if shown else 0):
        yield _joined([column.line(row, painter) for column in shown], painter)


def _joined(parts: Sequence[Text], painter: Painter) -> Text:
    line = Text(GAP).join(parts)
    line.rstrip()
    line.truncate(painter.look.width)
    return line
