"""The index in use: which one it is, which changes in it are whole, and how one becomes so.

A reader asks for the state before anything else. A writer fills the index in use or a new one
beside it, and then writes the state or moves the alias.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, fields
from functools import partial
from typing import Any

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.connection import Connection, unchanged_since
from sinorus.engines.opensearch.scan import buckets
from sinorus.engines.opensearch.schema import (
    FORMAT,
    MOST_TERMS,
    STATE,
    filling_settings,
    mapping,
    reading_settings,
)
from sinorus.errors import NoIndexError, OutdatedIndexError, SinorusError
from sinorus.model.value import value
from sinorus.text.tokens import FINGERPRINT

_MOST_NAMED = 10_000
"""Versions that one request to delete names."""
_DELETING = 3600
"""Seconds after which an answer to a request to delete is given up."""


@value(frozen=True)
class State:
    """The last change that is whole.

    Of what is in the index, that counts which was `born` in it or before and is not among the
    `dead` versions. `updated` as `YYYY-MM-DDTHH:MM:SSZ`; `by` is who made the change, and where.
    """

    index: str
    generation: int
    analysis: str
    updated: str
    by: str
    documents: int
    paragraphs: int
    words: int
    dead: tuple[str, ...] = ()
    place: dict[str, Any] = field(default_factory=dict, compare=False)
    """Where in the history of the index it was read: see `connection.unchanged_since`."""

    def visible(self) -> list[dict[str, Any]]:
        """The filters that let through what counts."""
        found: list[dict[str, Any]] = [{"range": {"born": {"lte": self.generation}}}]
        for at in range(0, len(self.dead), MOST_TERMS):
            gone = {"terms": {"version": list(self.dead[at : at + MOST_TERMS])}}
            found.append({"bool": {"must_not": [gone]}})
        return found

    def holds(self, kind: str, *filters: dict[str, Any]) -> dict[str, Any]:
        """A query for what counts and is of a kind, as far as the filters let it through."""
        return {"bool": {"filter": [{"term": {"kind": kind}}, *self.visible(), *filters]}}


def read_state(connection: Connection, index: str) -> State:
    """The state of an index, or of the one that an alias stands for.

    Raises NoIndexError if there is none, OutdatedIndexError for one of an older format,
    SinorusError for one of a newer.
    """

    def question(client: OpenSearch) -> Any:
        try:
            return client.get(index=index, id=STATE, params={"routing": STATE})
        except exceptions.NotFoundError as fault:
            if isinstance(fault.info, dict) and fault.info.get("found") is False:
                return None
            raise

    found = connection.ask(question)
    if found is None:
        raise NoIndexError(f"the index {index} was never finished")
    stored = dict(found["_source"]["stored"])
    form = stored.pop("format")
    if form > FORMAT:
        raise SinorusError(
            f"the index of {connection.address.library!r} was made by a newer version of sinorus",
            "update sinorus",
        )
    if form < FORMAT:
        raise OutdatedIndexError("the index was made by another version of sinorus")
    dead, place = tuple(stored.pop("dead")), unchanged_since(found)
    return State(found["_index"], **stored, dead=dead, place=place)


def write_state(connection: Connection, state: State, before: State) -> None:
    """Commits: puts a state in place of `before`; readers that open the index from then on see it.

    Raises SinorusError if another has been put there meanwhile.
    """
    body = {"kind": STATE, "stored": _stored(state)}
    params = {"routing": STATE, **before.place}

    def question(client: OpenSearch) -> None:
        try:
            client.index(index=state.index, id=STATE, body=body, params=params)
        except exceptions.ConflictError:
            there = client.get(index=state.index, id=STATE, params={"routing": STATE})
            if there["_source"] != body:  # else it is ours, and only the answer was lost
                raise SinorusError(
                    "another writer has changed the index meanwhile", reason="unfinished run"
                ) from None

    connection.ask(question)


def _stored(state: State) -> dict[str, Any]:
    unsaid = ("index", "place")
    known = {one.name: getattr(state, one.name) for one in fields(state) if one.name not in unsaid}
    return {"format": FORMAT, **known, "dead": list(state.dead)}


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
    body = {"settings": filling_settings(*layout), "mappings": mapping()}
    connection.ask(lambda client: client.indices.create(index=name, body=body))
    return name


def delete_indices(connection: Connection, names: Sequence[str]) -> None:
    """Deletes indices; names of which there are none are passed over."""
    for name in names:
        connection.ask(partial(_delete_index, name))


def _delete_index(name: str, client: OpenSearch) -> None:
    client.indices.delete(index=name, ignore_unavailable=True)


def put_in_use(connection: Connection, index: str, in_use: str | None) -> None:
    """Moves the alias to a new index in one step, then deletes the old one."""
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
    """Deletes indices that were begun and are not the one in use."""
    address = connection.address
    known = connection.ask(lambda client: client.indices.get_alias(index=f"{address.alias}.*"))
    begun = [one for one in known if one != in_use and address.number(one) is not None]
    delete_indices(connection, begun)


def refresh(connection: Connection, index: str) -> None:
    """Makes what was sent visible to searches."""
    connection.ask(lambda client: client.indices.refresh(index=index))


def delete_versions(connection: Connection, index: str, versions: Sequence[str]) -> None:
    """Deletes the paragraphs and files of some versions from an index."""
    for at in range(0, len(versions), _MOST_NAMED):
        some = list(versions[at : at + _MOST_NAMED])
        _delete(connection, index, {"terms": {"version": some}})


def delete_born(connection: Connection, index: str, generation: int) -> None:
    """Deletes what was sent for a change that was not committed."""
    refresh(connection, index)
    _delete(connection, index, {"range": {"born": {"gte": generation}}})


def _delete(connection: Connection, index: str, query: dict[str, Any]) -> None:
    body = {"query": query}
    params = {"conflicts": "proceed", "refresh": "true", "wait_for_completion": "true"}
    connection.ask(
        lambda client: client.delete_by_query(
            index=index, body=body, params=params, request_timeout=_DELETING
        )
    )


def sent_versions(connection: Connection, index: str, generation: int) -> set[str]:
    """The versions of which anything was sent for a change that was not committed."""
    query = {"range": {"born": {"gte": generation}}}
    return {version for version, _ in buckets(connection, index, query, "version")}
