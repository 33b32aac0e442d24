"""The engine over a Whoosh index of our own codec: writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sinorus.engines.documents import timestamp
from sinorus.engines.port import Ingested, Read, document_to_add, ingested
from sinorus.engines.whoosh.commit import Contents, latest, read_contents, write_contents
from sinorus.engines.whoosh.indexer.live_documents import Inventory
from sinorus.engines.whoosh.indexer.merge_policy import merge_small
from sinorus.engines.whoosh.indexer.new_segments import NewSegments
from sinorus.engines.whoosh.indexer.shards import Shards
from sinorus.engines.whoosh.lock import beat, write_lock
from sinorus.engines.whoosh.orphans import clear
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError
from sinorus.files import Folder, Tree
from sinorus.model import Fault, Fingerprint, Reading
from sinorus.shortage import require_room_for_numpy, shortage
from sinorus.text.tokens import FINGERPRINT

_ALONE = 400_000
"""Characters of text up to which starting other processes costs more than it saves."""
_MANY = 500
"""Files from which on more text than that is to be expected."""

_BEAT = 0.5
"""Seconds between two signs of life."""


@contextmanager
def write(tree: Tree, name: str, wait: float, rebuild: bool) -> Iterator[WhooshWriter]:
    """A writer that commits at the end and cancels on an error: see `port.Engine.writer`.

    The index is in the folder `name` of the library `tree`.
    """
    require_room_for_numpy()
    with write_lock(tree, name, wait) as (folder, waited):
        try:
            change = WhooshWriter(folder, rebuild)
            change.waited = waited
            try:
                yield change
                change.commit()
            except BaseException:
                change.cancel()
                raise
        except OSError as fault:
            raise shortage(fault) or SinorusError(
                f"the index cannot be written: {fault.strerror}",
                "make room, or check the permissions of the index folder",
            ) from fault


class WhooshWriter:
    """One change of the index.

    New segments are written as documents come; what the change takes away is noted, and both are
    seen when `commit` puts a new table of contents in place.
    """

    def __init__(self, folder: Folder, rebuild: bool) -> None:
        self.folder = folder
        self.waited = False
        self._generation = latest(folder) + 1
        contents = self._contents(rebuild)
        if contents is not None or not self._generation:
            clear(folder, contents)
        self._before = set(folder.names())
        self._kept = contents is not None and not rebuild and contents.analysis == FINGERPRINT
        self._old = Inventory(folder, contents if self._kept else None)
        self._new = NewSegments(folder)
        self._shards: Shards | None = None
        self._added: set[str] = set()
        self._beaten = monotonic()

    def fingerprints(self) -> list[Fingerprint]:
        return self._old.fingerprints()

    def _contents(self, rebuild: bool) -> Contents | None:
        """What is there already; None for nothing, for another format, and to be made anew."""
        if not self._generation:
            return None
        try:
            return read_contents(self.folder, self._generation - 1)
        except NoIndexError:
            return None
        except IndexDamagedError:
            if not rebuild:
                raise
            return None

    def add(self, reading: Reading) -> None:
        document = document_to_add(reading, self._added)
        self.remove([reading.fingerprint.path])
        self._old.delete_id(document.id)
        self._put(reading)

    def _put(self, reading: Reading) -> None:
        if self._shards is not None:
            self._shards.give(reading)
            return
        self._new.add(reading)
        if self._new.characters > _ALONE:
            self._shards = Shards(self.folder)

    def ingest(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Ingested]:
        at = 0
        if self._shards is None and len(items) >= _MANY:
            self._shards = Shards(self.folder)
        while at < len(items) and self._shards is None:
            yield self._taken(at, read(place, items[at]))
            at += 1
            self._beat()
        if self._shards is not None:
            for one, mark, faults in self._shards.ingest(read, place, items, at):
                self._note(one, mark, faults)
                yield one
                self._beat()

    def _beat(self) -> None:
        """Shows those who wait for the first index that it goes on."""
        if (now := monotonic()) - self._beaten > _BEAT:
            self._beaten = now
            beat(self.folder)

    def _taken(self, number: int, reading: Reading) -> Ingested:
        one = ingested(number, reading)
        self._note(one, reading.fingerprint, reading.faults)
        if reading.document is not None:
            self._put(reading)
        return one

    def _note(self, one: Ingested, mark: Fingerprint, faults: Sequence[Fault]) -> None:
        """What a file that was read changes in the segments that were there before."""
        if one.fault is not None:
            return
        if one.same:
            self._old.remark(mark)
            return
        self._old.delete_path(mark.path)
        if one.document is None:
            self._old.skip(mark, faults[0])

    def skip(self, mark: Fingerprint, fault: Fault) -> None:
        self.remove([mark.path])
        self._old.skip(mark, fault)

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            self._old.delete_path(path)
            self._new.delete_path(path)
            if self._shards is not None:
                self._shards.delete_path(path)

    def touch(self, fingerprints: Iterable[Fingerprint]) -> None:
        for mark in fingerprints:
            self._old.remark(mark)

    def commit(self) -> None:
        """Makes all changes visible at once."""
        if self._kept and not self._old.changed and self._new.empty and self._shards is None:
            return
        states = [*self._old.states(), *self._new.finish()]
        if self._shards is not None:
            states += self._shards.finish()
        states = merge_small(self.folder, states)
        contents = Contents(
            self._generation,
            FINGERPRINT,
            timestamp(),
            states,
            self._old.skipped(),
        )
        from sinorus.engines.whoosh.codec.segment import whoosh_contents

        write_contents(self.folder, contents, whoosh_contents(contents))
        clear(self.folder, contents)

    def cancel(self) -> None:
        """Leaves the index as it was, and no more on the disk than there was."""
        if self._shards is not None:
            self._shards.abandon()
        self._new.abandon()
        self._old.close()
        if latest(self.folder) < self._generation:  # else the commit is there and can be read
            clear(self.folder, None, self._before)
