"""Which paragraphs a query finds, what it marks in them, and which documents a filter lets pass."""

from __future__ import annotations

import random

import pytest
from support.queries import document, found, many_documents, marked, of

from sinorus.query.evaluate import document_matches, document_test, highlights, matches
from sinorus.query.nodes import DocumentIn, Everything, FieldValue, FieldWords, Or, PathGlob
from sinorus.query.parse import parse
from sinorus.text.names import compile_names

FOUND = [
    # query, a text it finds, a text it does not
    ("alliance", "Allied ALLIANCES.", "ally"),
    ("=alliance", "the Alliance", "alliances"),
    ("соглашение", "три Соглашения", "согласие"),
    ("=соглашение", "соглашение", "соглашения"),
    ("елка", "Ёлка", "ели"),
    ("ёлка", "елка", "ели"),
    ("cafe", "the café’s", "coffee"),
    ("U.S.S.R.", "the USSR", "U.S."),
    ("USSR", "the U.S.S.R.’s", "U.S."),
    ("China", "China’s", "chin"),
    ("F-16", "an F16", "F-1 6"),
    ("F16", "an F–16", "16 F"),
    ("S/S", "the S/S desk", "SS"),
    ("off-shore", "offshore", "off the shore"),
    ("offshore", "off-shore", "off shore"),
    ("off-shore", "off shore", "shore off"),
    ("cooperation", "the co-operations", "co operation"),
    ("agreement", "an agree-\nment", "an agree-\nMent"),
    ("agree", "an agree-\nment", "an agri-\nculture"),
    ("agree-ment", "an agree\xac\nment", "agrément"),
    ("=agreements", "agree-\nments", "agree-\nment"),
    ("сотрудничество", "сотрудни-\nчеством", "сотрудни -\nчеством"),
    ("сотрудни-чество", "сотрудничества", "сотрудник"),
    ("Hammurabi", "Ham\xacmurabi", "Ham murabi"),
    ("Ham-murabi", "Hammurabi", "Murabi"),
    ("mother-in-law", "motherinlaw", "law in mother"),
    ('"offshore drilling"', "off-shore drilling", "off-shore x drilling"),
    ('"off-shore drilling"', "offshore drilling", "offshore x drilling"),
    ('="off-shore drilling"', "Offshore drilling", "offshore drillings"),
    ("off-shore NEAR/1 drilling", "drilling off-shore", "drilling a well off-shore"),
    ("offshore NEAR/2 drilling", "drilling off-shore", "drilling an x off-shore"),
    ("offsh*", "offshores", "off-shore"),
    ('"alliance treaty"', "alliance¹ treaty", "alliance 1 treaty"),
    ('"alliance treaty"', "alliance[1, 2] treaty", "alliance [1] treaty"),
    ("1991", "in [1991]", "alliance[199]"),
    ("关系", "中俄关系", "系关"),
    ("件文件", "插件文件夹", "插件文"),
    ("1987", "１９８７年", "987"),
    ("km2", "6 km²", "km 3"),
    ('"no limits"', "a “no limits” pact", "limits, no"),
    ('"no limits"', "no-limits", "no other limits"),
    ('="no limits"', "No limits", "no limit"),
    ('"中 俄"', "中俄", "俄中"),
    ("a NEAR/2 b", "b x a", "a x y b"),
    ("a ADJ/2 b", "a x b", "b x a"),
    ('"no limits" NEAR/3 (pact OR 条约)', "条约 with no limits", "no limits whatever is a pact"),
    ("a NEAR/1 a", "a a", "a b a"),
    ("pre*", "prefix", "spread"),
    ("all*ce", "alliance", "alliances"),
    ("wom?n", "women", "womn"),
    ("пут*", "Путину", "запутан"),
    ("1?69", "in 1969", "in 19690"),
    ("F-1*", "F-16", "F 26"),
    ("alianse~2", "alliance", "alien"),
    ("a -b", "a c", "a b"),
    ("a OR b c", "a", "b"),
    ("(a OR b) c", "b c", "a b"),
    ("NOT (a b)", "a", "b a"),
]


