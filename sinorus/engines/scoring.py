"""The order of hits: BM25F over paragraph, title and headings, a boost for neighbours, and what a
paragraph is worth for what it is.

Every engine counts, this module scores, so that a change of engine is no change of ranking.

A unit of the query (a word, a phrase, a name in all its forms) with frequency f in a paragraph of
length l weighs idf · f'·(k1 + 1)/(f' + k1), where f' = (f + Σ weight·f_field) / (1 − b + b·l/avg)
adds what the weaker fields say (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to
multiple weighted fields") and idf = ln(1 + (N − n + ½)/(n + ½)) never falls below 0 (Lucene's form
of Robertson and Spärck Jones 1976). Two units that stand side by side in the query add the weight
of their phrase times `neighbour_boost`. A unit that is written twice counts twice. The words of a
name of several words weigh APART of what they would: where they stand together the name counts. A
word that is asked in all languages is one unit with all its forms, and another as it was written.

The sum is multiplied by the weight of the paragraph's kind (KIND_WEIGHTS) and by how much of it is
prose (`text.prose`), which is asked of short ones only. A query that names kinds is ranked by its
words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise, repeat
from math import log
from typing import Any, NamedTuple

from sinorus.model import KINDS, Kind
from sinorus.query import nodes, tree
from sinorus.query.nodes import Near, Node, Phrase, Positional, Term, assert_never
from sinorus.query.tree import written_terms

# Measured on five collections in three languages; see docs/decisions/0004-ranking.md.
K1 = 1.5
B = 0.8
TITLE = 0.8
HEADING = 0.5
BOOST = 0.2
SHORT = 12
"""Words of a question, those of grammar aside, up to which neighbours count whole. In a longer one
there are so many pairs that some stand everywhere: they share what those of a short one have."""
GRAMMAR = 0.25
"""The part of it that a word makes with one of grammar (`of liquids`), which stands everywhere."""
APART = 0.1
"""The part of their weight that words of a name have where they stand apart."""
FRAGMENT, SHORT_MEAN = 24, 20
"""Tokens. What is shorter than a fragment (a signature, a caption) counts for less, in proportion;
BM25 alone would put it first for being short. It is half of what the mean length is above
SHORT_MEAN: where most texts are short, as titles are, none is a fragment."""
KIND_WEIGHTS: Mapping[Kind, float] = {
    "text": 1.0,
    "list": 1.0,
    "quote": 1.0,
    "speaker": 0.95,
    "code": 0.7,
    "table": 0.7,
    "caption": 0.6,
    "heading": 0.6,
    "footnote": 0.5,
}
"""What a paragraph of each kind counts beside one of text."""


OTHERWISE = 0.5
"""What a word counts that is written in another way than in the query (`off-shore`, `offshore`). So
much less that the one as asked for comes first in a caption of four words, too: the parts of the
other make it longer, and `FRAGMENT` prefers what is longer."""

WRITTEN = 1.0
"""What a word adds where it is as it was written, beside what it counts in any language: so much
that it comes first in a caption, too, as for `OTHERWISE`."""
RARER = 0.3
"""The part of its weight that an ambiguous word has in a sense that is not the usual one."""

Boosted = list[tuple[Positional | Near, float]]
"""Units of a query, and the factor of each."""
_SIDE = (nodes.Term, nodes.Phrase, nodes.Synonyms)
"""What makes a phrase with its neighbour: words and names, no patterns."""


class Counted(NamedTuple):
    """What an engine counts for one unit: frequencies by paragraph number.

    `text` are occurrences in paragraphs, `fields` the weighted ones in titles and headings.
    """

    text: Mapping[int, float]
    fields: Mapping[int, float]


def counted_parts(unit: Positional | Near) -> tuple[Positional, ...]:
    """What is counted where a unit stands: itself, or of a NEAR all places of its parts.

    So that it takes no windows to rank: not every engine can count those.
    """
    match unit:
        case nodes.Near():
            return tuple(dict.fromkeys(unit.parts))
        case nodes.AnyPositional():
            return (unit,)
        case _:
            assert_never(unit)


def written_width(unit: Positional) -> int | None:
    """In how many tokens a unit was written in the query; None where that is no one word.

    `off-shore` in two, `offshore` in one: where a text writes it in as many, it is as asked for.
    """
    match unit:
        case nodes.Term():
            return 1
        case nodes.Synonyms() if unit.shown:
            written = written_terms(unit)
            return len(written) if written else None
        case nodes.AnyExpanding() | nodes.Phrase() | nodes.Synonyms():
            return None
        case _:
            assert_never(unit)


def share_of_place(unit: Positional, tokens: int) -> float:
    """What a place of so many tokens adds to the frequency of a unit: less in another writing."""
    return 1 if written_width(unit) in (None, tokens) else OTHERWISE


def field_terms(unit: Positional | Near) -> tuple[Term, ...]:
    """The words of a unit that are also counted in titles and headings: single stems only."""
    match unit:
        case nodes.Term():
            return () if unit.exact else (unit,)
        case nodes.Synonyms():
            return tuple(term for part in unit.parts for term in field_terms(part))
        case nodes.AnyExpanding() | nodes.Phrase() | nodes.Near():
            return ()
        case _:
            assert_never(unit)


def boosted_units(node: Node) -> Boosted:
    """What a query is ranked by: its units, and the phrase of each two that are neighbours."""
    found = _weighed(node)
    boost = neighbour_boost(sum(not _is_loose(unit) for unit, _ in found))
    return found + [
        (pair, boost * GRAMMAR if _is_loose(pair.parts[0]) or _is_loose(pair.parts[-1]) else boost)
        for pair in dict.fromkeys(_neighbours(node))
    ]


def neighbour_boost(words: int) -> float:
    """The factor of a pair of neighbours in a question of so many words that are not of grammar."""
    return BOOST * min(1.0, SHORT / max(words, 1))


def kind_weights(node: Node) -> tuple[float, ...] | None:
    """The weights of kinds by their numbers in KINDS; None for a query that names kinds itself."""
    return None if _names_kinds(node) else tuple([KIND_WEIGHTS[kind] for kind in KINDS])


def _names_kinds(node: Node) -> bool:
    match node:
        case nodes.And() | nodes.Or():
            return any(map(_names_kinds, node.parts))
        case nodes.FieldValue():
            return node.name == "kind"
        case _:
            return False


def worth(
    weight: Any,
    prose: Any,
    length: Any,
    whole: float,
    least: Callable[..., Any] = min,
    most: Callable[..., Any] = max,
) -> Any:
    """What a score is multiplied by: the weight of the kind, times the part that is prose.

    `prose` in per cent. It counts whole below the `fragment`, whose length `whole` is, and from
    twice that on not at all: a long paragraph is no line of contents. As with `gain`, arrays give
    an array of the same values.
    """
    short = least(1.0, most(0.0, 2.0 - length / whole))
    return weight * (1.0 - short * (1.0 - prose / 100))


def fragment(average: float) -> float:
    """The length below which a paragraph counts for less, in tokens, by their mean length."""
    return max(1.0, min(FRAGMENT, (average - SHORT_MEAN) / 2))


def _weighed(node: Node) -> Boosted:
    match node:
        case nodes.Apart():
            return [(unit, APART) for unit in tree.units(node)]
        case nodes.Concept():
            usual = len(node.parts) - node.rarer
            rarer = [(nodes.Synonyms(node.parts[usual:]), RARER)] if node.rarer else []
            return [(nodes.Synonyms(node.parts[:usual]), 1.0), *rarer, (node.parts[0], WRITTEN)]
        case nodes.And() | nodes.Or():
            return [one for part in node.parts for one in _weighed(part)]
        case _:
            return [(unit, 1.0) for unit in tree.units(node)]


def _neighbours(node: Node) -> list[Phrase]:
    """The pairs of words that stand side by side in a query, each as the phrase they make."""
    match node:
        case nodes.Apart():
            return []  # side by side they are the name
        case nodes.And() | nodes.Or():
            found = [pair for part in node.parts for pair in _neighbours(part)]
            for left, words, right in _side_by_side(node):
                if isinstance(left, _SIDE) and isinstance(right, _SIDE):
                    found.append(Phrase((left, *words, right)))
            return found
        case nodes.AnyPositional() | nodes.Near() | nodes.AnyFilter():
            return []
        case nodes.Not() | nodes.Everything():
            return []
        case _:
            assert_never(node)


def _side_by_side(
    node: nodes.And | nodes.Or,
) -> Iterator[tuple[Node, tuple[Term, ...], Node]]:
    """Each two parts that follow one another, and those with words of grammar between them."""
    if isinstance(node, nodes.And):
        between = node.between or repeat(())
        for (left, right), words in zip(pairwise(node.parts), between, strict=False):
            yield left, words, right
        return
    last: tuple[Node, int] | None = None
    for at, part in enumerate(node.parts):
        if at:
            yield node.parts[at - 1], (), part
        if isinstance(part, Term) and part.loose:
            continue
        if last is not None and last[1] < at - 1:
            yield last[0], tuple(_terms(node.parts[last[1] + 1 : at])), part
        last = (part, at)


def _terms(parts: Iterable[Node]) -> Iterator[Term]:
    return (part for part in parts if isinstance(part, Term))


def _is_loose(unit: Node) -> bool:
    return isinstance(unit, Term) and unit.loose


def unit_weight(paragraphs: int, document_frequency: int, boost: float = 1.0) -> float:
    """What one unit can add to a score: its idf times k1 + 1, times `boost`.

    `document_frequency` of the `paragraphs` of the index contain it.
    """
    without = paragraphs - document_frequency
    return boost * log(1 + (without + 0.5) / (document_frequency + 0.5)) * (K1 + 1)


def gain(
    frequency: Any, length: Any, average: float, weight: float, least: Callable[..., Any] = min
) -> Any:
    """What a unit of that frequency and weight adds in a paragraph of `length` tokens.

    `average` is the mean length in the index. Numbers give a number; numpy arrays, with
    `numpy.minimum` for `least`, an array of the very same values.
    """
    return _gain(frequency, length, _slope(average), fragment(average), weight, least)


def _slope(average: float) -> float:
    return B / average if average else 0.0


def _gain(
    frequency: Any,
    length: Any,
    slope: float,
    whole: float,
    weight: float,
    least: Callable[..., Any],
) -> Any:
    normal = frequency / (1 - B + slope * length)
    return least(1.0, length / whole) * weight * normal / (normal + K1)


def gains(
    frequencies: Iterable[float], lengths: Iterable[int], average: float, weight: float
) -> list[float]:
    """The gain of a unit in each paragraph; 0 where it does not stand."""
    slope, whole = _slope(average), fragment(average)
    rows = zip(frequencies, lengths, strict=True)
    return [_gain(f, length, slope, whole, weight, min) if f else 0.0 for f, length in rows]


def add_scores(
    scores: dict[int, float],
    counted: Counted,
    lengths: Mapping[int, int],
    paragraphs: int,
    average: float,
    boost: float = 1.0,
) -> None:
    """Adds the gain of one unit to the paragraphs in `scores`, and to no others.

    `lengths` has the number of tokens of those paragraphs.
    """
    text, fields = counted
    containing = text.keys() | fields.keys() if fields else text.keys()
    weight = unit_weight(paragraphs, len(containing), boost)
    for number in scores.keys() & containing:
        frequency = text.get(number, 0.0) + fields.get(number, 0.0)
        scores[number] += gain(frequency, lengths[number], average, weight)
