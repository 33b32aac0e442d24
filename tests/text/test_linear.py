"""Long and awkward texts are folded and looked up as short ones are."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinorus.text import fold, names
from sinorus.text.names import compile_names
from sinorus.text.stems import stem

QUIET = settings(database=None, deadline=None, max_examples=500)
MARKED = st.text(
    st.characters(categories=["Mn", "Ll"]) | st.sampled_from("e\u0301\u0323\u0344\u0f73각ᅡᆨ½ﬁ")
)
WORDS = ["договор", "дружба", "сотрудничество", "россия", "китай", "мир", "граница", "союз"]


@pytest.mark.parametrize("form", ["NFKC", "NFKD"])
@given(text=MARKED)
@example(text="e" + "\u0301\u0323" * 400)
@example(text="\u0344\u0323" * 400 + "\u0f73\u0f75" * 400)
@QUIET
def test_marks_are_ordered_as_unicode_says(form: Literal["NFKC", "NFKD"], text: str) -> None:
    long = "a" * 500 + " " + text  # a short text is left to unicodedata
    assert fold.normalised(form, long) == unicodedata.normalize(form, long)


def test_a_form_with_very_many_readings_is_a_name_by_its_stems() -> None:
    form = " ".join(WORDS * 3)
    compiled = compile_names([[form, "Treaty"], ["Россия", "Russia"]])
    assert compiled.find(["treati"]) == (0, 1)
    others = [written for written, _ in compiled.others(0, 1)]
    assert others == [form]
    stems = next(key for key in compiled.keys if key.count(" ") == 23).split()
    assert compiled.find(stems, WORDS * 3) == (0, 0)
    assert compiled.find(stems[:-1], [*WORDS, *WORDS, *WORDS][:-1]) is None
    assert len(compiled.keys) < 2 * names.CHOICES


def test_a_long_quotation_in_russian_is_no_name_and_told_at_once() -> None:
    compiled = compile_names([["Китай", "China"]])
    assert compiled.find(["слов"] * 60, ["слово"] * 60) is None
    assert compiled.find([stem("китая")], ["китая"]) == (0, 0)  # by its exact form
    assert compiled.find([stem("китая")]) is None
