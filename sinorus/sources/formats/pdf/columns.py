"""The order of reading: a page is cut along gutters, from left to right, and across them.

A gutter is a strip from top to bottom of a part of a page that no line crosses, with lines of text
on both sides of it. What stands above and below such a part (a title, a wide figure's caption, a
footnote over all columns) is cut in the same way, and so is each side.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.sources.formats.pdf.lines import Line, merged, rows

_CUTS = 60
"""Cuts of a page at most; what is left then is read from above."""
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

    `bands` are the fragments that they were made of, those beside each other together.
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
    found: list[list[Column]] = []
    gutters: list[list[Gutter]] = []
    for page, fragments in enumerate(pages):
        cutter = _Cutter(page, ())
        found.append(cutter.cut(_bands(fragments)))
        gutters.append(cutter.gutters)
    for page, fragments in enumerate(pages):
        near = [one for some in gutters[max(0, page - _NEAR) : page + _NEAR + 1] for one in some]
        if near and any(len(band) > 1 for column in found[page] for band in column.bands):
            found[page] = _Cutter(page, near).cut(_bands(fragments))
    return [column for some in found for column in some]


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand beside each other, also if their baselines differ, from above."""
    if not lines:
        return []
    ordered = sorted(lines, key=lambda line: line.y)
    high = _BAND * sorted(line.size for line in lines)[len(lines) // 2]
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
            band.sort(key=lambda line: line.x0)
    return found


def _column(page: int, bands: Sequence[Sequence[Line]]) -> Column:
    lines = [line for band in bands for line in band]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return Column(page, left, right, [merged(row) for row in rows(lines)], bands)


class _Cutter:
    """Cuts a page, also along gutters that are `known` from pages nearby; `gutters` are its own."""

    def __init__(self, page: int, known: Sequence[Gutter]) -> None:
        self._page = page
        self._known = known
        self._cuts = 0
        self.gutters: list[Gutter] = []

    def cut(self, table: list[list[Line]]) -> list[Column]:
        """The columns of a part of the page, given by its rows."""
        if not table:
            return []
        found = self._gutter(table) if self._cuts < _CUTS else None
        if found is None:
            return [_column(self._page, table)]
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

    def _gutter(self, table: list[list[Line]]) -> tuple[int, int, float] | None:
        """The rows, from first to last (exclusive), that a gutter parts, and where it is."""
        gaps = [
            (before.x1, line.x0)
            for row in table
            for before, line in itertools.pairwise(row)
            if line.x0 > before.x1
        ]
        for x in _candidates(gaps) if len(gaps) >= _ROWS else ():
            run = _longest(table, x, _ROWS)
            if run is not None and _are_columns(table[run[0] : run[1]], x):
                self.gutters.append(Gutter(x, _right(table[run[0] : run[1]], x)))
                return (*run, x)
        for x, right in self._known if gaps else ():
            run = _longest(table, x, 1)
            if run and abs(_right(table[run[0] : run[1]], x) - right) < _SAME:
                return (*run, x)
        return None


def _candidates(gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Places that most gaps have in common, the best first."""
    found = []
    left = list(gaps)
    for _ in range(_CANDIDATES):
        if len(left) < _ROWS:
            break
        events = sorted(
            [(start, 1) for start, _ in left] + [(end, -1) for _, end in left],
            key=lambda event: (event[0], event[1]),
        )
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
    for number in range(len(table) + 1):
        crossed = number == len(table) or any(
            line.x0 < x - 0.5 and line.x1 > x + 0.5 for line in table[number]
        )
        if crossed:
            if count > best:
                best, found = count, (start, number)
            start, count = number + 1, 0
            continue
        row = table[number]
        if row[0].x1 <= x < row[-1].x0 + 0.5:
            count += 1
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
    letters = sum(map(_weight, side)) / len(side)
    return sum(widths) >= _FILLED * full * len(side) and letters >= _LENGTH


def _weight(line: Line) -> int:
    return sum(
        len(run.text) * (2 if "\u2e80" <= run.text[0] <= "\uffef" else 1) for run in line.runs
    )
