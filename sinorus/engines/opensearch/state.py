"""What a reader must know of an index before it asks: which changes are whole, and what is gone."""

from __future__ import annotations

from dataclasses import field, fields
from typing import Any

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.connection import Connection, unchanged_since
from sinorus.engines.opensearch.schema import FORMAT, MOST_TERMS, STATE
from sinorus.errors import NoIndexError, OutdatedIndexError, SinorusError
from sinorus.model.value import value


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
        raise NoIndexError(f"the index {index} was never finished", "run sinorus index")
    stored = dict(found["_source"]["stored"])
    form = stored.pop("format")
    if form > FORMAT:
        raise SinorusError(
            f"the index of {connection.address.library!r} was made by a newer version of sinorus",
            "update sinorus",
        )
    if form < FORMAT:
        raise OutdatedIndexError(
            "the index was made by another version of sinorus", "run sinorus index --rebuild"
        )
    dead, place = tuple(stored.pop("dead")), unchanged_since(found)
    return State(found["_index"], **stored, dead=dead, place=place)


def write_state(connection: Connection, state: State, before: State) -> None:
    """Puts a state in place of that `before`: from then on readers that open the index see it.

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
                    "another writer has changed the index meanwhile", "run sinorus index again"
                ) from None

    connection.ask(question)


def _stored(state: State) -> dict[str, Any]:
    unsaid = ("index", "place")
    known = {one.name: getattr(state, one.name) for one in fields(state) if one.name not in unsaid}
    return {"format": FORMAT, **known, "dead": list(state.dead)}
