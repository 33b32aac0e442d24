"""The engine over an OpenSearch cluster: reading, and how it is opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from sinorus.config import Settings
from sinorus.engines.documents import values_of
from sinorus.engines.opensearch.address import Address, library_address
from sinorus.engines.opensearch.connection import Connection, Options
from sinorus.engines.opensearch.documents import read_paragraph
from sinorus.engines.opensearch.query import resolved
from sinorus.engines.opensearch.scan import indexed_files, scan
from sinorus.engines.opensearch.schema import FILE, MOST_HITS, NAME, PARAGRAPH
from sinorus.engines.opensearch.search import Documents, Search
from sinorus.engines.opensearch.state import State, read_state
from sinorus.engines.port import EngineInfo, GroupRequest, SearchRequest, Writer
from sinorus.errors import NoIndexError
from sinorus.model import Document, Fault, Fingerprint, Hit, HitPage, Paragraph, ParagraphId
from sinorus.model.counts import Tally, WordCounts

_LONGEST_TAIL = 100
"""Characters of a pattern: the automaton that Lucene makes of a long one is too large for it."""
_TERMS = 10_000
"""Ids that one request may name; a cluster takes 65,536."""


def open_engine(settings: Settings, root: Path, notice: Callable[[str], None]) -> OpenSearchEngine:
    """The engine over the cluster that the settings of the library in `root` name. Asks nobody.

    Raises ConfigError where they name none, or one that the user did not name himself.
    """
    options = Options(timeout=settings["timeout"], authority=settings["authority"])
    layout = settings["shards"], settings["replicas"]
    return OpenSearchEngine(library_address(settings, root), options, layout, notice)


class OpenSearchEngine:
    """A library of a cluster as it was when `info` was last asked, or else when it was first read.

    One change made by another since then does not disturb it.

    The methods that read raise NoIndexError if the cluster has no index of the library, and
    SinorusError if it cannot be asked.
    """

    name = "opensearch"
    shared = True

    def __init__(
        self,
        address: Address,
        options: Options,
        layout: tuple[int, int] = (1, 1),
        notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.address = address
        self.place = f"{address.url}/{address.alias}"
        self.layout = layout
        """Shards of a new index, and copies of each shard."""
        self._connection = Connection(address, options, notice)
        self._state: State | None = None
        self._documents: Documents | None = None

    def _open(self) -> State:
        if self._state is None:
            with self._connection.validated():
                self._state = read_state(self._connection, self.address.alias)
        return self._state

    def info(self) -> EngineInfo:
        self._state = None
        state = self._open()
        return EngineInfo(
            engine=self.name,
            format=NAME,
            analysis=state.analysis,
            updated=state.updated,
            documents=state.documents,
            paragraphs=state.paragraphs,
            words=state.words,
            by=state.by,
        )

    def size(self) -> int:
        index = self._open().index
        answer: dict[str, Any] = self._connection.ask(
            lambda client: client.indices.stats(index=index, metric="store")
        )
        size: int = answer["_all"]["primaries"]["store"]["size_in_bytes"]
        return size

    def fingerprints(self) -> Iterator[Fingerprint]:
        state = self._open()
        found = indexed_files(self._connection, state.index, state.visible())
        return (one.fingerprint for one in found)

    def faults(self) -> Iterator[Fault]:
        state = self._open()
        found = [
            fault
            for one in indexed_files(self._connection, state.index, state.visible())
            for fault in one.read_faults()
        ]
        return iter(sorted(found, key=lambda fault: (fault.path, fault.line or 0)))

    def fields(self) -> Sequence[str]:
        return [*values_of(self.documents())]

    def values(self, field: str) -> Sequence[str]:
        return values_of(self.documents()).get(field, [])

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        state = self._open()
        filters = [*state.visible(), {"exists": {"field": "document"}}]
        if ids is None:
            found = indexed_files(self._connection, state.index, filters, "document")
            return (one.read_document() for one in found)
        return self._some(state, sorted(ids))

    def _some(self, state: State, ids: Sequence[str]) -> Iterator[Document]:
        for at in range(0, len(ids), _TERMS):
            filters = [*state.visible(), {"terms": {"document": ids[at : at + _TERMS]}}]
            for one in indexed_files(self._connection, state.index, filters, "document"):
                yield one.read_document()

    def document(self, id: str) -> Document | None:  # noqa: A002 - as in the port
        return next(self.documents([id]), None)

    def find_documents(self, suffix: str) -> Sequence[str]:
        state = self._open()
        tail = re.sub(r"([\\*?])", r"\\\1", suffix[-_LONGEST_TAIL:])
        query = state.holds(FILE, {"wildcard": {"document": {"value": f"*{tail}"}}})
        order = ["document", "version"]
        found = scan(self._connection, state.index, query, order, MOST_HITS, _source=False)
        return [name for hit in found if (name := hit["sort"][0]).endswith(suffix)]

    def paragraph_by_hash(self, hash: str) -> Sequence[ParagraphId]:  # noqa: A002 - as in the port
        state = self._open()
        query = state.holds(PARAGRAPH, {"term": {"hash": hash}})
        order = ["document", "n"]
        found = scan(self._connection, state.index, query, order, MOST_HITS, _source=False)
        return [ParagraphId(*hit["sort"]) for hit in found]

    def hashes(self) -> Iterator[tuple[str, Sequence[str]]]:
        state = self._open()
        query, order = state.holds(PARAGRAPH, {"match_all": {}}), ["document", "n", "hash"]
        found = scan(self._connection, state.index, query, order, MOST_HITS, _source=False)
        for name, rows in groupby(found, key=lambda hit: str(hit["sort"][0])):
            yield name, [str(hit["sort"][2]) for hit in rows]

    @contextmanager
    def writer(self, *, rebuild: bool = False, wait: float = 5.0) -> Iterator[Writer]:
        from sinorus.engines.opensearch.writer import write

        with write(self._connection, self.layout, rebuild, wait) as change:
            self._state = self._documents = None  # what is read now is what the writer found
            yield change
        self._state = self._documents = None  # and from now on what was written

    def stems(self, forms: Collection[str] | None = None) -> Mapping[str, str]:
        return {}

    def forms(self, stems: Collection[str]) -> Mapping[str, str] | None:
        return None

    def search(self, request: SearchRequest) -> HitPage:
        node = resolved(request.node, self.documents)
        search = Search(self._connection, request._replace(node=node))
        with self._connection.validated():
            try:
                return self._run(search)
            except NoIndexError:  # it was replaced by another while this one was in use
                self._state = self._documents = None
                return self._run(search)

    def _run(self, search: Search) -> HitPage:
        state = self._open()
        if self._documents is None:
            self._documents = Documents(self._connection, state.index)
        return search.run(state, self._documents)

    def locate(
        self, passages: Sequence[Sequence[str]], limit: int = 8
    ) -> Sequence[Sequence[ParagraphId]]:
        from sinorus.engines.locating import asked_of

        asked = [asked_of(passage, limit) for passage in passages]
        pages = [self.search(one).hits if one else () for one in asked]
        return [[ParagraphId(hit.document.id, hit.paragraph.n) for hit in hits] for hits in pages]

    def tally(self, request: GroupRequest) -> list[Tally]:
        from sinorus.engines.opensearch.grouping import tally

        found = self._found(request)
        return tally(self._connection, self._open(), request, self.documents, found)

    def words(self, request: GroupRequest, *, others: Collection[str] | None = None) -> WordCounts:
        from sinorus.engines.opensearch.grouping import words

        found, state = self._found(request), self._open()
        return words(self._connection, state, request, self.documents, found, others=others)

    def _found(self, request: GroupRequest) -> Sequence[Hit]:
        return self.search(SearchRequest(request.node, limit=None, sort="date")).hits

    def paragraphs(
        self, document: str, first: int = 1, last: int | None = None
    ) -> Iterator[Paragraph]:
        state = self._open()
        bounds = {"gte": first} if last is None else {"gte": first, "lte": last}
        query = state.holds(PARAGRAPH, {"term": {"document": document}}, {"range": {"n": bounds}})
        for hit in scan(self._connection, state.index, query, ["n"], page=1_000):
            yield read_paragraph(hit["_source"])

    def clean(self) -> bool:
        try:
            self._open()
        except NoIndexError:
            return False
        return True

    def generation(self) -> str:
        try:
            info = self.info()
        except NoIndexError:
            return ""
        return f"{info.updated} {info.documents} {info.paragraphs} {info.words}"

    def signs_of_work(self) -> object:
        return None  # nobody waits for the first index of a cluster

    def check(self) -> list[str]:
        from sinorus.engines.opensearch.check import check

        return check(self._connection, self._open())

    def close(self) -> None:
        self._state = self._documents = None
        self._connection.close()
