"""Whether answers still fit the files, and what is done about it before a search."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path
from time import monotonic, sleep

from sinorus.engines.port import Engine, EngineInfo
from sinorus.errors import (
    IndexLockedError,
    NoIndexError,
    OutdatedIndexError,
    Reason,
    SinorusError,
)
from sinorus.library.cost import leave, total_cost
from sinorus.library.survey import Look, Survey
from sinorus.model import Fingerprint, IndexReport, IndexState, Notice, Progress
from sinorus.model.wording import counted
from sinorus.sources.conversion.limits import Conversions
from sinorus.text.tokens import FINGERPRINT

_SPOT = 1.0
"""Seconds that what has changed may take, as estimated, for a search to index it before it answers;
what costs most is left when that is too much."""
_FIRST = 2.5
"""Seconds that all files may take for a library without an index to get one at its first search."""
_LOOKED_AT = 20
"""Changed files up to which it is asked of each whether it may be read."""
_PAUSE, _PATIENCE = 0.02, 1.0
"""Seconds between two looks at what another process does, and until a user is told of it."""


class Freshness:
    """The check before each answer.

    `look` surveys the files of the library, `wait` is how many seconds a stuck writer is waited
    for, `notify` gets what a user should know, `progress` the steps of runs that a check sets off.
    """

    def __init__(
        self,
        engine: Engine,
        place: Conversions,
        look: Look,
        wait: float,
        notify: Callable[[Notice], None],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._engine, self._tree, self._look, self._wait = engine, place.tree, look, wait
        self._place = place
        self._notify, self._progress = notify, progress

    def known(self) -> list[Fingerprint] | None:
        """What the index knows of files; empty without an index, None if it must be rebuilt."""
        try:
            info = self._engine.info()
        except OutdatedIndexError:
            return None
        except NoIndexError:
            return []
        return self._known(info)

    def _known(self, info: EngineInfo) -> list[Fingerprint] | None:
        if info.analysis != FINGERPRINT:
            return None
        return list(self._engine.fingerprints())

    def check(self, update: bool) -> IndexState:
        """The state of the index after what could be done quickly. Raises NoIndexError."""
        if self._engine.shared:
            return self._shared()
        try:
            info = self._engine.info()
        except OutdatedIndexError:
            if not update:
                raise
            return self._outdated()
        except NoIndexError:
            return self._first(update)
        updated = info.updated
        if not update:
            return IndexState(updated, stale=False)
        known = self._known(info)
        if known is None:
            return self._outdated()
        seen = self._look(known)
        if seen.lost is not None:
            self._tell(f"{seen.lost.path}: {seen.lost.reason}; this answer is from {updated}")
            return IndexState(updated, stale=True)
        unknown = self._unread(seen)
        if seen.table is not None and seen.table.late:
            told = f"the bibliography has changed since the index was made ({updated})"
            self._tell(f"{told}; this answer is from before", "stale index")
            unknown = True
        if not seen.stale:
            return IndexState(updated, stale=unknown)
        left = leave(seen, _SPOT)
        if seen.stale:
            state = self._on_the_spot(seen, updated, unknown)
            updated, unknown = state.updated, state.stale
        if left.stale:
            self._tell(
                f"{counted(left.stale, 'file')} {_changed(left)} since the index was made"
                f" ({updated}); this answer is from before",
                "stale index",
            )
        return IndexState(updated, stale=unknown or bool(left.stale))

    def _unread(self, seen: Survey) -> bool:
        """Whether documents may have changed that cannot be looked at now, which is said.

        Files that may not be read are no longer among what is stale: each search would try again.
        """
        told = [fault for fault in seen.faults if seen.keeps(fault)]
        if seen.stale <= _LOOKED_AT:
            root = Path(self._tree.root)
            told += seen.put_aside(lambda path: os.access(root / path, os.R_OK))
        for fault in told[:3]:
            self._tell(f"{fault.path}: {fault.reason}")
        if len(told) > 3:
            self._tell(f"{len(told) - 3:,} more", "faulty files")
        return bool(told)

    def _shared(self) -> IndexState:
        """An index that others use is as old as it says: a search is no reason to write to it."""
        info = self._engine.info()
        if info.analysis != FINGERPRINT:
            raise OutdatedIndexError(
                f"the index was made by another version of sinorus: {info.by} at {info.updated}",
                "update sinorus",
            )
        return IndexState(info.updated, stale=False)

    def _on_the_spot(self, seen: Survey, updated: str, unknown: bool) -> IndexState:
        try:
            # A reader never waits: whoever writes now brings the index up to date.
            report = self._update(seen, _SPOT)
        except SinorusError as fault:  # locked, or in a place where nothing can be written
            self._tell(f"{fault.message}; this answer is from {updated}")
            return IndexState(updated, stale=True)
        changed = report.new + report.updated + report.removed
        if changed:
            self._tell(f"{counted(changed, 'file')} changed: indexed before answering")
        return IndexState(self._engine.info().updated, stale=unknown)

    def _first(self, update: bool) -> IndexState:
        seen = self._look([])
        if self._others_make_it():
            return self.check(update)
        if not update or total_cost(seen) > _FIRST:
            raise NoIndexError(
                f"{self._tree.root} has no index yet ({counted(len(seen.changes.new), 'file')})"
            )
        try:
            report = self._update(seen, inf)
        except IndexLockedError:
            self._others_make_it()
            return self.check(update)
        if report.new or not report.documents:  # else another process was done a moment before
            self._tell(
                f"indexed {counted(report.documents, 'document')}, "
                f"{counted(report.paragraphs, 'paragraph')} in {report.seconds:.1f} s"
            )
        if report.skipped:
            self._tell(f"{counted(report.skipped, 'file')} skipped: sinorus index says why")
        return IndexState(self._engine.info().updated, stale=False)

    def _others_make_it(self) -> bool:
        """Waits while another process makes the first index; whether one did.

        Raises IndexLockedError for one that makes no progress for as long as a writer waits.
        """
        engine, since = self._engine, monotonic()
        last = engine.signs_of_work()
        if last is None:
            return False
        told = False
        while (now := engine.signs_of_work()) is not None and not self._there():
            if now != last:
                last, since = now, monotonic()
            elif monotonic() - since > self._wait:
                raise IndexLockedError(
                    "another process makes the first index and gets no further",
                    reason="stuck writer",
                )
            if not told and monotonic() - since > _PATIENCE:
                self._tell("another process makes the index: waiting for it")
                told = True
            sleep(_PAUSE)
        return True

    def _there(self) -> bool:
        try:
            self._engine.info()
        except NoIndexError:
            return False
        return True

    def _outdated(self) -> IndexState:
        seen = self._look([])
        if total_cost(seen) > _FIRST:
            raise OutdatedIndexError("the index was made by another version of sinorus")
        self._tell("the index was made by another version of sinorus and is rebuilt")
        return self._first(update=True)

    def _tell(self, text: str, reason: Reason = "") -> None:
        self._notify(Notice(text, reason))

    def _update(self, seen: Survey, budget: float) -> IndexReport:
        """Indexes what changed and fits in so many seconds, if nobody else writes: a reader does
        not wait for a writer.
        """
        from sinorus.library.indexing import update_index

        def look(known: Sequence[Fingerprint]) -> Survey:
            again = self._look(known)
            leave(again, budget)
            return again

        for step in update_index(self._engine, self._place, look, seen, wait=0):
            if isinstance(step, IndexReport):
                return step
            if self._progress is not None:
                self._progress(step)
        raise AssertionError("an index run ends with a report")


def _changed(seen: Survey) -> str:
    """No more than is known: a file that only looks as if it had been touched may be the same."""
    return "may have changed" if seen.looks_touched else "changed"
