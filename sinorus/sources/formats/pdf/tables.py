"""Tables: rows one below the other whose cells are parted by gaps at the same places."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sinorus.sources.formats.pdf.columns import Column
from sinorus.sources.formats.pdf.lines import Line
from sinorus.sources.formats.pdf.measures import Measures
from sinorus.sources.formats.pdf.passages import Splitter
from sinorus.sources.formats.pdf.runs import Run

_GAP, _WORD_GAP = 0.85, 1.2
"""Of a size: a gap between two cells at least, and one between the words of justified lines, more
than which is shared by lines below each other only in tables."""
_NARROW = 0.8
"""Of the width of a column: lines that fill less are not stretched to fill it."""
_SURE_GAP = 2.5
"""Of a size: so wide a gap is no space, however lines are stretched."""
_ROWS = 3
"""Rows of a table at least; two where all gaps are sure."""
_STEP = 2.6
"""Of the leading: rows that are further apart are not of one table."""

_Gap = tuple[float, float]


class Table(NamedTuple):
    """A table: all its lines, and its rows of cells, each of which has lines."""

    lines: list[Line]
    rows: list[list[list[Line]]]


def cut_tables(column: Column, usual: Measures, splitter: Splitter) -> Iterator[Column | Table]:
    """The parts of a column from above: what is text, and tables."""
    width = column.x1 - column.x0
    gaps = [
        [] if splitter.is_fixed(line) and not splitter.is_body_fixed else _gaps(line)
        for line in column.lines
    ]
    if sum(map(bool, gaps)) < 2:
        yield column
        return
    lines = column.lines
    at = start = 0
    while at < len(lines):
        end = _table_end(lines, gaps, at, usual, width) if gaps[at] else at
        if end > at:
            if at > start:
                yield column._replace(lines=lines[start:at])
            yield Table(lines[at:end], [_cells(line) for line in lines[at:end]])
            at = start = end
        else:
            at += 1
    if start < len(lines):
        yield column._replace(lines=lines[start:])


def _gaps(line: Line) -> list[_Gap]:
    runs = line.runs
    if len(runs) < 2:
        return []
    return [
        (before.x1, run.x0)
        for before, run in itertools.pairwise(runs)
        if run.x0 - before.x1 > _GAP * line.size
    ]


def _table_end(
    lines: Sequence[Line], gaps: Sequence[Sequence[_Gap]], at: int, usual: Measures, width: float
) -> int:
    """Behind the last row of the table that begins at a line; that line if none does."""
    common = list(gaps[at])
    end = at + 1
    while end < len(lines) and gaps[end]:
        line, before = lines[end], lines[end - 1]
        if line.y - before.y > _STEP * usual.leading_of(line):
            break
        shared = _shared(common, gaps[end], _GAP * line.size * 0.7)
        if not shared:
            break
        common = shared
        end += 1
    many = end - at
    if many < 2:
        return at
    sure = all(
        any(right - left > _SURE_GAP * line.size for left, right in row)
        for line, row in zip(lines[at:end], gaps[at:end], strict=True)
    )
    narrow = all(line.x1 - line.x0 < _NARROW * width for line in lines[at:end])
    wide = any(right - left > _WORD_GAP * usual.size for left, right in common)
    if many >= _ROWS and (sure or narrow or wide):
        return end
    return end if many == 2 and sure else at


def _shared(one: Sequence[_Gap], other: Sequence[_Gap], least: float) -> list[_Gap]:
    """Where gaps of both overlap by at least so many points."""
    found = []
    first = second = 0
    while first < len(one) and second < len(other):
        left = max(one[first][0], other[second][0])
        right = min(one[first][1], other[second][1])
        if right - left >= least:
            found.append((left, right))
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return found


def _cells(line: Line) -> list[list[Line]]:
    found: list[list[Run]] = []
    for run in line.runs:
        if found and run.x0 - found[-1][-1].x1 <= _GAP * line.size:
            found[-1].append(run)
        else:
            found.append([run])
    return [[Line(line.page, runs)] for runs in found]
