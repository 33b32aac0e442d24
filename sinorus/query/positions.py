"""Where phrases and NEAR match, computed on sorted token spans.

A span is (first token, token after the last). The evaluator and the engines share these functions,
so that a phrase or a NEAR cannot mean two things.

What a NEAR counts are the gaps: the tokens of a window without those of the places chosen in it,
one for each part. So how long another alternative of a part is makes no difference, and one more
alternative can only add windows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import nlargest
from itertools import chain

from sinorus.query import nodes

TokenSpan = tuple[int, int]


def union(lists: Sequence[list[TokenSpan]]) -> list[TokenSpan]:
    """All spans of `lists`, sorted, each once."""
    return lists[0] if len(lists) == 1 else sorted(set(chain.from_iterable(lists)))


def adjacent(parts: Sequence[list[TokenSpan]]) -> list[TokenSpan]:
    """The spans in which one span of every part follows right after the one before it."""
    found = parts[0]
    for part in parts[1:]:
        if not found:
            return []
        ends_by_start: dict[int, list[int]] = {}
        for start, end in part:
            ends_by_start.setdefault(start, []).append(end)
        found = [(a, end) for a, b in found for end in ends_by_start.get(b, ())]
    return sorted(set(found))


def near(node: nodes.Near, parts: Sequence[list[TokenSpan]]) -> list[TokenSpan]:
    """The spans of all parts that lie in some window which satisfies `node`; empty if none does.

    A window does if it is no longer than the widest places of each part in it are together, and
    `distance - 1` more tokens. In an ordered NEAR the places follow one another.
    """
    if not all(parts):
        return []
    if node.ordered:
        return _ordered(parts, node.distance)
    return _unordered(node, parts)


def _unordered(node: nodes.Near, parts: Sequence[list[TokenSpan]]) -> list[TokenSpan]:
    distinct: dict[nodes.Positional, tuple[list[TokenSpan], int]] = {}
    for part, spans in zip(node.parts, parts, strict=True):
        distinct[part] = (spans, distinct[part][1] + 1 if part in distinct else 1)
    gaps = node.distance - 1
    widest = sum(
        needed * max(end - start for start, end in spans) for spans, needed in distinct.values()
    )
    found: set[TokenSpan] = set()
    # A window that satisfies the node also does if it begins at the first of the spans it needs.
    for start in sorted({start for spans, _ in distinct.values() for start, _ in spans}):
        # The longest window there may be, then as long as what it holds allows, until that holds:
        # what a shorter one holds is no wider, so none that satisfies the node is passed over.
        stop = start + widest + gaps
        while inside := _inside(list(distinct.values()), start, stop):
            longest = start + sum(covered for _, covered in inside) + gaps
            if longest >= stop:
                found.update(span for spans, _ in inside for span in spans)
                break
            stop = longest
    return sorted(found)


def _inside(
    parts: Sequence[tuple[list[TokenSpan], int]], start: int, stop: int
) -> list[tuple[list[TokenSpan], int]]:
    """The spans of each part in a window, and how wide the widest of them are that it needs.

    Empty if the window has not as many as needed of each.
    """
    found = []
    for spans, needed in parts:
        here = _within(spans, start, stop)
        if len(here) < needed:
            return []
        found.append((here, sum(nlargest(needed, (end - begin for begin, end in here)))))
    return found


def _within(spans: list[TokenSpan], start: int, stop: int) -> list[TokenSpan]:
    first = bisect_left(spans, (start, 0))
    last = bisect_left(spans, (stop, 0), first)
    return [span for span in spans[first:last] if span[1] <= stop]


def _ordered(parts: Sequence[list[TokenSpan]], distance: int) -> list[TokenSpan]:
    """The spans of all chains, of one span of each part, whose gaps are fewer than `distance`."""
    before = _gaps(parts)
    turned = [sorted((-end, -start) for start, end in spans) for spans in reversed(parts)]
    after = _gaps(turned)[::-1]
    return sorted(
        {
            (start, end)
            for left, right in zip(before, after, strict=True)
            for (start, end), gaps in left.items()
            if gaps + right.get((-end, -start), distance) < distance
        }
    )


def _gaps(parts: Sequence[list[TokenSpan]]) -> list[dict[TokenSpan, int]]:
    """For each part, the spans that chains lead to, and the gaps of the chain that has fewest."""
    rows = [dict.fromkeys(parts[0], 0)]
    for spans in parts[1:]:
        ending = sorted((end, gaps - end) for (_, end), gaps in rows[-1].items())
        row: dict[TokenSpan, int] = {}
        best: int | None = None
        at = 0
        for start, end in spans:
            while at < len(ending) and ending[at][0] <= start:
                best = ending[at][1] if best is None else min(best, ending[at][1])
                at += 1
            if best is not None:
                row[start, end] = start + best
        rows.append(row)
    return rows
