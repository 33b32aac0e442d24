"""Running a search on a cluster: counts first, then pages of hits in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import (
    piece_id,
    read_indexed_file,
    read_paragraph,
    routing_of,
)
from sinorus.engines.opensearch.errors import http_error
from sinorus.engines.opensearch.query import compiled
from sinorus.engines.opensearch.readings import request_apart
from sinorus.engines.opensearch.scan import Json, buckets, scan, search
from sinorus.engines.opensearch.schema import MOST_HITS, PARAGRAPH
from sinorus.engines.opensearch.scoring import containing, scores
from sinorus.engines.opensearch.signs import rewritten, rewritten_unit
from sinorus.engines.opensearch.spans import Query
from sinorus.engines.opensearch.state import State
from sinorus.engines.ordering import Words, past, picked
from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import boosted_units, kind_weights
from sinorus.errors import NoIndexError
from sinorus.model import Document, Hit, HitPage
from sinorus.model.request import Sort
from sinorus.query.nodes import And, Node
from sinorus.query.tree import whole_words

_PAGE = 1_000
_REPEATED = 12
"""Hits beyond a page that are fetched with it: as many as may be folded before more are."""


class Search:
    """One request, compiled before anything is asked. Raises UnsupportedQuery."""

    def __init__(self, connection: Connection, request: SearchRequest) -> None:
        request = request_apart(request)
        self._connection, self._request = connection, request
        self._query = compiled(rewritten(request.node))
        whole = whole_words(request.node) if request.limit != 0 else None
        self._whole = None if whole is None else compiled(rewritten(whole))
        by_coverage = levels(request.coverage)
        if self._whole is not None:
            by_coverage = _in_two(by_coverage, self._whole)
        self._levels = by_coverage if request.sort == "relevance" else [[]]
        units = boosted_units(request.node) if request.limit != 0 else []
        self._units = [(rewritten_unit(unit), boost) for unit, boost in units]
        self._containing = [containing(unit) for unit, _ in self._units]
        narrowed = [And((request.node, one)) for one in request.within]
        self._within = [compiled(rewritten(node)) for node in narrowed]

    def run(self, state: State, documents: Documents) -> HitPage:
        """The page that was asked for, on the index as a state says it is."""
        matching = state.holds(PARAGRAPH, self._query)
        units = [state.holds(PARAGRAPH, query) for query in self._containing]
        within = [state.holds(PARAGRAPH, query) for query in self._within]
        counts = self._counts(state.index, [matching, *within, *units])
        total, frequencies = counts[0], counts[1 + len(within) :]
        some = tuple(counts[1 : 1 + len(within)])
        tally = Tally(self._connection, state.index, matching)
        if not total or self._request.limit == 0:
            return HitPage(total, tally, (), total > self._request.offset, some)
        self._index, self._matching, self._documents = state.index, matching, documents
        kinds = kind_weights(self._request.node)
        self._scores = scores(self._units, frequencies, state.paragraphs, state.words, kinds)
        found_hits = self._page(total)
        hits = found_hits[: self._request.limit]
        same = self._same(hits) if self._request.fold else {}
        read = documents.read([hit["_source"]["version"] for hit in hits])
        found = tuple(
            Hit(
                *(document, read_paragraph(hit["_source"]), hit["_score"] or 0.0),
                crossing=self._whole is not None and not hit.get("matched_queries"),
                same=tuple([one for one in same.get(_words(hit), ()) if one != _id(hit)]),
            )
            for document, hit in zip(read, hits, strict=True)
        )
        return HitPage(total, tally, found, len(found_hits) > len(hits), some)

    def _counts(self, index: str, queries: Sequence[Query]) -> list[int]:
        """How many paragraphs each query finds, in one round trip."""
        lines: list[Json] = []
        for query in queries:
            lines.append({"index": index, "allow_partial_search_results": False})
            lines.append({"query": query, "size": 0, "track_total_hits": True})

        def question(client: Any) -> list[int]:
            answers: list[Json] = client.msearch(body=lines)["responses"]
            for answer in answers:
                if "error" in answer:
                    raise http_error(answer["status"], answer["error"])
            return [answer["hits"]["total"]["value"] for answer in answers]

        return self._connection.ask(question)

    def _page(self, total: int) -> list[Json]:
        """The hits of the page, and one more if there is one."""
        request = self._request
        end, plain = past(request), request.cap is None and not request.fold
        if plain and end is not None and end <= MOST_HITS and len(self._levels) == 1:
            page = {"from": request.offset, "size": end - request.offset}
            body = {**self._body(self._levels[0]), **page}
            found: list[Json] = search(self._connection, self._index, body)["hits"]["hits"]
            return found
        wanted = _PAGE if end is None else end + (_REPEATED if request.fold else 0)
        ranked = self._read_ahead(self._ordered(min(total, wanted)))
        return list(islice(picked(ranked, request, _words, self._of), request.offset, end))

    def _same(self, hits: Sequence[Json]) -> dict[Words, list[str]]:
        """The ids of all paragraphs that match and have the words of one of some hits."""
        hashes = [hit["_source"]["hash"] for hit in hits]
        query = {"bool": {"filter": [self._matching, {"terms": {"hash": hashes}}]}}
        fields = ["document", "n", "hash", "words"]
        found: dict[Words, list[str]] = {}
        for hit in scan(self._connection, self._index, query, ["document", "n"], _source=fields):
            found.setdefault(_words(hit), []).append(_id(hit))
        return found

    def _body(self, level: Sequence[Query]) -> Json:
        joined = {"filter": [self._matching, *level], "should": [*self._scores, *self._named()]}
        return {
            "query": {"bool": {**joined, "minimum_should_match": 0}},
            "sort": sort_keys(self._request.sort),
            "track_scores": True,
            "track_total_hits": False,
        }

    def _named(self) -> list[Query]:
        """What adds nothing to the score, and is named with the hits that match it."""
        if self._whole is None:
            return []
        return [{"constant_score": {"filter": self._whole, "boost": 0.0, "_name": "whole"}}]

    def _ordered(self, wanted: int) -> Iterator[Json]:
        page = max(10, min(_PAGE, wanted))
        for level in self._levels:
            body = self._body(level)
            query, sort = body.pop("query"), body.pop("sort")
            yield from scan(self._connection, self._index, query, sort, page, **body)

    def _read_ahead(self, hits: Iterator[Json]) -> Iterator[Json]:
        """The same hits, the documents of a hundred fetched at once where a cap asks for them."""
        if self._request.cap is None:
            yield from hits
            return
        while some := list(islice(hits, 100)):
            self._documents.read([hit["_source"]["version"] for hit in some])
            yield from some

    def _of(self, hit: Json) -> Document:
        return self._documents.read([hit["_source"]["version"]])[0]


def _words(hit: Json) -> Words:
    """What is equal for paragraphs with the same words."""
    return hit["_source"]["hash"], hit["_source"]["words"]


def _id(hit: Json) -> str:
    return f"{hit['_source']['document']}#{hit['_source']['n']}"


def sort_keys(sort: Sort) -> list[Any]:
    """The order: by score or as asked for, then document and number, so that no two are equal."""
    last = ["document", "n"]
    if sort == "relevance":
        return [{"_score": "desc"}, *last]
    if sort == "source":
        return ["order", *last]
    if sort == "title":
        return [{"title": {"order": "asc", "missing": "_last"}}, *last]
    order = "desc" if sort == "-date" else "asc"
    return [{"since": {"order": order, "missing": "_last"}}, *last]


def levels(coverage: Sequence[Node]) -> list[list[Query]]:
    """For the paragraphs that match all, all but one, … of some nodes, the filters that say so."""
    if not coverage:
        return [[]]
    parts = [compiled(rewritten(node)) for node in coverage]

    def least(number: int) -> Query:
        return {"bool": {"should": parts, "minimum_should_match": number}}

    found = []
    for number in range(len(parts), -1, -1):
        query: Query = {}
        if number:
            query["filter"] = [least(number)]
        if number < len(parts):
            query["must_not"] = [least(number + 1)]
        found.append([{"bool": query}])
    return found


def _in_two(levels: Sequence[Sequence[Query]], first: Query) -> list[list[Query]]:
    """Each level in two: what matches `first`, then what does not."""
    others: Query = {"bool": {"must_not": [first]}}
    return [[*level, one] for level in levels for one in (first, others)]


class Documents:
    """The documents of hits, each fetched once."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection, self._index = connection, index
        self._known: dict[str, Document] = {}

    def read(self, versions: Sequence[str]) -> list[Document]:
        """The documents of some versions, in their order.

        Raises NoIndexError if one of them was replaced and deleted meanwhile.
        """
        missing = [one for one in dict.fromkeys(versions) if one not in self._known]
        for at in range(0, len(missing), _PAGE):
            self._fetch(missing[at : at + _PAGE])
        return [self._known[one] for one in versions]

    def _fetch(self, versions: Sequence[str]) -> None:
        library = self._connection.address.library
        wanted = [
            {"_id": piece_id(library, one), "routing": routing_of(one), "_index": self._index}
            for one in versions
        ]
        found = self._connection.ask(lambda client: client.mget(body={"docs": wanted}))
        for one in found["docs"]:
            if not one.get("found"):
                raise NoIndexError("a document was replaced while it was read", "search again")
            file = read_indexed_file(one["_source"])
            self._known[file.version] = file.read_document()


class Tally(Mapping[str, int]):
    """Paragraphs by document id; they are counted when the first is asked for."""

    def __init__(self, connection: Connection, index: str, query: Query) -> None:
        self._connection, self._index, self._query = connection, index, query
        self._counts: dict[str, int] | None = None

    def _all(self) -> dict[str, int]:
        if self._counts is None:
            found = buckets(self._connection, self._index, self._query, "document")
            self._counts = dict(found)
        return self._counts

    def __getitem__(self, name: str) -> int:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
