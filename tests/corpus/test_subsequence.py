"""Common subsequences and heaviest chains, against the plain definitions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.corpus import subsequence
from sinorus.corpus.subsequence import common, common_length, heaviest_chain

SEQUENCE = st.lists(st.sampled_from("abcde"), max_size=25)


def plain_length(left: list[str], right: list[str]) -> int:
    row = [0] * (len(right) + 1)
    for a in left:
        last = row
        row = [0]
        for j, b in enumerate(right):
            row.append(last[j] + 1 if a == b else max(last[j + 1], row[j]))
    return row[-1]


@settings(deadline=None)
@given(SEQUENCE, SEQUENCE)
def test_common_is_a_longest_common_subsequence(left: list[str], right: list[str]) -> None:
    matches = common(left, right)
    assert all(left[i] == right[j] for i, j in matches)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(matches))
    assert len(matches) == plain_length(left, right) == common_length(left, right)
    assert common(right, left) == [(j, i) for i, j in matches]


@settings(deadline=None)
@given(SEQUENCE, SEQUENCE)
def test_a_halved_problem_has_an_answer_as_long(left: list[str], right: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsequence, "AREA", 6)
        matches = common(left, right)
    assert all(left[i] == right[j] for i, j in matches)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(matches))
    assert len(matches) == plain_length(left, right)


PAIR = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9).map(float))


@settings(deadline=None)
@given(st.lists(PAIR, max_size=9))
def test_no_chain_is_heavier(pairs: list[tuple[int, int, float]]) -> None:
    chosen = [pairs[k] for k in heaviest_chain(pairs)]
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chosen))
    best = 0.0
    for subset in range(1 << len(pairs)):
        picked = sorted(pairs[k] for k in range(len(pairs)) if subset >> k & 1)
        if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(picked)):
            best = max(best, sum(pair[2] for pair in picked))
    assert sum(pair[2] for pair in chosen) == best
