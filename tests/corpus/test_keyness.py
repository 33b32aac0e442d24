"""Keywords: the two measures by hand, the thresholds, and what is never a keyword."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.corpus.counting import count_words
from sinorus.corpus.keywords import keywords, log_likelihood, log_ratio
from sinorus.text.tokens import tokenize


def words(*texts: str) -> list[str]:
    mine, theirs = (count_words([tokenize(text)]) for text in texts)
    return [keyword.word for keyword in keywords(mine, theirs)]


def test_log_likelihood_by_hand() -> None:
    # 10 of 1,000 against 5 of 2,000: E1 = 1000·15/3000 = 5 and E2 = 2000·15/3000 = 10, so
    # G² = 2·(10·ln(10/5) + 5·ln(5/10)) = 2·(10·0.693147 − 5·0.693147) = 6.93147.
    assert log_likelihood(10, 5, 1000, 2000) == pytest.approx(6.93147, abs=1e-5)
    # 30 of 10,000 against 10 of 20,000: E1 = 13.3333, E2 = 26.6667,
    # G² = 2·(30·0.810930 + 10·(−0.980829)) = 2·(24.32791 − 9.80829) = 29.0392.
    assert log_likelihood(30, 10, 10_000, 20_000) == pytest.approx(29.0392, abs=1e-4)


def test_log_likelihood_of_a_word_the_others_lack() -> None:
    assert log_likelihood(4, 0, 1000, 3000) == pytest.approx(2 * 4 * log(4))
    assert log_likelihood(0, 4, 3000, 1000) == pytest.approx(2 * 4 * log(4))
    assert log_likelihood(0, 0, 1000, 1000) == 0


def test_log_ratio_by_hand() -> None:
    assert log_ratio(10, 5, 1000, 2000) == 2  # 1 % against 0.25 %
    assert log_ratio(5, 10, 2000, 1000) == -2
    assert log_ratio(8, 0, 1000, 1000) == 4  # 0 is taken as 0.5
    assert log_ratio(0, 8, 1000, 1000) == -4


@settings(deadline=None)
@given(*[st.integers(0, 500)] * 2, *[st.integers(500, 10_000)] * 2)
def test_log_likelihood_does_not_depend_on_the_side(a: int, b: int, c: int, d: int) -> None:
    assert log_likelihood(a, b, c, d) >= 0
    assert log_likelihood(a, b, c, d) == pytest.approx(log_likelihood(b, a, d, c), abs=1e-9)
    assert log_ratio(a, b, c, d) == pytest.approx(-log_ratio(b, a, d, c), abs=1e-9)


def test_keywords_are_significant_positive_and_ranked() -> None:
    group = {"pipeline": 20, "the": 70, "gas": 12, "once": 2, "rest": 896}
    others = {"pipeline": 2, "the": 72, "gas": 1, "rest": 925, "missile": 30}
    found = keywords(group, others)
    assert [keyword.word for keyword in found] == ["pipeline", "gas"]
    assert (found[0].count, found[0].others) == (20, 2)
    assert found[0].log_likelihood == pytest.approx(log_likelihood(20, 2, 1000, 1030))
    assert found[0].log_ratio == pytest.approx(log_ratio(20, 2, 1000, 1030))
    assert [keyword.word for keyword in keywords(group, others, limit=1)] == ["pipeline"]
    assert keywords(group, others, limit=0) == ()


def test_excluded_stems_numbers_and_letters_are_no_keywords() -> None:
    group = {"gas": 50, "1949": 50, "1/2": 50, "b": 50, "и": 50, "нефт": 50, "oil": 50}
    others = {"the": 1000, "они": 1000}
    found = keywords(group, others, exclude=frozenset({"gas"}))
    assert {keyword.word for keyword in found} == {"oil", "нефт"}


@pytest.mark.parametrize(("group", "others"), [({}, {}), ({"gas": 9}, {}), ({}, {"gas": 9})])
def test_nothing_to_compare(group: dict[str, int], others: dict[str, int]) -> None:
    assert keywords(group, others) == ()


def test_another_script_is_no_ground_for_keyness() -> None:
    russian = "Россия и Китай " * 20 + "газопровод " * 10
    english = "Russia and China of the " * 40
    assert words(russian, english) == []
    assert words(russian, english + "Россия и Китай " * 20) == ["газопровод"]


def test_counts_by_stem_show_the_most_frequent_form() -> None:
    counts = count_words([tokenize("Treaties, treaty, TREATY"), tokenize("pipe pipes")])
    assert counts == {"treati": 3, "pipe": 2}
    assert counts.forms == {"treati": "treaty", "pipe": "pipe"}  # a tie goes by the alphabet
    assert counts.sizes == {"latin": 5}


def test_ideographs_are_counted_in_pairs() -> None:
    counts = count_words([tokenize("西伯利亚，中 NATO 中俄")])
    assert counts == {"西伯": 1, "伯利": 1, "利亚": 1, "中俄": 1, "nato": 1}


FILLER = "这些问题需要双方继续认真讨论研究，有关部门应当加强协调配合。" * 6


def test_pairs_of_a_longer_word_are_shown_as_that_word() -> None:
    mine = "他们到西伯利亚去。从西伯利亚来了人！在西伯利亚有油田？西伯利亚很冷。"
    assert words(mine + FILLER, FILLER * 3) == ["西伯利亚"]


def test_a_word_is_whole_though_its_end_is_also_in_another() -> None:
    mine = "到西伯利亚去。从西伯利亚来！在西伯利亚住。叙利亚人，叙利亚话，找叙利亚。"
    assert set(words(mine + FILLER, FILLER * 3)) >= {"西伯利亚", "叙利亚"}
    assert "利亚" not in words(mine + FILLER, FILLER * 3)


def test_what_only_straddles_two_words_is_not_shown() -> None:
    mine = "中俄关系好。谈中俄关系吧！论中俄关系。其他关系，人际关系，社会关系，国家关系。"
    found = words(mine + FILLER, FILLER * 3)
    assert "关系" in found
    assert not {"俄关", "俄关系"} & set(found)


def test_a_run_longer_than_six_is_cut() -> None:
    mine = "北大西洋公约组织说。在北大西洋公约组织看！而北大西洋公约组织去。"
    found = words(mine + FILLER, FILLER * 3)
    assert found
    assert all(len(word) <= 6 for word in found)


def test_the_characters_of_the_query_are_excluded() -> None:
    mine = count_words(
        [tokenize("俄罗斯联邦政府。俄罗斯联邦人！俄罗斯联邦去。俄罗斯，在俄罗斯" + FILLER)]
    )
    theirs = count_words([tokenize(FILLER * 3)])
    found = keywords(mine, theirs, exclude=frozenset("俄罗斯"))
    assert all(not set(keyword.word) <= set("俄罗斯") for keyword in found)
    assert any("联邦" in keyword.word for keyword in found)


@settings(deadline=None)
@given(
    st.lists(st.text("中俄关系西伯利亚，gas нефть", max_size=60), max_size=4),
    st.text("中俄关系的 gas oil", max_size=80),
)
def test_keywords_never_fail_and_keep_their_counts(mine: list[str], theirs: str) -> None:
    counts = count_words(map(tokenize, mine))
    for keyword in keywords(counts, count_words([tokenize(theirs)])):
        assert keyword.count >= 3
        assert keyword.log_likelihood >= 6.63
        assert keyword.log_ratio >= 1
