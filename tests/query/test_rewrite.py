"""Names are widened to all forms of their group where that is meant, and words are loosened."""

from __future__ import annotations

import pytest
from support.queries import found, of

from sinorus.query.evaluate import matches
from sinorus.query.nodes import Term
from sinorus.query.parse import parse
from sinorus.query.rewrite import expand_names, relax
from sinorus.query.unparse import unparse
from sinorus.text.names import compile_names

NAMES = compile_names(
    [
        ["Xi Jinping", "Hsi Chin-p'ing", "习近平", "Си Цзиньпин"],
        ["Putin", "Vladimir Putin", "Путин", "Владимир Путин", "普京"],
        ["Lavrov", "Лавров", "拉夫罗夫"],
        ["USSR", "Soviet Union", "СССР", "苏联"],
        ["Power of Siberia", "Сила Сибири", "西伯利亚力量"],
        ["Power of Siberia 2", "Сила Сибири-2"],
        ["Peng Zhen", "P'eng Chen", "Пэн Чжэнь", "彭真"],
        ["Chiang Kai-shek", "Чан Кайши", "蒋介石"],
    ]
)
WIDENED = [
    # query, a text that only another form of the name makes it find
    ("Putin", "Путину"),
    ("Путина", "Путин"),
    ("Путина", "普京说"),
    ("普京", "Putin’s"),
    ("“Putin”", "普京"),
    ("Лавров", "Лаврова"),
    ("Лаврова", "Лавров"),
    ("Лавровым", "о Лаврове"),
    ("U.S.S.R.", "苏联"),
    ("Soviet Union", "СССР"),
    ('"Soviet Union"', "СССР"),
    ("soviet-union", "СССР"),
    ("Chiang Kai-shek", "蒋介石"),
    ('"Chiang Kai-shek"', "Чан Кайши"),
    ("蒋介石", "Chiang Kai-shek"),
    ("蒋介石", "Chiang Kaishek"),
    ("visit NEAR/3 soviet-union", "visit to СССР"),
    ("Xi Jinping", "习近平"),
    ("xi jinping visit", "visit of 习近平"),
    ("visit Xi Jinping", "visit of 习近平"),
    ("visit AND Xi Jinping", "visit of 习近平"),
    ("Си Цзиньпина", "Xi Jinping"),
    ("习近平 普京", "Putin and Си Цзиньпин"),
    ("习近平普京", "习近平普京"),
    ("Hsi Chin-p’ing", "习近平"),
    ("P'eng Chen", "彭真"),
    ("P’eng Chen", "彭真"),
    ("Power of Siberia", "Силы Сибири"),
    ("Power of Siberia 2", "Силу Сибири – 2"),
    ("pact OR Putin", "Путин"),
    ("pact OR Xi Jinping", "习近平"),
    ("(pact OR Putin) gas", "Путин gas"),
    ("gas NEAR/3 Putin", "Путин gas"),
    ('gas ADJ/3 "Xi Jinping"', "gas: 习近平"),
    ("gas NEAR/3 (Putin OR Lavrov)", "gas – Путин"),
    ("-(gas Putin) x", "x Putin"),
    ('"Xi Jinping"~3', "Jinping, Xi"),
]


@pytest.mark.parametrize(("query", "text"), WIDENED, ids=[f"{q} → {t}" for q, t in WIDENED])
def test_a_name_finds_its_other_forms(query: str, text: str) -> None:
    assert found(query, text, NAMES)


LEFT = [
    # query, a text with another form that it must not find
    ("=Putin", "Путин"),
    ('="Soviet Union"', "СССР"),
    ('"Putin said"', "Путин said"),
    ('"meet Putin"', "普京"),
    ('"the Soviet Union"', "the СССР"),
    ("Put*", "普京"),
    ("Putin~1", "普京"),
    ("Jinping", "习近平"),
    ("Union", "СССР"),
    ("Soviet -Union", "СССР"),
    ("Soviet lang:en Union", "СССР"),
    ("title:Putin", "Путин"),
    ("gas Putin", "Путин"),
    ("Putin -Путин", "普京"),
    ("x -Putin", "x Путин"),
    ("Power of Siberia", "силы Азии"),
]


@pytest.mark.parametrize(("query", "text"), LEFT, ids=[f"{q} → {t}" for q, t in LEFT])
def test_what_is_no_name_as_a_whole_is_left_alone(query: str, text: str) -> None:
    assert not found(query, text, NAMES)


