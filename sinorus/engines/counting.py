"""What paragraphs that match come to in groups of sources, counted one by one.

The engines that read every paragraph that matches count so; the embedded one has it in lists, and
is tested against this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sinorus.engines.port import GroupRequest
from sinorus.model import Date, Document
from sinorus.model.counts import Tally
from sinorus.model.dates import first_and_last
from sinorus.query.counting import count_matches
from sinorus.query.passages import Passage
from sinorus.text.words import inside_count

Groups = tuple[str | None, ...]


@dataclass
class _Sum:
    """The sums over the documents of one set of groups."""

    documents: int = 0
    words: int = 0
    paragraphs: int = 0
    matches: int = 0
    speaking: dict[str, Date | None] = field(default_factory=dict)


def tally_of(
    request: GroupRequest,
    documents: Iterable[Document],
    words: Mapping[str, int],
    passages: Iterable[Passage],
) -> list[Tally]:
    """The tallies of documents, of which `passages` are those of all paragraphs that match.

    `words` has the words of the documents in which words of Han are not as many as their tokens.
    """
    sums: dict[Groups, _Sum] = {}
    homes: dict[str, _Sum] = {}
    for document in documents:
        if request.among is None or document.id in request.among:
            home = homes[document.id] = sums.setdefault(groups_of(document, request), _Sum())
            home.documents += 1
            home.words += words.get(document.id, document.words)
    for passage in passages:
        found = homes.get(passage.document.id)
        if found is not None:
            found.paragraphs += 1
            found.matches += count_matches(request.node, passage)
            found.speaking[passage.document.id] = passage.document.date
    return [_tally(groups, one) for groups, one in sums.items()]


def _tally(groups: Groups, found: _Sum) -> Tally:
    first, last = first_and_last(found.speaking.values())
    sizes = found.documents, found.words, len(found.speaking), found.paragraphs, found.matches
    return Tally(groups, *sizes, first, last)


def groups_of(document: Document, request: GroupRequest) -> Groups:
    """The groups of a document, those of several in one order."""
    found = document.groups(request.by)
    return tuple(sorted(found, key=str)) if len(found) > 1 else found


def words_by_document(texts: Iterable[tuple[Document, str]]) -> dict[str, int]:
    """The words of those documents that have words of Han, by all their texts."""
    found: dict[str, int] = {}
    for document, text in texts:
        if inside := inside_count(text):
            found[document.id] = found.get(document.id, document.words) - inside
    return found
