"""What matches, counted by groups of sources: the paragraphs are fetched and their texts read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sinorus.engines.counting import groups_of, tally_of
from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import read_paragraph
from sinorus.engines.opensearch.scan import scan
from sinorus.engines.opensearch.schema import PARAGRAPH
from sinorus.engines.opensearch.signs import STARTS
from sinorus.engines.opensearch.state import State
from sinorus.engines.port import GroupRequest
from sinorus.engines.words import (
    counts_of_texts,
    home_numbers,
    in_scope,
    passages_of,
    telling,
)
from sinorus.model import KINDS, Document, Hit, Paragraph
from sinorus.model.counts import Tally, WordCounts
from sinorus.query.passages import Passage
from sinorus.text.words import inside_count

_TERMS = 10_000
Found = Sequence[Hit]
Documents = Callable[[], Iterator[Document]]


def tally(
    connection: Connection, state: State, request: GroupRequest, documents: Documents, found: Found
) -> list[Tally]:
    """The tallies of what was `found`."""
    inside = _inside(connection, state)
    every = list(documents())
    words = {one.id: one.words - inside[one.id] for one in every if one.id in inside}
    passages = (Passage(hit.document, hit.paragraph) for hit in found)
    return tally_of(request, every, words, passages)


def _inside(connection: Connection, state: State) -> dict[str, int]:
    """How many tokens of each document go on with a word of Han, where it has any."""
    query = state.holds(PARAGRAPH, {"prefix": {"text": {"value": STARTS}}})
    found: dict[str, int] = {}
    for hit in scan(connection, state.index, query, ["document", "n"]):
        name, text = hit["_source"]["document"], hit["_source"]["stored"]["text"]
        found[name] = found.get(name, 0) + inside_count(text)
    return found


def words(
    connection: Connection,
    state: State,
    request: GroupRequest,
    documents: Documents,
    found: Found,
    *,
    others: Collection[str] | None,
) -> WordCounts:
    """The word counts of what was `found`, or of the other paragraphs."""
    there = [one for one in documents() if in_scope(request.among, one.id)]
    numbers, homes = home_numbers(groups_of(one, request) for one in there)
    places = {one.id: number for number, one in enumerate(there)}
    matched = {hit.paragraph.id for hit in found}
    wanted = (
        places.keys() if others is not None else places.keys() & {hit.document.id for hit in found}
    )
    rows: list[tuple[str, int, int]] = []
    for name, paragraphs, sizes in _paragraphs(connection, state, wanted):
        kinds = [KINDS.index(one.kind) for one in paragraphs]
        for counts, one in zip(telling(kinds, sizes), paragraphs, strict=True):
            if counts and (one.id in matched) == (others is None):
                rows.append((one.text, numbers[places[name]], places[name]))
    return counts_of_texts(passages_of(rows), homes, only=others)


def _paragraphs(
    connection: Connection, state: State, wanted: Collection[str]
) -> Iterator[tuple[str, list[Paragraph], list[int]]]:
    """The paragraphs of some documents, and the tokens of each paragraph."""
    names = sorted(wanted)
    for at in range(0, len(names), _TERMS):
        query = state.holds(PARAGRAPH, {"terms": {"document": names[at : at + _TERMS]}})
        hits = scan(connection, state.index, query, ["document", "n"])
        sources: Iterator[dict[str, Any]] = (hit["_source"] for hit in hits)
        for name, group in groupby(sources, key=itemgetter("document")):
            some = list(group)
            yield name, [*map(read_paragraph, some)], [one["words"] for one in some]
