"""Which paragraphs a query finds, what it marks in them, and which documents a filter lets pass."""

from __future__ import annotations

from datetime import date as day
from datetime import timedelta

import pytest
from support.queries import document, found, marked, of

from sinorus.model import Date
from sinorus.query.evaluate import document_matches, highlights, matches
from sinorus.query.fields import FilterError, date_range, filter_nodes, restricted
from sinorus.query.nodes import And, DocumentIn, Everything, Filter, Node, Not, Or, Term
from sinorus.query.parse import parse
from sinorus.query.rewrite import relax
from sinorus.query.unparse import unparse
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
    ("Xi Jinping", "习近平会见 Xi Jinping", "[习近平]会见 [Xi] [Jinping]"),
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


# -- dates

DAYS = [day(2021, 11, 25) + timedelta(days=n) for n in range(140)]


def days_of(text: str) -> list[day]:
    """The days that a partial date may mean, of those looked at."""
    return [one for one in DAYS if one.isoformat().startswith(text)]


DATES = ["2021", "2022", "2021-12", "2022-01", "2022-02"] + [
    f"2022-{month:02}-{number:02}"
    for month in (1, 2)
    for number in (1, 2, 9, 10, 11, 15, 20, 21, 28)
]


@pytest.mark.parametrize("bound", DATES)
@pytest.mark.parametrize("operator", ["", "=", ">=", "<=", ">", "<"])
def test_a_date_matches_if_it_may_lie_in_the_range(operator: str, bound: str) -> None:
    """Against the definition by days: some day of the document's date satisfies the comparison."""
    node = date_range(operator + bound)
    first, last = days_of(bound)[0], days_of(bound)[-1]
    if bound == "2021":
        first = day(2021, 1, 1)
    if bound == "2022":
        last = day(2022, 12, 31)
    allowed = {
        "": lambda one: first <= one <= last,
        "=": lambda one: first <= one <= last,
        ">=": lambda one: one >= first,
        "<=": lambda one: one <= last,
        ">": lambda one: one > last,
        "<": lambda one: one < first,
    }[operator]
    ends = {"2021": [day(2021, 1, 1)], "2022": [day(2022, 12, 31)]}
    for text in DATES:
        expected = any(allowed(one) for one in [*days_of(text), *ends.get(text, [])])
        assert document_matches(node, document(text)) is expected, text


RANGES = [
    ("2022..2023-06", ["2022", "2023", "2022-05", "2023-06-30", "2022-01-01"], ["2021", "2023-07"]),
    ("2022-05..", ["2022", "2022-05", "2023", "2022-05-01"], ["2022-04", "2021", "2022-04-30"]),
    ("..2022-05", ["2022", "2022-05", "1950", "2022-05-31"], ["2022-06", "2023", "2022-06-01"]),
    ("2022-02-04..2022-02-04", ["2022", "2022-02", "2022-02-04"], ["2022-02-03", "2022-03"]),
    ("2022-02", ["2022-02-28", "2022", "2022-02"], ["2022-01-31", "2022-03-01", "2023"]),
    (" 2022 .. 2023 ", ["2022-07"], ["2021-12-31", "2024"]),
]


@pytest.mark.parametrize(("written", "inside", "outside"), RANGES, ids=[row[0] for row in RANGES])
def test_a_range_takes_in_every_date_that_may_lie_in_it(
    written: str, inside: list[str], outside: list[str]
) -> None:
    node = date_range(written)
    assert [text for text in inside if not document_matches(node, document(text))] == []
    assert [text for text in outside if document_matches(node, document(text))] == []
    assert not document_matches(node, document(None))


def test_partial_dates_keep_their_precision_and_bounds() -> None:
    dates = [Date("2023"), Date("2023-02"), Date("2023-02-04")]
    assert [date.precision for date in dates] == ["year", "month", "day"]
    assert [date.first for date in dates] == ["2023-01-01", "2023-02-01", "2023-02-04"]
    assert all(date.first <= date.last for date in dates)


