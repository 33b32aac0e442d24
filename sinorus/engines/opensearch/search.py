"""Running a search on a cluster: counts first, then pages of hits in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import read_paragraph
from sinorus.engines.opensearch.errors import http_error
from sinorus.engines.opensearch.fetched import Documents, Tally
from sinorus.engines.opensearch.query import compiled
from sinorus.engines.opensearch.request import boosts, levels, sort_keys, weigh
from sinorus.engines.opensearch.scan import scan, search
from sinorus.engines.opensearch.schema import PARAGRAPH
from sinorus.engines.opensearch.scoring import having
from sinorus.engines.opensearch.state import State
from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import capped_groups
from sinorus.model import Hit, HitPage

_WINDOW = 10_000
"""Hits that a cluster lets a page reach by its number; what is further is walked to."""
_PAGE = 1_000
Source = dict[str, Any]


class Search:
    """One request, compiled before anything is asked. Raises UnsupportedQuery."""

    def __init__(self, connection: Connection, request: SearchRequest) -> None:
        self._connection, self._request = connection, request
        self._query = compiled(request.node)
        by_coverage = levels(request.coverage)
        self._levels = by_coverage if request.sort == "relevance" else [[]]
        self._boosts = boosts(request) if request.limit != 0 else []
        self._having = [having(unit) for unit, _ in self._boosts]

    def run(self, state: State, documents: Documents) -> HitPage:
        """The page that was asked for, on the index as a state says it is."""
        matching = state.holds(PARAGRAPH, self._query)
        units = [state.holds(PARAGRAPH, query) for query in self._having]
        *counts, total = self._counts(state.index, [*units, matching])
        tally = Tally(self._connection, state.index, matching)
        if not total or self._request.limit == 0:
            return HitPage(total, tally, ())
        self._index, self._matching, self._documents = state.index, matching, documents
        self._scores = weigh(self._boosts, counts, state)
        hits = self._page(total)
        read = documents.read([hit["_source"]["version"] for hit in hits])
        found = tuple(
            Hit(document, read_paragraph(hit["_source"]), hit["_score"] or 0.0)
            for document, hit in zip(read, hits, strict=True)
        )
        return HitPage(total, tally, found)

    def _counts(self, index: str, queries: Sequence[Source]) -> list[int]:
        """How many paragraphs each query finds, in one round trip."""
        lines: list[Source] = []
        for query in queries:
            lines.append({"index": index, "allow_partial_search_results": False})
            lines.append({"query": query, "size": 0, "track_total_hits": True})

        def question(client: Any) -> list[int]:
            answers: list[Source] = client.msearch(body=lines)["responses"]
            for answer in answers:
                if "error" in answer:
                    raise http_error(answer["status"], answer["error"])
            return [answer["hits"]["total"]["value"] for answer in answers]

        return self._connection.ask(question)

    def _page(self, total: int) -> list[Source]:
        request = self._request
        end = None if request.limit is None else request.offset + request.limit
        if request.cap is None and end is not None and end <= _WINDOW and len(self._levels) == 1:
            body = {**self._body(self._levels[0]), "from": request.offset, "size": request.limit}
            found: list[Source] = search(self._connection, self._index, body)["hits"]["hits"]
            return found
        hits = self._capped(self._ordered(min(total, _PAGE if end is None else end)))
        return list(islice(hits, request.offset, end))

    def _body(self, level: Sequence[Source]) -> Source:
        joined = {"filter": [self._matching, *level], "should": self._scores}
        return {
            "query": {"bool": {**joined, "minimum_should_match": 0}},
            "sort": sort_keys(self._request.sort),
            "track_scores": True,
            "track_total_hits": False,
        }

    def _ordered(self, wanted: int) -> Iterator[Source]:
        page = max(10, min(_PAGE, wanted))
        for level in self._levels:
            body = self._body(level)
            query, sort = body.pop("query"), body.pop("sort")
            yield from scan(self._connection, self._index, query, sort, page, **body)

    def _capped(self, hits: Iterator[Source]) -> Iterator[Source]:
        if self._request.cap is None:
            yield from hits
            return
        most, by = self._request.cap
        admit = capped_groups(most)
        while some := list(islice(hits, 100)):
            documents = self._documents.read([hit["_source"]["version"] for hit in some])
            for document, hit in zip(documents, some, strict=True):
                if admit(document.groups(by)):
                    yield hit
