"""What is usual in a document: size, style and leading of its text, and the frames of columns."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sinorus.sources.formats.pdf.columns import Column
from sinorus.sources.formats.pdf.lines import Line, has_ended

_SAMPLE = 100
"""Pages, spread over a document, that its usual values are taken of, and up to twice as many."""
_STEP = 0.25
"""Points to which sizes are rounded when they are counted."""
_MOST_LEADING = 3.0
"""Of a size: lines that are further apart do not follow each other."""
_NEAR = 1.5
"""Points by which the ends of lines that end together differ."""
_SHARE = 0.15
"""Of the lines of a column: so many begin together where its text begins."""
_FULL_SHARE = 0.5
"""Of the lines of a document that end at the right edge where it is justified."""
_OVERHANG = 3.0
"""Points by which a hyphen or a comma may stand beyond the right edge, or short of it."""
_SURROUNDINGS = 15
"""Columns before and behind, among which one looks for another of the same frame."""
_LEAST_HANG = 0.6
"""Of a size: less is no indent."""
_MORE = 1.2
"""Times as many lines that stand in as lines that do not, where paragraphs hang."""
_INDENT = 4.0
"""Of a size: further in, a column is another."""


class Measures(NamedTuple):
    """Usual values of a document, in points; `leading` is between the baselines of its text."""

    size: float = 10.0
    style: int = -1
    leading: float = 12.0
    leadings: Mapping[float, float] = MappingProxyType({})

    def leading_of(self, line: Line) -> float:
        """The usual leading of lines of this size."""
        return self.leadings.get(rounded(line.size)) or 1.2 * line.size


class Frame(NamedTuple):
    """Where the text of a column begins and ends, and whether its lines are stretched to do so.

    `hang` is how far, in points, all lines of its paragraphs but the first stand in, as those of
    bibliographies do; 0 where they do not.
    """

    left: float
    right: float
    justified: bool = False
    hang: float = 0.0


def rounded(size: float) -> float:
    """A size, as sizes are counted."""
    return round(size / _STEP) * _STEP


def measures(pages: Sequence[Sequence[Line]]) -> Measures:
    """The usual values of a document, from the fragments of its pages in the order of the file."""
    sizes: Counter[float] = Counter()
    styles: Counter[tuple[float, int]] = Counter()
    steps: dict[float, Counter[float]] = {}
    for fragments in pages[:: max(1, len(pages) // _SAMPLE)]:
        before = None
        for line in fragments:
            size = rounded(line.size)
            many = line.length
            sizes[size] += many
            styles[size, line.style] += many
            if before is not None:
                step = line.y - before.y
                if 0.8 * line.size < step < _MOST_LEADING * line.size and (
                    abs(before.size - line.size) < 0.05 * line.size
                ):
                    steps.setdefault(size, Counter())[round(step * 5) / 5] += 1
            before = line
    if not sizes:
        return Measures()
    size = sizes.most_common(1)[0][0]
    style = max(
        (style for (other, style) in styles if other == size), key=lambda one: styles[size, one]
    )
    leadings = {size: _mode(counted) for size, counted in steps.items()}
    return Measures(size, style, leadings.get(size, 1.2 * size), leadings)


def _mode(counted: Counter[float]) -> float:
    """The most frequent step, with its neighbours; of two about as frequent the smaller."""
    smooth = {
        step: counted[step] + sum(counted.get(round(step + change, 1), 0) for change in (-0.2, 0.2))
        for step in counted
    }
    most = max(smooth.values())
    return min(step for step, many in smooth.items() if many >= 0.6 * most)


def frames(flow: Sequence[Column], usual: Measures) -> list[Frame]:
    """The frame of each column; one with few lines has that of a like one nearby."""
    own = [_own_frame(column) for column in flow]
    full = total = 0
    for column, (left, right, _) in zip(flow, own, strict=True):
        for line in column.lines:
            if line.x1 - line.x0 > 0.5 * (right - left):
                total += 1
                full += abs(line.x1 - right) < _OVERHANG
    justified = full >= _FULL_SHARE * total
    found = []
    counts = [len(column.lines) for column in flow]
    for number, (left, right, hang) in enumerate(own):
        many = counts[number]
        best = (many, 0, left, right, hang)
        for other in range(max(0, number - _SURROUNDINGS), min(number + _SURROUNDINGS, len(own))):
            lines = counts[other]
            if lines <= many:
                continue
            other_left, other_right, other_hang = own[other]
            if (
                -_NEAR <= left - other_left <= _INDENT * usual.size
                and right <= other_right + _OVERHANG
                and (many < 8 or other_right - right < _OVERHANG)
            ):
                near = -abs(other - number) - (flow[other].page - flow[number].page) % 2
                same = min(lines, 12)
                best = max(best, (same, near, other_left, other_right, other_hang))
        found.append(Frame(best[2], best[3], justified, best[4]))
    return found


def _own_frame(column: Column) -> tuple[float, float, float]:
    """Where most lines begin and end: the leftmost and rightmost place that several have.

    And how far the lines of its paragraphs hang.
    """
    lines = column.lines
    least = max(2, _SHARE * len(lines))
    left = _edge([line.x0 for line in lines], least, 1)
    right = _edge([line.x1 for line in lines], least, -1)
    size, style = lines[len(lines) // 2].size, lines[len(lines) // 2].style
    alike = [line for line in lines if line.style == style and abs(line.size - size) < _STEP]
    outer = _edge([line.x0 for line in alike], 2, 1)
    if outer < left - _NEAR and (hang := _hang(alike, outer)):
        return outer, right, hang
    return left, right, _hang(alike, left)


def _hang(lines: Sequence[Line], left: float) -> float:
    """How far the second lines of paragraphs stand in, where most lines are second lines."""
    shifts = [line.x0 - left for line in lines]
    inner = Counter(
        round(shift)
        for line, shift in zip(lines, shifts, strict=True)
        if _LEAST_HANG * line.size < shift < _INDENT * line.size
    )
    if not inner:
        return 0.0
    hang = max(inner, key=lambda shift: sum(inner[shift + change] for change in (-1, 0, 1)))
    at = [0 if abs(one) < _NEAR else 1 if abs(one - hang) < _NEAR else 2 for one in shifts]
    first, second = at.count(0), at.count(1)
    steps = sum(pair == (0, 1) for pair in itertools.pairwise(at))
    if first < 2 or second < _MORE * first or steps < first / 2:
        return 0.0
    ended = ([0, 0], [0, 0])  # lines before a line at the edge, and before one that stands in
    for before, place in zip(lines, at[1:], strict=False):
        if place < 2:
            ended[place][has_ended(before)] += 1
    (open_edge, edge), (open_inner, inside) = ended
    return float(hang) if edge * (open_inner + inside) > inside * (open_edge + edge) else 0.0


def _edge(places: list[float], least: float, sign: int) -> float:
    """The outermost place that at least so many have; the outermost of all where none is."""
    ordered = sorted(places, reverse=sign < 0)
    start = 0
    for end, place in enumerate(ordered):
        while abs(place - ordered[start]) > _NEAR:
            start += 1
        if end - start + 1 >= least:
            return ordered[start] if sign > 0 else ordered[start + (end - start) // 2]
    return ordered[0]
