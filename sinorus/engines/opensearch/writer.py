"""The engine over an OpenSearch cluster: writing.

A change is sent under a generation of its own, which no reader looks at. When all of it is there,
one write of the state makes it count: that is the commit. The versions that it replaces are dead,
and deleted by the next writer. A writer that is killed leaves what it sent; the next does not send
it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from sinorus.engines.documents import timestamp
from sinorus.engines.opensearch.bulk import (
    Destination,
    Prepared,
    Sender,
    prepare,
    prepared,
    touch_lines,
)
from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import Counts, IndexedFile
from sinorus.engines.opensearch.lock import Lock, locked, whoami
from sinorus.engines.opensearch.scan import indexed_files
from sinorus.engines.opensearch.state import (
    State,
    delete_begun,
    delete_born,
    delete_indices,
    delete_versions,
    index_in_use,
    new_index,
    put_in_use,
    read_state,
    refresh,
    sent_versions,
    write_state,
)
from sinorus.engines.port import Ingested, Read, document_to_add
from sinorus.errors import SinorusError
from sinorus.model import Fault, Fingerprint, Reading
from sinorus.text.tokens import FINGERPRINT


@contextmanager
def write(
    connection: Connection, layout: tuple[int, int], rebuild: bool, wait: float
) -> Iterator[ClusterWriter]:
    """A writer that commits at the end and cancels on an error: see `port.Engine.writer`."""
    with locked(connection, wait) as lock, connection.patiently():
        with connection.validated():
            change = _begin(connection, lock, layout, rebuild)
        try:
            yield change
            change.commit()
        except (KeyboardInterrupt, GeneratorExit, SinorusError):
            change.stop()  # the next run goes on from here; until then nobody sees any of it
            raise
        except BaseException:
            change.stop()
            with suppress(SinorusError):  # what is wrong was said
                change.cancel()
            raise


def _begin(
    connection: Connection, lock: Lock, layout: tuple[int, int], rebuild: bool
) -> ClusterWriter:
    in_use = index_in_use(connection)
    state = None if in_use is None or rebuild else read_state(connection, in_use)
    if in_use is None or state is None or state.analysis != FINGERPRINT:
        index = new_index(connection, in_use, layout)
        state = State(index, 0, FINGERPRINT, "", "", 0, 0, 0)
    else:
        delete_begun(connection, in_use)
    delete_versions(connection, state.index, state.dead)
    return ClusterWriter(connection, lock, state, in_use)


_MOST_DEAD = 1_000
"""Dead versions that searches exclude; more are deleted at once."""


class _File(NamedTuple):
    version: str
    document: str
    counts: Counts


class ClusterWriter:
    """One change of a library in a cluster."""

    waited = True
    """On the way to a cluster and back there is always time for others."""

    def __init__(
        self, connection: Connection, lock: Lock, state: State, in_use: str | None
    ) -> None:
        self._connection, self._lock, self._state = connection, lock, state
        self._in_use = in_use
        self._born = state.generation + 1
        refresh(connection, state.index)
        self._fingerprints: list[Fingerprint] = []
        self._files = {
            one.path: _File(one.version, one.document, one.counts) for one in self._known(state)
        }
        begun = [{"range": {"born": {"gte": self._born}}}]
        self._sent = {
            one.version: one.counts for one in indexed_files(connection, state.index, begun)
        }
        self._left = sent_versions(connection, state.index, self._born)
        self._by_id = {one.document: path for path, one in self._files.items() if one.document}
        self._by_version: dict[str, Fingerprint] = {}
        self._dead: set[str] = set()
        self._added: set[str] = set()
        self._committing = False
        self._sender = Sender(connection, state.index, lock.check)

    def _known(self, state: State) -> Iterator[IndexedFile]:
        for one in indexed_files(self._connection, state.index, state.visible()):
            self._fingerprints.append(one.fingerprint)
            yield one

    def fingerprints(self) -> list[Fingerprint]:
        return self._fingerprints

    @property
    def _destination(self) -> Destination:
        return Destination(self._connection.address.library, self._born, self._sent)

    def add(self, reading: Reading) -> None:
        document = document_to_add(reading, self._added)
        if document.id in self._by_id:
            self.remove([self._by_id[document.id]])
        self._put(prepare(self._destination, 0, reading))

    def _put(self, ready: Prepared) -> None:
        """Sends a file in place of what its path had."""
        path = ready.fingerprint.path
        self.remove([path])
        if ready.lines is not None:
            self._sender.send(ready.lines)
        name = ready.ingested.document or ""
        self._files[path] = _File(ready.version, name, ready.counts)
        self._by_version[ready.version] = ready.fingerprint
        self._dead.discard(ready.version)
        self._left.discard(ready.version)
        if name:
            self._by_id[name] = path

    def ingest(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Ingested]:
        for ready in prepared(self._destination, read, place, items):
            if ready.ingested.same:
                self.touch([ready.fingerprint])
            elif ready.ingested.fault is None:
                self._put(ready)
            yield ready.ingested

    def skip(self, fingerprint: Fingerprint, fault: Fault) -> None:
        self._put(prepare(self._destination, 0, Reading(fingerprint, faults=(fault,))))

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            gone = self._files.pop(path, None)
            if gone is not None:
                self._dead.add(gone.version)
                if self._by_id.get(gone.document) == path:
                    del self._by_id[gone.document]

    def touch(self, fingerprints: Iterable[Fingerprint]) -> None:
        for fingerprint in fingerprints:
            known = self._files.get(fingerprint.path)
            if known is not None:
                library = self._connection.address.library
                self._sender.send(touch_lines(library, known.version, fingerprint))

    def commit(self) -> None:
        """Makes all changes visible at once."""
        self._sender.finish()
        while self._sender.refused:
            self._skip_refused()
            self._sender.finish()
        dead = sorted(self._dead | self._left)
        refresh(self._connection, self._state.index)
        self._lock.renew()
        self._committing = True
        if self._fresh:
            delete_versions(self._connection, self._state.index, dead)
            write_state(self._connection, self._next(()), self._state)
            refresh(self._connection, self._state.index)
            put_in_use(self._connection, self._state.index, self._in_use)
        else:
            self._replace(dead)
        self._sender.close()

    def _replace(self, dead: Sequence[str]) -> None:
        """Makes the change count, and the dead versions not.

        They are deleted by the next writer, so that whoever reads now loses nothing; or at once
        where searches would have too many to exclude.
        """
        write_state(self._connection, self._next(dead), self._state)
        if len(dead) > _MOST_DEAD:
            with suppress(SinorusError):  # the change is made; the next writer deletes them
                delete_versions(self._connection, self._state.index, dead)
                there = read_state(self._connection, self._state.index)
                write_state(self._connection, self._next(()), there)

    @property
    def _fresh(self) -> bool:
        """Whether the index is a new one, which nobody reads yet."""
        return self._state.index != self._in_use

    def _skip_refused(self) -> None:
        """Skips the files that the cluster rejected, as any that cannot be read."""
        refused, self._sender.refused = self._sender.refused, []
        for version, reason in dict(refused).items():
            known = self._by_version.get(version)
            if known is None or not known.document:
                raise SinorusError(f"the cluster does not take what is noted of a file: {reason}")
            self._dead.add(version)
            said = f"the cluster does not take it: {reason}"
            self.skip(known._replace(document=""), Fault(known.path, None, said, skipped=True))

    def _next(self, dead: Sequence[str]) -> State:
        documents, paragraphs, words = (
            sum(one.counts[at] for one in self._files.values()) for at in range(3)
        )
        return State(
            self._state.index,
            self._born,
            FINGERPRINT,
            timestamp(),
            whoami(),
            documents,
            paragraphs,
            words,
            tuple(dead),
        )

    def stop(self) -> None:
        """Stops sending."""
        self._sender.close()

    def cancel(self) -> None:
        """Deletes what was sent, unless readers may have seen it."""
        if self._committing:
            return
        if self._fresh:
            delete_indices(self._connection, [self._state.index])
        else:
            delete_born(self._connection, self._state.index, self._born)
