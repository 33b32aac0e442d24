"""Going through all that matches on a cluster, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import IndexedFile, read_indexed_file
from sinorus.engines.opensearch.schema import FILE

_PAGE = 5_000
Json = dict[str, Any]


def scan(
    connection: Connection,
    index: str,
    query: Mapping[str, Any],
    sort: Sequence[Any],
    page: int = _PAGE,
    **more: Any,
) -> Iterator[Json]:
    """All hits in an order in which no two are equal; any number of them."""
    body: Json = {"query": query, "sort": list(sort), "size": page, **more}
    body["track_total_hits"] = False
    while True:
        found = search(connection, index, body)["hits"]["hits"]
        yield from found
        if len(found) < page:
            return
        body["search_after"] = found[-1]["sort"]


def search(connection: Connection, index: str, body: Mapping[str, Any]) -> Json:
    """One search. Raises SinorusError if a part of the index did not answer."""
    answer: Json = connection.ask(
        lambda client: client.search(
            index=index, body=body, params={"allow_partial_search_results": "false"}
        )
    )
    return answer


def indexed_files(
    connection: Connection, index: str, filters: Sequence[Mapping[str, Any]], order: str = "path"
) -> Iterator[IndexedFile]:
    """The files that the filters let through, sorted by `path` or `document`."""
    query = {"bool": {"filter": [{"term": {"kind": FILE}}, *filters]}}
    for hit in scan(connection, index, query, [order, "version"]):
        yield read_indexed_file(hit["_source"])


def buckets(
    connection: Connection, index: str, query: Mapping[str, Any], field: str
) -> Iterator[tuple[str, int]]:
    """Each value of a keyword field among what matches, and how many documents have it."""
    source = {field: {"terms": {"field": field}}}
    composite: Json = {"size": _PAGE, "sources": [source]}
    body = {"query": query, "size": 0, "aggs": {"values": {"composite": composite}}}
    while True:
        page = search(connection, index, body)["aggregations"]["values"]
        for one in page["buckets"]:
            yield one["key"][field], one["doc_count"]
        if "after_key" not in page:
            return
        composite["after"] = page["after_key"]
