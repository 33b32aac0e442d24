"""The order of reading: a page is cut along gutters, from left to right, and across them.

A gutter is a strip from top to bottom of a part of a page that no line crosses, with lines of text
on both sides of it. What stands above and below such a part (a title, a wide figure's caption, a
footnote over all columns) is cut in the same way, and so is each side.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.sources.formats.pdf.lines import BEGINNING, HEIGHT, Line, merged, rows

_CUTS = 60
"""Cuts of a page at most; what is left then is read from above."""
_WORK = 100_000
"""Fragments that are looked at for all cuts of a page, about."""
_ROWS = 3
"""Rows that two columns have at least."""
_FILLED = 0.5
"""Of the width of a column, filled by its lines on average; cells of a table fill less."""
_LENGTH = 12
"""Characters of the lines of a column on average, at least; Han counts twice."""
_BAND = 0.9
"""Of the usual size: baselines that are closer than that stand beside each other."""
_NEAR = 3
"""Pages before and behind whose gutters a page may have as well."""
_SAME = 3.0
"""Points by which the left edges of the same column differ at most."""
_CANDIDATES = 6
"""Gutters that are tried for a part of a page."""


class Column(NamedTuple):
    """Lines from above that are read one after the other. `x0` and `x1` are what they may fill.

    `bands` are the fragments that they were made of, those beside each other together, as long as
    the page may still be cut.
    """

    page: int
    x0: float
    x1: float
    lines: list[Line]
    bands: Sequence[Sequence[Line]] = ()


class Gutter(NamedTuple):
    """The middle of a gutter, and where the lines on its right side begin."""

    x: float
    right: float


def columns(pages: Sequence[Sequence[Line]]) -> list[Column]:
    """The columns of a document in the order of reading, from the fragments of its pages.

    A page whose last column has a line or two is cut as the pages around it are.
    """
    cutters = [_Cutter(page) for page in range(len(pages))]
    found = [
        cutter.cut(_bands(fragments)) for cutter, fragments in zip(cutters, pages, strict=True)
    ]
    gutters = [tuple(cutter.gutters) for cutter in cutters]
    for page, cutter in enumerate(cutters):
        near = [one for some in gutters[max(0, page - _NEAR) : page + _NEAR + 1] for one in some]
        if near:
            found[page] = cutter.cut_along(list(dict.fromkeys(near)), found[page])
    return [column._replace(bands=()) for some in found for column in some]


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand beside each other, also if their baselines differ, from above."""
    if not lines:
        return []
    ordered = sorted(lines, key=HEIGHT)
    high = _BAND * sorted([line.size for line in lines])[len(lines) // 2]
    found: list[list[Line]] = []
    top = 0.0
    for line in ordered:
        if found and line.y - top < high:
            found[-1].append(line)
        else:
            found.append([line])
            top = line.y
    for band in found:
        if len(band) > 1:
            band.sort(key=BEGINNING)
    return found


def _column(page: int, bands: Sequence[Sequence[Line]]) -> Column:
    lines = [line for band in bands for line in band]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return Column(page, left, right, [merged(row) for row in rows(lines)], bands)


class _Cutter:
    """Cuts a page; `gutters` are those that it found, with their own text to show for them."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._known: Sequence[Gutter] = ()
        self._cuts = 0
        self.gutters: list[Gutter] = []

    def cut(self, table: Sequence[Sequence[Line]]) -> list[Column]:
        """The columns of a part of the page, given by its rows."""
        if not table:
            return []
        found = None
        if self._may_cut(table):
            found = self._gutter(table) or self._known_gutter(table)
        return self._parted(table, found) if found else [_column(self._page, table)]

    def cut_along(self, known: Sequence[Gutter], columns: Sequence[Column]) -> list[Column]:
        """The columns that the page was cut into, cut again along gutters of pages nearby."""
        self._known = known
        found: list[Column] = []
        for column in columns:
            table = column.bands
            cut = self._known_gutter(table) if self._may_cut(table) else None
            found += self._parted(table, cut) if cut else [column]
        return found

    def _may_cut(self, table: Sequence[Sequence[Line]]) -> bool:
        return self._cuts < _CUTS and self._cuts * sum(map(len, table)) < _WORK

    def _parted(
        self, table: Sequence[Sequence[Line]], found: tuple[int, int, float]
    ) -> list[Column]:
        self._cuts += 1
        first, last, x = found
        left = [line for row in table[first:last] for line in row if line.x1 <= x]
        right = [line for row in table[first:last] for line in row if line.x1 > x]
        return [
            *self.cut(table[:first]),
            *self.cut(_bands(left)),
            *self.cut(_bands(right)),
            *self.cut(table[last:]),
        ]

    def _gutter(self, table: Sequence[Sequence[Line]]) -> tuple[int, int, float] | None:
        """The rows, from first to last (exclusive), that a gutter parts, and where it is."""
        for x in _candidates(_gaps(table)):
            run = _longest(table, x, _ROWS)
            if run is not None and _are_columns(table[run[0] : run[1]], x):
                self.gutters.append(Gutter(x, _right(table[run[0] : run[1]], x)))
                return (*run, x)
        return None

    def _known_gutter(self, table: Sequence[Sequence[Line]]) -> tuple[int, int, float] | None:
        """The same for a gutter that pages nearby have, where a line or two are beside it."""
        if not _gaps(table):
            return None
        beside = [(row[0].x1, row[-1].x0 + 0.5) for row in table if len(row) > 1]
        for x, right in self._known:
            if not any(left <= x < other for left, other in beside):
                continue
            run = _longest(table, x, 1)
            if run and abs(_right(table[run[0] : run[1]], x) - right) < _SAME:
                return (*run, x)
        return None


def _gaps(table: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Where the lines that stand beside each other leave gaps."""
    return [
        (before.x1, line.x0)
        for row in table
        if len(row) > 1
        for before, line in itertools.pairwise(row)
        if line.x0 > before.x1
    ]


def _candidates(gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Places that most gaps have in common, the best first."""
    found = []
    left = list(gaps)
    for _ in range(_CANDIDATES):
        if len(left) < _ROWS:
            break
        events = sorted([(start, 1) for start, _ in left] + [(end, -1) for _, end in left])
        depth = best = 0
        at = end = 0.0
        for number, (x, change) in enumerate(events):
            depth += change
            if depth > best:
                best, at = depth, x
                end = events[number + 1][0] if number + 1 < len(events) else x
        if best < _ROWS:
            break
        middle = (at + end) / 2
        found.append(middle)
        left = [gap for gap in left if not gap[0] <= middle <= gap[1]]
    return found


def _right(part: Sequence[Sequence[Line]], x: float) -> float:
    """Where the lines on the right side of x begin."""
    return min((line.x0 for row in part for line in row if line.x1 > x), default=0.0)


def _longest(table: Sequence[Sequence[Line]], x: float, least: int) -> tuple[int, int] | None:
    """The run of rows that nothing crosses at x with most rows that stand on both sides."""
    best, found = 0, None
    start, count = 0, 0
    low, high = x - 0.5, x + 0.5
    for number, row in enumerate(table):
        for line in row:  # from left to right
            if line.x0 >= low:
                count += row[0].x1 <= x < row[-1].x0 + 0.5
                break
            if line.x1 > high:
                if count > best:
                    best, found = count, (start, number)
                start, count = number + 1, 0
                break
        else:
            count += row[0].x1 <= x < row[-1].x0 + 0.5
    if count > best:
        best, found = count, (start, len(table))
    return found if best >= least else None


def _are_columns(part: Sequence[Sequence[Line]], x: float) -> bool:
    """Whether there is text on both sides of a gutter, and no table.

    Of each side the lines next to the gutter are looked at: behind them may be other columns.
    """
    left: list[Line] = []
    right: list[Line] = []
    for row in part:
        on_left = [line for line in row if line.x1 <= x]
        if on_left:
            left.append(on_left[-1])
        if len(on_left) < len(row):
            right.append(row[len(on_left)])
    return _is_text(left) and _is_text(right)


def _is_text(side: Sequence[Line]) -> bool:
    if len(side) < _ROWS:
        return False
    widths = sorted(line.x1 - line.x0 for line in side)
    full = widths[len(widths) * 9 // 10]
    if sum(widths) < _FILLED * full * len(side):
        return False
    return sum(map(_weight, side)) >= _LENGTH * len(side)


def _weight(line: Line) -> int:
    return sum(
        len(run.text) * (2 if "\u2e80" <= run.text[0] <= "\uffef" else 1) for run in line.runs
    )
