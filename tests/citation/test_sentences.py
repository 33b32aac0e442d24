"""Sentences in three languages: what ends one, and what only looks as if it did."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.citation.sentences import sentences

CASES = {
    'Mr. Bohlen met N. S. Khrushchev on Jan. 5. He said no. "Never!" was the answer.': [
        *("Mr. Bohlen met N. S. Khrushchev on Jan. 5.", "He said no.", '"Never!" was the answer.'),
    ],
    "It grew by 3.5 percent in the U.S. The rest fell, i.e. it shrank. “Why?” he asked. So": [
        *("It grew by 3.5 percent in the U.S.", "The rest fell, i.e. it shrank."),
        *("“Why?” he asked.", "So"),
    ],
    "В 1950 г. Сталин принял их. Н. С. Хрущёв не был в Пекине и т. д. Затем всё изменилось.": [
        *("В 1950 г. Сталин принял их.", "Н. С. Хрущёв не был в Пекине и т. д."),
        "Затем всё изменилось.",
    ],
    "С.Кравцов: Уважаемый Владимир Владимирович! Всё выполнено. «Да!» — сказал он. Как?": [
        *("С.Кравцов: Уважаемый Владимир Владимирович!", "Всё выполнено."),
        *("«Да!» — сказал он.", "Как?"),
    ],
    "各位代表：现在报告工作。“一九五五年完成了计划。”国务院认为……很好！请审议": [
        *("各位代表：现在报告工作。", "“一九五五年完成了计划。”", "国务院认为……很好！", "请审议"),
    ],
    "1. The first article. (Applause.) The second": [
        "1. The first article.",
        "(Applause.)",
        "The second",
    ],
    "one line\nand the next. Then\nmore.": ["one line\nand the next.", "Then\nmore."],
    "Already… Perhaps not . . . but yes.": ["Already…", "Perhaps not . . . but yes."],
    "—": ["—"],
    "": [],
}


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[:12])
def test_sentences(text: str) -> None:
    assert [text[start:end] for start, end in sentences(text)] == CASES[text]


@given(st.text(st.sampled_from('aA .!?…"”»)。！” \n1г中')))
def test_no_word_is_lost(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(first < last for first, last in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
