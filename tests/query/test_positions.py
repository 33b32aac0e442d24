"""Phrases and NEAR against the plainest definition of each."""

from __future__ import annotations

from collections.abc import Sequence
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


def gaps(chosen: Sequence[TokenSpan]) -> int:
    """The tokens from the first of some places to the last, without those of the places."""
    first, last = min(start for start, _ in chosen), max(end for _, end in chosen)
    return last - first - sum(end - start for start, end in chosen)


def brute_near(node: Near, parts: list[list[TokenSpan]]) -> list[list[TokenSpan]]:
    """All choices of a place for each part with fewer gaps than the distance."""
    found = []
    for chosen in product(*parts):
        alike = [c for n, c in enumerate(chosen) if node.parts.count(node.parts[n]) > 1]
        follows = all(left[1] <= right[0] for left, right in pairwise(chosen))
        if gaps(chosen) < node.distance and (follows or not node.ordered):
            found += [list(chosen)] if len(set(alike)) == len(alike) else []
    return found


def flat(choices: list[list[TokenSpan]]) -> list[TokenSpan]:
    return sorted({span for chosen in choices for span in chosen})


def parted(number: int) -> tuple[Term, ...]:
    return tuple(Term(str(n)) for n in range(number))


@settings(max_examples=300, deadline=None)
@given(st.lists(single, min_size=2, max_size=3), st.integers(1, 5))
def test_near_is_all_parts_in_one_window(parts: list[list[TokenSpan]], distance: int) -> None:
    node = Near(parted(len(parts)), distance)
    assert near(node, parts) == flat(brute_near(node, parts))


@settings(max_examples=200, deadline=None)
@given(single, single, st.integers(1, 5))
def test_near_with_equal_parts_needs_as_many_places(
    twice: list[TokenSpan], other: list[TokenSpan], distance: int
) -> None:
    node = Near((Term("a"), Term("a"), Term("b")), distance)
    assert near(node, [twice, twice, other]) == flat(brute_near(node, [twice, twice, other]))


wide = st.lists(
    st.tuples(st.integers(0, 14), st.integers(1, 4)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=5,
    unique=True,
).map(sorted)


@settings(max_examples=400, deadline=None)
@given(st.lists(wide, min_size=2, max_size=4), st.integers(1, 5), st.booleans())
def test_a_window_counts_what_lies_between_places_of_any_width(
    parts: list[list[TokenSpan]], distance: int, equal: bool
) -> None:
    """All of a satisfying choice is found, and nothing where there is no such choice."""
    names = parted(len(parts))
    if equal:
        names, parts = (names[0], *names[:-1]), [parts[0], *parts[:-1]]
    node = Near(names, distance)
    choices, found = brute_near(node, parts), near(node, parts)
    assert bool(found) == bool(choices)
    assert set(flat(choices)) <= set(found)


@settings(max_examples=400, deadline=None)
@given(st.lists(wide, min_size=2, max_size=4), st.integers(1, 5))
def test_adj_is_all_parts_in_their_order(parts: list[list[TokenSpan]], distance: int) -> None:
    node = Near(parted(len(parts)), distance, ordered=True)
    assert near(node, parts) == flat(brute_near(node, parts))


@settings(max_examples=400, deadline=None)
@given(st.lists(wide, min_size=2, max_size=3), wide, st.integers(1, 5), st.booleans(), st.data())
def test_another_place_of_a_part_never_takes_one_away(
    parts: list[list[TokenSpan]],
    more: list[TokenSpan],
    distance: int,
    order: bool,
    data: st.DataObject,
) -> None:
    node = Near(parted(len(parts)), distance, order)
    at = data.draw(st.integers(0, len(parts) - 1))
    widened = [union([part, more]) if n == at else part for n, part in enumerate(parts)]
    assert set(near(node, parts)) <= set(near(node, widened))


def test_the_distance_counts_the_words_in_between() -> None:
    for words in range(5):
        parts = [[(0, 1)], [(words + 1, words + 2)]]
        for distance in range(1, 6):
            pair = (Term("a"), Term("b"))
            expected = words < distance
            assert bool(near(Near(pair, distance), parts)) is expected
            assert bool(near(Near(pair, distance, ordered=True), parts)) is expected
            assert not near(Near(pair, distance, ordered=True), parts[::-1])
