"""The index that a change is written to: the one in use, or a new one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.scan import buckets
from sinorus.engines.opensearch.schema import FORMAT, mapping
from sinorus.engines.opensearch.settings import index_settings, reading_settings
from sinorus.text.tokens import FINGERPRINT


def index_in_use(connection: Connection) -> str | None:
    """The index that the alias stands for; None if there is none yet."""
    alias = connection.address.alias

    def question(client: OpenSearch) -> str | None:
        try:
            return min(client.indices.get_alias(index=f"{alias}.*", name=alias), default=None)
        except exceptions.NotFoundError:
            return None

    return connection.ask(question)


def new_index(connection: Connection, in_use: str | None, layout: tuple[int, int]) -> str:
    """An index to fill: one that was begun and is of this version, else an empty one.

    Others that were begun and never finished are deleted.
    """
    address = connection.address
    pattern = f"{address.alias}.*"
    known = connection.ask(lambda client: client.indices.get_mapping(index=pattern))
    numbers = {name: number for name in known if (number := address.number(name)) is not None}
    begun = sorted((name for name in numbers if name != in_use), key=lambda name: numbers[name])
    meta = {"format": FORMAT, "analysis": FINGERPRINT}
    fitting = [name for name in begun if known[name]["mappings"].get("_meta") == meta]
    delete_indices(connection, [name for name in begun if name not in fitting[-1:]])
    if fitting:
        return str(fitting[-1])
    name: str = address.index(max(numbers.values(), default=0) + 1)
    body = {"settings": index_settings(*layout), "mappings": mapping()}
    connection.ask(lambda client: client.indices.create(index=name, body=body))
    return name


def delete_indices(connection: Connection, names: Sequence[str]) -> None:
    """Takes indices away; what is not there is passed over."""
    for name in names:
        connection.ask(partial(_delete_index, name))


def _delete_index(name: str, client: OpenSearch) -> None:
    client.indices.delete(index=name, ignore_unavailable=True)


def put_in_use(connection: Connection, index: str, in_use: str | None) -> None:
    """Has the alias stand for a new index, in one step; then the old one goes."""
    settings = reading_settings()
    connection.ask(lambda client: client.indices.put_settings(index=index, body=settings))
    alias = connection.address.alias
    actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": alias}}]
    if in_use is not None:
        actions.append({"remove": {"index": in_use, "alias": alias}})

    def question(client: OpenSearch) -> None:
        if not client.indices.exists_alias(name=alias, index=index):  # by an earlier attempt
            client.indices.update_aliases(body={"actions": actions})

    connection.ask(question)
    delete_indices(connection, [in_use] if in_use is not None else [])


def delete_begun(connection: Connection, in_use: str) -> None:
    """Takes away indices that were begun and are not the one in use."""
    address = connection.address
    known = connection.ask(lambda client: client.indices.get_alias(index=f"{address.alias}.*"))
    begun = [one for one in known if one != in_use and address.number(one) is not None]
    delete_indices(connection, begun)


def refresh(connection: Connection, index: str) -> None:
    """Makes what was sent findable."""
    connection.ask(lambda client: client.indices.refresh(index=index))


def delete_versions(connection: Connection, index: str, versions: Sequence[str]) -> None:
    """Takes all that belongs to some versions out of an index, for good."""
    for at in range(0, len(versions), 10_000):
        some = list(versions[at : at + 10_000])
        _delete(connection, index, {"terms": {"version": some}})


def delete_born(connection: Connection, index: str, generation: int) -> None:
    """Takes out what was sent for a change that did not come to its end."""
    refresh(connection, index)
    _delete(connection, index, {"range": {"born": {"gte": generation}}})


def _delete(connection: Connection, index: str, query: dict[str, Any]) -> None:
    body = {"query": query}
    params = {"conflicts": "proceed", "refresh": "true", "wait_for_completion": "true"}
    connection.ask(
        lambda client: client.delete_by_query(
            index=index, body=body, params=params, request_timeout=3600
        )
    )


def sent_versions(connection: Connection, index: str, generation: int) -> set[str]:
    """The versions of which anything was sent for a change that is not whole."""
    query = {"range": {"born": {"gte": generation}}}
    return {one["key"]["version"] for one in buckets(connection, index, query, "version")}
