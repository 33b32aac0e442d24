"""Where phrases and NEAR match, computed on sorted token spans.

A span is (first token, token after the last). The evaluator and the engines share these functions,
so that a phrase or a NEAR cannot mean two things.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from itertools import chain

from sinorus.query import nodes
from sinorus.query.nodes import assert_never

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


def width(node: nodes.Positional) -> int:
    """The least number of tokens that a positional node covers; of a word with hyphens, its parts.

    The word without hyphens covers fewer, and a NEAR with it must not reach less far.
    """
    match node:
        case nodes.Phrase():
            return sum(width(part) for part in node.parts)
        case nodes.Synonyms() if node.shown:
            return width(node.parts[0])
        case nodes.Synonyms():
            return min(width(part) for part in node.parts)
        case nodes.Term() | nodes.AnyExpanding():
            return 1
        case _:
            assert_never(node)


def near(node: nodes.Near, parts: Sequence[list[TokenSpan]]) -> list[TokenSpan]:
    """The spans of all parts that lie in some window which satisfies `node`; empty if none does.

    A window is as long as the parts together and `distance - 1` more tokens.
    """
    if not all(parts):
        return []
    reach = sum(width(part) for part in node.parts) + node.distance - 1
    if node.ordered:
        return _ordered(parts, reach)
    return _unordered(node, parts, reach)


def _unordered(node: nodes.Near, parts: Sequence[list[TokenSpan]], reach: int) -> list[TokenSpan]:
    distinct: dict[nodes.Positional, tuple[list[TokenSpan], int]] = {}
    for part, spans in zip(node.parts, parts, strict=True):
        distinct[part] = (spans, distinct[part][1] + 1 if part in distinct else 1)
    # A window that satisfies the node also does if it begins at the first of the spans it needs.
    found: set[TokenSpan] = set()
    for start in sorted({start for spans, _ in distinct.values() for start, _ in spans}):
        inside: list[TokenSpan] = []
        for spans, needed in distinct.values():
            here = _within(spans, start, start + reach)
            if len(here) < needed:
                break
            inside += here
        else:
            found.update(inside)
    return sorted(found)


def _within(spans: list[TokenSpan], start: int, stop: int) -> list[TokenSpan]:
    first = bisect_left(spans, (start, 0))
    last = bisect_left(spans, (stop, 0), first)
    return [span for span in spans[first:last] if span[1] <= stop]


def _ordered(parts: Sequence[list[TokenSpan]], reach: int) -> list[TokenSpan]:
    found: set[TokenSpan] = set()
    for start, end in parts[0]:
        chosen = [(start, end)]
        for spans in parts[1:]:
            # The span that ends first leaves the most room for the others.
            here = _within(spans, chosen[-1][1], start + reach)
            if not here:
                break
            chosen.append(min(here, key=lambda span: span[1]))
        else:
            found.update(chosen)
    return sorted(found)
