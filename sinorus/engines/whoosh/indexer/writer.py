"""One change of an index: what is added and deleted becomes the next commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.engines.documents import timestamp
from sinorus.engines.port import Ingested, Read, document_to_add, ingested
from sinorus.engines.whoosh.commit import (
    Commit,
    SegmentState,
    is_current,
    latest,
    read_commit,
    remove_orphans,
    write_commit,
)
from sinorus.engines.whoosh.indexer.live_documents import LiveDocuments
from sinorus.engines.whoosh.indexer.merge_policy import MergePolicy, merge_due
from sinorus.engines.whoosh.lock import beat, write_lock
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError
from sinorus.files import Folder, Tree
from sinorus.model import Fault, Fingerprint, Reading
from sinorus.shortage import require_room_for_numpy, shortage
from sinorus.text.tokens import FINGERPRINT

if TYPE_CHECKING:
    from sinorus.engines.whoosh.indexer.segment_writer import NewSegments
    from sinorus.engines.whoosh.indexer.shards import Shards

_BEAT = 0.5
"""Seconds between two signs of life."""


class WriteOptions(NamedTuple):
    """How an index is written.

    `alone` is how many characters of text are indexed before other processes are started, which
    costs more than it saves up to there; from `many` files on they are started at once.
    """

    merging: MergePolicy = MergePolicy()
    alone: int = 400_000
    many: int = 500


@contextmanager
def write(
    tree: Tree,
    name: str,
    wait: float,
    rebuild: bool,
    known: Commit | None = None,
    options: WriteOptions | None = None,
) -> Iterator[WhooshWriter]:
    """A writer that commits at the end and cancels on an error: see `port.Engine.writer`.

    The index is in the folder `name` of the library `tree`. `known` is a commit that was read
    before; it is not read again if it is still the newest.
    """
    require_room_for_numpy()
    with write_lock(tree, name, wait) as (folder, waited):
        try:
            change = WhooshWriter(folder, rebuild, known, options or WriteOptions())
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

    New segments are written as documents come; what the change deletes is noted, and both are seen
    when `commit` puts a new table of contents in place. `found` is the commit that was there when
    the lock was held, None if there was none that can be read; `written` is the new one.
    """

    def __init__(
        self, folder: Folder, rebuild: bool, known: Commit | None, options: WriteOptions
    ) -> None:
        self.folder = folder
        self.waited = False
        self.written: Commit | None = None
        self._options = options
        self._generation = latest(folder) + 1
        self.found = commit = self._find(known, rebuild)
        if commit is not None or not self._generation:
            remove_orphans(folder, commit)
        self._before = set(folder.names())
        self._kept = commit is not None and not rebuild and commit.analysis == FINGERPRINT
        self._old = LiveDocuments(folder, commit if self._kept else None)
        self._new: NewSegments | None = None
        self._shards: Shards | None = None
        self._added: set[str] = set()
        self._beaten = monotonic()

    def fingerprints(self) -> list[Fingerprint]:
        return self._old.fingerprints()

    def _find(self, known: Commit | None, rebuild: bool) -> Commit | None:
        """What is there already; None for nothing, for another format, and to be rebuilt."""
        if not self._generation:
            return None
        if known is not None and is_current(self.folder, known):
            return known
        try:
            return read_commit(self.folder, self._generation - 1)
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
        self._write(reading)

    def _write(self, reading: Reading) -> None:
        if self._shards is not None:
            self._shards.add(reading)
            return
        if self._new is None:
            from sinorus.engines.whoosh.indexer.segment_writer import NewSegments

            self._new = NewSegments(self.folder)
        self._new.add(reading)
        if self._new.characters > self._options.alone:
            self._shards = self._spread()

    def _spread(self) -> Shards:
        from sinorus.engines.whoosh.indexer.shards import Shards

        return Shards(self.folder)

    def ingest(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Ingested]:
        at = 0
        if self._shards is None and len(items) >= self._options.many:
            self._shards = self._spread()
        while at < len(items) and self._shards is None:
            yield self._ingested(at, read(place, items[at]))
            at += 1
            self._beat()
        if self._shards is not None:
            for one, fingerprint, faults in self._shards.ingest(read, place, items, at):
                self._note(one, fingerprint, faults)
                yield one
                self._beat()

    def _beat(self) -> None:
        """Shows those who wait for the first index that it goes on."""
        if (now := monotonic()) - self._beaten > _BEAT:
            self._beaten = now
            beat(self.folder)

    def _ingested(self, number: int, reading: Reading) -> Ingested:
        one = ingested(number, reading)
        self._note(one, reading.fingerprint, reading.faults)
        if reading.document is not None:
            self._write(reading)
        return one

    def _note(self, one: Ingested, fingerprint: Fingerprint, faults: Sequence[Fault]) -> None:
        """What a file that was read changes in the segments that were there before."""
        if one.fault is not None:
            return
        if one.same:
            self._old.touch(fingerprint)
            return
        self._old.delete_path(fingerprint.path)
        if one.document is None:
            self._old.skip(fingerprint, faults[0])

    def skip(self, fingerprint: Fingerprint, fault: Fault) -> None:
        self.remove([fingerprint.path])
        self._old.skip(fingerprint, fault)

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            self._old.delete_path(path)
            if self._new is not None:
                self._new.delete_path(path)
            if self._shards is not None:
                self._shards.delete_path(path)

    def touch(self, fingerprints: Iterable[Fingerprint]) -> None:
        for fingerprint in fingerprints:
            self._old.touch(fingerprint)

    def commit(self) -> None:
        """Makes all changes visible at once."""
        if self._kept and not (self._old.changed or self._new or self._shards):
            return
        from sinorus.engines.whoosh.codec.segment import whoosh_toc

        states = merge_due(self.folder, self._states(), self._options.merging)
        commit = Commit(self._generation, FINGERPRINT, timestamp(), states, self._old.skipped())
        self.written = write_commit(self.folder, commit, whoosh_toc(commit))
        remove_orphans(self.folder, commit)

    def _states(self) -> list[SegmentState]:
        """The segments that were there, without what the change deletes, and the new ones."""
        states = self._old.states()
        if self._new is not None:
            states += self._new.finish()
        if self._shards is not None:
            states += self._shards.finish()
        return states

    def cancel(self) -> None:
        """Leaves the index as it was, and no more on the disk than there was."""
        if self._shards is not None:
            self._shards.abandon()
        if self._new is not None:
            self._new.abandon()
        self._old.close()
        if latest(self.folder) < self._generation:  # else the commit is there and can be read
            remove_orphans(self.folder, None, self._before)
