"""What each unit of a query adds to the scores of the paragraphs of one segment.

On lists and on arrays, as the matching has them: to read one beside the other.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.engines.scoring import HEADING, TITLE, field_terms, fragment, gain, gains, worth
from sinorus.engines.whoosh.search.lists import ListMatching
from sinorus.engines.whoosh.search.matching import Matching
from sinorus.engines.whoosh.search.terms import column, containers, documents_with, owners
from sinorus.engines.whoosh.segment.postings import Postings
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.query.nodes import Near, Positional, Term

if TYPE_CHECKING:
    from sinorus.engines.whoosh.search.arrays import ArrayMatching

_RARER = 8
"""How much rarer than the answer's paragraphs those are that a unit is counted in alone."""


class UnitCounts(NamedTuple):
    """A unit in a segment: in how many paragraphs, and how often in those that matched.

    `frequencies` has a number for each matched paragraph, titles and headings counted in by their
    weights: a list or an array.
    """

    document_frequency: int
    frequencies: Any


def unit_counts(matching: Matching[Any], unit: Positional | Near, paragraphs: Any) -> UnitCounts:
    """What is counted of a unit; `paragraphs` are those that matched."""
    if isinstance(matching, ListMatching):
        return _in_lists(matching, unit, paragraphs)
    return _in_arrays(matching, unit, paragraphs)  # type: ignore[arg-type]


class FieldUse(NamedTuple):
    """How often a stem stands in titles, by document, and in headings, by head."""

    titles: dict[int, int]
    heads: dict[int, int]


def _in_lists(matching: ListMatching, unit: Positional | Near, paragraphs: list[int]) -> UnitCounts:
    uses = _field_uses(matching.segment, unit)
    found = matching.alive(matching.found(unit))
    counts = matching.counts(unit, paragraphs)
    if not uses:
        return UnitCounts(len(found), counts)
    numbers = [*{*found, *paragraphs}]
    above = zip(numbers, matching.documents_of(numbers), matching.heads_of(numbers), strict=True)
    weight = {
        number: sum(
            TITLE * use.titles.get(document, 0) + HEADING * use.heads.get(head, 0) for use in uses
        )
        for number, document, head in above
    }
    below = _below(matching.segment, uses)
    document_frequency = len(found) + below - sum(1 for number in found if weight[number])
    frequencies = [n + weight[number] for n, number in zip(counts, paragraphs, strict=True)]
    return UnitCounts(document_frequency, frequencies)


def _field_uses(segment: OpenSegment, unit: Positional | Near) -> list[FieldUse]:
    """The uses of each stem of a unit that counts in titles and headings, if there are any."""
    uses = []
    for term in field_terms(unit):
        titles: dict[int, int] = {}
        tokens = [
            token
            for entry in segment.value.having(term.text)
            for token in segment.value.tokens(entry)
        ]
        if tokens:
            values = containers(segment.value, tokens)
            found = [value for value in values if value in segment.titles]
            for value, documents in zip(found, documents_with(segment, found), strict=True):
                titles.update(dict.fromkeys(documents, values[value]))
        words = segment.heads.words
        tokens = [token for entry in words.having(term.text) for token in words.tokens(entry)]
        uses.append(FieldUse(titles, containers(words, tokens)))
    return [use for use in uses if use.titles or use.heads]


def _below(segment: OpenSegment, uses: list[FieldUse]) -> int:
    """How many paragraphs of live documents have one of the stems in their title or headings."""
    documents = segment.documents
    titles = {at for use in uses for at in use.titles if not documents.is_deleted(at)}
    first = column(documents.first, len(titles))
    total = sum(first[at + 1] - first[at] for at in titles)
    under = [*{head for use in uses for head in use.heads}]
    begins = column(segment.heads.first, len(under))
    for head, owner in zip(under, owners(documents.first, [begins[h] for h in under]), strict=True):
        if owner not in titles and not documents.is_deleted(owner):
            total += begins[head + 1] - begins[head]
    return total


def _in_arrays(matching: ArrayMatching, unit: Positional | Near, paragraphs: Any) -> UnitCounts:
    import numpy as np

    counts, known = matching.counts(unit, paragraphs), _known(matching, unit)
    found: Any = matching.alive(matching.found(unit)) if known is None else None
    document_frequency = len(found) if known is None else known
    above = _above(matching, unit)
    if above is None:
        return UnitCounts(document_frequency, counts)
    titles, heads = above
    by_title, by_heading = (
        titles[matching.documents_of(paragraphs)],
        heads[matching.heads_of(paragraphs)],
    )
    weights = TITLE * by_title + HEADING * by_heading
    first, last = _ranges(matching, titles, heads)
    if known is None:
        overlap = int((np.searchsorted(found, last) - np.searchsorted(found, first)).sum())
    else:
        overlap = matching.inside(unit, first, last)
    return UnitCounts(document_frequency + int((last - first).sum()) - overlap, counts + weights)