@pytest.mark.parametrize(("query", "hit", "miss"), FOUND, ids=[row[0] for row in FOUND])
def test_a_query_finds(query: str, hit: str, miss: str) -> None:
    assert found(query, hit)
    assert not found(query, miss)


NAMES = compile_names([["Xi Jinping", "习近平", "Си Цзиньпин"], ["Putin", "Путин", "普京"]])
MARKED = [
    ("alliance", "Alliances ally", "[Alliances] ally"),
    ('"no limits"', "the “no\nlimits” pact", "the “[no\nlimits]” pact"),
    ("中俄关系", "论中俄关系史", "论[中俄关系]史"),
    ("China policy", "China’s policy", "[China]’s [policy]"),
    ("F-16", "an F–16s", "an [F–16]s"),
    ("offshore", "an off-shore well", "an [off-shore] well"),
    ("agreement", "the agree-\nment.", "the [agree-\nment]."),
    ("off-shore", "offshore, off-shore, off shore", "[offshore], [off-shore], [off shore]"),
    ("shore", "an off-shore well", "an off-[shore] well"),
    ("a NEAR/2 c", "a b c d", "[a] b [c] d"),
    ('"a b" b', "a b b", "[a b] [b]"),
    ('"a b" "b c"', "a b c d", "[a b c] d"),
    ("俄关 中俄", "中俄关系", "[中俄关]系"),
    ("a -b", "a c", "[a] c"),
    ("a OR b", "b", "[b]"),
    ("(a NEAR/1 b) OR c", "a x b c", "a x b [c]"),
    ("lang:ru OR a", "a", "[a]"),
    ("all* ~1", "allies 1", "[allies] [1]"),
    ("U.S.", "the U.S. said", "the [U.S]. said"),
    ("café", "cafe\u0301s", "[cafe\u0301s]"),
    ("absent", "a b", "a b"),
    ("Xi Jinping", "习近平会见 Xi Jinping", "[习近平]会见 [Xi Jinping]"),
    ("Xi Jinping", "Jinping, that is Xi", "[Jinping], that is [Xi]"),
    ("Xi Jinping", "习近平, Jinping, Xi", "[习近平], Jinping, Xi"),
    ('"Xi Jinping"', "习近平, Си Цзиньпина", "[习近平], [Си Цзиньпина]"),
    ("普京", "Putin и Путина", "[Putin] и [Путина]"),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED, ids=[row[0] for row in MARKED])
def test_what_is_found_is_marked(query: str, text: str, expected: str) -> None:
    assert marked(query, text, NAMES) == expected


def test_nothing_is_marked_for_filters_and_what_is_excluded() -> None:
    passage = of("a b c", lang="en")
    for query in ("NOT x", "lang:en", "-x lang:en"):
        assert matches(parse(query), passage)
        assert highlights(parse(query), passage) == ()
    assert highlights(Everything(), passage) == ()
    assert matches(Everything(), passage)


