"""Whether answers still fit the files, and what is done about it before a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sinorus.engines.port import EngineInfo
from sinorus.errors import NoIndexError, OutdatedIndexError, SinorusError
from sinorus.library.indexing import IndexReport, Progress, Survey, survey, update_index
from sinorus.model import Fingerprint, IndexState
from sinorus.text.tokens import FINGERPRINT

if TYPE_CHECKING:
    from sinorus.library.library import Library

_SPOT_FILES, _SPOT_BYTES = 20, 1_000_000
"""Up to this many changed files and bytes, a search indexes them before it answers."""
_SMALL_FILES, _SMALL_BYTES = 200, 3_000_000
"""Up to this size, a library without an index gets one at its first search."""


class Freshness:
    """The check before each answer. `progress` gets the steps of runs that it sets off."""

    def __init__(self, library: Library, progress: Callable[[Progress], None] | None) -> None:
        self._library = library
        self._progress = progress

    def known(self) -> list[Fingerprint] | None:
        """What the index knows of files; empty without an index, None if it must be rebuilt."""
        engine = self._library.engine
        try:
            info = engine.info()
        except OutdatedIndexError:
            return None
        except NoIndexError:
            return []
        return self._known(info)

    def _known(self, info: EngineInfo) -> list[Fingerprint] | None:
        if info.analysis != FINGERPRINT:
            return None
        return list(self._library.engine.fingerprints())

    def check(self, update: bool) -> IndexState:
        """The state of the index after what could be done quickly. Raises NoIndexError."""
        library = self._library
        if library.engine.shared:
            return self._shared()
        try:
            info = library.engine.info()
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
        seen = self._survey(known)
        if seen.lost is not None:
            library.notify(f"{seen.lost.path}: {seen.lost.reason}; this answer is from {updated}")
            return IndexState(updated, stale=True)
        if not seen.stale:
            return IndexState(updated, stale=False)
        if seen.stale > _SPOT_FILES or seen.size > _SPOT_BYTES:
            library.notify(
                f"{_files(seen.stale)} changed since the index was made ({updated}); "
                "this answer is from before: run sinorus index"
            )
            return IndexState(updated, stale=True)
        return self._on_the_spot(seen, known, updated)

    def _shared(self) -> IndexState:
        """An index that others use is as old as it says: a search is no reason to write to it."""
        info = self._library.engine.info()
        if info.analysis != FINGERPRINT:
            raise OutdatedIndexError(
                f"the index was made by another version of sinorus: {info.by} at {info.updated}",
                "update sinorus, or run sinorus index --rebuild",
            )
        return IndexState(info.updated, stale=False)

    def _survey(self, known: list[Fingerprint]) -> Survey:
        library = self._library
        return survey(str(library.root), library.settings["sources"], known)

    def _on_the_spot(self, seen: Survey, known: list[Fingerprint], updated: str) -> IndexState:
        library = self._library
        try:
            # A reader never waits: whoever writes now brings the index up to date.
            steps = update_index(library.engine, str(library.root), seen, known, wait=0)
            report = self._run(steps)
        except SinorusError as fault:  # locked, or in a place where nothing can be written
            library.notify(f"{fault.message}; this answer is from {updated}")
            return IndexState(updated, stale=True)
        changed = report.new + report.updated + report.removed
        if changed:
            library.notify(f"{_files(changed)} changed: indexed before answering")
        return IndexState(library.engine.info().updated, stale=False)

    def _first(self, update: bool) -> IndexState:
        library = self._library
        seen = self._survey([])
        if not update or len(seen.changes.new) > _SMALL_FILES or seen.size > _SMALL_BYTES:
            raise NoIndexError(
                f"{library.root} has no index yet ({_files(len(seen.changes.new))})",
                "run sinorus index",
            )
        report = self._run(update_index(library.engine, str(library.root), seen, [], rebuild=True))
        library.notify(
            f"indexed {report.documents} documents, {report.paragraphs} paragraphs "
            f"in {report.seconds:.1f} s"
        )
        return IndexState(library.engine.info().updated, stale=False)

    def _outdated(self) -> IndexState:
        library = self._library
        seen = self._survey([])
        if len(seen.changes.new) > _SMALL_FILES or seen.size > _SMALL_BYTES:
            raise NoIndexError(
                "the index was made by another version of sinorus", "run sinorus index --rebuild"
            )
        library.notify("the index was made by another version of sinorus and is made anew")
        return self._first(update=True)

    def _run(self, steps: Iterator[Progress | IndexReport]) -> IndexReport:
        for step in steps:
            if isinstance(step, IndexReport):
                return step
            if self._progress is not None:
                self._progress(step)
        raise AssertionError("an index run ends with a report")


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"
