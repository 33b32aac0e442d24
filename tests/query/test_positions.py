"""Phrases and NEAR against the plainest definition of each."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.query.nodes import Near, Term
from sinorus.query.positions import TokenSpan, adjacent, near, union

spans = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 2)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=6,
    unique=True,
).map(sorted)
lists = st.lists(spans, min_size=1, max_size=3)
single = st.lists(st.integers(0, 14), max_size=6, unique=True).map(
    lambda starts: [(start, start + 1) for start in sorted(starts)]
)


@settings(max_examples=200, deadline=None)
@given(lists)
def test_a_phrase_is_its_parts_one_right_after_the_other(parts: list[list[TokenSpan]]) -> None:
    chains = {
        (chain[0][0], chain[-1][1])
        for chain in product(*parts)
        if all(left[1] == right[0] for left, right in pairwise(chain))
    }
    assert adjacent(parts) == sorted(chains)


@settings(max_examples=100, deadline=None)
@given(lists)
def test_a_union_has_each_span_once_and_in_order(parts: list[list[TokenSpan]]) -> None:
    assert union(parts) == sorted({span for part in parts for span in part})


def brute_near(node: Near, parts: list[list[TokenSpan]]) -> list[TokenSpan]:
    """All spans of all choices that fit into one window with fewer than `distance` words more."""
    reach = len(parts) + node.distance - 1
    found: set[TokenSpan] = set()
    for chosen in product(*parts):
        alike = [c for n, c in enumerate(chosen) if node.parts.count(node.parts[n]) > 1]
        first, last = min(s for s, _ in chosen), max(e for _, e in chosen)
        if last - first <= reach and len(set(alike)) == len(alike):
            found.update(chosen)
    return sorted(found)


@settings(max_examples=300, deadline=None)
@given(st.lists(single, min_size=2, max_size=3), st.integers(1, 5))
def test_near_is_all_parts_in_one_window(parts: list[list[TokenSpan]], distance: int) -> None:
    node = Near(tuple(Term(str(n)) for n in range(len(parts))), distance)
    assert near(node, parts) == brute_near(node, parts)


@settings(max_examples=200, deadline=None)
@given(single, single, st.integers(1, 5))
def test_near_with_equal_parts_needs_as_many_places(
    twice: list[TokenSpan], other: list[TokenSpan], distance: int
) -> None:
    node = Near((Term("a"), Term("a"), Term("b")), distance)
    assert near(node, [twice, twice, other]) == brute_near(node, [twice, twice, other])


@settings(max_examples=300, deadline=None)
@given(st.lists(single, min_size=2, max_size=3), st.integers(1, 5))
def test_adj_is_all_parts_in_their_order(parts: list[list[TokenSpan]], distance: int) -> None:
    """It matches where some choice does, and marks such choices only, from every first part."""
    node = Near(tuple(Term(str(n)) for n in range(len(parts))), distance, ordered=True)
    reach = len(parts) + distance - 1
    choices = [
        chain
        for chain in product(*parts)
        if all(left[1] <= right[0] for left, right in pairwise(chain))
        and chain[-1][1] - chain[0][0] <= reach
    ]
    found = set(near(node, parts))
    assert bool(found) == bool(choices)
    assert found <= {span for chain in choices for span in chain}
    assert {chain[0] for chain in choices} <= found


def test_the_distance_counts_the_words_in_between() -> None:
    for words in range(5):
        parts = [[(0, 1)], [(words + 1, words + 2)]]
        for distance in range(1, 6):
            pair = (Term("a"), Term("b"))
            expected = words < distance
            assert bool(near(Near(pair, distance), parts)) is expected
            assert bool(near(Near(pair, distance, ordered=True), parts)) is expected
            assert not near(Near(pair, distance, ordered=True), parts[::-1])
