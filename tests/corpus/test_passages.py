"""Passages that two texts share, in place or moved."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.comparisons import TEXTS, compared, forms

from sinorus.model import Passage, TextComparison

EIGHT = "never attack one another and set aside differences"
SEVEN = "never attack one another and set aside"
OTHER = "the border was drawn along the main channel of rivers"


def texts_of(found: TextComparison, passage: Passage) -> tuple[str, str]:
    texts = {}
    for row in found.rows:
        for side in (row.left, row.right):
            if side:
                texts[side.paragraph.id] = side.paragraph.text
    left, right = texts[passage.left], texts[passage.right]
    return left[slice(*passage.left_span)], right[slice(*passage.right_span)]


def shared(left: list[str], right: list[str]) -> list[str]:
    found = compared(left, right)
    return [texts_of(found, passage)[0] for passage in found.passages]


def test_eight_words_are_a_passage_and_seven_are_not() -> None:
    assert shared([f"They {EIGHT} today."], [f"Both shall “{EIGHT.upper()}”, always"]) == [EIGHT]
    assert shared([f"They {SEVEN} today."], [f"Both shall {SEVEN}, always"]) == []


def test_twelve_ideographs_are_a_passage_and_eleven_are_not() -> None:
    run = "坚持走和平发展的正确道路"
    assert len(run) == 12
    assert shared([f"我{run}。"], [f"他{run}！"]) == [run]
    assert shared([f"我{run[1:]}。"], [f"他{run[1:]}！"]) == []


def test_words_and_ideographs_weigh_together() -> None:
    # Four words weigh 12 of 24, six characters the other 12.
    assert shared(
        ["x gas oil arms talks 和平发展道路 y"], ["z gas oil arms talks 和平发展道路 w"]
    ) == ["gas oil arms talks 和平发展道路"]
    assert shared(["x gas oil arms 和平发展道路 y"], ["z gas oil arms 和平发展道路 w"]) == []


def test_a_passage_in_russian_names_its_paragraphs() -> None:
    run = "стороны никогда не будут применять силу друг против друга"
    found = compared(["Начало.", f"Итак, {run}."], [f"{run.capitalize()} и союзников.", "Конец."])
    (passage,) = found.passages
    assert (passage.left, passage.right) == ("left#2", "right#1")
    assert (passage.words, passage.moved) == (9, False)
    assert passage.left_span == (6, 6 + len(run))
    assert passage.right_span == (0, len(run))


def test_a_moved_passage_is_told_from_one_in_place() -> None:
    found = compared([f"A. {EIGHT}. {OTHER}."], [f"{OTHER} while {EIGHT}"])
    assert [(texts_of(found, passage)[0], passage.moved) for passage in found.passages] == [
        (EIGHT, True),  # the shorter one has moved
        (OTHER, False),
    ]


def test_the_end_of_a_paragraph_ends_a_passage() -> None:
    words = f"{EIGHT} {OTHER}"
    assert shared([words], [EIGHT, OTHER]) == [EIGHT, OTHER]
    assert shared([words], [SEVEN, f"differences {OTHER}"]) == [f"differences {OTHER}"]


def test_what_a_longer_passage_leaves_may_still_be_one() -> None:
    a, b, c = EIGHT, OTHER, "gas flows east in winter and west in summer now"
    found = compared([f"{a} {b} {c}"], [f"{a} {b}", f"z {b} {c}"])
    assert [passage.words for passage in found.passages] == [8, 20]
    assert sum(passage.words for passage in found.passages) == len(forms(f"{a} {b} {c}"))


def test_boilerplate_pairs_up_in_order() -> None:
    left = [f"{number} said: {EIGHT}" for number in "abcdefghijklmnopqrst"]
    right = [f"{number} answered: {EIGHT}" for number in "abcdefghijklmnopqrst"]
    found = compared(left, right)
    assert [(p.left, p.right) for p in found.passages] == [
        (f"left#{n}", f"right#{n}") for n in range(1, 21)
    ]
    assert not any(passage.moved for passage in found.passages)


def test_one_word_repeated_is_cheap() -> None:
    found = compared(["ha " * 30_000], ["ha " * 20_000])
    assert sum(passage.words for passage in found.passages) == 30_000


LONG = st.lists(
    st.sampled_from([EIGHT, OTHER, SEVEN, "x", "China’s", "坚持走和平发展的正确道路", "!"]),
    max_size=6,
).map(" ".join)


@settings(deadline=None)
@given(st.lists(LONG, max_size=5), st.lists(LONG, max_size=5))
def test_passages_are_equal_long_enough_and_apart_on_the_left(
    left: list[str], right: list[str]
) -> None:
    found = compared(left, right)
    last: tuple[int, int] = (0, 0)
    for passage in found.passages:
        ours, theirs = (forms(text) for text in texts_of(found, passage))
        assert ours == theirs
        assert len(ours) == passage.words
        assert sum(2 if form > "\u4e00" else 3 for form in ours) >= 24
        number = int(passage.left.partition("#")[2])
        assert last <= (number, passage.left_span[0])
        last = (number, passage.left_span[1])
    assert found == compared(left, right)


@settings(deadline=None)
@given(TEXTS, LONG, TEXTS)
def test_a_common_paragraph_is_covered_by_passages(
    left: list[str], same: str, right: list[str]
) -> None:
    found = compared([*left, f"{EIGHT} {same}"], [f"{EIGHT} {same}", *right])
    at = f"left#{len(left) + 1}"
    covered = sum(passage.words for passage in found.passages if passage.left == at)
    assert covered == len(forms(f"{EIGHT} {same}"))
