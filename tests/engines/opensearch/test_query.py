"""What a query is in the language of a cluster, written out, and that it can be sent there."""

from __future__ import annotations

import json
import re
import warnings
from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from sinorus.engines.opensearch.query import compiled, regexp
from sinorus.engines.opensearch.scoring import containing, frequency, score
from sinorus.engines.opensearch.search import levels, sort_keys
from sinorus.errors import QueryError, UnsupportedQuery
from sinorus.model import Sort
from sinorus.query.nodes import (
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldValue,
    FieldWords,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    PathGlob,
    Phrase,
    Positional,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
)
from sinorus.query.parse import parse

Query = dict[str, Any]
A, B, C = Term("a"), Term("b"), Term("c")
TREATY = Term("treati")
LONG, LONGER = "w" * 8_000, "w" * 8_001
PUTIN = Synonyms((Term("putin"), Phrase((Term("vladimir"), Term("putin")))))

QUERIES: dict[str, tuple[Node, Query]] = {
    "a stem": (
        TREATY,
        {"term": {"text": {"value": "treati"}}},
    ),
    "an exact word": (
        Term("treaties", exact=True),
        {"term": {"text": {"value": "=treaties"}}},
    ),
    "a word as long as the cluster takes": (
        Term(LONG),
        {"term": {"text": {"value": LONG}}},
    ),
    "a word of the index that is longer": (
        Term(LONGER),
        {"term": {"text": {"value": "w" * 7_960 + "6ea7c5d68cbed9e015b327e723b33fe8"}}},
    ),
    "a prefix": (
        Prefix("trea"),
        {"prefix": {"text": {"value": "=trea"}}},
    ),
    "a pattern with a backslash": (
        Wildcard("t?e\\*y"),
        {"wildcard": {"text": {"value": "=t?e\\\\*y"}}},
    ),
    "one letter off": (
        Fuzzy("treaty", 1),
        {
            "fuzzy": {
                "text": {
                    "value": "=treaty",
                    "fuzziness": 1,
                    "prefix_length": 1,
                    "transpositions": False,
                    "rewrite": "constant_score",
                }
            }
        },
    ),
    "two letters off": (
        Fuzzy("treaty", 2),
        {
            "fuzzy": {
                "text": {
                    "value": "=treaty",
                    "fuzziness": 2,
                    "prefix_length": 1,
                    "transpositions": False,
                    "rewrite": "constant_score",
                }
            }
        },
    ),
    "a phrase of words": (
        Phrase((TREATY, Term("of", exact=True), Term("1950"))),
        {"match_phrase": {"text": {"query": "treati =of 1950"}}},
    ),
    "a phrase in a phrase": (
        Phrase(
            (A, Phrase((B, Phrase((C, A))))),
        ),
        {"match_phrase": {"text": {"query": "a b c a"}}},
    ),
    "a phrase with a prefix": (
        Phrase((A, Prefix("tr"))),
        {
            "span_near": {
                "clauses": [
                    {"span_term": {"text": {"value": "a"}}},
                    {"span_multi": {"match": {"prefix": {"text": {"value": "=tr"}}}}},
                ],
                "slop": 0,
                "in_order": True,
            }
        },
    ),
    "a phrase with a wildcard": (
        Phrase((Wildcard("a*c"), B)),
        {
            "span_near": {
                "clauses": [
                    {"span_multi": {"match": {"wildcard": {"text": {"value": "=a*c"}}}}},
                    {"span_term": {"text": {"value": "b"}}},
                ],
                "slop": 0,
                "in_order": True,
            }
        },
    ),
    "a phrase with a name of one word or two": (
        Phrase((Term("president"), PUTIN)),
        {
            "bool": {
                "should": [
                    {
                        "span_near": {
                            "clauses": [
                                {"span_term": {"text": {"value": "president"}}},
                                {"span_term": {"text": {"value": "putin"}}},
                            ],
                            "slop": 0,
                            "in_order": True,
                        }
                    },
                    {
                        "span_near": {
                            "clauses": [
                                {"span_term": {"text": {"value": "president"}}},
                                {
                                    "span_near": {
                                        "clauses": [
                                            {"span_term": {"text": {"value": "vladimir"}}},
                                            {"span_term": {"text": {"value": "putin"}}},
                                        ],
                                        "slop": 0,
                                        "in_order": True,
                                    }
                                },
                            ],
                            "slop": 0,
                            "in_order": True,
                        }
                    },
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "a phrase with synonyms, one of them twice": (
        Phrase((Synonyms((A, B, A)), C)),
        {
            "span_near": {
                "clauses": [
                    {
                        "span_or": {
                            "clauses": [
                                {"span_term": {"text": {"value": "a"}}},
                                {"span_term": {"text": {"value": "b"}}},
                            ]
                        }
                    },
                    {"span_term": {"text": {"value": "c"}}},
                ],
                "slop": 0,
                "in_order": True,
            }
        },
    ),
    "a name in all its forms": (
        PUTIN,
        {
            "bool": {
                "should": [
                    {"term": {"text": {"value": "putin"}}},
                    {"match_phrase": {"text": {"query": "vladimir putin"}}},
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "a name of one form": (
        Synonyms((A,)),
        {"term": {"text": {"value": "a"}}},
    ),
    "words near each other": (
        Near((A, B), 1),
        {
            "span_near": {
                "clauses": [
                    {"span_term": {"text": {"value": "a"}}},
                    {"span_term": {"text": {"value": "b"}}},
                ],
                "slop": 0,
                "in_order": False,
            }
        },
    ),
    "three words after each other, with four between": (
        Near((A, B, C), 5, ordered=True),
        {
            "span_near": {
                "clauses": [
                    {"span_term": {"text": {"value": "a"}}},
                    {"span_term": {"text": {"value": "b"}}},
                    {"span_term": {"text": {"value": "c"}}},
                ],
                "slop": 4,
                "in_order": True,
            }
        },
    ),
    "a phrase near a word": (
        Near((Phrase((A, B)), C), 3),
        {
            "span_near": {
                "clauses": [
                    {
                        "span_near": {
                            "clauses": [
                                {"span_term": {"text": {"value": "a"}}},
                                {"span_term": {"text": {"value": "b"}}},
                            ],
                            "slop": 0,
                            "in_order": True,
                        }
                    },
                    {"span_term": {"text": {"value": "c"}}},
                ],
                "slop": 2,
                "in_order": False,
            }
        },
    ),
    "a longer form of a name has less room": (
        Near((PUTIN, C), 4),
        {
            "bool": {
                "should": [
                    {
                        "span_near": {
                            "clauses": [
                                {"span_term": {"text": {"value": "putin"}}},
                                {"span_term": {"text": {"value": "c"}}},
                            ],
                            "slop": 3,
                            "in_order": False,
                        }
                    },
                    {
                        "span_near": {
                            "clauses": [
                                {
                                    "span_near": {
                                        "clauses": [
                                            {"span_term": {"text": {"value": "vladimir"}}},
                                            {"span_term": {"text": {"value": "putin"}}},
                                        ],
                                        "slop": 0,
                                        "in_order": True,
                                    }
                                },
                                {"span_term": {"text": {"value": "c"}}},
                            ],
                            "slop": 2,
                            "in_order": False,
                        }
                    },
                ]
            }
        },
    ),
    "a form of a name that is too long for its window may share a word with the rest": (
        Near((PUTIN, C), 1),
        {
            "bool": {
                "should": [
                    {
                        "span_near": {
                            "clauses": [
                                {"span_term": {"text": {"value": "putin"}}},
                                {"span_term": {"text": {"value": "c"}}},
                            ],
                            "slop": 0,
                            "in_order": False,
                        }
                    },
                    {
                        "span_near": {
                            "clauses": [
                                {
                                    "span_near": {
                                        "clauses": [
                                            {"span_term": {"text": {"value": "vladimir"}}},
                                            {"span_term": {"text": {"value": "putin"}}},
                                        ],
                                        "slop": 0,
                                        "in_order": True,
                                    }
                                },
                                {"span_term": {"text": {"value": "c"}}},
                            ],
                            "slop": -1,
                            "in_order": False,
                        }
                    },
                ]
            }
        },
    ),
    "a form of a name that is too long for its window, in order, is left out": (
        Near((PUTIN, C), 1, ordered=True),
        {
            "span_near": {
                "clauses": [
                    {"span_term": {"text": {"value": "putin"}}},
                    {"span_term": {"text": {"value": "c"}}},
                ],
                "slop": 0,
                "in_order": True,
            }
        },
    ),
    "a fuzzy word near another": (
        Near((Fuzzy("treaty", 1), A), 2),
        {
            "span_near": {
                "clauses": [
                    {
                        "span_multi": {
                            "match": {
                                "fuzzy": {
                                    "text": {
                                        "value": "=treaty",
                                        "fuzziness": 1,
                                        "prefix_length": 1,
                                        "transpositions": False,
                                        "rewrite": "constant_score",
                                    }
                                }
                            }
                        }
                    },
                    {"span_term": {"text": {"value": "a"}}},
                ],
                "slop": 1,
                "in_order": False,
            }
        },
    ),
    "the same word twice in order": (
        Near((A, A), 2, ordered=True),
        {
            "span_near": {
                "clauses": [
                    {"span_term": {"text": {"value": "a"}}},
                    {"span_term": {"text": {"value": "a"}}},
                ],
                "slop": 1,
                "in_order": True,
            }
        },
    ),
    "the same word twice": (
        Near((A, Term("b", exact=True), A), 5),
        {
            "intervals": {
                "text": {
                    "all_of": {
                        "intervals": [
                            {"match": {"query": "a"}},
                            {"match": {"query": "=b"}},
                            {"match": {"query": "a"}},
                        ],
                        "max_gaps": 4,
                        "mode": "unordered",
                    }
                }
            }
        },
    ),
    "the same pattern twice, beside others": (
        Near((Prefix("a"), Wildcard("b\\*"), Fuzzy("c", 2), Prefix("a")), 1),
        {
            "intervals": {
                "text": {
                    "all_of": {
                        "intervals": [
                            {"prefix": {"prefix": "=a"}},
                            {"wildcard": {"pattern": "=b\\\\*"}},
                            {
                                "fuzzy": {
                                    "term": "=c",
                                    "fuzziness": 2,
                                    "prefix_length": 1,
                                    "transpositions": False,
                                }
                            },
                            {"prefix": {"prefix": "=a"}},
                        ],
                        "max_gaps": 0,
                        "mode": "unordered",
                    }
                }
            }
        },
    ),
    "words in no more room than one of them needs": (
        Near((A, B), 0, ordered=True),
        {"match_none": {}},
    ),
    "the same word twice in the room of one": (
        Near((A, A), 0),
        {"match_none": {}},
    ),
    "all of two": (
        And((A, B)),
        {
            "bool": {
                "filter": [
                    {"term": {"text": {"value": "a"}}},
                    {"term": {"text": {"value": "b"}}},
                ]
            }
        },
    ),
    "one and not another": (
        And((Not(B), A)),
        {
            "bool": {
                "filter": [{"term": {"text": {"value": "a"}}}],
                "must_not": [{"term": {"text": {"value": "b"}}}],
            }
        },
    ),
    "neither of two": (
        And((Not(A), Not(B))),
        {
            "bool": {
                "must_not": [
                    {"term": {"text": {"value": "a"}}},
                    {"term": {"text": {"value": "b"}}},
                ]
            }
        },
    ),
    "one of two": (
        Or((A, Not(B))),
        {
            "bool": {
                "should": [
                    {"term": {"text": {"value": "a"}}},
                    {"bool": {"must_not": [{"term": {"text": {"value": "b"}}}]}},
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "not one": (
        Not(A),
        {"bool": {"must_not": [{"term": {"text": {"value": "a"}}}]}},
    ),
    "everything": (
        Everything(),
        {"match_all": {}},
    ),
    "words of a title": (
        FieldWords("title", ("silent", "spring")),
        {"match_phrase": {"named": {"query": "title:silent title:spring"}}},
    ),
    "words of a heading": (
        FieldWords("heading", ("silent", "spring")),
        {"match_phrase": {"heading": {"query": "silent spring"}}},
    ),
    "a word of a field of the library's own, with a space in its name": (
        FieldWords("place of birth", ("гори",)),
        {"match_phrase": {"named": {"query": "place%20of%20birth:гори"}}},
    ),
    "a language and its variants": (
        FieldValue("lang", "zh"),
        {
            "bool": {
                "should": [
                    {"term": {"lang": {"value": "zh"}}},
                    {"prefix": {"lang": {"value": "zh-"}}},
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "a tag of two words": (
        FieldValue("tag", "cold war"),
        {"term": {"tag": {"value": "cold war"}}},
    ),
    "the end of an id": (
        FieldValue("id", "press/tass"),
        {"term": {"tails": {"value": "press/tass"}}},
    ),
    "a file or a folder": (
        PathGlob("seeds/press"),
        {
            "bool": {
                "should": [
                    {"term": {"path": {"value": "seeds/press"}}},
                    {"prefix": {"path": {"value": "seeds/press/"}}},
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "a path with a star": (
        PathGlob("seeds/*.md"),
        {"regexp": {"path": {"value": "seeds\\/.*\\.md", "flags": "NONE"}}},
    ),
    "a path with a question mark": (
        PathGlob("пресса?a b"),
        {"regexp": {"path": {"value": "пресса.a\\ b", "flags": "NONE"}}},
    ),
    "a path with a range": (
        PathGlob("[a-c]1"),
        {"regexp": {"path": {"value": "[a-c]1", "flags": "NONE"}}},
    ),
    "a path without a letter": (
        PathGlob("v[!x]"),
        {"regexp": {"path": {"value": "v[^x]", "flags": "NONE"}}},
    ),
    "a path with all signs of regular expressions": (
        PathGlob('*.^$+{}()|\\#@&<>~"]'),
        {
            "regexp": {
                "path": {
                    "value": '.*\\.\\^\\$\\+\\{\\}\\(\\)\\|\\\\\\#\\@\\&\\<\\>\\~\\"\\]',
                    "flags": "NONE",
                }
            }
        },
    ),
    "a path with an open bracket": (
        PathGlob("a[b"),
        {"regexp": {"path": {"value": "a\\[b", "flags": "NONE"}}},
    ),
    "from one day to another": (
        DateRange("2022-02-04", "2022-12-31"),
        {
            "bool": {
                "filter": [
                    {"range": {"days": {"gte": 20220204, "relation": "intersects"}}},
                    {"range": {"days": {"lte": 20221231, "relation": "intersects"}}},
                ]
            }
        },
    ),
    "from a day on": (
        DateRange("2022-02-04", None),
        {"bool": {"filter": [{"range": {"days": {"gte": 20220204, "relation": "intersects"}}}]}},
    ),
    "until a day": (
        DateRange(None, "0987-12-31"),
        {"bool": {"filter": [{"range": {"days": {"lte": 9871231, "relation": "intersects"}}}]}},
    ),
    "some documents": (
        DocumentIn(frozenset({"b", "a"})),
        {"terms": {"document": ["a", "b"]}},
    ),
    "no documents": (
        DocumentIn(frozenset()),
        {"match_none": {}},
    ),
}


@pytest.mark.parametrize(("node", "query"), QUERIES.values(), ids=QUERIES)
def test_a_query_is_sent_as(node: Node, query: Query) -> None:
    assert compiled(node) == query


def test_more_documents_than_one_clause_takes_are_asked_for_in_several() -> None:
    names = [f"{number:06}" for number in range(65_536 + 1)]
    assert compiled(DocumentIn(frozenset(names))) == {
        "bool": {
            "should": [{"terms": {"document": names[:-1]}}, {"terms": {"document": ["065536"]}}],
            "minimum_should_match": 1,
        }
    }


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (Fuzzy("treaty", 3), "3 letters off"),
        (Phrase((A, Fuzzy("treaty", 3))), "3 letters off"),
        (Near((A, A, Fuzzy("treaty", 3)), 2), "3 letters off"),
        (And((A, Not(Fuzzy("treaty", 3)))), "3 letters off"),
        (FieldWords("title", ()), "title: has no words"),
        (FieldWords("heading", ()), "heading: has no words"),
        (FieldValue("publisher", "tass"), "'publisher'"),
    ],
    ids=[
        "three letters off",
        "three letters off in a phrase",
        "three letters off beside a repeated word",
        "not three letters off",
        "no words of a title",
        "no words of a heading",
        "a value of a field that is words",
    ],
)
def test_what_a_cluster_cannot_find_exactly_is_refused(node: Node, message: str) -> None:
    with pytest.raises(UnsupportedQuery, match=message):
        compiled(node)


def test_a_name_of_several_words_cannot_be_asked_for_twice_in_a_window() -> None:
    with pytest.raises(UnsupportedQuery, match="places of one phrase apart"):
        compiled(Near((PUTIN, PUTIN), 2))


FREQUENCIES: dict[str, tuple[Positional | Near, Query]] = {
    "a stem also in titles and headings": (
        TREATY,
        {
            "bool": {
                "should": [
                    {"term": {"text": {"value": "treati"}}},
                    {"term": {"named": {"value": "title:treati", "boost": 0.8}}},
                    {"term": {"heading": {"value": "treati", "boost": 0.5}}},
                ]
            }
        },
    ),
    "an exact word in the text alone": (
        Term("treaties", exact=True),
        {"term": {"text": {"value": "=treaties"}}},
    ),
    "a phrase of three words, each of which would count": (
        Phrase((A, B, Phrase((A,)))),
        {"match_phrase": {"text": {"query": "a b a", "boost": 1 / 3}}},
    ),
    "a phrase with a pattern as one": (
        Phrase((A, Prefix("b"))),
        {
            "constant_score": {
                "filter": {
                    "span_near": {
                        "clauses": [
                            {"span_term": {"text": {"value": "a"}}},
                            {"span_multi": {"match": {"prefix": {"text": {"value": "=b"}}}}},
                        ],
                        "slop": 0,
                        "in_order": True,
                    }
                },
                "boost": 1.0,
            }
        },
    ),
    "a phrase with synonyms, each wording by itself": (
        Phrase((Synonyms((A, B)), A)),
        {
            "bool": {
                "should": [
                    {"match_phrase": {"text": {"query": "a a", "boost": 1 / 2}}},
                    {"match_phrase": {"text": {"query": "b a", "boost": 1 / 2}}},
                ]
            }
        },
    ),
    "a phrase of one name in two widths": (
        Phrase((PUTIN,)),
        {
            "bool": {
                "should": [
                    {"match_phrase": {"text": {"query": "putin", "boost": 1.0}}},
                    {"match_phrase": {"text": {"query": "vladimir putin", "boost": 1 / 2}}},
                ]
            }
        },
    ),
    "a name in all its forms, of which only words count in titles": (
        PUTIN,
        {
            "bool": {
                "should": [
                    {"term": {"text": {"value": "putin"}}},
                    {"match_phrase": {"text": {"query": "vladimir putin", "boost": 1 / 2}}},
                    {"term": {"named": {"value": "title:putin", "boost": 0.8}}},
                    {"term": {"heading": {"value": "putin", "boost": 0.5}}},
                ]
            }
        },
    ),
    "a form that is written twice once": (
        Synonyms((Term("a", exact=True), Term("a", exact=True))),
        {"term": {"text": {"value": "=a"}}},
    ),
    "a prefix by its first words": (
        Prefix("trea"),
        {"prefix": {"text": {"value": "=trea", "rewrite": "top_terms_200"}}},
    ),
    "a wildcard by its first words": (
        Wildcard("*y"),
        {"wildcard": {"text": {"value": "=*y", "rewrite": "top_terms_200"}}},
    ),
    "a fuzzy word as one": (
        Fuzzy("treaty", 1),
        {
            "constant_score": {
                "filter": {
                    "fuzzy": {
                        "text": {
                            "value": "=treaty",
                            "fuzziness": 1,
                            "prefix_length": 1,
                            "transpositions": False,
                            "rewrite": "constant_score",
                        }
                    }
                },
                "boost": 1.0,
            }
        },
    ),
    "a NEAR as all places of its parts": (
        Near((A, B), 3),
        {
            "bool": {
                "filter": [
                    {
                        "span_near": {
                            "clauses": [
                                {"span_term": {"text": {"value": "a"}}},
                                {"span_term": {"text": {"value": "b"}}},
                            ],
                            "slop": 2,
                            "in_order": False,
                        }
                    }
                ],
                "should": [
                    {"term": {"text": {"value": "a"}}},
                    {"term": {"text": {"value": "b"}}},
                ],
            }
        },
    ),
}


@pytest.mark.parametrize(("unit", "query"), FREQUENCIES.values(), ids=FREQUENCIES)
def test_counted_is(unit: Positional | Near, query: Query) -> None:
    assert frequency(unit) == query


@pytest.mark.parametrize(
    ("unit", "query"),
    [
        (
            TREATY,
            {
                "bool": {
                    "should": [
                        {"term": {"text": {"value": "treati"}}},
                        {"term": {"named": {"value": "title:treati", "boost": 1}}},
                        {"term": {"heading": {"value": "treati", "boost": 1}}},
                    ],
                    "minimum_should_match": 1,
                }
            },
        ),
        (
            PUTIN,
            {
                "bool": {
                    "should": [
                        {
                            "bool": {
                                "should": [
                                    {"term": {"text": {"value": "putin"}}},
                                    {"match_phrase": {"text": {"query": "vladimir putin"}}},
                                ],
                                "minimum_should_match": 1,
                            }
                        },
                        {"term": {"named": {"value": "title:putin", "boost": 1}}},
                        {"term": {"heading": {"value": "putin", "boost": 1}}},
                    ],
                    "minimum_should_match": 1,
                }
            },
        ),
        (Term("treaties", exact=True), {"term": {"text": {"value": "=treaties"}}}),
        (Phrase((A, B)), {"match_phrase": {"text": {"query": "a b"}}}),
        (Prefix("trea"), {"prefix": {"text": {"value": "=trea"}}}),
    ],
    ids=["a stem", "a name in all its forms", "an exact word", "a phrase", "a prefix"],
)
def test_the_paragraphs_that_contain_a_unit_are_those_with(
    unit: Positional | Near, query: Query
) -> None:
    assert containing(unit) == query


def test_a_unit_scores_what_the_ranking_says() -> None:
    scored = score(Term("treaties", exact=True), 2.5, 40.0)["script_score"]
    assert scored["query"] == {"term": {"text": {"value": "=treaties"}}}
    assert scored["script"]["params"] == pytest.approx(
        {"weight": 2.5, "base": 0.2, "slope": 0.02, "fragment": 12, "k1": 1.5}
    )
    assert scored["script"]["source"].split("\n") == [
        "",
        "double length = doc['words'].value;",
        "double normal = _score / (params.base + params.slope * length);",
        "return Math.min(1.0, length / params.fragment) * params.weight"
        " * normal / (normal + params.k1);",
        "",
    ]


def test_an_index_without_words_divides_by_nothing() -> None:
    params = score(A, 1.0, 0.0)["script_score"]["script"]["params"]
    assert params["slope"] == 0.0


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
        ("-date", [{"since": {"order": "desc", "missing": "_last"}}, "document", "n"]),
    ],
)
def test_no_two_paragraphs_are_equal_in_any_order(sort: Sort, keys: list[Any]) -> None:
    assert sort_keys(sort) == keys


PIECES = ["alliance", "treaties", "Путина", "中俄", "F-16", "U.S.", '"no limits"', '"a treat* b"~2']
PIECES += ["=run", "tr*y", "t?", "treaty~1", "treaty~2", "(a OR b)", "a NEAR/3 b", "a NEAR/2 a"]
PIECES += [
    '"a b" ADJ/4 (c OR "d e")',
    "title:spring",
    "volume:24",
    "date:2022..",
    "lang:(ru OR zh)",
]
PIECES += ["path:seeds/*", "path:seeds/[!a]?", "tag:война", "id:a/b", "NOT b", "OR", "AND", "-c"]


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), st.booleans())
@example(" ".join(piece for piece in PIECES if piece not in ("OR", "AND")), False)
@example(" OR ".join(piece for piece in PIECES if piece not in ("OR", "AND")), True)
def test_whatever_a_user_writes_can_be_sent_as_json(query: str, any_word: bool) -> None:
    try:
        node = parse(query, fields=("volume",), any_word=any_word)
    except QueryError:
        assume(False)
    sent = compiled(node)
    assert json.loads(json.dumps(sent)) == sent


SIGNS = "ab1é中/ .-_!^$+(){}|&~@#\"<>'\\,="
IN_SETS = SIGNS.replace("-", "").replace("!", "") + "*?["


@st.composite
def globs_and_paths(draw: st.DrawFn) -> tuple[str, str]:
    """A shell pattern, and a path that fits or nearly does."""
    glob, path = "", ""
    for kind in draw(st.lists(st.sampled_from(["sign", "*", "?", "set"]), max_size=6)):
        seen = draw(st.sampled_from(SIGNS + "]["))
        if kind == "set":
            glob += draw(sets())
        else:
            glob += draw(st.sampled_from(SIGNS + "]")) if kind == "sign" else kind
            seen = draw(st.text(SIGNS, max_size=3)) if kind == "*" else seen
        path += glob[-1] if kind == "sign" else seen
    if draw(st.booleans()):
        end = "[" + draw(st.text(SIGNS, max_size=2))
        glob, path = glob + end, path + end
    return glob, path


@st.composite
def sets(draw: st.DrawFn) -> str:
    """A set of a shell pattern, as people write them: `[abc]`, `[!a-z]`, `[]x]`, `[-x]`."""
    inside = draw(st.sampled_from(["", "]", "-", "a!"]))
    for first, last in draw(
        st.lists(
            st.tuples(st.sampled_from(IN_SETS), st.sampled_from(IN_SETS)),
            min_size=1,
            max_size=3,
        )
    ):
        inside += f"{first}-{last}" if first < last else first
    return f"[{draw(st.sampled_from(['', '!']))}{inside}]"


def fits(glob: str, path: str) -> bool:
    """Whether a path fits a pattern, read from the regular expression that a cluster gets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of `--` in a set
        return re.fullmatch(regexp(glob), path, re.DOTALL) is not None


@settings(deadline=None, max_examples=400)
@given(globs_and_paths())
def test_a_path_fits_a_pattern_where_it_fits_in_the_shell(pair: tuple[str, str]) -> None:
    glob, path = pair
    assert fits(glob, path) == fnmatchcase(path, glob)


@pytest.mark.parametrize("glob", ["[]", "v[]*", "[!]", "[!]a"])
def test_brackets_with_nothing_inside_are_brackets(glob: str) -> None:
    path = glob.replace("*", "1")
    assert fnmatchcase(path, glob)
    assert fits(glob, path)


@pytest.mark.parametrize("glob", ["[z-a]", "[!z-a]", "[xz-a]"])
def test_a_range_that_runs_backwards_has_nothing_in_it(glob: str) -> None:
    for path in ("z", "m", "x"):
        assert fits(glob, path) == fnmatchcase(path, glob)


@pytest.mark.parametrize("glob", ["[a-]", "[!x-]", "v[0-9-]"])
def test_a_hyphen_at_the_end_of_a_set_begins_no_range_for_lucene(glob: str) -> None:
    assert not regexp(glob).endswith("-]") or regexp(glob).endswith("\\-]")
