"""What a query means, and what is said of one that cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.queries import found, of, passages, queries

from sinorus.errors import QueryError
from sinorus.query.evaluate import matches
from sinorus.query.lexer import CLOSING
from sinorus.query.nodes import And, DateRange, Fuzzy, Near, Not, Or, Phrase, Prefix, Term, Wildcard
from sinorus.query.parse import parse, parse_literal
from sinorus.query.passages import Passage
from sinorus.query.unparse import unparse

MEANINGS = {
    # words, AND, OR, NOT
    "alliance": "alliance",
    "alliance treaty": "alliance AND treaty",
    "alliance AND treaty": "alliance AND treaty",
    "a\tb\n c\u3000d": "a AND b AND c AND d",
    "alliance OR treaty": "alliance OR treaty",
    "a | b | c": "a OR b OR c",
    "a|b": "a OR b",
    "a b OR c d": "(a AND b) OR (c AND d)",
    "a OR b AND c": "a OR (b AND c)",
    "a (b OR c)": "a AND (b OR c)",
    "(a OR b)(c)d": "(a OR b) AND c AND d",
    "(a b) c": "a AND b AND c",
    "((a)) ()": "a",
    "NOT a": "NOT a",
    "-a b": "NOT a AND b",
    "a -b": "a AND NOT b",
    "a AND NOT b": "a AND NOT b",
    "a OR NOT b c": "a OR (NOT b AND c)",
    "NOT NOT a": "a",
    "-(a OR b)": "NOT (a OR b)",
    '-"a b"': 'NOT "a b"',
    "-=a": "NOT =a",
    "-title:x": "NOT title:x",
    "NOT a NEAR/2 b": "NOT (a NEAR/2 b)",
    # what looks like an operator and is text
    "or and not near": "or AND and AND not AND near",
    "a - b": "a AND b",
    "a -- b — c": "a AND b AND c",
    "a ... b": "a AND b",
    "what? no": "what AND no",
    "why??": "why",
    "[sic] {a}": "sic AND a",
    "title: x": "title AND x",
    "12:30": '"12 30"',
    "and/or": '"and or"',
    "a／b": '"a b"',
    "ORDER ANDY NOTE": "ORDER AND ANDY AND NOTE",
    # words with signs inside
    "F-16": '"F 16"',
    "off-shore": "off-shore",
    "=off-shore": "=off-shore",
    "Off\u2010Shore": "Off\u2010Shore",
    '"off-shore drilling"': '"off-shore drilling"',
    '="off-shore drilling"': '="off-shore drilling"',
    '"off-shore drilling"~3': "off-shore NEAR/3 drilling",
    "off-shore/drilling": '"off-shore drilling"',
    "off-shore NEAR/2 well": "off-shore NEAR/2 well",
    "-off-shore a": "NOT off-shore AND a",
    "off-sho*": "off-sho*",
    "U.S.S.R.": "U.S.S.R",
    "China’s": "China",
    "O’Brien": "O’Brien",
    "中俄关系": "中俄关系",
    '"中俄关系"': '"中俄关系"',
    "中俄 关系": "中俄 AND 关系",
    "中、俄关系。": "中、俄关系",
    "F-16战机": "F-16战机",
    "=人權": "=人權",
    "308分": '"308 分"',
    # phrases, exact words, neighbours
    '"two words"': '"two words"',
    '"word"': "word",
    'a"b c"d': 'a AND "b c" AND d',
    '"a:b (c) -d OR e"': '"a b c d OR e"',
    "=exact": "=exact",
    '="two words"': '="two words"',
    "=F-16": '="F 16"',
    '"a b"~5': "a NEAR/5 b",
    '"a F-16 中俄"~5': 'a NEAR/5 "F 16" NEAR/5 中俄',
    '"a"~5': "a",
    "a NEAR/5 b": "a NEAR/5 b",
    "a NEAR/5 b NEAR/5 c": "a NEAR/5 b NEAR/5 c",
    "a ADJ/5 b c": "(a ADJ/5 b) AND c",
    'a NEAR/3 "b c"': 'a NEAR/3 "b c"',
    "a NEAR/05 b": "a NEAR/5 b",
    # parts of words
    "pre*": "pre*",
    "Пут*": "пут*",
    "ё*": "е*",
    "wom?n": "wom?n",
    "*ing": "*ing",
    "a*b?c": "a*b?c",
    "19*": "19*",
    "中*": "中",
    "中俄*": "中俄",
    "allianse~1": "allianse~1",
    "Ёлка~2": "елка~2",
    # fields
    "title:x": "title:x",
    "Title:X": "title:X",
    "title：x": "title:x",
    'title:"two words"': 'title:"two words"',
    "title:«two words»": 'title:"two words"',
    "title:F-16": "title:F-16",
    "title:OR": "title:OR",
    "url:https://a.b/c?d": "url:https://a.b/c?d",
    "heading:x": "heading:x",
    "Kind:Footnote": "kind:footnote",
    "kind:(quote OR list)": "kind:quote OR kind:list",
    'speaker:"V. Putin"': 'speaker:"V. Putin"',
    "lang:(ru OR zh)": "lang:ru OR lang:zh",
    "lang:(ru|zh) a": "(lang:ru OR lang:zh) AND a",
    "authors:Wang": "author:Wang",
    "keywords:a tags:b": "tag:a AND tag:b",
    "language:ru": "lang:ru",
    "source:d5": "id:d5",
    "year:2022": "date:2022",
    "path:seeds/*": "path:seeds/*",
    'path:"a b/*"': 'path:"a b/*"',
    "date:2022..2023-06": "date:2022..2023-06",
    "date:>=2022": "date:>=2022",
    "date:<2022-05-04": "date:<2022-05-04",
    "date:2022..": "date:2022..",
    "date:..2022": "date:..2022",
    "（中俄 OR 苏联）": "中俄 OR 苏联",
    "a｜b": "a OR b",
}
"""Each query and how it is written out in full."""


@pytest.mark.parametrize(("query", "meaning"), MEANINGS.items(), ids=MEANINGS)
def test_a_query_means(query: str, meaning: str) -> None:
    assert unparse(parse(query)) == meaning


@pytest.mark.parametrize("meaning", dict.fromkeys(MEANINGS.values()))
def test_a_query_written_out_means_the_same(meaning: str) -> None:
    assert unparse(parse(meaning)) == meaning


@pytest.mark.parametrize(
    "query",
    [
        "a NEAR/5 (b OR c)",
        "(a OR b) ADJ/2 (c | d)",
        "F-1*",
        "中俄关系",
        '"中俄关系"',
        "中、俄关系。",
        "F-16战机a-b中国",
        '"OR"',
        '"a" "NOT"',
        '"NEAR/5"',
        "path:seeds/x",
        'date:"2022 .. 2023"',
        'tag:"b)c"',
        "lang:“ru”",
    ],
)
def test_what_parsed_shows_is_a_query_of_the_same_meaning(query: str) -> None:
    """`parsed` is the query as it was understood, in the query language itself."""
    node = parse(query)
    again = parse(unparse(node))
    assert unparse(again) == unparse(node)
    assert again == node


FAULTS = [
    # query, column, words of the message
    ("", 0, "nothing to search for"),
    (" \n", 0, "nothing to search for"),
    ("...", 0, "nothing to search for"),
    ("()", 0, "nothing to search for"),
    ('""', 0, "nothing to search for"),
    ("?", 0, "nothing to search for"),
    ("-", 0, "nothing to search for"),
    ("=", 0, "nothing to search for"),
    ("OR", 0, "OR has nothing before it"),
    ("a OR", 2, "OR has nothing after it"),
    ("a OR OR b", 2, "OR has nothing after it"),
    ("a AND", 2, "AND has nothing after it"),
    ("AND a", 0, "AND has nothing before it"),
    ("(OR a)", 1, "OR has nothing before it"),
    ("a | ", 2, "| has nothing after it"),
    ("a OR ...", 2, "OR has nothing after it"),
    ("NOT", 0, "NOT has nothing after it"),
    ("a NOT", 2, "NOT has nothing after it"),
    ("a NEAR/5", 2, "NEAR/5 has nothing after it"),
    ("ADJ/5 a", 0, "ADJ/5 has nothing before it"),
    ("a NEAR b", 2, "a distance is a number"),
    ("a NEAR/ b", 2, "a distance is a number"),
    ("a NEAR/x b", 2, "a distance is a number"),
    ("a NEAR/0 b", 2, "from 1 to 1000"),
    ("a ADJ/1001 b", 2, "from 1 to 1000"),
    ("a NEAR/12345 b", 2, "from 1 to 1000"),
    ("a NEAR/5 (b c)", 2, "NEAR/5 joins words, phrases and (a OR b)"),
    ("a NEAR/5 b ADJ/3 c", 11, "ADJ/3 joins words"),
    ("title:x NEAR/5 b", 8, "NEAR/5 joins words"),
    ('"a b"~', 5, "a distance is a number"),
    ('"a b"~0', 5, "from 1 to 1000"),
    ('"a b"~' + "9" * 5000, 5, "from 1 to 1000"),
    ("(a", 0, "never closed"),
    ("a ((b)", 2, "never closed"),
    ("a)", 1, "never opened"),
    ('a "b', 2, "never closed"),
    ("«a", 0, "never closed"),
    ("「a", 0, "never closed"),
    ("a “b", 2, "never closed"),
    ("titel:x", 0, "no field 'titel'"),
    ("a foo:bar", 2, "no field 'foo'"),
    ("title:", 6, "title: has no value"),
    ("title:...", 6, "no word in it"),
    ('tag:""', 4, "tag: has no value"),
    ("path:/", 5, "path: has no value"),
    ("kind:footnotes", 5, "no kind of paragraph 'footnotes'"),
    ("a -kind:(text OR prose)", 17, "no kind of paragraph 'prose'"),
    ('kind:""', 5, "kind: has no value"),
    ("kind:*", 5, "no kind of paragraph '*'"),
    ("speaker:...", 8, "speaker: has no word in it"),
    ("title:()", 6, "values joined by OR"),
    ("title:(a", 6, "values joined by OR"),
    ("title:(a AND b)", 6, "values joined by OR"),
    ("date:x", 5, "'x' is not a date"),
    ("a date:2022-13", 7, "not a date"),
    ("date:2022-02-30", 5, "not a day of the calendar"),
    ("date:0000", 5, "not a date"),
    ("date:22", 5, "not a date"),
    ("date:2023..2022", 5, "ends before it begins"),
    ("date:..", 5, "neither a beginning nor an end"),
    ("date:>=", 5, "not a date"),
    ("*", 0, "needs letters"),
    ("a *", 2, "needs letters"),
    ("中?系", 0, "wildcard cannot stand inside"),
    ("x~3", 1, "1 or 2 changes"),
    ("word~", 4, "1 or 2 changes"),
    ("中俄~1", 2, "one word of letters"),
    ("(" * 200 + "a" + ")" * 200, 100, "brackets inside each other"),
    ("NOT " * 200 + "a", 400, "inside each other"),
]


@pytest.mark.parametrize(("query", "column", "words"), FAULTS, ids=[f[0][:30] for f in FAULTS])
def test_a_fault_is_pointed_at_and_explained(query: str, column: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    fault = caught.value
    if len(query) > 200:  # what is around the fault, in few words
        assert len(fault.query) < 200
        assert fault.query.strip("…") in query
        assert fault.query[fault.column :].rstrip("…") == query[column:][:80].rstrip("…")
        column, query = fault.column, fault.query
    assert (fault.column, fault.query) == (column, query), fault.message
    assert words in caught.value.message
    assert caught.value.hint
    assert "--" not in caught.value.hint  # a flag is of a command, not of the language
    assert caught.value.exit_code == 2


REASONS = {
    'a "b': "unclosed query",
    "a)": "unclosed query",
    "a" * 100_001: "long query",
    "a OR": "",
}


@pytest.mark.parametrize(("query", "reason"), REASONS.items(), ids=[q[:5] for q in REASONS])
def test_a_fault_says_whether_there_is_another_way_to_ask(query: str, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.reason == reason


@pytest.mark.parametrize("query", ["=pre*", "=wom?n", "-=pre*"])
def test_a_wildcard_is_never_left_out_in_silence(query: str) -> None:
    """It either works or is pointed at; a search without it would find nothing and not say why."""
    try:
        shown = unparse(parse(query))
    except QueryError:
        return
    assert "*" in shown or "?" in shown


def test_a_mistyped_field_gets_the_nearest_one() -> None:
    for query, near in (("titel:x", "title"), ("auhtor:x", "author"), ("volum:3", "volume")):
        with pytest.raises(QueryError) as caught:
            parse(query, fields=["volume"])
        assert f"did you mean {near}:" in caught.value.hint


def test_fields_of_the_library_itself_are_fields() -> None:
    assert unparse(parse("Volume:12", fields=["volume"])) == "volume:12"
    assert unparse(parse("том:12", fields=["Том"])) == "Том:12"
    with pytest.raises(QueryError):
        parse("volume:12")


PAIRS = [(mark, closer) for mark, closers in CLOSING.items() for closer in closers]


@pytest.mark.parametrize(("mark", "closer"), PAIRS)
def test_all_quotation_marks_are_the_same(mark: str, closer: str) -> None:
    assert parse(f"{mark}no limits{closer}") == parse('"no limits"')
    assert parse(f"-{mark}no limits{closer}~3") == parse('-"no limits"~3')
    assert parse(f"={mark}no limits{closer} a") == parse('="no limits" a')
    assert parse(f"title:{mark}no limits{closer}") == parse('title:"no limits"')


def test_the_tree_says_what_each_operator_is() -> None:
    a, b, c = Term("a"), Term("b"), Term("c")
    assert parse("a b OR -c") == Or((And((a, b)), Not(c)))
    assert parse("a ADJ/3 b") == Near((a, b), 3, ordered=True)
    assert parse('"a b"~3') == Near((a, b), 3)
    assert parse("alliances") == Term("allianc")
    assert parse("=alliances") == Term("alliances", exact=True)
    assert parse("=Alliances") == Term("alliances", exact=True, cased="Alliances")
    assert parse("Pre*") == Prefix("pre")
    assert parse("W?m*n") == Wildcard("w?m*n")
    assert parse("Ałlianse~1") == Fuzzy("allianse", 1)
    assert parse("F-16") == parse('"F 16"') == Phrase((Term("f"), Term("16")))
    assert parse("F-1*") == Phrase((Term("f"), Prefix("1")))


def test_exact_stems_no_word() -> None:
    assert parse('Alliances "two treaties"', exact=True) == parse('=Alliances ="two treaties"')
    assert found("running", "he runs")
    assert not found("running", "he runs", exact=True)


def test_any_word_joins_words_by_or_and_keeps_what_restricts() -> None:
    assert unparse(parse("a b c", any_word=True)) == "a OR b OR c"
    assert unparse(parse("a b -c lang:ru", any_word=True)) == "(a OR b) AND NOT c AND lang:ru"
    assert unparse(parse("a b AND c", any_word=True)) == "a OR (b AND c)"
    assert unparse(parse('a "b c"', any_word=True)) == 'a OR "b c"'
    assert unparse(parse("中俄 a", any_word=True)) == "中 OR 俄 OR a"
    assert unparse(parse("F-16 a", any_word=True)) == "F OR 16 OR a"
    assert unparse(parse("off-shore a", any_word=True)) == "off OR shore OR a OR offshore"
    assert unparse(parse("lang:ru -a", any_word=True)) == "lang:ru AND NOT a"


def test_literal_reads_every_operator_as_text() -> None:
    query = 'a OR (b title:x "c -d e* =f'
    assert unparse(parse_literal(query)) == (
        'a AND "OR" AND b AND "title x" AND c AND d AND e AND f'
    )
    assert matches(parse_literal(query), of("a OR b title x c d e f"))
    assert unparse(parse_literal("a b", any_word=True)) == "a OR b"
    assert parse_literal("alliances", exact=True) == Term("alliances", exact=True)
    with pytest.raises(QueryError) as caught:
        parse_literal(' "(…) ')
    assert caught.value.column == 0
    assert caught.value.hint


@pytest.mark.parametrize(
    ("date", "plain"),
    [
        ("２０２２", "2022"),
        ("２０２２-０５", "2022-05"),
        (">=２０２２", ">=2022"),
        ("2022-5-4", "2022-05-04"),
    ],
)
def test_dates_are_read_whatever_their_digits(date: str, plain: str) -> None:
    assert parse(f"date:{date}") == parse(f"date:{plain}")
    assert isinstance(parse(f"date:{date}"), DateRange)


def test_brackets_may_be_as_deep_as_anyone_writes_them() -> None:
    query = "a"
    for depth in range(49):
        query = f"({query} OR b{depth})" if depth % 2 else f"NOT ({query} c{depth})"
    node = parse(query)
    assert unparse(parse(unparse(node))) == unparse(node)
    assert isinstance(matches(node, of("a b c")), bool)
    assert unparse(parse("(" * 100 + "a" + ")" * 100)) == "a"


@settings(max_examples=500, deadline=None)
@given(queries | st.text(max_size=30), st.booleans(), st.booleans())
@example("'-(-(-", False, False)
def test_a_query_is_read_or_refused_with_a_column(query: str, exact: bool, any_word: bool) -> None:
    for read in (parse, parse_literal):
        try:
            node = read(query, exact=exact, any_word=any_word)
        except QueryError as fault:
            refused = fault
        else:
            assert unparse(node)
            continue
        assert 0 <= refused.column <= len(query)
        assert all((refused.message, refused.hint))
        assert refused.query == query


written = st.sampled_from(
    [
        "alliance",
        "treaty",
        "F-16",
        "U.S.",
        "=alliances",
        '"a b"',
        "中俄",
        "Путин",
        "b",
        "all*",
        "tr?aty",
        '"a b alliance"~3',
        "alianse~2",
        "title:a",
        "lang:en",
        "date:2022..",
        "a NEAR/2 b",
        "b ADJ/3 中",
    ]
)
trees = st.recursive(
    written,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(" AND ".join),
        inner.map(lambda part: f"NOT ({part})"),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(trees, st.lists(passages, min_size=4, max_size=4))
def test_a_query_written_out_finds_the_same(query: str, some: list[Passage]) -> None:
    node = parse(query)
    shown = unparse(node)
    again = parse(shown)
    assert unparse(again) == shown
    assert [matches(again, passage) for passage in some] == [matches(node, p) for p in some]
