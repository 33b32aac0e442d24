"""The order in which people look for names."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.text.order import natural_key

_ROWS = {
    "numbers": ["d1", "d2", "d10", "d010a", "d100"],
    "numbers of many digits": ["d9", "d" + "1" * 5000, "d" + "2" * 5000, "d" + "1" * 5001],
    "folders": ["energy", "energy/gas", "energy/oil", "energy-trade", "energyless"],
    "a Russian alphabet": ["Еда", "Ель", "Ёж", "Ёлка", "Жук", "Иск", "Йод", "Кот"],
    "a Ukrainian alphabet": ["Гай", "Ґава", "Дім", "Етап", "Єва", "Зло", "Іва", "Їжа", "Йод"],
    "alphabets": ["10", "Alliance", "Zhou", "Ωμέγα", "Альянс", "Ясень", "阿", "联盟"],
    "sounds of Chinese": ["北京", "长江", "國家", "李", "王", "毅", "张", "周"],
    "accents": ["Cafe", "Café", "cafes", "Łódź", "lodz 2", "Zürich"],
    "quotation marks": ["“Alliance” and war", "«Альянс»", "Альянс и война"],
}


@pytest.mark.parametrize("row", _ROWS.values(), ids=_ROWS)
def test_names_stand_where_people_look_for_them(row: list[str]) -> None:
    mixed = random.Random(7).sample(row, len(row))
    assert sorted(mixed, key=natural_key) == row


def test_rare_characters_stand_behind_common_ones() -> None:
    assert sorted(["𠀀", "㐀", "齷", "龟"], key=natural_key)[0] == "龟"


@given(st.text())
def test_forms_of_unicode_stand_together(text: str) -> None:
    """But for the name itself, which decides between equals, all forms of a name are one."""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    keys = [natural_key(one).split("\x00")[0] for one in (composed, decomposed)]
    assert keys[0] == keys[1]


@given(st.text("aB/- '09_") | st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_is_the_same(text: str) -> None:
    key, behind = (natural_key(one).split("\x00")[0] for one in (text, f"{text}é"))
    assert behind == f"{key}e" if key else behind == "e"


@given(st.text(), st.text())
def test_only_equal_texts_are_equal(one: str, other: str) -> None:
    assert (natural_key(one) == natural_key(other)) is (one == other)
