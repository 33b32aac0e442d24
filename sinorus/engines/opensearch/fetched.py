"""What is asked for after a search: the documents of its hits, and how many each document has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.entry import Entry, read_entry
from sinorus.engines.opensearch.scan import buckets
from sinorus.errors import NoIndexError
from sinorus.model import Document

_PAGE = 1_000
Source = dict[str, Any]


class Documents:
    """The documents of hits, each fetched once."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection, self._index = connection, index
        self._known: dict[str, Document] = {}

    def read(self, versions: Sequence[str]) -> list[Document]:
        """The documents of some versions."""
        missing = [one for one in dict.fromkeys(versions) if one not in self._known]
        for at in range(0, len(missing), _PAGE):
            self._fetch(missing[at : at + _PAGE])
        return [self._known[one] for one in versions]

    def _fetch(self, versions: Sequence[str]) -> None:
        library = self._connection.address.library
        wanted = [
            {"_id": f"{library}/{one}", "routing": one.split(".")[0], "_index": self._index}
            for one in versions
        ]
        found = self._connection.ask(lambda client: client.mget(body={"docs": wanted}))
        for one in found["docs"]:
            if not one.get("found"):
                raise NoIndexError("a document was replaced while it was read", "search again")
            entry: Entry = read_entry(one["_source"])
            self._known[entry.version] = entry.read()


class Tally(Mapping[str, int]):
    """Paragraphs by document id; counted when somebody wants to see them."""

    def __init__(self, connection: Connection, index: str, query: Source) -> None:
        self._connection, self._index, self._query = connection, index, query
        self._counts: dict[str, int] | None = None

    def _all(self) -> dict[str, int]:
        if self._counts is None:
            found = buckets(self._connection, self._index, self._query, "document")
            self._counts = {one["key"]["document"]: one["doc_count"] for one in found}
        return self._counts

    def __getitem__(self, name: str) -> int:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