KNOWN = {
    "title": "Заявление о «Силе Сибири»",
    "authors": ("Wang Yi", "Сергей Лавров"),
    "publisher": "Foreign Ministry",
    "url": "https://www.fmprc.gov.cn/eng/a_1.html",
    "lang": "zh-Hant",
    "tags": ("Arms Control", "газ"),
    "extra": {"volume": "12", "persons": ("Mao Zedong", "Chou En-lai")},
}
FIELDS = [
    # query, whether it lets the document pass
    ("title:сила", True),
    ('title:"сила сибири"', True),
    ("title:сибирь", True),
    ('title:"сибири сила"', False),
    ("author:lavrov", False),
    ("author:лаврова", True),
    ("author:лавров", True),
    ('author:"wang yi"', True),
    ('author:"yi сергей"', False),
    ("author:WANG", True),
    ("publisher:ministry", True),
    ("url:fmprc.gov.cn", True),
    ("lang:zh", True),
    ("lang:ZH-hant", True),
    ("lang:zh-Hans", False),
    ("lang:za", False),
    ("lang:(ru OR zh)", True),
    ("tag:газ", True),
    ('tag:"arms  CONTROL"', True),
    ("tag:arms", False),
    ("id:d", True),
    ("id:press/d", True),
    ("id:ress/d", False),
    ("id:PRESS/D", True),
    ("path:seeds/press/d.md", True),
    ("path:seeds/press", True),
    ("path:./seeds/press/", True),
    ("path:seeds/pre", False),
    ("path:seeds", True),
    ("path:*.md", True),
    ("path:seeds/*", True),
    ("path:seeds/*/d.md", True),
    ("path:seeds/press/[a-d].md", True),
    ("path:seeds/press/?.txt", False),
    ("path:press/*", False),
    ("volume:12", True),
    ("volume:1", False),
    ("persons:zedong", True),
    ('persons:"chou en-lai"', True),
    ("missing:x", False),
    ("heading:gas", False),
    ("-tag:газ", False),
    ("NOT lang:ru", True),
]


@pytest.mark.parametrize(("query", "passes"), FIELDS, ids=[row[0] for row in FIELDS])
def test_a_field_lets_a_document_pass(query: str, passes: bool) -> None:
    node = parse(query, fields=["volume", "persons", "missing"])
    assert matches(node, of("text", **KNOWN)) is passes


def test_a_document_without_a_field_does_not_pass_but_its_exclusion_does() -> None:
    bare = of("text")
    for query in ("title:a", "author:a", "publisher:a", "lang:en", "tag:a", "date:2022", "url:a"):
        assert not matches(parse(query), bare)
        assert matches(parse("-" + query), bare)


def test_kind_and_speaker_are_those_of_the_paragraph() -> None:
    passage = of("Уважаемые коллеги", kind="speaker", speaker="В. В. Путин")
    for query in ("kind:speaker", "speaker:путину", 'speaker:"в путин"', "speaker:в.путин коллеги"):
        assert matches(parse(query), passage), query
    for query in ("kind:text", "-kind:speaker", "speaker:коллеги", 'speaker:"путин в"'):
        assert not matches(parse(query), passage), query
    plain = of("Путин", extra={"speaker": ("Путин",), "kind": ("speaker",)})
    assert not matches(parse("speaker:путин"), plain)
    assert not matches(parse("kind:speaker"), plain)
    assert matches(parse("kind:text -speaker:путин"), plain)


def test_headings_are_those_above_the_paragraph() -> None:
    passage = of("text", heading=("Energy and pipelines", "Сила Сибири"))
    assert matches(parse("heading:pipeline heading:Сибирь"), passage)
    assert matches(parse('heading:"energy and"'), passage)
    assert not matches(parse('heading:"pipelines сила"'), passage)
    assert not matches(parse("pipelines"), passage)


def test_documents_can_be_named_outright() -> None:
    assert document_matches(DocumentIn(frozenset({"press/d"})), document())
    assert not document_matches(DocumentIn(frozenset({"d"})), document())


def test_many_filters_together_let_through_what_each_alone_does() -> None:
    alone = [
        FieldWords("title", ("a", "b")),
        FieldWords("title", ("b",)),
        FieldWords("author", ("e", "b")),
        FieldValue("tag", "a-b"),
        FieldValue("lang", "zh"),
        FieldValue("lang", "zh-hant"),
        FieldValue("id", "a"),
        PathGlob("seeds/a"),
        PathGlob("*b*c*"),
    ]
    for size in (1, 2, 4):
        chance = random.Random(size)
        for _ in range(100):
            some = tuple(chance.choices(alone, k=size))
            together = document_test([Or(some)])
            for each in many_documents():
                expected = any(document_matches(one, each) for one in some)
                assert together(each) == expected, (some, each)
