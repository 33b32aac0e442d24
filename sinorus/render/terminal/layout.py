"""Text that fits: wrapped, cut short, or side by side in columns; counted in terminal cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from rich.cells import cell_len
from rich.text import Text

from sinorus.render.terminal.breaking import breaks, clusters

MEASURE = 100
"""Cells of the longest line of prose: longer ones lose the reader's eye."""
_GAP = " │ "
"""Between two columns."""
_SPARE = 40
"""Characters that may take no cell (accents, joiners) and still be kept in a cut line."""


def wrapped(text: Text, width: int) -> list[Text]:
    """The text in lines of at most `width` cells; at least one line."""
    lines = text.divide(breaks(text.plain, max(width, 2)))
    for line in lines:
        line.rstrip()
    return list(lines) or [text]


def hanging(label: Text, text: Text, width: int) -> list[Text]:
    """The text wrapped beside a label, its further lines under its first."""
    indent = label.cell_len
    first, *rest = wrapped(text, width - indent)
    margin = " " * indent
    return [Text.assemble(label, first), *(Text.assemble(margin, line) for line in rest)]


def columns_that_fit(width: int, least: int, wanted: int) -> int:
    """How many columns of at least so many cells fit, and no more than wanted."""
    return max(min((width + len(_GAP)) // (least + len(_GAP)), wanted), 0)


def column_width(width: int, columns: int, most: int) -> int:
    """The cells of each of so many columns."""
    return min((width - len(_GAP) * (columns - 1)) // columns, most)


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
            line.append(_GAP if at else "", "dim").append_text(part)
            line.append(" " * (width - part.cell_len))
        line.rstrip()
        lines.append(line)
    return lines


def truncate_end(text: str, width: int) -> str:
    """The text, or as much of its beginning as fits into so many cells, and `…`."""
    if _fits(text, width):
        return text
    return f"{_head(text, width - 1).rstrip()}…" if width > 0 else ""


def truncate_start(text: str, width: int) -> str:
    """The text, or `…` and as much of its end as fits into so many cells."""
    if _fits(text, width):
        return text
    return f"…{_tail(text, width - 1)}" if width > 0 else ""


def truncate_middle(text: str, width: int) -> str:
    """The text, or its beginning and its end with `…` between them."""
    if _fits(text, width):
        return text
    after = (width - 1) // 2
    return f"{_head(text, width - 1 - after)}…{_tail(text, after)}" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """The text filled up with spaces to so many cells."""
    return text + " " * (width - cell_len(text))


def _fits(text: str, width: int) -> bool:
    return len(text) <= 2 * width + _SPARE and cell_len(text) <= width


def _head(text: str, width: int) -> str:
    used, end = 0, 0
    for cluster in _whole(text[: 2 * width + _SPARE]):
        used += cell_len(cluster)
        if used > width:
            break
        end += len(cluster)
    return text[:end].rstrip()


def _tail(text: str, width: int) -> str:
    if width <= 0:
        return ""
    used, start = 0, len(text)
    for cluster in reversed(_whole(text[-2 * width - _SPARE :])):
        used += cell_len(cluster)
        if used > width:
            break
        start -= len(cluster)
    return text[start:]


def _whole(text: str) -> list[str]:
    """What a reader takes for one character, each."""
    begins = clusters(text)
    return [text[start:end] for start, end in pairwise([*begins, len(text)])]
