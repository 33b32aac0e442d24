"""Names are widened to all forms of their group where that is meant, and words are loosened."""

from __future__ import annotations

import pytest
from support.conformance import make
from support.queries import found, of, tree

from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import boosted_units
from sinorus.model import NameUse
from sinorus.query.evaluate import highlights, matches
from sinorus.query.nodes import Node, Phrase, Term
from sinorus.query.parse import parse, parse_literal
from sinorus.query.rewrite import expand_names, lightened, nearly, relax
from sinorus.query.tree import together
from sinorus.query.unparse import unparse
from sinorus.text.name_files import Group
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


@pytest.mark.parametrize(
    ("query", "meaning"),
    {
        "the government of china": "government AND china",
        "договор с Китаем в Москве": "договор AND Китаем AND Москве",
        "外交 的 政策": "外交 AND 政策",
        "the": "the",
        "of the": "of AND the",
        "the lang:en": "the AND lang:en",
        "the -treaty": "the AND NOT treaty",
        '"the" treaty': "the AND treaty",
        "=the treaty": "=the AND treaty",
        "IS attacks": "IS AND attacks",
        "a treaty OR of oil": "treaty OR oil",
        "no limits": "no AND limits",
        "NOT (the treaty)": "NOT (the AND treaty)",
        "the NEAR/2 treaty": "the NEAR/2 treaty",
    }.items(),
)
def test_words_of_grammar_need_not_be_there(query: str, meaning: str) -> None:
    assert unparse(lightened(parse(query))) == meaning
    assert lightened(parse_literal("the treaty")) == parse_literal("the treaty")
    assert lightened(parse("the treaty", exact=True)) == parse("the treaty", exact=True)


def test_words_of_grammar_count_where_they_make_a_phrase() -> None:
    node = lightened(parse("government of the people"))
    pairs = [unit for unit, _ in boosted_units(node) if isinstance(unit, Phrase)]
    assert [unparse(pair) for pair in pairs] == ['"government of the people"']


def test_what_lacks_exactly_one_word_is_found_and_nothing_else() -> None:
    texts = ["a b c", "a b", "b c x", "a", "c a -", "x", "a b c x"]
    for query, words in (("a b c -x", "abc"), ("b c", "bc"), ("a lang:en", "")):
        found = nearly(parse(query))
        if not words:
            assert found is None
            continue
        assert found is not None
        node, wanted = found
        assert len(wanted) == len(words)
        for text in texts:
            lacking = sum(word not in text for word in words)
            strict = "x" not in text or "-x" not in query
            assert matches(node, of(text)) is (lacking == 1 and strict), (query, text)


# -- names of several words, without quotes


APART = compile_names([["European Union", "EU", "Евросоюз"], ["Xi Jinping", "习近平"]])
TEXTS = {
    "together": "The European Union of European states",
    "short": "what the EU has said of it",
    "script": "решение, которое принял Евросоюз",
    "apart": "European, or European; a union of unions, a union-man",
    "half": "a union of states",
}


def ranked(query: str) -> list[str]:
    """The ids of the paragraphs that a query finds, best first."""
    engine = MemoryEngine()
    with engine.writer() as writer:
        for name, text in TEXTS.items():
            writer.add(make(name, [text, *["nothing of it"] * 3]))
    request = SearchRequest(tree(query, APART), limit=None)
    return [hit.document.id for hit in engine.search(request).hits]


def test_a_name_is_ranked_as_one_and_its_words_apart_come_last() -> None:
    for query in ("European Union", "european union"):
        found = ranked(query)
        assert set(found) == {"together", "short", "script", "apart"}
        assert found[-1] == "apart"


def test_what_is_counted_of_a_name_is_the_name() -> None:
    node = together(tree("European Union", APART))
    assert marked_by(node, TEXTS["together"]) == ["European Union"]
    assert not matches(node, of(TEXTS["apart"]))
    assert unparse(together(tree("x (European Union) -y", APART))) == (
        'x AND ("European Union" OR EU OR Евросоюз) AND NOT y'
    )
    plain = parse("a b -c OR (d lang:en)")
    assert together(plain) == plain


def marked_by(node: Node, text: str) -> list[str]:
    return [text[start:end] for start, end in highlights(node, of(text))]


def test_a_name_of_several_meanings_is_left_and_said() -> None:
    names = compile_names(
        [
            Group(["Igor Ivanov", "Игорь Иванов"], opens=["Ivanov"]),
            Group(["Sergei Ivanov", "Сергей Иванов"], opens=["Ivanov"]),
        ]
    )
    node, uses = expand_names(parse("Ivanov said"), names)
    assert node == parse("Ivanov said")
    assert uses == (NameUse("Ivanov", (), ("Igor Ivanov", "Sergei Ivanov")),)
    node, uses = expand_names(parse("Sergei Ivanov said"), names)
    assert matches(node, of("Сергей Иванов said"))
    assert [use.may_be for use in uses] == [()]


def test_what_opens_a_name_finds_it_in_a_window_too() -> None:
    names = compile_names([Group(["Xi Jinping", "习近平"], opens=["=Xi"]), ["Putin", "Путин"]])
    for query in ("Putin NEAR/8 Xi", "Xi", '"Xi"'):
        assert matches(tree(query, names), of("Путин, 习近平")), query
    for query in ("xi", "XI", "=Xi"):
        assert not matches(tree(query, names), of("习近平")), query


@pytest.mark.parametrize("query", ["United States", "США", "US", "the US said", '"US"'])
def test_a_form_that_minds_case_finds_and_is_found_as_it_is_written(query: str) -> None:
    names = compile_names([Group(["United States", "США"], cased=["US"])])
    node, uses = expand_names(parse(query, any_word=True), names)
    for text in ("the US", "the U.S.", "the United States", "о США"):
        assert matches(node, of(text)), text
    assert matches(node, of("with us")) is ("US" in query)
    assert uses
    assert expand_names(parse("us"), names) == (parse("us"), ())
