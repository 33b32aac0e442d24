"""English stems keep apart what a reader does, and join what he joins."""

from __future__ import annotations

import pytest
from support.russian_cases import GOLDEN

from sinorus.text.english import american
from sinorus.text.stems import stem

PAIRS = [line.split() for line in (GOLDEN / "english_pairs.txt").read_text("utf-8").splitlines()]


SPELT_SO = """
advise exercise promise surprise enterprise premise compromise supervise revise uprising raised
precise otherwise treatise franchise four hour pour source course journal specimen regimen abdomen
center defense already parallel excellent really dollar bell
"""


def test_there_are_pairs_of_both_kinds() -> None:
    assert len(PAIRS) >= 300
    assert {kind for kind, _, _ in PAIRS} == {"apart", "same"}


@pytest.mark.parametrize(("kind", "left", "right"), PAIRS)
def test_words_are_one_or_two_as_a_reader_has_them(kind: str, left: str, right: str) -> None:
    assert (stem(left) == stem(right)) == (kind == "same")


@pytest.mark.parametrize(
    "word",
    SPELT_SO.split(),
)
def test_a_word_that_is_spelt_so_everywhere_stays(word: str) -> None:
    assert american(word) == word
