"""Quotation marks: which belong together, and what they become within a quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.citation.marks import MARKS, marks_of, pairs, turned
from sinorus.citation.words import plain_words

TURNED = {
    "He said “yes” and ‘no’.": "He said ‘yes’ and ‘no’.",
    "“Outer ‘inner’ marks”": "‘Outer “inner” marks’",
    "the workers’ party’s «line»": "the workers’ party’s ‘line’",
    'straight "marks" and 5" pipes': 'straight ‘marks’ and 5" pipes',
    "«ёлочки „лапки“»": "‘ёлочки “лапки”’",
    "cut “off here": "cut ‘off here",
    "cut “off ‘right’ here": "cut ‘off “right” here",
    "and here” it goes on “so”": "and here’ it goes on ‘so’",
    "он сказал: «Это „дружба“": "он сказал: ‘Это “дружба”",
    "и это дружба“, — сказал": "и это дружба’, — сказал",
    "他说：“我们": "他说：‘我们",
    "他说：“‘计划’完成了”": "他说：‘“计划”完成了’",
    "「外『內』外」": "‘外“內”外’",
    "»deutsch« und ›so‹": "‘deutsch‘ und ›so‹".replace("‘deutsch‘", "‘deutsch’"),
    "’twas “the” night": "’twas ‘the’ night",
}


@pytest.mark.parametrize("text", TURNED)
def test_marks_are_turned(text: str) -> None:
    assert turned(plain_words(text), MARKS["en"]).text == TURNED[text]


@given(st.text(st.sampled_from("“”‘’«»„\"' ab中.")))
def test_pairs_are_nested_and_nothing_else_changes(text: str) -> None:
    found = pairs(text)
    assert len({at for first, last, _ in found for at in (first, last)}) == 2 * len(found)
    for first, last, depth in found:
        around = [one for one in found if one[0] < first and last < one[1]]
        crossing = [one for one in found if one[0] < first < one[1] < last]
        assert depth == len(around)
        assert not crossing
    changed = {at for first, last, _ in found for at in (first, last)}
    changed |= {at for at, one in enumerate(text) if one in '“”«»„"'}  # one half of a pair
    after = turned(plain_words(text), MARKS["ru"]).text
    assert [one for at, one in enumerate(after) if at not in changed] == [
        one for at, one in enumerate(text) if at not in changed
    ]


def test_marks_are_those_of_the_language_or_of_the_script() -> None:
    assert marks_of("ru", "en", "") == MARKS["ru"]
    assert marks_of("auto", "zh-Hant", "") == MARKS["zh-Hant"]
    assert marks_of("auto", "zh-CN", "") == MARKS["zh"]
    assert marks_of("auto", None, "Слово") == MARKS["ru"]
    assert marks_of("auto", "ja", "中") == MARKS["zh"]
    assert marks_of("auto", "de", "Wort") == MARKS["en"]
