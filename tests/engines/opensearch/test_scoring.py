"""How often a cluster counts a unit of a query, and what that adds to the score.

Written out in `tests/golden/opensearch/`: for each name below, the query that a cluster is sent.
"""

from __future__ import annotations

import pytest
from support.cluster_queries import PUTIN, TREATY, A, B, golden

from sinorus.engines.opensearch.scoring import containing, frequency, score
from sinorus.engines.scoring import KIND_WEIGHTS, kind_weights
from sinorus.query import nodes as q

COUNTED: dict[str, q.Positional | q.Near] = {
    "a stem also in titles and headings": TREATY,
    "a stem also as two": q.Term("offshor"),
    "a phrase with a word also as two": q.Phrase((q.Term("offshor"), A)),
    "an exact word in the text alone": q.Term("treaties", exact=True, solid=True),
    "a phrase of three words, each of which would count": q.Phrase((A, B, q.Phrase((A,)))),
    "a phrase with a pattern as one": q.Phrase((A, q.Prefix("b"))),
    "a phrase with synonyms, each wording by itself": q.Phrase((q.Synonyms((A, B)), A)),
    "a phrase of one name in two widths": q.Phrase((PUTIN,)),
    "a name in all its forms, of which only words count in titles": PUTIN,
    "a form that is written twice once": q.Synonyms(
        (q.Term("a", exact=True, solid=True), q.Term("a", exact=True, solid=True))
    ),
    "a prefix by its first words": q.Prefix("trea"),
    "a wildcard by its first words": q.Wildcard("*y"),
    "a fuzzy word as one": q.Fuzzy("treaty", 1),
    "a NEAR as all places of its parts": q.Near((A, B), 3),
}
FREQUENCIES = golden("frequencies.json", COUNTED)
CONTAINED: dict[str, q.Positional] = {
    "a stem": TREATY,
    "a name in all its forms": PUTIN,
    "an exact word": q.Term("treaties", exact=True, solid=True),
    "a phrase": q.Phrase((A, B)),
    "a prefix": q.Prefix("trea"),
}
CONTAINING = golden("containing.json", CONTAINED)


@pytest.mark.parametrize("name", COUNTED)
def test_counted_is(name: str) -> None:
    assert frequency(COUNTED[name]) == FREQUENCIES[name]


@pytest.mark.parametrize("name", CONTAINED)
def test_the_paragraphs_that_contain_a_unit_are_those_with(name: str) -> None:
    assert containing(CONTAINED[name]) == CONTAINING[name]


def test_a_unit_scores_what_the_ranking_says() -> None:
    weights = kind_weights(A)
    scored = score(q.Term("treaties", exact=True, solid=True), 2.5, 40.0, weights)["script_score"]
    assert scored["query"] == {"term": {"text": {"value": "=treaties"}}}
    params = scored["script"]["params"]
    assert params.pop("kinds") == KIND_WEIGHTS
    assert params == pytest.approx(
        {"weight": 2.5, "base": 0.2, "slope": 0.02, "fragment": 10, "k1": 1.5}
    )
    source = scored["script"]["source"]
    assert "doc['prose']" in source
    assert "doc['block']" in source


def test_a_query_that_names_kinds_is_ranked_by_its_words_alone() -> None:
    assert kind_weights(q.And((A, q.FieldValue("kind", "footnote")))) is None
    assert kind_weights(q.And((A, q.Not(q.FieldValue("kind", "footnote"))))) is not None
    assert score(A, 1.0, 40.0)["script_score"]["script"]["params"]["kinds"] is None


def test_an_index_without_words_divides_by_nothing() -> None:
    params = score(A, 1.0, 0.0)["script_score"]["script"]["params"]
    assert params["slope"] == 0.0
