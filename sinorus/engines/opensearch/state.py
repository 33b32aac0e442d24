"""What a reader must know of an index before it asks: which changes are whole, and what is gone."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.mapping import FORMAT, STATE
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

    def visible(self) -> list[dict[str, Any]]:
        """The filters that let through what counts."""
        found: list[dict[str, Any]] = [{"range": {"born": {"lte": self.generation}}}]
        for at in range(0, len(self.dead), 65_536):
            gone = {"terms": {"version": list(self.dead[at : at + 65_536])}}
            found.append({"bool": {"must_not": [gone]}})
        return found


def read_state(connection: Connection, index: str) -> State:
    """The state of an index, or of the one that an alias stands for.

    Raises NoIndexError if there is none, OutdatedIndexError for one of an older format,
    SinorusError for one of a newer.
    """

    def question(client: OpenSearch) -> Any:
        try:
            return client.get(index=index, id=STATE, params={"routing": STATE})
        except exceptions.NotFoundError as fault:
            if fault.error == "index_not_found_exception":
                raise
            return None

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
    return State(found["_index"], **{**stored, "dead": tuple(stored["dead"])})


def write_state(connection: Connection, state: State) -> None:
    """Puts a state in place: from then on readers that open the index see it."""
    known = {one.name: getattr(state, one.name) for one in fields(state) if one.name != "index"}
    stored = {"format": FORMAT, **known, "dead": list(state.dead)}
    body = {"kind": STATE, "stored": stored}
    connection.ask(
        lambda client: client.index(
            index=state.index, id=STATE, body=body, params={"routing": STATE}
        )
    )
