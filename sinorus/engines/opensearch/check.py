"""Whether an index of a cluster is as its state says."""

from __future__ import annotations

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import Counts
from sinorus.engines.opensearch.scan import buckets, indexed_files, search
from sinorus.engines.opensearch.schema import FILE, FORMAT, PARAGRAPH
from sinorus.engines.opensearch.state import State


def check(connection: Connection, state: State) -> list[str]:
    """What is wrong with the index, a sentence each: counts, mapping, shards."""
    health = connection.ask(lambda client: client.cluster.health(index=state.index))
    if health["status"] == "red":
        return [f"{state.index}: the cluster has lost {health['unassigned_shards']} shards"]
    found = []
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


def _totals(connection: Connection, state: State) -> Counts:
    body = {
        "query": state.holds(PARAGRAPH),
        "size": 0,
        "track_total_hits": True,
        "aggs": {"words": {"sum": {"field": "words"}}},
    }
    answer = search(connection, state.index, body)
    paragraphs = answer["hits"]["total"]["value"]
    body = {
        "query": state.holds(FILE, {"exists": {"field": "document"}}),
        "size": 0,
        "track_total_hits": True,
    }
    documents = search(connection, state.index, body)["hits"]["total"]["value"]
    return documents, paragraphs, int(answer["aggregations"]["words"]["value"])


def _incomplete(connection: Connection, state: State) -> list[str]:
    """Documents that have not as many paragraphs as was stored of their files."""
    counts = dict(buckets(connection, state.index, state.holds(PARAGRAPH), "version"))
    return [
        f"{one.path}: {counts.get(one.version, 0)} of its {one.counts[1]} paragraphs are there"
        for one in indexed_files(connection, state.index, state.visible())
        if one.document and counts.get(one.version, 0) != one.counts[1]
    ]
