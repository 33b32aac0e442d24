"""What is typography in a quotation and what is a change; where changed words come from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.citation.align import edits, nearest
from sinorus.citation.wording import Wording, occurrences, squeezed

SAME = [
    ("The Alliance", "the alliance"),
    ("co-operation", "cooperation"),
    ("agree-\nment", "agreement"),
    ("agree\u00adment", "agreement"),
    ("U.S.S.R.", "USSR"),
    ("ещё все", "еще всё"),
    ("發展中國家", "发展中国家"),
    ("２０２３年", "2023年"),
    ("10,000 men", "10 000 men"),
    ("1,234.5", "1234.5"),
    ("5 %", "5%"),
    ("China’s", "China's"),
    ("a pact — not an alliance", "a pact, not an alliance"),
    ("Qurʾān", "Quran"),
    ("the pact[3] of 1950", "the pact of 1950"),
    ("и\u0306", "й"),
]
OTHER = [
    ("China's", "China"),
    ("now here", "nowhere"),
    ("3.5", "35"),
    ("3.5", "5.3"),
    ("3-5", "35"),
    ("−5", "5"),
    ("$5", "€5"),
    ("5%", "5"),
    ("1950", "1951"),
    ("союз", "союза"),
    ("all", "alliance"),
    ("defence", "defense"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_typography_is_no_change(left: str, right: str) -> None:
    assert occurrences(Wording(left), Wording(right))
    assert occurrences(Wording(right), Wording(f"before {left} behind"))


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_another_word_number_or_sign_is_one(left: str, right: str) -> None:
    assert not occurrences(Wording(left), Wording(f"x {right} y"))
    assert not occurrences(Wording(right), Wording(left)) or right in ("5",)


def test_spaces_and_turned_marks_are_the_same_to_the_letter() -> None:
    assert squeezed("He said ‘no  limits’…") == squeezed("He said “no\nlimits”...")
    assert squeezed("中国，\n俄罗斯") == squeezed("中国，俄罗斯")
    assert squeezed("no limits") != squeezed("No limits")


WORDS = st.lists(st.sampled_from("abcde"), max_size=12)


def distance(left: list[str], right: list[str]) -> int:
    row = list(range(len(right) + 1))
    for at, one in enumerate(left, 1):
        last, row[0] = row[0], at
        for to, other in enumerate(right, 1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (one != other))
    return row[-1]


@given(WORDS, WORDS)
@settings(deadline=None)
def test_the_nearest_stretch_is_the_nearest_of_all(words: list[str], source: list[str]) -> None:
    there = nearest(words, source)
    size = range(len(source) + 1)
    every = [distance(words, source[a:b]) for a in size for b in size if a <= b]
    assert there.distance == min(every)
    assert distance(words, source[there.first : there.last]) == there.distance
    changed = edits(words, source[there.first : there.last])
    assert sum(max(e.end - e.at, e.source_end - e.source_at) for e in changed) >= there.distance


def test_ends_go_with_the_words_that_took_their_place() -> None:
    assert nearest(["a", "b", "c"], ["x", "a", "b", "d", "y"]) == (1, 1, 4)
    assert nearest(["z", "b", "c"], ["x", "a", "b", "c", "y"]) == (1, 1, 4)
