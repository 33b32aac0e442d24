"""One writer at a time: a document of the cluster says who is at work, and until when.

It is renewed while the writer works, so that what a killed one leaves behind expires.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getuser
from socket import gethostname
from threading import Event, Thread
from time import monotonic, sleep, time
from typing import Any
from uuid import uuid4

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.connection import Connection, unchanged_since
from sinorus.errors import IndexLockedError, SinorusError

_ID = "writer"
_LASTS = 60.0
"""Seconds that a lock holds without being renewed."""
_MARGIN = 30.0
"""Seconds that must be left of it for anything to be sent: it has to arrive before it expires."""
_RENEWED = 10.0
"""Seconds after which it is renewed."""
_BETWEEN = 0.2


def whoami() -> str:
    """Who works here, as others may know them: user@machine."""
    try:
        name = getuser()
    except (KeyError, OSError):  # a container may have a user without a name
        name = str(os.getuid()) if hasattr(os, "getuid") else "somebody"
    return f"{name}@{gethostname()}"


class Lock:
    """A lock that is held, and whether it still is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = connection.address.lock
        self._token = uuid4().hex
        self._place: dict[str, Any] = {}
        self._until = 0.0
        self._lost = False
        self._renewing = threading.Lock()

    def acquire(self, wait: float) -> None:
        """Acquires the lock. Raises IndexLockedError when another has it after `wait` seconds."""
        until = monotonic() + wait
        while True:
            holder = self._connection.ask(self._try)
            if holder is None:
                return
            if monotonic() >= until:
                raise IndexLockedError(
                    f"{holder} is writing the index of {self._connection.address.library!r}"
                )
            sleep(_BETWEEN)

    def _try(self, client: OpenSearch) -> str | None:
        """Acquires the lock if it is free; returns who has it otherwise."""
        try:
            found = client.get(index=self._index, id=_ID)
        except exceptions.NotFoundError as fault:
            if fault.error == "index_not_found_exception":
                self._create_index(client)
            found = None
        params: dict[str, Any] = {"op_type": "create"}
        if found is not None:
            source = found["_source"]
            if source["until"] > time() and source["token"] != self._token:
                return str(source["by"])
            params = unchanged_since(found)
        try:
            self._place = unchanged_since(self._put(client, params))
        except exceptions.ConflictError:
            return "another process"
        return None

    def _create_index(self, client: OpenSearch) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        with suppress(exceptions.RequestError):  # another was as quick
            client.indices.create(index=self._index, body={"settings": {"index": settings}})

    def _put(self, client: OpenSearch, params: dict[str, Any]) -> dict[str, Any]:
        until = time() + _LASTS
        body = {"by": whoami(), "token": self._token, "until": until}
        answer: dict[str, Any] = client.index(index=self._index, id=_ID, body=body, params=params)
        self._until = until
        return answer

    def check(self) -> None:
        """Raises SinorusError if another writer took over meanwhile, or may have."""
        if self._lost or time() + _MARGIN > self._until:
            raise SinorusError(
                "another writer took over: this one had not been heard of for a minute",
                reason="unfinished run",
            )

    def keep_renewed(self, ended: Event) -> None:
        """Renews the lock from time to time until the writer has ended."""
        while not ended.wait(_RENEWED) and not self._lost:
            with suppress(SinorusError):  # whoever writes will meet the same and say so
                self.renew()

    def renew(self) -> None:
        """Extends the lock. Raises SinorusError if another has it."""
        with self._renewing:
            self._connection.ask(self._renew)
        self.check()

    def _renew(self, client: OpenSearch) -> None:
        try:
            self._place = unchanged_since(self._put(client, self._place))
        except exceptions.ConflictError:
            # Or it was renewed before, and only the answer was lost.
            try:
                found = client.get(index=self._index, id=_ID)
            except exceptions.NotFoundError:
                self._lost = True
                return
            self._lost = found["_source"]["token"] != self._token
            self._place = unchanged_since(found)

    def release(self) -> None:
        """Releases the lock, if it is still held."""

        def question(client: OpenSearch) -> None:
            with suppress(exceptions.ConflictError, exceptions.NotFoundError):
                client.delete(index=self._index, id=_ID, params=self._place)

        with suppress(SinorusError):  # it expires
            self._connection.ask(question)


@contextmanager
def locked(connection: Connection, wait: float) -> Iterator[Lock]:
    """The lock, held while the context lasts. Raises IndexLockedError."""
    lock = Lock(connection)
    lock.acquire(wait)
    ended = Event()
    keeper = Thread(target=lock.keep_renewed, args=(ended,), name="sinorus-lock", daemon=True)
    keeper.start()
    try:
        yield lock
    finally:
        ended.set()
        keeper.join()
        lock.release()
