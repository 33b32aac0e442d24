"""What an engine is: declared here by those who use it, implemented by each engine's folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from sinorus.model import (
    Document,
    Fault,
    Fingerprint,
    Grouping,
    HitPage,
    Paragraph,
    ParagraphId,
    Reading,
    Sort,
)
from sinorus.model.counts import Tally, WordCounts
from sinorus.model.documents import PartFile
from sinorus.query.nodes import Filter, Node


class SearchRequest(NamedTuple):
    """What to look for and which part of the answer is wanted.

    `limit` None: all. `cap` (number, grouping): no more hits than that from one group, counted in
    the order asked for; totals are not capped. `coverage`: paragraphs that match more of these
    nodes come first whatever their score. `fold`: of the paragraphs with the same words only the
    first in the order is a hit, which has the others in `same`; totals count all of them. `within`:
    filters of documents of each of which it is counted how many of the paragraphs that match pass
    it.
    """

    node: Node
    limit: int | None = 20
    offset: int = 0
    sort: Sort = "relevance"
    cap: tuple[int, Grouping] | None = None
    coverage: Sequence[Node] = ()
    fold: bool = False
    within: Sequence[Filter] = ()


class GroupRequest(NamedTuple):
    """What to count in groups of sources: what `node` matches, by the groups of `by`.

    `among`: the documents that are counted at all; None: all of them.
    """

    node: Node
    by: Grouping
    among: Collection[str] | None = None


class EngineInfo(NamedTuple):
    """What an index says of itself; `updated` as `YYYY-MM-DDTHH:MM:SSZ`.

    `by` is who made the last change, where several people may.
    """

    engine: str
    format: str
    analysis: str
    updated: str
    documents: int
    paragraphs: int
    words: int
    by: str = ""


class Read(Protocol):
    """A function of a module (other processes must find it) that reads one file of a place."""

    def __call__(self, place: Any, item: Any, /) -> Reading: ...


class Ingested(NamedTuple):
    """What became of a file that a writer ingested: its number among the items, and the id of its
    document, if any.

    `fault` is one that may pass: it is told here and kept nowhere. `parts` are to be read as well.
    """

    number: int
    document: str | None
    path: str
    same: bool
    fault: Fault | None = None
    parts: Sequence[PartFile] = ()


def ingested(number: int, reading: Reading) -> Ingested:
    """What there is to tell of a file that was read."""
    name = reading.document.id if reading.document else None
    fault = reading.faults[0] if reading.passing else None
    return Ingested(number, name, reading.fingerprint.path, reading.same, fault, reading.parts)


def document_to_add(reading: Reading, added: set[str]) -> Document:
    """The document of a reading that a writer adds; its id joins those `added` in this change.

    Raises ValueError as `Writer.add` does.
    """
    document = reading.document
    if document is None:
        raise ValueError("a reading without a document cannot be added")
    if document.id in added:
        raise ValueError(f"{document.id} is added twice in one change")
    added.add(document.id)
    return document


class Writer(Protocol):
    """One change of an index: all of it is seen at once when the context is left, or none.

    Where a paragraph has no hash and a document no words, the engine fills them in. A writer that
    was asked for nothing changes nothing.
    """

    waited: bool
    """Whether another writer had the lock when this one asked for it."""

    def fingerprints(self) -> list[Fingerprint]:
        """What is known of each file now that nobody else writes, sorted by path.

        Empty where the index is rebuilt. What a change does is decided on these.
        """

    def add(self, reading: Reading) -> None:
        """Adds the document of a reading, in place of the one of the same id if there is one.

        The faults of its file are kept with it. Raises ValueError for a reading without a document,
        and for an id that was added in this change already.
        """

    def ingest(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Ingested]:
        """Reads files of a `place` and adds what `read` gives, each in place of what its path had.

        Where that is quicker they are read in several processes, so they may come in any order;
        `place` and `items` can be pickled. Of two files with one document id both are put in: it is
        for the caller to see to that, and to `add` one of them again under another id.
        """

    def skip(self, fingerprint: Fingerprint, fault: Fault) -> None:
        """Records that a file cannot be indexed; `fingerprint.document` is empty."""

    def remove(self, paths: Collection[str]) -> None:
        """Takes out whatever is known of these files; unknown paths are passed over."""

    def touch(self, fingerprints: Iterable[Fingerprint]) -> None:
        """Replaces the fingerprints of files whose text did not change."""


class Engine(Protocol):
    """An index of paragraphs. Every engine matches exactly what `query.evaluate` says.

    All methods raise IndexDamagedError when the index cannot be read as it should.
    """

    name: str
    """What settings call it."""
    shared: bool
    """Whether others write to the same index from other machines, with files of their own."""
    place: str
    """Where the index is, for people to read."""

    def info(self) -> EngineInfo:
        """Counts, versions and age."""

    def fingerprints(self) -> Iterator[Fingerprint]:
        """What is known of each file, sorted by path; skipped files have no document id."""

    def faults(self) -> Iterator[Fault]:
        """What was wrong with the files, sorted by path and line."""

    def document(self, id: str) -> Document | None:  # noqa: A002 - what it is called everywhere
        """The document of this id, without reading the others; None if there is none."""

    def find_documents(self, suffix: str) -> Sequence[str]:
        """The ids that end so, sorted, without reading documents.

        Equal to `[d.id for d in documents() if d.id.endswith(suffix)]`.
        """

    def paragraph_by_hash(self, hash: str) -> Sequence[ParagraphId]:  # noqa: A002 - as above
        """The paragraphs whose text has this hash, by document and number; empty if none has."""

    def hashes(self) -> Iterator[tuple[str, Sequence[str]]]:
        """The hashes of the paragraphs of each document, with its id, sorted by it."""

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        """All documents, or those of `ids` that are there, sorted by id."""

    def fields(self) -> Sequence[str]:
        """The fields of metadata of which a document has a value, sorted.

        Equal to `[*documents.values_of(documents())]`.
        """

    def values(self, field: str) -> Sequence[str]:
        """The distinct values that documents have of a field, sorted; empty for an unknown one.

        As `documents.values_of(documents())` has them.
        """

    def writer(self, *, rebuild: bool = False, wait: float = 5.0) -> AbstractContextManager[Writer]:
        """A writer that commits when its context ends and cancels on an error.

        It holds the lock before it looks at anything. With `rebuild`, or over an index of another
        version, the new index holds only what is added. Raises IndexLockedError when
        another process is still writing after `wait` seconds.
        """

    def stems(self, forms: Collection[str] | None = None) -> Mapping[str, str]:
        """The stems of those of some Cyrillic forms that the index has; None: of all it has.

        As `text.stems.stem` gives them: to know them saves looking them up. An engine may know
        none.
        """

    def forms(self, stems: Collection[str]) -> Mapping[str, str] | None:
        """The Cyrillic forms of the index that are alike to one of these stems, with their stems.

        None: it cannot say.
        """

    def search(self, request: SearchRequest) -> HitPage:
        """A page of hits in order: the sort asked for, then `(-score, document, n)`.

        Raises UnsupportedQuery before any input or output if a node cannot be run exactly.
        """

    def locate(
        self, passages: Sequence[Sequence[str]], limit: int = 8
    ) -> Sequence[Sequence[ParagraphId]]:
        """For each passage, given as the stems of its words, the paragraphs it may come from.

        Those that share most pairs of words with it, the rarer the more, best first: see
        `engines.locating`. A paragraph that has no pair of it is not among them.
        """

    def tally(self, request: GroupRequest) -> list[Tally]:
        """What each set of groups has that documents are in, in no order, each once.

        Raises as `search` does.
        """

    def words(self, request: GroupRequest, *, others: Collection[str] | None = None) -> WordCounts:
        """In which documents and paragraphs that match words stand, by their groups.

        With `others`, where these words stand in those that do not match; `sizes` are then of all
        of them, whatever script they are in. Apparatus is left out, see `engines.words`, and so are
        words of grammar. Raises as `search` does.
        """

    def paragraphs(
        self, document: str, first: int = 1, last: int | None = None
    ) -> Iterator[Paragraph]:
        """The paragraphs of a document from `first` to `last`; empty for an unknown id."""

    def size(self) -> int:
        """The bytes of the index on disk."""

    def clean(self) -> bool:
        """Whether there is an index and no interrupted change that a writer has to finish."""

    def generation(self) -> str:
        """The name of the commit that is there now, which may be a later one than what is read.

        Empty where there is none.
        """

    def signs_of_work(self) -> object:
        """A value that changes while a writer makes progress; None if nobody writes."""

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty when all of it can be read."""

    def close(self) -> None:
        """Closes the index."""
