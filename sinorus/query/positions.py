"""Where phrases and NEAR match, computed on sorted token spans.

A span is (first token, token after the last). The evaluator and the engines share these functions,
so that a phrase or a NEAR cannot mean two things.

What a NEAR counts are the gaps: the tokens of a window without those of the places chosen in it,
one for each part. So how long another alternative of a part is makes no difference, and one more
alternative can only add windows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, chain

from sinorus.query import nodes

TokenSpan = tuple[int, int]


def crosses(span: TokenSpan, inside: Container[int]) -> bool:
    """Whether a place cuts a longer word: 中国 in 发展中国家, which is 发展 中 国家.

    `inside` are the tokens that go on with a word. The place has a border between its tokens, and
    a word reaches beyond one of its ends; 中国 in 中国共产党 and 共和 in 共和国 cut nothing.
    """
    start, end = span
    if start not in inside and end not in inside:
        return False
    return any(token not in inside for token in range(start + 1, end))


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


class _Places:
    """The places of a part of a NEAR by width, widest first, and which of them are found.

    `needed` places are wanted in each window. Found are ranges of places, as windows overlap.
    """

    def __init__(self, spans: Sequence[TokenSpan], needed: int) -> None:
        by_width: dict[int, list[int]] = {}
        for start, end in spans:
            by_width.setdefault(end - start, []).append(start)
        self.starts = sorted(by_width.items(), reverse=True)
        self.needed = needed
        self._edges = [[0] * (len(starts) + 1) for _, starts in self.starts]

    def covered(self, start: int, stop: int) -> int | None:
        """How wide the widest places in a window are that are needed; None if they are too few."""
        missing, covered = self.needed, 0
        for width, starts in self.starts:
            first = bisect_left(starts, start)
            taken = min(missing, bisect_right(starts, stop - width, first) - first)
            covered += taken * width
            missing -= taken
        return None if missing else covered

    def mark(self, start: int, stop: int) -> None:
        """Marks the places in a window as found."""
        for (width, starts), edges in zip(self.starts, self._edges, strict=True):
            first = bisect_left(starts, start)
            edges[first] += 1
            edges[bisect_right(starts, stop - width, first)] -= 1

    def found(self) -> Iterator[TokenSpan]:
        """The places that were marked."""
        for (width, starts), edges in zip(self.starts, self._edges, strict=True):
            for start, depth in zip(starts, accumulate(edges), strict=False):
                if depth:
                    yield start, start + width


def _unordered(node: nodes.Near, parts: Sequence[list[TokenSpan]]) -> list[TokenSpan]:
    spans = dict(zip(node.parts, parts, strict=True))
    wanted = [_Places(some, node.parts.count(part)) for part, some in spans.items()]
    gaps = node.distance - 1
    widest = sum(part.needed * part.starts[0][0] for part in wanted)
    # A window that satisfies the node also does if it begins at the first of the spans it needs.
    for start in sorted({start for some in spans.values() for start, _ in some}):
        # The longest window there may be, then as long as what it holds allows, until that holds:
        # what a shorter one holds is no wider, so none that satisfies the node is passed over.
        stop, longest = start + widest + gaps + 1, start + widest + gaps
        while longest < stop:
            stop = longest
            covered = [part.covered(start, stop) for part in wanted]
            if None in covered:
                break
            longest = start + sum(filter(None, covered)) + gaps
        else:
            for part in wanted:
                part.mark(start, stop)
    return sorted({span for part in wanted for span in part.found()})


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
