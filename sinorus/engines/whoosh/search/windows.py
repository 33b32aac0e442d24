"""NEAR on arrays: all windows of all paragraphs at once. `query.positions` says what they mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sinorus.engines.whoosh.search.lookups import distinct, following, union
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment

_BLOCKS = 4
"""Blocks of tokens a place: more of them leave fewer places, and take longer to go through."""
_COMMONER = 8
"""How much commoner a part is whose places are looked up from those of a rarer one."""
_NEVER = np.int64(1) << 62


def _ends(segment: OpenSegment, begins: Numbers, reach: int) -> Numbers:
    """The end of the window that begins at each token: within the paragraph."""
    starts = segment.text.starts.numbers()
    next_start = starts[following(segment, starts, begins)].astype(np.int64)
    return np.minimum(begins.astype(np.int64) + reach, next_start - 1)


def unordered(
    segment: OpenSegment, parts: Sequence[tuple[dict[int, Numbers], int]], reach: int
) -> dict[int, Numbers]:
    """The places of all parts that lie in a window with as many of each part as are needed."""
    parts = _nearby(parts, reach)
    begins = union([starts for places, _ in parts for starts in places.values()])
    ends = _ends(segment, begins, reach)
    good = np.ones(len(begins), bool)
    for places, needed in parts:
        inside = np.zeros(len(begins), np.int64)
        for width, starts in places.items():
            inside += np.maximum(0, np.subtract(*_within(starts, begins, ends - width)))
        good &= inside >= needed
    begins, ends = begins[good], ends[good]
    found: dict[int, list[Numbers]] = {}
    for places, _ in parts:
        for width, starts in places.items():
            last, first = _within(starts, begins, ends - width)
            found.setdefault(width, []).append(_covered(starts, first, np.maximum(first, last)))
    return {width: union(some) for width, some in found.items()}


def _nearby(
    parts: Sequence[tuple[dict[int, Numbers], int]], reach: int
) -> Sequence[tuple[dict[int, Numbers], int]]:
    """The parts without what is too far from all places of the rarest: no window has it."""
    kept = sorted(parts, key=lambda part: _total(part[0]))
    for one in (0, 1 % len(kept)):  # then the rarest by what is left of the second
        near = union(list(kept[one][0].values())).astype(np.int64)
        first, last = np.maximum(near - reach, 0), near + reach
        for at, (places, needed) in enumerate(kept):
            if at != one and _total(places) > _COMMONER * len(near):
                some = {width: _between(tokens, first, last) for width, tokens in places.items()}
                kept[at] = (some, needed)
    return _together(kept, reach)


def _together(
    parts: Sequence[tuple[dict[int, Numbers], int]], reach: int
) -> Sequence[tuple[dict[int, Numbers], int]]:
    """The parts without places that have not all parts in their block of tokens or next to it.

    A block is longer than the reach; it grows where places are thin, so that there are no more
    than some blocks a place.
    """
    total = sum(_total(places) for places, _ in parts)
    lists = [starts for places, _ in parts for starts in places.values() if len(starts)]
    end = max((int(starts[-1]) for starts in lists), default=0)
    shift = max(reach, end // (_BLOCKS * total + 1)).bit_length()
    passing = np.ones((end >> shift) + 1, bool)
    for places, _ in parts:
        there = np.zeros(len(passing), bool)
        for starts in places.values():
            there[starts >> shift] = True
        wide = there.copy()
        wide[1:] |= there[:-1]
        wide[:-1] |= there[1:]
        passing &= wide
    return [
        ({width: starts[passing[starts >> shift]] for width, starts in places.items()}, needed)
        for places, needed in parts
    ]


def ordered(
    segment: OpenSegment, parts: Sequence[dict[int, Numbers]], reach: int
) -> dict[int, Numbers]:
    """The places of the parts that follow one another in a window: the next that ends first."""
    found: dict[int, list[Numbers]] = {}
    for first_width, first in parts[0].items():
        ends = _ends(segment, first, reach)
        at = first.astype(np.int64) + first_width
        chosen = [(first.astype(np.int64), np.full(len(first), first_width))]
        for places in parts[1:]:
            at, width = _next_end(places, at)
            chosen.append((at - width, width))
        good = at <= ends
        for begin, width in chosen:
            for size in distinct(width[good]).tolist():
                some = begin[good & (width == size)].astype(np.uint32)
                found.setdefault(size, []).append(distinct(some))
    return {width: union(some) for width, some in found.items()}


def _total(places: dict[int, Numbers]) -> int:
    return sum(map(len, places.values()))


def _between(starts: Numbers, first: Numbers, last: Numbers) -> Numbers:
    """Those of `starts` that lie in any of the ranges, both ends included."""
    kind = starts.dtype.type
    begin = np.searchsorted(starts, first.astype(kind))
    return _covered(starts, begin, np.searchsorted(starts, last.astype(kind), "right"))


def _covered(starts: Numbers, first: Numbers, last: Numbers) -> Numbers:
    """Those of `starts` whose index is in any of the ranges; `last` are the indices after."""
    depth = np.bincount(first, minlength=len(starts) + 1)
    depth -= np.bincount(last, minlength=len(starts) + 1)
    return starts[np.cumsum(depth)[:-1] > 0]


def _within(starts: Numbers, begins: Numbers, latest: Numbers) -> tuple[Numbers, Numbers]:
    """Past the last and the first of `starts` that lie in windows, the last begin included."""
    return (
        np.searchsorted(starts, np.maximum(latest, -1), "right"),
        np.searchsorted(starts, begins, "left"),
    )


def _next_end(places: dict[int, Numbers], after: Numbers) -> tuple[Numbers, Numbers]:
    """The first end of a place that begins at `after` or later, and its width."""
    ends = np.full(len(after), _NEVER)
    widths = np.ones(len(after), np.int64)
    for width in sorted(places, reverse=True):  # of those that end together the longest
        starts = places[width]
        at = np.searchsorted(starts, after)
        there = at < len(starts)
        end = np.full(len(after), _NEVER)
        end[there] = starts[at[there]].astype(np.int64) + width
        better = end < ends
        ends[better], widths[better] = end[better], width
    return ends, widths
