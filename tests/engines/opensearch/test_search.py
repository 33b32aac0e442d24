"""In which order and in which steps a cluster is asked for hits."""

from __future__ import annotations

from typing import Any

import pytest
from support.cluster_queries import A, B

from sinorus.engines.opensearch.search import levels, sort_keys
from sinorus.model.request import Sort


def test_paragraphs_that_match_more_of_a_query_are_asked_for_first() -> None:
    a, b = {"term": {"text": {"value": "a"}}}, {"term": {"text": {"value": "b"}}}
    one = {"bool": {"should": [a, b], "minimum_should_match": 1}}
    two = {"bool": {"should": [a, b], "minimum_should_match": 2}}
    three = {"bool": {"should": [a, b], "minimum_should_match": 3}}
    assert three not in (one, two)
    assert levels([A, B]) == [
        [{"bool": {"filter": [two]}}],
        [{"bool": {"filter": [one], "must_not": [two]}}],
        [{"bool": {"must_not": [one]}}],
    ]


def test_a_query_of_one_level_is_asked_once_without_filters() -> None:
    assert levels([]) == [[]]


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("relevance", [{"_score": "desc"}, "document", "n"]),
        ("title", [{"title": {"order": "asc", "missing": "_last"}}, "document", "n"]),
        ("date", [{"since": {"order": "asc", "missing": "_last"}}, "document", "n"]),
        ("source", ["order", "document", "n"]),
        ("-date", [{"since": {"order": "desc", "missing": "_last"}}, "document", "n"]),
    ],
)
def test_no_two_paragraphs_are_equal_in_any_order(sort: Sort, keys: list[Any]) -> None:
    assert sort_keys(sort) == keys
