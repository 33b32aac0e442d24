"""The engine over an OpenSearch cluster: writing.

A change is sent under a generation of its own, which no reader looks at. When all of it is there,
one write of the state makes it count: that is the commit. What it takes the place of is dead, and
deleted by the next writer. One that is killed leaves what it sent; the next does not send it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from sinorus.engines.documents import timestamp
from sinorus.engines.opensearch import target
from sinorus.engines.opensearch.bulk import Sender, update
from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.entry import Counts, Entry, file_state
from sinorus.engines.opensearch.lock import Lock, locked, whoami
from sinorus.engines.opensearch.scan import entries
from sinorus.engines.opensearch.state import State, read_state, write_state
from sinorus.engines.opensearch.workers import Destination, Prepared, prepare, prepared
from sinorus.engines.port import Ingested, Read
from sinorus.errors import SinorusError
from sinorus.model import Fault, Fingerprint, Reading
from sinorus.text.tokens import FINGERPRINT


@contextmanager
def write(
    connection: Connection, layout: tuple[int, int], rebuild: bool, wait: float
) -> Iterator[ClusterWriter]:
    """A writer that commits at the end and cancels on an error: see `port.Engine.writer`."""
    with locked(connection, wait) as lock, connection.patiently():
        with connection.understanding():
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
    in_use = target.index_in_use(connection)
    state = None if in_use is None or rebuild else read_state(connection, in_use)
    if in_use is None or state is None or state.analysis != FINGERPRINT:
        index = target.new_index(connection, in_use, layout)
        state = State(index, 0, FINGERPRINT, "", "", 0, 0, 0)
    else:
        target.delete_begun(connection, in_use)
    target.delete_versions(connection, state.index, state.dead)
    return ClusterWriter(connection, lock, state, in_use)


_MANY = 1_000
"""Dead versions that searches can bear to have named."""


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
        target.refresh(connection, state.index)
        self._fingerprints: list[Fingerprint] = []
        self._files = {
            one.path: _File(one.version, one.document, one.counts) for one in self._known(state)
        }
        begun = [{"range": {"born": {"gte": self._born}}}]
        self._sent = {one.version: one.counts for one in entries(connection, state.index, begun)}
        self._left = target.sent_versions(connection, state.index, self._born)
        self._by_id = {one.document: path for path, one in self._files.items() if one.document}
        self._marks: dict[str, Fingerprint] = {}
        self._dead: set[str] = set()
        self._added: set[str] = set()
        self._committing = False
        self._sender = Sender(connection, state.index, lock.check)

    def _known(self, state: State) -> Iterator[Entry]:
        for one in entries(self._connection, state.index, state.visible()):
            self._fingerprints.append(one.mark)
            yield one

    def fingerprints(self) -> list[Fingerprint]:
        return self._fingerprints

    @property
    def _destination(self) -> Destination:
        return Destination(self._connection.address.library, self._born, self._sent)

    def add(self, reading: Reading) -> None:
        document = reading.document
        if document is None:
            raise ValueError("a reading without a document cannot be added")
        if document.id in self._added:
            raise ValueError(f"{document.id} is added twice in one change")
        self._added.add(document.id)
        if document.id in self._by_id:
            self.remove([self._by_id[document.id]])
        self._put(prepare(self._destination, 0, reading))

    def _put(self, ready: Prepared) -> None:
        """Sends a file in place of what its path had."""
        mark = ready.mark
        self.remove([mark.path])
        if ready.parcel is not None:
            self._sender.send(ready.parcel)
        name = ready.taken.document or ""
        self._files[mark.path] = _File(ready.version, name, ready.counts)
        self._marks[ready.version] = mark
        self._dead.discard(ready.version)
        self._left.discard(ready.version)
        if name:
            self._by_id[name] = mark.path

    def ingest(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Ingested]:
        for ready in prepared(self._destination, read, place, items):
            if ready.taken.same:
                self.touch([ready.mark])
            elif ready.taken.fault is None:
                self._put(ready)
            yield ready.taken

    def skip(self, mark: Fingerprint, fault: Fault) -> None:
        self._put(prepare(self._destination, 0, Reading(mark, faults=(fault,))))

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            gone = self._files.pop(path, None)
            if gone is not None:
                self._dead.add(gone.version)
                if self._by_id.get(gone.document) == path:
                    del self._by_id[gone.document]

    def touch(self, fingerprints: Iterable[Fingerprint]) -> None:
        for mark in fingerprints:
            known = self._files.get(mark.path)
            if known is not None:
                name = f"{self._connection.address.library}/{known.version}"
                routing = known.version.split(".")[0]
                fields = {"stored": file_state(mark)}
                self._sender.send(update(known.version, name, routing, fields))

    def commit(self) -> None:
        """Makes all changes visible at once."""
        self._sender.finish()
        while self._sender.refused:
            self._skip_refused()
            self._sender.finish()
        dead = sorted(self._dead | self._left)
        target.refresh(self._connection, self._state.index)
        self._lock.renew()
        self._committing = True
        if self._fresh:
            target.delete_versions(self._connection, self._state.index, dead)
            write_state(self._connection, self._next(()), self._state)
            target.refresh(self._connection, self._state.index)
            target.put_in_use(self._connection, self._state.index, self._in_use)
        else:
            self._replace(dead)
        self._sender.close()

    def _replace(self, dead: Sequence[str]) -> None:
        """Makes the change count, and what is dead not.

        It is deleted by the next writer, so that who reads now loses nothing; or at once where
        there is so much that each search would have too much to say.
        """
        write_state(self._connection, self._next(dead), self._state)
        if len(dead) > _MANY:
            with suppress(SinorusError):  # the change is made; the next writer tidies up
                target.delete_versions(self._connection, self._state.index, dead)
                there = read_state(self._connection, self._state.index)
                write_state(self._connection, self._next(()), there)

    @property
    def _fresh(self) -> bool:
        """Whether the index is a new one, which nobody reads yet."""
        return self._state.index != self._in_use

    def _skip_refused(self) -> None:
        """Takes note of the files that the cluster does not take, as of any that cannot be read."""
        refused, self._sender.refused = self._sender.refused, []
        for version, reason in dict(refused).items():
            mark = self._marks.get(version)
            if mark is None or not mark.document:
                raise SinorusError(f"the cluster does not take what is noted of a file: {reason}")
            self._dead.add(version)
            said = f"the cluster does not take it: {reason}"
            self.skip(mark._replace(document=""), Fault(mark.path, None, said, skipped=True))

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
        """Sends no more."""
        self._sender.close()

    def cancel(self) -> None:
        """Takes away what was sent; readers never saw it. Where they may have it stays."""
        if self._committing:
            return
        if self._fresh:
            target.delete_indices(self._connection, [self._state.index])
        else:
            target.delete_born(self._connection, self._state.index, self._born)
