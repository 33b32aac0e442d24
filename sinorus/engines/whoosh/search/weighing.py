"""What each unit of a query weighs in the paragraphs of one segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.engines.ranking import HEADING, TITLE, field_terms, gain
from sinorus.engines.whoosh.codec.opened import OpenSegment
from sinorus.engines.whoosh.codec.postings import Postings
from sinorus.engines.whoosh.search.lists import FieldUse, ListMatching
from sinorus.engines.whoosh.search.matching import Matching
from sinorus.query.nodes import Near, Positional, Term

if TYPE_CHECKING:
    from sinorus.engines.whoosh.search.arrays import ArrayMatching


class Weighed(NamedTuple):
    """A unit in a segment: in how many paragraphs, and how often in those that matched.

    `frequencies` has a number for each matched paragraph, titles and headings counted in.
    """

    having: int
    frequencies: Any


def weigh_list(matching: ListMatching, unit: Positional | Near, keys: list[int]) -> Weighed:
    """A unit in the paragraphs `keys`, with Python lists."""
    uses = matching.field_uses(unit)
    found = matching.alive(matching.found(unit))
    counts = matching.counts(unit, keys)
    if not uses:
        return Weighed(len(found), counts)
    weight = {key: _weight(matching, uses, key) for key in {*found, *keys}}
    having = len(found) + _below(matching, uses) - sum(1 for key in found if weight[key])
    return Weighed(having, [n + weight[key] for n, key in zip(counts, keys, strict=True)])


def _weight(matching: ListMatching, uses: list[FieldUse], key: int) -> float:
    segment = matching.segment
    document = segment.documents.of(key)
    head = segment.file["head.first"].holding(key)
    return sum(
        TITLE * use.titles.get(document, 0) + HEADING * use.heads.get(head, 0) for use in uses
    )


def _below(matching: Matching[Any], uses: list[FieldUse]) -> int:
    """How many paragraphs that are there have one of the stems in their title or headings."""
    segment = matching.segment
    documents, heads = segment.documents, segment.file["head.first"]
    titles = {at for use in uses for at in use.titles if not documents.is_deleted(at)}
    first = documents.first
    total = sum(first[at + 1] - first[at] for at in titles)
    for head in {head for use in uses for head in use.heads}:
        owner = documents.of(heads[head])
        if owner not in titles and not documents.is_deleted(owner):
            total += heads[head + 1] - heads[head]
    return total


def weigh_array(matching: ArrayMatching, unit: Positional | Near, keys: Any) -> Weighed:
    """The same with numpy arrays."""
    import numpy as np

    segment = matching.segment
    weight = _head_weights(matching, unit)
    counts, known = matching.counts(unit, keys), _known(matching, unit)
    found: Any = matching.alive(matching.found(unit)) if known is None else None
    having = len(found) if known is None else known
    if weight is None:
        return Weighed(having, counts)
    heads = segment.file["head.first"].numbers().astype(np.int64)
    weighed = np.flatnonzero(weight)
    if segment.documents.deleted:
        alive = matching.alive(heads[weighed].astype(np.uint32))
        weighed = matching.heads_of(alive)
    first, last = heads[weighed], heads[weighed + 1]
    if known is None:
        overlap = int(np.count_nonzero(weight[matching.heads_of(found)]))
    else:
        overlap = matching.inside(unit, first, last)
    having += int((last - first).sum()) - overlap
    return Weighed(having, counts + weight[matching.heads_of(keys)])


def _head_weights(matching: ArrayMatching, unit: Positional | Near) -> Any:
    """What titles and headings add to the frequency of a unit, for each head; None for nothing."""
    import numpy as np

    segment = matching.segment
    owner = segment.kept.get("head owners")
    if owner is None:
        owner = matching.documents_of(segment.file["head.first"].numbers()[:-1])
        segment.kept["head owners"] = owner
    weight = None
    for term in field_terms(unit):
        titles = _titles(segment, term.text)
        heads = _in_field(segment.head, term.text)
        if titles is None and heads is None:
            continue
        above = TITLE * titles[owner] if titles is not None else np.zeros(len(owner))
        if heads is not None:
            above = above + HEADING * heads
        weight = above if weight is None else weight + above
    return weight


def _in_field(field: Postings, stem: str) -> Any:
    """How often a stem stands in each text of a small field; None if it does in none."""
    import numpy as np

    entry = field.find(stem)
    if entry is None:
        return None
    starts = field.starts.numbers()
    texts = np.searchsorted(starts, field.token_numbers(entry), "right") - 1
    return np.bincount(texts, minlength=len(starts) - 1).astype(float)


def _titles(segment: OpenSegment, stem: str) -> Any:
    """How often a stem stands in the title of each document; None if it does in none."""
    import numpy as np

    counts = _in_field(segment.value, stem)
    named = segment.keys.beginning(b"title\0")
    if counts is None or not counts[named.start : named.stop].any():
        return None
    first = segment.file["value.first"].numbers().astype(np.int64)
    documents = segment.file["value.docs"].numbers(int(first[named.start]), int(first[named.stop]))
    sizes = np.diff(first[named.start : named.stop + 1])
    titles = np.zeros(len(segment.documents))
    titles[documents] = np.repeat(counts[named.start : named.stop], sizes)
    return titles


def _known(matching: ArrayMatching, unit: Positional | Near) -> int | None:
    """The paragraphs with a word as the dictionary has it: spares mapping its tokens to them.

    None where it does not know, or counts deleted ones too.
    """
    deleted = matching.segment.documents.deleted
    if deleted or not isinstance(unit, Term) or unit.exact:
        return None
    return sum(entry.having for entry, _ in matching.chosen(unit))


def add_gains(scores: Any, frequencies: Any, lengths: Any, average: float, weight: float) -> Any:
    """The scores with the gain of one unit added: lists to a list, arrays to an array."""
    if isinstance(scores, list):
        rows = zip(scores, frequencies, lengths, strict=True)
        return [s + gain(f, length, average, weight) if f else s for s, f, length in rows]
    import numpy as np

    return scores + gain(frequencies, lengths, average, weight, np.minimum)
