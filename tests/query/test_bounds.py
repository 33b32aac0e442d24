"""How much one query may ask for."""

from __future__ import annotations

import pytest

from sinorus.errors import QueryError
from sinorus.query import bounds
from sinorus.query.nodes import Near, Phrase
from sinorus.query.parse import parse, parse_literal
from sinorus.query.tree import units

HAN = "".join(chr(0x4E00 + n % 3000) for n in range(5_000))
PASSED = [
    ("a " * 5_000 + "b c", "b c", "5,000 words"),
    ("(a) " * 5_000 + "(b)", "b)", "5,000 words"),
    ("a OR " * 5_000 + "b", "b", "5,000 words"),
    (HAN + "龍龜", "龍龜", "5,000 words"),
    (f'"{HAN}龍龜"', '龍龜"', "5,000 words"),
    ("x " * 10 + '"' + "a " * 4_990 + 'b c"', 'b c"', "5,000 words"),
    ("title:(" + "a OR " * 5_000 + "b)", "b)", "5,000 words"),
    ('title:"' + "a " * 5_000 + 'b"', 'b"', "5,000 words"),
    ("x " + "b" * 4_001 + " c", "b" * 70, "4,000 letters"),
    ("x tag:" + "b" * 4_001, "b" * 70, "4,000 letters"),
    ("x " + "b" * 4_001 + "*", "b" * 70, "4,000 letters"),
    ("a* " * 100 + "b* c", "b* c", "100 words with *, ? or ~"),
    ("a~1 OR " * 100 + "b?c", "b?c", "100 words with *, ? or ~"),
    ("a NEAR/5 " * 100 + "b", "NEAR/5 b", "100 words can be"),
    ('"' + "a " * 101 + '"~5', '"a a', "100 words can be"),
    ("(" * 101 + "a" + ")" * 101, "(a)", "100 brackets"),
    ("a" * 100_000 + "bc", "bc", "100,000 characters"),
]


@pytest.mark.parametrize(("query", "there", "words"), PASSED, ids=[p[0][:12] for p in PASSED])
def test_the_caret_stands_where_a_bound_is_passed(query: str, there: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    fault = caught.value
    assert words in fault.message
    assert fault.hint
    assert len(fault.query) < 200
    assert fault.query[fault.column :].startswith(there)
    assert fault.query.startswith("…") or query.startswith(fault.query[:50])


@pytest.mark.parametrize("query", ["a " * 5_000 + "b c", HAN + "b c"])
def test_a_literal_query_has_the_same_bound(query: str) -> None:
    with pytest.raises(QueryError, match="5,000 words") as caught:
        parse_literal(query)
    assert caught.value.query[caught.value.column :].startswith("b c")


def test_all_that_is_just_within_the_bounds_is_read() -> None:
    assert len(units(parse("a " * 5_000))) == 5_000
    assert len(units(parse("a AND " * 4_999 + "a"))) == 5_000
    assert len(units(parse_literal("a " * 5_000))) == 5_000
    phrase = parse(HAN)
    assert isinstance(phrase, Phrase)
    assert len(phrase.parts) == 5_000
    near = parse("a NEAR/5 " * 99 + "b")
    assert isinstance(near, Near)
    assert len(near.parts) == 100
    for query in ("a" * 4_000, "a* " * 100, "(" * 100 + "a" + ")" * 100, "a" + " " * 99_999):
        assert parse(query)


def test_a_short_query_is_quoted_whole() -> None:
    query = "x" * 190 + " (a"
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert (caught.value.query, caught.value.column) == (query, 191)


def test_a_run_of_question_marks_is_looked_through_once() -> None:
    assert parse("what" + "?" * 3_000 + " is") == parse("what is")
    assert parse("a" + "?" * 3_000 + "b") != parse("ab")


def test_what_a_message_quotes_is_cut() -> None:
    assert bounds.shortened("a" * 80) == "a" * 80
    assert bounds.shortened("a" * 81) == "a" * 80 + "…"
    for query in ("a" * 90_000 + ":b", "date:" + "9" * 90_000, "a" * 3_000 + "~5"):
        with pytest.raises(QueryError) as caught:
            parse(query)
        assert len(caught.value.message + caught.value.hint) < 400