def _above(matching: ArrayMatching, unit: Positional | Near) -> tuple[Any, Any] | None:
    """How often the stems of a unit stand in each title and in each head; None for nowhere."""
    segment = matching.segment
    counts = [
        (_titles(segment, term.text), _in_field(segment.heads.words, term.text))
        for term in field_terms(unit)
    ]
    titles = [title for title, _ in counts if title is not None]
    heads = [head for _, head in counts if head is not None]
    if not titles and not heads:
        return None
    import numpy as np

    return (
        sum(titles) if titles else np.zeros(len(segment.documents)),
        sum(heads) if heads else np.zeros(len(segment.heads)),
    )


def _ranges(matching: ArrayMatching, titles: Any, heads: Any) -> tuple[Any, Any]:
    """The live paragraphs that stand below a title or a heading with a weight.

    Ranges that do not overlap, ascending: their firsts and their ends.
    """
    import numpy as np

    segment = matching.segment
    title_first, head_first = (
        first.numbers().astype(np.int64) for first in (segment.documents.first, segment.heads.first)
    )
    documents, under = np.flatnonzero(titles > 0), np.flatnonzero(heads > 0)
    owner = matching.documents_of(head_first[under])
    under = under[(titles[owner] == 0) & matching.living(owner)]
    documents = documents[matching.living(documents)]
    first = np.concatenate([title_first[documents], head_first[under]])
    last = np.concatenate([title_first[documents + 1], head_first[under + 1]])
    order = np.argsort(first)
    return first[order], last[order]


def _in_field(field: Postings, stem: str) -> Any:
    """How often a stem stands in each text of a small field; None if it does in none."""
    import numpy as np

    entries = field.having(stem)
    if not entries:
        return None
    starts = field.starts.numbers()
    tokens = np.concatenate([field.token_numbers(entry) for entry in entries])
    texts = np.searchsorted(starts, tokens, "right") - 1
    return np.bincount(texts, minlength=len(starts) - 1)


def _titles(segment: OpenSegment, stem: str) -> Any:
    """How often a stem stands in the title of each document; None if it does in none."""
    import numpy as np

    from sinorus.engines.whoosh.segment.numbers import ranges

    counts = _in_field(segment.value, stem)
    if counts is None:
        return None
    named = segment.titles
    values = named.start + np.flatnonzero(counts[named.start : named.stop] > 0)
    if not len(values):
        return None
    first = segment.file["value.first"].numbers().astype(np.int64)
    sizes, every = first[values + 1] - first[values], segment.file["value.docs"].numbers()
    if sizes.min() < 0 or (first[values] + sizes).max() > len(every):  # billions, in one that lies
        raise IndexError("value.first names documents that there are not")
    documents = every[ranges(first[values], sizes)]
    titles = np.zeros(len(segment.documents), np.int64)
    titles[documents] = np.repeat(counts[values], sizes)
    return titles


def _known(matching: ArrayMatching, unit: Positional | Near) -> int | None:
    """The paragraphs with a word as the dictionary has it: spares mapping its tokens to them.

    None where it does not know. Those of deleted documents are taken off.
    """
    if not isinstance(unit, Term) or unit.exact:
        return None
    one, several = matching.chosen(unit)
    if several or len(one) > 1:  # a paragraph may have several of them
        return None
    document_frequency = sum(entry.document_frequency for entry, _ in one)
    if not document_frequency or not matching.segment.documents.deleted:
        return document_frequency
    first = matching.segment.file["doc.first"].numbers()
    gone = (~matching.living(slice(None))).nonzero()[0]
    return document_frequency - matching.inside(unit, first[gone], first[gone + 1])


def add_gains(scores: Any, frequencies: Any, lengths: Any, average: float, weight: float) -> Any:
    """The scores with the gain of one unit added: lists to a list, arrays to an array.

    `average` is the mean length in the index, `weight` that of `engines.scoring.unit_weight`.
    """
    if isinstance(scores, list):
        return [*map(add, scores, gains(frequencies, lengths, average, weight))]
    import numpy as np

    scored = np.flatnonzero(frequencies)
    if _RARER * len(scored) < len(scores):  # a unit adds nothing where it is not
        some = gain(frequencies[scored], lengths[scored], average, weight, np.minimum)
        scores[scored] += some
        return scores
    return scores + gain(frequencies, lengths, average, weight, np.minimum)


def weighed(
    scores: Any,
    segment: OpenSegment,
    paragraphs: Any,
    lengths: Any,
    average: float,
    weights: tuple[float, ...],
) -> Any:
    """The scores times what the paragraphs are worth; `weights` has those of kinds by number."""
    kinds, prose = segment.file["para.kinds"], segment.file["para.prose"]
    whole = fragment(average)
    if isinstance(scores, list):
        kind_of, prose_of = column(kinds, len(scores)), column(prose, len(scores))
        rows = zip(scores, paragraphs, lengths, strict=True)
        return [
            one * worth(weights[kind_of[at]], prose_of[at], length, whole)
            if length < 2 * whole
            else one * weights[kind_of[at]]
            for one, at, length in rows
        ]
    import numpy as np

    weight = np.array(weights)[kinds.numbers()[paragraphs]]
    share = prose.numbers()[paragraphs]
    return scores * worth(weight, share, lengths, whole, np.minimum, np.maximum)