# -- the other fields

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
    ("author:лаврова", False),
    ("author:лавров", True),
    ('author:"wang yi"', True),
    ('author:"yi сергей"', False),
    ("author:WANG", True),
    ("publisher:ministry", True),
    ("url:fmprc.gov.cn", True),
    ("lang:zh", True),
    ("lang:ZH-hant", True),
    ("lang:zh-Hans", False),
    ("lang:z", False),
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


def test_headings_are_those_above_the_paragraph() -> None:
    passage = of("text", heading=("Energy and pipelines", "Сила Сибири"))
    assert matches(parse("heading:pipeline heading:Сибирь"), passage)
    assert matches(parse('heading:"energy and"'), passage)
    assert not matches(parse('heading:"pipelines сила"'), passage)
    assert not matches(parse("pipelines"), passage)


def test_documents_can_be_named_outright() -> None:
    assert document_matches(DocumentIn(frozenset({"press/d"})), document())
    assert not document_matches(DocumentIn(frozenset({"d"})), document())


# -- filters of the command line


def test_filters_are_or_within_one_and_and_between() -> None:
    nodes = filter_nodes(
        {"author": ["Wang", "Li"], "lang": ["zh"], "not_tag": ["a", "b"], "id": []}
    )
    assert [unparse(node) for node in nodes] == [
        "author:Wang OR author:Li",
        "lang:zh",
        "NOT (tag:a OR tag:b)",
    ]
    whole = restricted(parse("x OR y"), nodes)
    assert whole is not None
    assert unparse(whole).startswith("(x OR y) AND (author:Wang OR author:Li) AND lang:zh")
    assert restricted(None, []) is None
    assert restricted(None, nodes[1:2]) == nodes[1]


def test_since_and_until_take_in_the_date_they_name() -> None:
    since, until = filter_nodes({"since": ["2022-02"], "until": ["2022-03"]})
    inside = ["2022", "2022-02-01", "2022-03-31", "2022-03"]
    assert all(matches(And((since, until)), of("", date=text)) for text in inside)
    assert not any(
        matches(And((since, until)), of("", date=text)) for text in ("2022-01", "2022-04")
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "soon"),
        ("until", ">2022"),
        ("not_since", ""),
        ("lang", ""),
        ("author", "…"),
        ("path", "/"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(FilterError) as caught:
        filter_nodes({name: [value]})
    assert caught.value.name == name
    assert caught.value.hint


# -- what to try when nothing has all the words


def relaxed(query: str) -> tuple[str, list[str]] | None:
    loose = relax(parse(query))
    return None if loose is None else (unparse(loose[0]), [unparse(part) for part in loose[1]])


def test_words_that_are_not_found_together_are_looked_for_apart() -> None:
    assert relaxed("a b") == ("a OR b", ["a", "b"])
    assert relaxed('a "b c" d*') == ('a OR "b c" OR d*', ["a", '"b c"', "d*"])
    assert relaxed("a (b OR c)") == ("a OR b OR c", ["a", "b OR c"]) or relaxed("a (b OR c)") == (
        "a OR (b OR c)",
        ["a", "b OR c"],
    )


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
    loose = relaxed(query)
    assert loose is None or len(loose[1]) == 1


def test_a_chinese_run_gives_way_to_its_pairs() -> None:
    assert relaxed("中俄关系") == ('"中俄" OR "俄关" OR "关系"', ['"中俄"', '"俄关"', '"关系"'])
    assert relaxed('"中俄关系"') is None


def test_a_loosened_query_finds_whatever_the_strict_one_does() -> None:
    for query in ("a b", "中俄关系 a", "a (b OR c) -d"):
        strict, loose = parse(query), relax(parse(query))
        assert loose is not None
        for text in ("a b", "a b c d", "中俄关系 a", "b", ""):
            assert matches(loose[0], of(text)) or not matches(strict, of(text))


def test_the_same_word_twice_is_one_word() -> None:
    node: Node = Or((Term("a"), Not(Term("b"))))
    kept: list[Filter] = []
    assert relax(And((node, node, *kept))) in (None, relax(And((node, node))))
