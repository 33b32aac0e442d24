"""Folding: the order of combining marks, in texts of any length, and possessive endings."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinorus.text import scripts
from sinorus.text.fold import normalised, possessive

QUIET = settings(database=None, deadline=None, max_examples=500)


MARKED = st.text(
    st.characters(categories=["Mn", "Ll"]) | st.sampled_from("e\u0301\u0323\u0344\u0f73각ᅡᆨ½ﬁ")
)


@pytest.mark.parametrize("form", ["NFKC", "NFKD"])
@given(text=MARKED)
@example(text="e" + "\u0301\u0323" * 400)
@example(text="\u0344\u0323" * 400 + "\u0f73\u0f75" * 400)
@QUIET
def test_marks_are_ordered_as_unicode_says(form: Literal["NFKC", "NFKD"], text: str) -> None:
    long = "a" * 500 + " " + text  # a short text is left to unicodedata
    assert normalised(form, long) == unicodedata.normalize(form, long)


def test_a_possessive_ending_is_an_apostrophe_and_an_s_at_the_end() -> None:
    unseen = f"[{scripts.INVISIBLE}]*"
    pattern = re.compile(f"[{scripts.APOSTROPHE}]{unseen}[sS]{unseen}$")
    chance = random.Random(12)
    for _ in range(20_000):
        text = "".join(chance.choices("aSs'’\u00ad\u200b", k=chance.randint(0, 6)))
        match = pattern.search(text)
        assert possessive(text) == (len(match.group()) if match else 0), ascii(text)
