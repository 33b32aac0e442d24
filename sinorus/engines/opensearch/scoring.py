"""What counts for the rank: how often a unit stands in a paragraph, and what that is worth.

The index is made so that the score of a word is its frequency; a phrase of k words scores k times
its own. A script of the cluster makes of that what `engines.ranking` says, with the document
frequencies that were counted before: so ranks are the same whatever the shards hold.
"""

from __future__ import annotations

from typing import Any

from sinorus.engines.opensearch import spans
from sinorus.engines.opensearch.documents import clipped, named
from sinorus.engines.opensearch.query import any_of, compiled
from sinorus.engines.scoring import FRAGMENT, HEADING, K1, TITLE, B, counted_parts, field_terms
from sinorus.query.nodes import EXPANDING, Near, Phrase, Positional, Synonyms, Term

Query = dict[str, Any]
_COUNTED = 200
"""Words that a pattern stands for and that are counted: the cluster allows 1,024 in a query."""

# `ranking.gain`, for the frequency in `_score`.
_GAIN = """
double length = doc['words'].value;
double normal = _score / (params.base + params.slope * length);
return Math.min(1.0, length / params.fragment) * params.weight * normal / (normal + params.k1);
"""


def having(unit: Positional | Near) -> Query:
    """The paragraphs that have a unit: in their text, their title or their headings."""
    above = [query for term in field_terms(unit) for query in _above(term, 1, 1)]
    return any_of([compiled(unit), *above])


def score(unit: Positional | Near, weight: float, average: float) -> Query:
    """What a unit adds to the score; `average` is the mean length of paragraphs in words."""
    params = {
        "weight": weight,
        "base": 1 - B,
        "slope": B / average if average else 0.0,
        "fragment": FRAGMENT,
        "k1": K1,
    }
    return {
        "script_score": {"query": frequency(unit), "script": {"source": _GAIN, "params": params}}
    }


def frequency(unit: Positional | Near) -> Query:
    """A query whose score is how often the unit stands in a paragraph.

    Of a pattern, of its `_COUNTED` first words; of a fuzzy word, and of a phrase with a pattern or
    with more ways to say it than `_COUNTED`, as one. Of synonyms, the sum: a word that is there as
    a stem and as a form counts twice.
    """
    counted = _counts(unit)
    for term in field_terms(unit):
        counted += _above(term, TITLE, HEADING)
    found = spans.distinct(counted)
    return found[0] if len(found) == 1 else {"bool": {"should": found}}


def _counts(unit: Positional | Near) -> list[Query]:
    if isinstance(unit, Near):
        parts = [query for part in counted_parts(unit) for query in _counts(part)]
        return [{"bool": {"filter": [compiled(unit)], "should": parts}}]
    if isinstance(unit, Synonyms):
        return [query for part in unit.parts for query in _counts(part)]
    if isinstance(unit, Term):
        return [compiled(unit)]
    if isinstance(unit, Phrase):
        wordings = _wordings(unit)
        if len(wordings) not in range(1, _COUNTED):
            return [_constant(unit, 1.0)]
        return [_boosted(compiled(one), 1 / len(one.parts)) for one in wordings]
    query = spans.pattern(unit)
    ((kind, body),) = query.items()
    if kind == "fuzzy":
        return [_constant(unit, 1.0)]
    return [{kind: {spans.FIELD: {**body[spans.FIELD], "rewrite": f"top_terms_{_COUNTED}"}}}]


def _wordings(unit: Positional) -> list[Phrase]:
    """A phrase of plain words for each way to say it; none where there are patterns or too many.

    Each is counted by itself: a word that a shard does not have would make the score of the others
    less, but not that of a phrase that has it, which is nowhere.
    """
    if isinstance(unit, EXPANDING):
        return []
    if isinstance(unit, Term):
        return [Phrase((unit,))]
    if isinstance(unit, Synonyms):
        inner = [_wordings(part) for part in unit.parts]
        return [one for some in inner for one in some] if all(inner) else []
    ways: list[tuple[Positional, ...]] = [()]
    for part in unit.parts:
        ways = [(*way, *one.parts) for way in ways for one in _wordings(part)]
        if len(ways) > _COUNTED:
            return []
    return list(dict.fromkeys(map(Phrase, ways)))


def _boosted(query: Query, boost: float) -> Query:
    ((kind, body),) = query.items()
    ((field, how),) = body.items()
    return {kind: {field: {**how, "boost": boost}}}


def _constant(unit: Positional | Near, frequency: float) -> Query:
    return {"constant_score": {"filter": compiled(unit), "boost": frequency}}


def _above(term: Term, title: float, heading: float) -> list[Query]:
    """A word in the title and in the headings."""
    return [
        {"term": {"named": {"value": named("title", [term.text]), "boost": title}}},
        {"term": {"heading": {"value": clipped(term.text), "boost": heading}}},
    ]
