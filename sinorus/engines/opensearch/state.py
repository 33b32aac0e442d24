"""What a reader must know of an index before it asks: which changes are whole, and what is gone."""

from __future__ import annotations

from dataclasses import field, fields
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
    place: tuple[int, int] | None = field(default=None, compare=False)
    """Where in the history of the index the state was read; of none, None."""

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
    place = (found["_seq_no"], found["_primary_term"])
    return State(found["_index"], **{**stored, "dead": tuple(stored["dead"])}, place=place)


def write_state(connection: Connection, state: State, before: State) -> None:
    """Puts a state in place of that `before`: from then on readers that open the index see it.

    Raises SinorusError if another has been put there meanwhile.
    """
    body = {"kind": STATE, "stored": _stored(state)}
    params: dict[str, Any] = {"routing": STATE}
    if before.place is not None:
        params |= {"if_seq_no": before.place[0], "if_primary_term": before.place[1]}

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
