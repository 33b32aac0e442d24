"""Keywords: the two measures by hand, the thresholds, and what is never a keyword."""

from __future__ import annotations

from collections import Counter
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.corpus.keywords import Keyness, is_telling, log_likelihood, log_ratio
from sinorus.engines.words import counts_of_texts, passages_of
from sinorus.model import Keyword
from sinorus.model.counts import WordCounts

Texts = dict[str, list[list[str]]]
"""The texts of each document of each group."""
PLAIN = "the weather of the day was fair everywhere and nobody complained"


def counted(groups: Texts) -> WordCounts:
    rows = []
    number = 0
    for home, documents in enumerate(groups.values()):
        for texts in documents:
            rows += [(text, home, number) for text in texts]
            number += 1
    return counts_of_texts(passages_of(rows), [(key,) for key in groups])


def found(groups: Texts, rest: Texts | None = None, **told: object) -> dict[str, list[Keyword]]:
    own = counted(groups)
    others = counted(rest) if rest is not None else None
    speaking = {key: len(documents) for key, documents in groups.items()}
    words = Keyness(own, others, speaking).keywords([*groups], **told)  # type: ignore[arg-type]
    return {str(key): [*some] for key, some in words.items()}


def words(groups: Texts, rest: Texts | None = None, **told: object) -> dict[str, list[str]]:
    return {key: [one.word for one in some] for key, some in found(groups, rest, **told).items()}


def documents(number: int, *texts: str) -> list[list[str]]:
    return [[text] for text in (*texts, *[PLAIN] * (number - len(texts)))]


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


def test_documents_count_and_not_how_often_a_word_stands_in_one() -> None:
    shouted = f"missile {'missile ' * 99}"
    groups = {
        "a": documents(20, shouted, *["The pipeline."] * 12),
        "b": documents(60, "The pipeline."),
    }
    (keyword,) = found(groups)["a"]
    assert (keyword.word, keyword.count, keyword.others) == ("pipeline", 12, 1)
    assert keyword.unit == "document"
    assert keyword.log_likelihood == pytest.approx(log_likelihood(12, 1, 20, 60))
    assert keyword.log_ratio == pytest.approx(log_ratio(12, 1, 20, 60))


def test_of_one_document_paragraphs_are_counted() -> None:
    mine = [*["The pipeline."] * 12, *[PLAIN] * 8]
    groups = {"a": [mine], "b": documents(60, "The pipeline.")}
    (keyword,) = found(groups)["a"]
    assert (keyword.word, keyword.count, keyword.unit) == ("pipeline", 12, "paragraph")


def test_a_language_is_told_from_its_own_other_paragraphs() -> None:
    groups = {"en": documents(20, *["The pipeline."] * 12), "ru": documents(9)}
    rest = {"en": [[PLAIN] * 60], "ru": [[PLAIN, "pipeline"]]}
    (keyword,) = found(groups, rest)["en"]
    assert (keyword.word, keyword.count, keyword.others) == ("pipeline", 12, 0)
    assert keyword.unit == "paragraph"
    assert "ru" not in found(groups, rest)


def test_two_documents_at_least_and_twice_as_often() -> None:
    assert "a" not in words({"a": documents(2, "pipeline"), "b": documents(90)})
    common = documents(90, *["pipeline"] * 60)
    assert "a" not in words({"a": documents(90, *["pipeline"] * 85), "b": common})


def test_chance_makes_no_keywords() -> None:
    """4 of 20 against 0 of 40 has p < 0.01, of which a hundred words make one each time."""
    assert log_likelihood(4, 0, 20, 40) > 6.63
    assert not words({"a": documents(20, *["pipeline"] * 4), "b": documents(40)})


def test_a_word_is_measured_within_its_script() -> None:
    russian = "Трубопровод построен между двумя странами"
    groups = {"a": documents(20, *["The pipeline."] * 12), "b": [[russian]] * 60}
    assert not words(groups)  # nothing of the same script to compare it with


def test_numbers_letters_grammar_and_the_query_are_none() -> None:
    text = "1956 x of the 1,000 gas 的 了 天然气 also pipeline"
    groups = {"a": documents(20, *[text] * 12), "b": documents(60)}
    assert words(groups, excluded={"gas", "pipelin", "天", "然", "气"}) == {}
    assert words(groups)["a"] == ["gas", "pipeline"]
    assert not any(
        is_telling(key, frozenset()) for key in ("1956", "x", "the", "-1000\x02", "的了", "")
    )
    assert is_telling("-tsetung\x02", frozenset())


def test_names_are_whole() -> None:
    texts = ["Mao Tse-tung spoke.", "In Hong Kong spoke Mao Tse-tung.", "Rusk wrote of Hong Kong."]
    groups = {"a": documents(20, *texts * 5), "b": documents(60)}
    told = [word.lower() for word in words(groups)["a"]]
    assert {"mao tse-tung", "hong kong"} <= {*told}
    assert not {"tse", "tung", "tse-tung", "mao", "hong", "kong"} & {*told}
    named = {"Mao Tse-tung": "Mao Zedong", "mao Tse-tung": "Mao Zedong"}
    assert "Mao Zedong" in words(groups, names=named.get)["a"]


def test_words_of_han_are_whole() -> None:
    text = "中国制改革的比例，社会主义市场经济体制改革"
    groups = {"a": [[text]] * 12 + [["天气很好"]] * 8, "b": [["天气很好"]] * 60}
    told = words(groups)["a"]
    assert "改革" in told or any("改革" in word for word in told)
    assert not {"制改革", "的比", "制改"} & set(told)


def test_each_word_is_shown_once_and_no_more_than_asked_for() -> None:
    text = "alpha beta gamma delta epsilon zeta eta theta iota kappa"
    mixed = [" ".join(reversed(text.split())), text, text[10:] + " " + text[:10]] * 5
    groups = {"a": documents(20, *mixed), "b": documents(60)}
    told = words(groups, limit=3)["a"]
    assert len(told) <= 3
    assert max(Counter(" ".join(told).split()).values()) == 1
    assert words(groups, limit=0) == {}