@pytest.mark.parametrize("query", ["=Putin", '"Putin said"', "Put*", "x", "title:Putin", "Jinping"])
def test_without_a_name_the_query_stays_as_it_was(query: str) -> None:
    node = parse(query)
    assert expand_names(node, NAMES) == (node, ())


def test_exact_queries_are_not_widened() -> None:
    node = parse("Putin", exact=True)
    assert expand_names(node, NAMES) == (node, ())


def test_which_names_were_widened_is_said_once_each() -> None:
    _, uses = expand_names(parse("Putin Xi Jinping Putin -Путин"), NAMES)
    assert {use.others[0] for use in uses} <= {"Vladimir Putin", "Putin", "Hsi Chin-p'ing"}
    assert len(uses) == 2
    assert any(use.form == "Xi Jinping" and "习近平" in use.others for use in uses)


def test_the_longest_name_is_taken() -> None:
    _, uses = expand_names(parse("Power of Siberia 2"), NAMES)
    assert [use.form for use in uses] == ["Power of Siberia 2"]
    assert not found("Power of Siberia 2", "Сила Сибири", NAMES)


def test_words_of_a_name_that_stand_apart_are_still_found() -> None:
    assert found("Xi Jinping", "Jinping, whose name is Xi", NAMES)
    assert found("soviet union", "a union of soviet writers", NAMES)


def test_any_word_searches_find_the_other_forms_and_each_word() -> None:
    for text in ("习近平", "Xi", "visit"):
        assert found("visit Xi Jinping", text, NAMES, any_word=True)
    assert not found("visit Xi Jinping", "普京", NAMES, any_word=True)


@pytest.mark.parametrize("text", ["Putin", "Путина", "普京", "x"])
def test_a_widened_query_finds_all_that_the_written_one_finds(text: str) -> None:
    for query in ("Putin", "x OR Путин", "普京", "Putin OR Lavrov"):
        assert found(query, text, NAMES) or not found(query, text)


def test_names_of_no_groups_change_nothing() -> None:
    assert expand_names(Term("putin"), compile_names([])) == (Term("putin"), ())


def relaxed(query: str) -> tuple[str, list[str]] | None:
    loose = relax(parse(query))
    return None if loose is None else (unparse(loose[0]), [unparse(part) for part in loose[1]])


def test_words_that_are_not_found_together_are_looked_for_apart() -> None:
    assert relaxed("a b") == ("a OR b", ["a", "b"])
    assert relaxed('a "b c" d*') == ('a OR "b c" OR d*', ["a", '"b c"', "d*"])
    assert relaxed("a (b OR c)") == ("a OR (b OR c)", ["a", "b OR c"])


def test_what_restricts_stays_strict() -> None:
    assert relaxed("a b -c lang:ru date:2022") == (
        "(a OR b) AND NOT c AND lang:ru AND date:2022",
        ["a", "b"],
    )


@pytest.mark.parametrize("several", ["lang:(ru OR zh)", "(author:a OR author:b)", "(tag:a | -b)"])
def test_several_values_of_a_field_stay_strict_too(several: str) -> None:
    strict = unparse(parse(several))
    assert relaxed(f"a b {several}") == (f"(a OR b) AND ({strict})", ["a", "b"])


@pytest.mark.parametrize("query", ["a", '"a b"', "F-16", "a -b", "a lang:ru", "-a", "a a", "中俄"])
def test_what_is_one_word_cannot_be_loosened(query: str) -> None:
    assert relaxed(query) is None


def test_a_chinese_run_gives_way_to_its_pairs() -> None:
    assert relaxed("中俄关系") == ("中俄 OR 俄关 OR 关系", ["中俄", "俄关", "关系"])
    assert relaxed('"中俄关系"') is None


def test_a_loosened_query_finds_whatever_the_strict_one_does() -> None:
    for query in ("a b", "中俄关系 a", "a (b OR c) -d"):
        strict, loose = parse(query), relax(parse(query))
        assert loose is not None
        for text in ("a b", "a b c d", "中俄关系 a", "b", ""):
            assert matches(loose[0], of(text)) or not matches(strict, of(text))


def test_the_same_word_twice_is_one_word() -> None:
    assert relaxed("a a b") == ("a OR b", ["a", "b"])
