"""Whether an index of a cluster is as its state says."""

from __future__ import annotations

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.scan import buckets, entries, search
from sinorus.engines.opensearch.schema import ENTRY, FORMAT, PARAGRAPH
from sinorus.engines.opensearch.state import State


def check(connection: Connection, state: State) -> list[str]:
    """What is wrong with the index, a sentence each: counts, mapping, shards."""
    health = connection.ask(lambda client: client.cluster.health(index=state.index))
    found = []
    if health["status"] == "red":
        found.append(f"{state.index}: the cluster has lost {health['unassigned_shards']} shards")
        return found
    meta = connection.ask(lambda client: client.indices.get_mapping(index=state.index))
    known = meta[state.index]["mappings"].get("_meta", {})
    if known != {"format": FORMAT, "analysis": state.analysis}:
        found.append(f"{state.index}: its mapping is of another version than its state")
    documents, paragraphs, words = _totals(connection, state)
    said = (state.documents, state.paragraphs, state.words)
    if (documents, paragraphs, words) != said:
        found.append(
            f"{state.index}: it has {documents} documents, {paragraphs} paragraphs and {words} "
            f"words in place of {said[0]}, {said[1]} and {said[2]}"
        )
    return found + _incomplete(connection, state)


def _totals(connection: Connection, state: State) -> tuple[int, int, int]:
    body = {
        "query": state.holds(PARAGRAPH),
        "size": 0,
        "track_total_hits": True,
        "aggs": {"words": {"sum": {"field": "words"}}},
    }
    answer = search(connection, state.index, body)
    paragraphs = answer["hits"]["total"]["value"]
    body = {
        "query": state.holds(ENTRY, {"exists": {"field": "document"}}),
        "size": 0,
        "track_total_hits": True,
    }
    documents = search(connection, state.index, body)["hits"]["total"]["value"]
    return documents, paragraphs, int(answer["aggregations"]["words"]["value"])


def _incomplete(connection: Connection, state: State) -> list[str]:
    """Documents that have not as many paragraphs as their entries say."""
    found = buckets(connection, state.index, state.holds(PARAGRAPH), "version")
    counts = {one["key"]["version"]: one["doc_count"] for one in found}
    return [
        f"{one.path}: {counts.get(one.version, 0)} of its {one.counts[1]} paragraphs are there"
        for one in entries(connection, state.index, state.visible())
        if one.document and counts.get(one.version, 0) != one.counts[1]
    ]
