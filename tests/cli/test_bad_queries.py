"""A query that cannot be read: what it is, a caret under the fault, how to write it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Sinorus

BAD = [
    ('alliance "open', 9, ["never closed", "--literal"]),
    ("alliance “open", 9, ["never closed", "”"]),
    ("«open", 0, ["never closed", "»"]),
    ("「open", 0, ["never closed", "」"]),
    ('Ёлка "откр', 5, ["never closed"]),
    ('中国 "开', 5, ["never closed"]),
    ("联盟 (盟友", 5, ["bracket", "never closed"]),
    ("e\u0301lan (a", 5, ["never closed"]),
    ("alliance (", 9, ["bracket", "never closed"]),
    ("(a OR b", 0, ["never closed"]),
    ("((((", 3, ["never closed"]),
    ("a)", 1, ["never opened", "remove it"]),
    ("a OR", 2, ["OR has nothing after it", '"OR"']),
    ("OR a", 0, ["OR has nothing before it"]),
    ("a | | b", 2, ["| has nothing after it"]),
    ("AND", 0, ["AND has nothing before it"]),
    ("a AND", 2, ["AND has nothing after it"]),
    ("NOT", 0, ["NOT has nothing after it"]),
    ("a NOT", 2, ["NOT has nothing after it"]),
    ("a NEAR/5", 2, ["NEAR/5 has nothing after it"]),
    ("ADJ/5 b", 0, ["ADJ/5 has nothing before it"]),
    ("a NEAR/0 b", 2, ["from 1 to 1000", "alliance NEAR/5 treaty"]),
    ("a NEAR b", 2, ["from 1 to 1000"]),
    ("a NEAR/5 (b AND c)", 2, ["joins words", "(treaty OR pact)"]),
    ('"a b"~0', 5, ["from 1 to 1000", '"two words"~5']),
    ('"a b"~', 5, ["a distance is a number"]),
    ("titel:x", 0, ["there is no field 'titel'", "did you mean title:?"]),
    ("alliance lnag:ru", 9, ["lnag", "did you mean lang:?"]),
    ("gas vollume:12", 4, ["did you mean volume:?"]),
    ("x author:", 9, ["author: has no value", "author:value"]),
    ('tag:""', 4, ["tag: has no value"]),
    ("gas kind:footnotes", 9, ["no kind", "'footnotes'", "text, heading, list, quote, table"]),
    ("-kind:sound", 6, ["no kind", "code, footnote, caption, speaker"]),
    ("knid:code", 0, ["did you mean kind:?"]),
    ("lang:()", 5, ["(one OR two)"]),
    ("date:someday", 5, ["'someday' is not a date", "2023-05-04"]),
    ("date:2022-13", 5, ["not a date"]),
    ("date:2023-02-30", 5, ["not a day"]),
    ("中国 date:20x", 10, ["'20x' is not a date"]),
    ("date:2023..2022", 5, ["ends before it begins", "2022..2023"]),
    ("date:..", 5, ["neither a beginning nor an end"]),
    ("a *", 2, ["wildcard needs letters"]),
    ("中*国", 0, ["Chinese"]),
    ("word~3", 4, ["1 or 2 changes"]),
    ("...", 0, ["nothing to search for"]),
    ("()", 0, ["nothing to search for"]),
    ('""', 0, ["nothing to search for"]),
    ("\x1b[31m (gas", 6, ["never closed"]),
]


@pytest.mark.parametrize(("query", "column", "words"), BAD, ids=[query for query, _, _ in BAD])
def test_the_caret_stands_under_the_fault(
    press: Path, sinorus: Sinorus, query: str, column: int, words: list[str]
) -> None:
    answer = sinorus("search", "--", query)
    assert (answer.out, answer.code) == ("", 2)
    message, quoted, caret, hint = answer.err.split("\n")[:4]
    assert message.startswith("error: ")
    assert quoted == "  " + query.replace("\x1b", "␛")
    assert caret == "  " + " " * column + "^"
    assert hint.startswith("  ")
    assert all(word in message + hint for word in words), answer.err


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_query_is_an_error(press: Path, sinorus: Sinorus, query: str) -> None:
    answer = sinorus("search", query)
    assert (answer.out, answer.code) == ("", 2)
    assert "nothing to search for" in answer.err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "vimgrep", "markdown"])
def test_a_bad_query_prints_no_data_in_any_format(press: Path, sinorus: Sinorus, form: str) -> None:
    answer = sinorus("search", "(gas", "--format", form, "--no-notices")
    assert (answer.out, answer.code) == ("", 2)
    assert "never closed" in answer.err


def test_other_commands_complain_in_the_same_way(press: Path, sinorus: Sinorus) -> None:
    for arguments in (["compare", "(gas"], ["show", "pact", "--query", "(gas"]):
        answer = sinorus(*arguments)
        assert (answer.out, answer.code) == ("", 2)
        assert answer.err.split("\n")[1:3] == ["  (gas", "  ^"]


def test_one_bad_query_of_many_is_named(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "--queries", "-", "--jsonl", stdin="gas\n(gas\n")
    assert answer.code == 2
    assert "  (gas\n  ^\n" in answer.err
    assert all(record["query"] == "gas" for record in answer.records)


@pytest.mark.parametrize(
    "query",
    [
        "China's 1950 pact",
        "and/or not",
        "F-16 U.S.S.R. 3.5%",
        "what is it?",
        "he said: gas",
        "gas — trade -- now",
        "C++ #tag @name $5 ~ ^ & {x}",
        "10:30 re: gas",
        "O'Brien’s",
        "a/b a\\b",
        "[1] 《条约》",
    ],
)
def test_ordinary_punctuation_is_text(press: Path, sinorus: Sinorus, query: str) -> None:
    answer = sinorus("search", query)
    assert answer.code in (0, 1), answer.err


def test_an_operator_in_a_filter_is_an_error_with_the_way_to_write_it(
    press: Path, sinorus: Sinorus
) -> None:
    for flag, value in (("--author", "Gab*"), ("--tag", "ener*"), ("--not-publisher", "=Carnegie")):
        answer = sinorus("search", "gas", flag, value)
        assert answer.code == 2
        name = flag.removeprefix("--").removeprefix("not-")
        assert value in answer.err
        assert f"{name}:{value} in the query" in answer.err


def test_the_caret_stands_under_the_fault_whatever_is_before_it(
    press: Path, sinorus: Sinorus
) -> None:
    lines = sinorus("search", "中俄 title:>=20").err.splitlines()
    assert lines[2].index("^") == len("  ") + 2 * len("中俄") + len(" title:")
