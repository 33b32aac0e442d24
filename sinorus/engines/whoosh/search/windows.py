"""NEAR on arrays: all windows of all paragraphs at once. `query.positions` says what they mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sinorus.engines.whoosh.search.lookups import distinct, following, union
from sinorus.engines.whoosh.segment.numbers import Numbers, ranges
from sinorus.engines.whoosh.segment.reader import OpenSegment

_BLOCKS = 4
"""Blocks of tokens a place: more of them leave fewer places, and take longer to go through."""
_COMMONER = 8
"""How much commoner a part is whose places are looked up from those of a rarer one."""


def unordered(
    segment: OpenSegment, parts: Sequence[tuple[dict[int, Numbers], int]], distance: int
) -> Numbers:
    """Where windows begin that have as many places of each part as are needed.

    As `query.positions` does it: from the longest window there may be down to one that is as long
    as what it holds allows. Most parts have places of one width, and then the first is it.
    """
    parts = [_filled(part) for part in parts]
    reach = sum(needed * max(places) for places, needed in parts) + distance - 1
    parts = _nearby(parts, reach)
    begins = union([starts for places, _ in parts for starts in places.values()])
    stops = _stops(segment, begins, reach)
    found: list[Numbers] = []
    while len(begins):
        good, covered = _covering(parts, begins, stops)
        longest = begins.astype(np.int64) + covered + (distance - 1)
        done = good & (longest >= stops)
        found.append(begins[done])
        left = good & ~done
        begins, stops = begins[left], longest[left]
    return union(found)


def _filled(part: tuple[dict[int, Numbers], int]) -> tuple[dict[int, Numbers], int]:
    """A part without the widths that none of its places has."""
    return {width: starts for width, starts in part[0].items() if len(starts)}, part[1]


def _stops(segment: OpenSegment, begins: Numbers, reach: int) -> Numbers:
    """The end of the longest window that begins at each token: within the paragraph."""
    starts = segment.text.starts.numbers()
    next_start = starts[following(segment, starts, begins)].astype(np.int64)
    return np.minimum(begins.astype(np.int64) + reach, next_start - 1)


def _covering(
    parts: Sequence[tuple[dict[int, Numbers], int]], begins: Numbers, stops: Numbers
) -> tuple[Numbers, Numbers]:
    """Which windows have what is needed, and how wide the widest places of it are together."""
    good = np.ones(len(begins), bool)
    covered = np.zeros(len(begins), np.int64)
    for places, needed in parts:
        missing = np.full(len(begins), needed)
        for width in sorted(places, reverse=True):
            inside = np.subtract(*_within(places[width], begins, stops - width))
            taken = np.clip(inside, 0, missing)
            covered += taken * width
            missing -= taken
        good &= missing == 0
    return good, covered


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


def ordered(segment: OpenSegment, parts: Sequence[dict[int, Numbers]], distance: int) -> Numbers:
    """Where the last places of chains begin, one place of each part, with fewer gaps than that."""
    ends = np.sort(np.concatenate([_ends(starts, width) for width, starts in parts[0].items()]))
    gaps = np.zeros(len(ends), np.int64)
    starts = np.zeros(0, np.uint32)
    for number, places in enumerate(parts[1:]):
        chained = []
        for width, every in places.items():
            common = len(every) > _COMMONER * len(ends)
            some = _after(every, ends, distance) if common else every
            step = _nearest if number == 0 else _best
            begins, between = step(segment, ends, gaps, some, distance)
            chained.append((begins, _ends(begins, width), between))
        starts, ends, gaps = (np.concatenate(column) for column in zip(*chained, strict=True))
        order = np.argsort(ends, kind="stable")
        ends, gaps = ends[order], gaps[order]
    return distinct(starts)


def _ends(starts: Numbers, width: int) -> Numbers:
    return starts.astype(np.int64) + width


def _after(starts: Numbers, ends: Numbers, distance: int) -> Numbers:
    """Those of `starts` that lie fewer than `distance` tokens after one of a few ends."""
    first = np.searchsorted(starts, ends.astype(starts.dtype))
    last = np.searchsorted(starts, (ends + (distance - 1)).astype(starts.dtype), "right")
    return distinct(starts[ranges(first, last - first)])


def _nearest(
    segment: OpenSegment, ends: Numbers, gaps: Numbers, starts: Numbers, distance: int
) -> tuple[Numbers, Numbers]:
    """The places that begin after the end of another by fewer tokens than `distance`.

    And by how many: as there are no gaps before the first part, the nearest end is the best.
    """
    at = np.searchsorted(ends, starts, "right") - 1
    between = starts - ends[at]
    near = np.flatnonzero((at >= 0) & (between < distance))
    numbers = segment.text.starts.numbers()
    last = (ends[at[near]] - 1).astype(starts.dtype)
    near = near[following(segment, numbers, last) == following(segment, numbers, starts[near])]
    return starts[near], between[near]


def _best(
    segment: OpenSegment, ends: Numbers, gaps: Numbers, starts: Numbers, distance: int
) -> tuple[Numbers, Numbers]:
    """The places that a chain leads to with fewer gaps than `distance`, and how many it has."""
    if not len(ends):
        return starts[:0], gaps
    numbers = segment.text.starts.numbers()
    # So many tokens between two paragraphs that no chain leads over them.
    over = following(segment, numbers, (ends - 1).astype(starts.dtype)).astype(np.int64) * distance
    shifted = ends + over
    over = following(segment, numbers, starts).astype(np.int64) * distance
    begins = starts + over
    at = np.searchsorted(shifted, begins, "right") - 1
    between = begins + np.minimum.accumulate(gaps - shifted)[at]
    near = (at >= 0) & (between < distance)
    return starts[near], between[near]


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
