"""Tables of reStructuredText: drawn as a grid, between lines of `=`, as a list, as CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from sinorus.sources.formats.lines import columns
from sinorus.sources.formats.passages import Stretch

WIDEST = 1_000
"""Characters of a line of a table; what is longer is read as text."""
GRID = re.compile(r"\+(?:[-=]+\+)+[ \t]*$")
BORDER = re.compile(r"=+(?:[ ]+=+)+[ \t]*$")
_UNDERLINE = re.compile(r"-+(?:[ ]+-+)*[ \t]*$")
_PARTIAL = re.compile(r"\+[-=]{2,1000}\+")
_CELL = re.compile(r"[ \t]*(?:\"((?:[^\"]|\"\"){0,900})\"|([^,]*))[ \t]*(?:,|$)")
_ROW = re.compile(r"[ \t]*\*[ \t]+-(?:[ \t]+|$)")
_NEXT = re.compile(r"[ \t]*-(?:[ \t]+|$)")

Cell = list[Stretch]
Row = list[Cell]
Texts = Sequence[str]


def grid_rows(texts: Texts, first: int, last: int, margin: int) -> list[Row]:
    """The rows of the grid on lines `first` to `last` (exclusive), which begins at `margin`."""
    bounds = {
        columns(texts[at][: margin + plus])
        for at in range(first, last)
        if _PARTIAL.search(texts[at])
        for plus in _pluses(texts[at][margin:])
    }
    rows: list[Row] = []
    row: dict[int, Cell] = {}
    for at in range(first, last):
        text = texts[at]
        if _PARTIAL.search(text):
            rows.append(list(row.values()))
            row = {}
            continue
        column, known, start = 0, 0, -1
        begin = 0
        for match in re.finditer(r"\|", text):
            column += columns(text[known : match.start()])
            known = match.start()
            if column not in bounds:
                continue
            if start >= 0:
                _add(row.setdefault(begin, []), texts, at, start, match.start())
            start, begin = match.end(), column
    rows.append(list(row.values()))
    return [one for one in rows if any(one)]


def _pluses(border: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\+", border)]


def simple_rows(texts: Texts, first: int, last: int, margin: int) -> list[Row]:
    """The rows between lines of `=`, the first of which says where columns are."""
    border = texts[first]
    starts = [match.start() for match in re.finditer("=+", border)]
    rows: list[Row] = []
    ended = True
    for at in range(first + 1, last):
        text = texts[at]
        if not text.strip():
            ended = True
            continue
        if BORDER.match(text, margin) or _UNDERLINE.match(text, margin):
            ended = True
            continue
        cuts = _cuts(text, starts)
        cells: Row = []
        for start, end in pairwise([*cuts, len(text)]):
            cell: Cell = []
            _add(cell, texts, at, start, end)
            cells.append(cell)
        if not ended and rows and cells and not cells[0] and len(cells) == len(rows[-1]):
            for before, cell in zip(rows[-1], cells, strict=True):
                before.extend(cell)
        else:
            rows.append(cells)
        ended = False
    return rows


def _cuts(text: str, starts: Sequence[int]) -> list[int]:
    """Where in a line its cells begin; a text that runs over a border belongs to the one before."""
    if text.isascii():
        places = [min(start, len(text)) for start in starts]
    else:
        places, column, known = [], 0, 0
        for start in starts:
            while known < len(text) and column < start:
                column += columns(text[known])
                known += 1
            places.append(known)
    kept = places[:1]
    for place in places[1:]:
        if place >= len(text) or text[place - 1].isspace():
            kept.append(place)
    return kept


def listed_rows(texts: Texts, first: int, last: int) -> list[Row]:
    """The rows of a list of lists."""
    rows: list[Row] = []
    for at in range(first, last):
        text = texts[at]
        if begins := _ROW.match(text):
            rows.append([[]])
        elif not rows:
            continue
        elif begins := _NEXT.match(text):
            rows[-1].append([])
        _add(rows[-1][-1], texts, at, begins.end() if begins else 0, len(text))
    return rows


def comma_rows(texts: Texts, first: int, last: int) -> list[Row]:
    """The rows of values between commas, a line each."""
    rows = [comma_row(texts, at, 0) for at in range(first, last)]
    return [row for row in rows if any(row)]


def comma_row(texts: Texts, at: int, start: int) -> Row:
    """The values on a line from a character on; of a longer line only one."""
    text = texts[at]
    row: Row = []
    while start < len(text) and (match := _CELL.match(text, start)):
        cell: Cell = []
        if len(text) > WIDEST:
            _add(cell, texts, at, start, len(text))
            return [cell]
        _add(cell, texts, at, *match.span(1 if match[1] is not None else 2))
        row.append(cell)
        start = match.end() if match.end() > start else len(text)
    return row


def _add(cell: Cell, texts: Texts, at: int, start: int, end: int) -> None:
    """Adds a stretch to a cell without the blanks on either side, if there is anything else."""
    text = texts[at]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        cell.append((at, start, end))


ROWS: dict[str, Callable[[Texts, int, int], list[Row]]] = {
    "list-table": listed_rows,
    "csv-table": comma_rows,
}
