"""Texts side by side on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.text import Text

from sinorus.render.terminal.layout import wrapped

GAP = " │ "


def columns_that_fit(width: int, least: int, wanted: int) -> int:
    """How many columns of at least so many cells fit, and no more than wanted."""
    return max(min((width + len(GAP)) // (least + len(GAP)), wanted), 0)


def column_width(width: int, columns: int, most: int) -> int:
    """The cells of each of so many columns."""
    return min((width - len(GAP) * (columns - 1)) // columns, most)


def side_by_side(columns: Sequence[Sequence[Text]], width: int) -> list[Text]:
    """Lines that hold a line of each column; what is short is filled up with spaces.

    A line too long for its column (a path) is cut here, or it would push the others aside.
    """
    lines: list[Text] = []
    fitted = [
        [
            part
            for line in column
            for part in (wrapped(line, width) if line.cell_len > width else [line])
        ]
        for column in columns
    ]
    for row in zip_longest(*fitted):
        line = Text()
        for at, cell in enumerate(row):
            part = cell if cell is not None else Text()
            line.append(GAP if at else "", "place").append_text(part)
            line.append(" " * (width - part.cell_len))
        line.rstrip()
        lines.append(line)
    return lines
