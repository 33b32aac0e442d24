"""A table on a terminal: columns that stand under each other where they fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from rich.text import Text

from sinorus.render.terminal.layout import hanging, wrapped

Row = Sequence[Text]
GAP = " │ "
"""Between two columns."""
_LEAST = 6
"""Cells of a column that has been made narrower, at least."""
_NUMBER = re.compile(r"[-+−–]?[\d.,\s]*\d[\d.,\s]*%?")


def grid(rows: Sequence[Row], width: int) -> list[list[Text]]:
    """The lines of each row, none wider than `width`, cells below each other.

    Long cells are wrapped in their column. Where so many columns do not fit at all, a row is
    prose, its cells one after the other.
    """
    natural = _natural(rows)
    columns = len(natural)
    room = width - len(GAP) * (columns - 1)
    if sum(natural) > room and room < _LEAST * columns:
        return [hanging(Text(), _in_a_row(row), width) for row in rows]
    widths = narrowed(natural, room)
    right = [
        _is_of_numbers([row[at] for row in rows[1:] if at < len(row)]) for at in range(columns)
    ]
    return [_row(row, widths, right) for row in rows]


def narrowed(natural: Sequence[int], room: int) -> list[int]:
    """The widths of columns in so much room: the widest lose, and only what is needed."""
    widths = list(natural)
    if sum(widths) <= room:
        return widths
    left, rest = room, len(widths)
    for at in sorted(range(len(widths)), key=widths.__getitem__):
        widths[at] = min(widths[at], left // rest)
        left, rest = left - widths[at], rest - 1
    return widths


def _natural(rows: Sequence[Row]) -> list[int]:
    widths: list[int] = []
    for row in rows:
        widths += [1] * (len(row) - len(widths))
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], cell.cell_len)
    return widths


def _is_of_numbers(cells: Sequence[Text]) -> bool:
    told = [cell.plain.strip() for cell in cells if cell.plain.strip()]
    return bool(told) and all(map(_NUMBER.fullmatch, told))


def _row(row: Row, widths: Sequence[int], right: Sequence[bool]) -> list[Text]:
    cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=False)]
    cells += [[] for _ in widths[len(cells) :]]
    lines: list[Text] = []
    for parts in zip_longest(*cells):
        line = Text()
        for at, (part, width) in enumerate(zip(parts, widths, strict=True)):
            text = part if part is not None else Text()
            spare = " " * (width - text.cell_len)
            line.append(GAP if at else "", "dim")
            line.append(spare if right[at] else "").append_text(text)
            line.append("" if right[at] else spare)
        line.rstrip()
        lines.append(line)
    return lines


def _in_a_row(row: Row) -> Text:
    line = Text()
    for at, cell in enumerate(row):
        line.append(GAP if at else "", "dim").append_text(cell)
    return line
