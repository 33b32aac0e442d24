"""Wildcards and fuzzy words against the plainest definition of each."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.query.nodes import Fuzzy, Prefix, Wildcard
from sinorus.query.patterns import expression, fits, literal_prefix, within_distance


def levenshtein(left: str, right: str) -> int:
    """The whole table."""
    row = list(range(len(right) + 1))
    for a in left:
        above, row = row, [row[0] + 1]
        for column, b in enumerate(right, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (a != b)))
    return row[-1]


few = st.text("abя中", max_size=8)


@settings(max_examples=400, deadline=None)
@given(few, few, st.integers(0, 3))
def test_a_distance_is_levenshteins(left: str, right: str, limit: int) -> None:
    assert within_distance(left, right, limit) is (levenshtein(left, right) <= limit)
    if limit:
        assert fits(Fuzzy(left, limit), right) is (levenshtein(left, right) <= limit)


def brute_fits(pattern: str, form: str) -> bool:
    if not pattern:
        return not form
    if pattern[0] == "*":
        return any(brute_fits(pattern[1:], form[at:]) for at in range(len(form) + 1))
    return bool(form) and pattern[0] in (form[0], "?") and brute_fits(pattern[1:], form[1:])


@settings(max_examples=400, deadline=None)
@given(st.text("ab*?.[я\n", max_size=6), st.text("ab.[я\n", max_size=6))
def test_a_star_is_any_letters_and_a_question_mark_one(pattern: str, form: str) -> None:
    node = Wildcard(pattern)
    assert fits(node, form) is brute_fits(pattern, form)
    if fits(node, form):
        assert form.startswith(literal_prefix(node))
    assert fits(Prefix(form), form + "x")
    assert re.search(r"[*?]", literal_prefix(node)) is None


def naive(pattern: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(sign) or re.escape(sign) for sign in pattern), re.DOTALL)


def test_a_wildcard_means_what_it_did_and_takes_no_power_of_its_stars() -> None:
    chance = random.Random(7)
    for _ in range(4_000):
        pattern = "".join(chance.choices("ab*?", k=chance.randint(1, 8)))
        word = "".join(chance.choices("ab", k=chance.randint(0, 8)))
        expected = bool(naive(pattern).fullmatch(word))
        assert bool(re.fullmatch(expression(pattern, "."), word)) == expected, (pattern, word)
    assert not re.fullmatch(expression("*a" * 1_000 + "*b", "."), "a" * 4_000)


def test_a_distance_is_told_in_its_band() -> None:
    assert within_distance("ab" * 2_000, "ab" * 1_999 + "cb", 1)
    assert not within_distance("ab" * 2_000, "ba" * 2_000, 1)
    assert within_distance("ab" * 2_000, "ba" * 2_000, 2)
