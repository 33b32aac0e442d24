"""What an engine is: declared here by those who use it, implemented by each engine's folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, NamedTuple, Protocol

from sinorus.model import Document, Fault, Fingerprint, Grouping, HitPage, Paragraph
from sinorus.query.nodes import Node

Sort = Literal["relevance", "date", "-date", "title"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "title")


class SearchRequest(NamedTuple):
    """What to look for and which part of the answer is wanted.

    `limit` None: all. `cap` (number, grouping): no more hits than that from one group, counted in
    the order asked for; totals are not capped. `coverage`: paragraphs that match more of these
    nodes come first whatever their score.
    """

    node: Node
    limit: int | None = 20
    offset: int = 0
    sort: Sort = "relevance"
    cap: tuple[int, Grouping] | None = None
    coverage: Sequence[Node] = ()


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


class Reading(NamedTuple):
    """What became of a file that was read: its document, or why there is none.

    Without a document the file is skipped because of `faults`, or (`same`) it holds the very bytes
    that are indexed already, and `mark` is what is known of it now. A `passing` fault, such as
    missing permissions, leaves what is known of the file as it is, so that it is tried again.
    """

    mark: Fingerprint
    document: Document | None = None
    paragraphs: Sequence[Paragraph] = ()
    faults: Sequence[Fault] = ()
    same: bool = False
    passing: bool = False


class Read(Protocol):
    """A function of a module (other processes must find it) that reads one file of a place."""

    def __call__(self, place: Any, item: Any, /) -> Reading: ...


class Taken(NamedTuple):
    """What a writer tells of a file it took: which one, and the id of its document, if any.

    `fault` is one that may pass: it is told here and kept nowhere.
    """

    number: int
    document: str | None
    path: str
    same: bool
    fault: Fault | None = None


def taken(number: int, reading: Reading) -> Taken:
    """What there is to tell of a file that was read."""
    name = reading.document.id if reading.document else None
    fault = reading.faults[0] if reading.passing else None
    return Taken(number, name, reading.mark.path, reading.same, fault)


class Writer(Protocol):
    """One change of an index: all of it is seen at once when the context is left, or none.

    Where a paragraph has no hash and a document no words, the engine fills them in. A writer that
    was asked for nothing changes nothing.
    """

    waited: bool
    """Whether another writer had the lock when this one asked for it."""

    def fingerprints(self) -> list[Fingerprint]:
        """What is known of each file now that nobody else writes, sorted by path.

        Empty where the index is made anew: what is decided is decided on this.
        """

    def add(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        mark: Fingerprint,
        faults: Sequence[Fault] = (),
    ) -> None:
        """Puts a document in, in place of the one of the same id if there is one.

        `faults` of its file are kept with it. Raises ValueError for an id that was added in this
        change already.
        """

    def take(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Taken]:
        """Reads files of a `place` and puts in what `read` gives, each for what its path had.

        Where that is quicker they are read in several processes, so they may come in any order;
        `place` and `items` can be pickled. Of two files with one document id both are put in: it is
        for the caller to see to that, and to `add` one of them again under another id.
        """

    def skip(self, mark: Fingerprint, fault: Fault) -> None:
        """Keeps in mind that a file cannot be indexed; `mark.document` is empty."""

    def remove(self, paths: Collection[str]) -> None:
        """Takes out whatever is known of these files; unknown paths are passed over."""

    def remark(self, marks: Iterable[Fingerprint]) -> None:
        """Replaces what is known of files whose text did not change."""


class Engine(Protocol):
    """An index of paragraphs. Every engine matches exactly what `query.evaluate` says.

    All methods raise IndexDamagedError when the index cannot be read as it should.
    """

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

    def documents(self) -> Iterator[Document]:
        """All documents, sorted by id."""

    def writer(self, *, rebuild: bool = False, wait: float = 5.0) -> AbstractContextManager[Writer]:
        """A writer that commits when its context ends and cancels on an error.

        It holds the lock before it looks at anything. With `rebuild`, or over an index of another
        version, the new index holds only what is added. Raises IndexLockedError when
        another process is still writing after `wait` seconds.
        """

    def search(self, request: SearchRequest) -> HitPage:
        """A page of hits in order: the sort asked for, then `(-score, document, n)`.

        Raises UnsupportedQuery before any input or output if a node cannot be run exactly.
        """

    def paragraphs(
        self, document: str, first: int = 1, last: int | None = None
    ) -> Iterator[Paragraph]:
        """The paragraphs of a document from `first` to `last`; empty for an unknown id."""

    def size(self) -> int:
        """The bytes of the index on disk."""

    def settled(self) -> bool:
        """Whether there is an index whose last change was brought to its end; a writer does it."""

    def signs_of_work(self) -> object:
        """Something that is another when a writer at work has gone on; None if nobody writes."""

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty when all of it can be read."""

    def close(self) -> None:
        """Lets go of all files."""
