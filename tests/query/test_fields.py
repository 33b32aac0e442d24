"""Which dates a range takes in, and how filters beside a query are read."""

from __future__ import annotations

from datetime import date as day
from datetime import timedelta

import pytest
from support.queries import document, of

from sinorus.errors import FilterValueError, QueryError
from sinorus.model import Date
from sinorus.query.evaluate import document_matches, matches
from sinorus.query.fields import date_range, filter_nodes, restricted
from sinorus.query.nodes import And, FieldValue
from sinorus.query.parse import parse
from sinorus.query.unparse import unparse

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


def test_a_kind_that_no_paragraph_has_may_be_one_of_the_front_matter() -> None:
    own = {"kind": {"press digest", "text"}}
    digest = of("gas", extra={"kind": ("Press Digest",)})
    assert matches(parse("kind:digests", fields=own), digest)
    assert not matches(parse("-kind:digest", fields=own), digest)
    assert parse("kind:text", fields=own) == parse("kind:text")
    for fields in (own, ("kind",), {"volume": {"digests"}}):
        with pytest.raises(QueryError, match="no kind of paragraph 'dgest'"):
            parse("kind:dgest", fields=fields)


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
    with pytest.raises(FilterValueError) as caught:
        filter_nodes({name: [value]})
    assert caught.value.name == name
    assert caught.value.hint


def test_a_filter_has_a_bound_on_its_values() -> None:
    for name, values in (("author", ["a"] * 1_001), ("not_tag", ["a"] * 1_001)):
        with pytest.raises(FilterValueError, match="1,000 values"):
            filter_nodes({name: values})
    with pytest.raises(FilterValueError, match="4,000 characters"):
        filter_nodes({"tag": ["a" * 4_001]})
    assert filter_nodes({"author": ["a"] * 1_000})


@pytest.mark.parametrize(
    ("given", "code"),
    [("Russian", "ru"), ("русский", "ru"), ("en_US.UTF-8", "en-us"), ("中文", "zh"), ("eu", "eu")],
)
def test_a_language_goes_by_its_code_and_its_names(given: str, code: str) -> None:
    assert filter_nodes({"lang": [given]}) == [FieldValue("lang", code)]
    assert parse(f'lang:"{given}"') == FieldValue("lang", code)


def test_what_is_no_language_and_what_is_no_range_is_refused() -> None:
    with pytest.raises(FilterValueError, match="'klingon' is not a language"):
        filter_nodes({"not_lang": ["klingon"]})
    for code in ("xx", "jp", "xx-RU"):
        with pytest.raises(FilterValueError, match=f"'{code}' is not a language"):
            filter_nodes({"lang": [code]})
    with pytest.raises(FilterValueError, match="2021 ends before 2023 begins"):
        filter_nodes({"since": ["2023"], "until": ["2021"]})
    assert len(filter_nodes({"since": ["2023", "2019"], "until": ["2021"]})) == 2
    assert len(filter_nodes({"since": ["2023-05"], "until": ["2023"]})) == 2
