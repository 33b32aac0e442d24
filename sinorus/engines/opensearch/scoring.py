"""How often a unit of the query stands in a paragraph, and what that adds to its score.

The index is made so that the score of a word is its frequency; a phrase of k words scores k times
its own. A script of the cluster makes of that what `engines.scoring` says, with the document
frequencies that were counted before: so ranks are the same whatever the shards hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from sinorus.engines.opensearch import spans
from sinorus.engines.opensearch.documents import clipped, named
from sinorus.engines.opensearch.query import any_of, compiled, phrase
from sinorus.engines.opensearch.spans import Query
from sinorus.engines.scoring import (
    HEADING,
    K1,
    OTHERWISE,
    TITLE,
    B,
    Boosted,
    counted_parts,
    field_terms,
    fragment,
    unit_weight,
)
from sinorus.model import KINDS
from sinorus.query import nodes
from sinorus.query.nodes import assert_never

_COUNTED = 200
"""Words that a pattern stands for and that are counted: the cluster allows 1,024 in a query."""

# `engines.scoring.gain`, for the frequency in `_score`, times `engines.scoring.worth`.
_GAIN = """
double length = doc['words'].value;
double normal = _score / (params.base + params.slope * length);
double gain = params.weight * normal / (normal + params.k1);
double whole = Math.min(1.0, length / params.fragment) * gain;
if (params.kinds == null) { return whole; }
double fade = Math.min(1.0, Math.max(0.0, 2.0 - length / params.fragment));
double worth = params.kinds[doc['block'].value] * (1.0 - fade * (1.0 - doc['prose'].value / 100.0));
return whole * worth;
"""


def scores(
    boosted: Boosted,
    document_frequencies: Sequence[int],
    paragraphs: int,
    words: int,
    kinds: Sequence[float] | None = None,
) -> list[Query]:
    """What each unit adds to the score, in an index of so many paragraphs and words.

    `kinds` are the weights of `engines.scoring.kind_weights`.
    """
    average = words / paragraphs if paragraphs else 0.0
    return [
        score(unit, unit_weight(paragraphs, frequency, boost), average, kinds)
        for (unit, boost), frequency in zip(boosted, document_frequencies, strict=True)
    ]


def containing(unit: nodes.Positional | nodes.Near) -> Query:
    """The paragraphs that contain a unit, in their text, their title or their headings.

    How many there are is its document frequency.
    """
    above = [query for term in field_terms(unit) for query in _above(term, 1, 1)]
    return any_of([compiled(unit), *above])


def score(
    unit: nodes.Positional | nodes.Near,
    weight: float,
    average: float,
    kinds: Sequence[float] | None = None,
) -> Query:
    """What a unit adds to the score; `average` is the mean length of paragraphs in words."""
    params = {
        "weight": weight,
        "base": 1 - B,
        "slope": B / average if average else 0.0,
        "fragment": fragment(average),
        "k1": K1,
        "kinds": None if kinds is None else dict(zip(KINDS, kinds, strict=True)),
    }
    return {
        "script_score": {"query": frequency(unit), "script": {"source": _GAIN, "params": params}}
    }


def frequency(unit: nodes.Positional | nodes.Near) -> Query:
    """A query whose score is how often the unit stands in a paragraph.

    Of a pattern, the first `_COUNTED` words are counted. A fuzzy word counts once, and so does a
    phrase with a pattern or with `_COUNTED` wordings or more. Synonyms count as their sum: a word
    that is there as a stem and as a form counts twice, and so does one that is
    two readings of a word of the query.
    """
    counted = _counts(unit)
    for term in field_terms(unit):
        counted += _above(term, TITLE, HEADING)
    found = spans.distinct(counted)
    return found[0] if len(found) == 1 else {"bool": {"should": found}}


def _counts(unit: nodes.Positional | nodes.Near) -> list[Query]:
    match unit:
        case nodes.Near():
            parts = [query for part in counted_parts(unit) for query in _counts(part)]
            return [{"bool": {"filter": [compiled(unit)], "should": parts}}]
        case nodes.Synonyms() if unit.shown:
            others = [part for part in unit.parts[1:] if isinstance(part, nodes.Term)]
            return [*_counts(unit.parts[0]), *map(_otherwise, others)]
        case nodes.Synonyms():
            return [query for part in unit.parts for query in _counts(part)]
        case nodes.Term():
            return [spans.word(unit, OTHERWISE)]
        case nodes.Phrase():
            wordings = [tokens for terms in _wordings(unit) for tokens in spans.sequences(terms)]
            if len(wordings) not in range(1, _COUNTED):
                return [_once(unit)]
            return [phrase(tokens, boost=1 / len(tokens)) for tokens in dict.fromkeys(wordings)]
        case nodes.Fuzzy():
            return [_once(unit)]
        case nodes.Prefix() | nodes.Wildcard():
            ((kind, body),) = spans.pattern(unit).items()
            how = {**body[spans.FIELD], "rewrite": f"top_terms_{_COUNTED}"}
            return [{kind: {spans.FIELD: how}}]
        case _:
            assert_never(unit)


def _otherwise(term: nodes.Term) -> Query:
    """A word that is written in another way than in the query."""
    return {"bool": {"should": [spans.word(term)], "boost": OTHERWISE}}


def _wordings(unit: nodes.Positional) -> list[tuple[nodes.Term, ...]]:
    """The words of a phrase in each way to say it; none where there are patterns or too many.

    Each is counted by itself: a word that a shard does not have would make the score of the others
    less, but not that of a phrase that has it, which is nowhere.
    """
    match unit:
        case nodes.AnyExpanding():
            return []
        case nodes.Term():
            return [(unit,)]
        case nodes.Synonyms():
            inner = [_wordings(part) for part in unit.parts]
            return [one for some in inner for one in some] if all(inner) else []
        case nodes.Phrase():
            ways: list[tuple[nodes.Term, ...]] = [()]
            for part in unit.parts:
                ways = [(*way, *one) for way in ways for one in _wordings(part)]
                if len(ways) > _COUNTED:
                    return []
            return list(dict.fromkeys(ways))
        case _:
            assert_never(unit)


def _once(unit: nodes.Positional) -> Query:
    """A unit that counts once wherever it stands."""
    return {"constant_score": {"filter": compiled(unit), "boost": 1.0}}


def _above(term: nodes.Term, title: float, heading: float) -> list[Query]:
    """A word in the title and in the headings."""
    return [
        {"term": {"named": {"value": named("title", [term.text]), "boost": title}}},
        {"term": {"heading": {"value": clipped(term.text), "boost": heading}}},
    ]
