"""Bringing an index up to date with the files of a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from sinorus.engines.port import Engine, Ingested, Writer
from sinorus.errors import SinorusError, UnwritableIndexError
from sinorus.library.survey import KEPT, Look, Survey, drop_touched
from sinorus.model import Fault, Fingerprint, IndexReport, Progress, Reading
from sinorus.model.documents import DESCRIBES_ANOTHER
from sinorus.sources.conversion.kept import drop_others
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.kinds import kinds_of

if TYPE_CHECKING:
    from sinorus.library.reading import Item


_FEW = 20


def refuse_to_empty(engine: Engine, seen: Survey) -> None:
    """Raises SinorusError where a run would take most documents out of an index that others use.

    Whoever has the program and an empty folder could do so by mistake.
    """
    gone, there = len(seen.changes.removed), len(seen.known)
    if gone > _FEW and 2 * gone > there:
        info = engine.info()
        raise SinorusError(
            f"{gone:,} of the {there:,} files in {engine.place} are not here: it was indexed by "
            f"{info.by} at {info.updated}",
            reason="emptied index",
        )


def update_index(
    engine: Engine,
    place: Conversions,
    look: Look,
    seen: Survey,
    *,
    rebuild: bool = False,
    wait: float = 5.0,
) -> Iterator[Progress | IndexReport]:
    """Indexes what changed; yields progress, and the report last, after the commit.

    What `seen` tells is whether there is anything to do; what is done is decided when the lock is
    held. Nothing is written if nothing changed; abandoning the iterator leaves the index as it was.
    Raises SinorusError if a source folder is missing.
    """
    _must_be_there(seen)
    started = perf_counter()
    counts = _Counts()
    if rebuild or seen.stale or not engine.clean():
        try:
            with engine.writer(rebuild=rebuild, wait=wait) as writer:
                seen = _under_lock(look, seen, writer)
                if engine.shared and not rebuild:
                    refuse_to_empty(engine, seen)
                yield from _Run(place, seen, writer, counts).steps()
            drop_others(place.tree, engine.fingerprints)
        except UnwritableIndexError:  # which is no matter for a copy that only looks changed
            drop_touched(place.tree, seen)
            if rebuild or seen.stale:
                raise
    yield _report(engine, seen, counts, perf_counter() - started)


@dataclass(slots=True)
class _Counts:
    """What a run did to the files that it read, and those it could not read this time."""

    new: int = 0
    updated: int = 0
    removed: int = 0
    faults: list[Fault] = field(default_factory=list)


def _report(engine: Engine, seen: Survey, counts: _Counts, seconds: float) -> IndexReport:
    found = [*engine.faults(), *seen.faults, *counts.faults]
    found = [fault for fault in found if fault.reason != DESCRIBES_ANOTHER]
    once = {(fault.path, fault.line, fault.reason): fault for fault in found}
    faults = sorted(once.values(), key=lambda fault: (fault.path, fault.line or 0))
    info = engine.info()
    return IndexReport(
        new=counts.new,
        updated=counts.updated,
        unchanged=info.documents - counts.new - counts.updated,
        removed=counts.removed,
        skipped=len({fault.path for fault in faults if fault.skipped}),
        documents=info.documents,
        paragraphs=info.paragraphs,
        seconds=seconds,
        faults=tuple(faults),
        others=tuple(seen.others),
        other_kinds=kinds_of(seen.others),
    )


def _under_lock(look: Look, seen: Survey, writer: Writer) -> Survey:
    """The survey that holds now that nobody else writes: the last one, or another."""
    known = writer.fingerprints()
    if writer.waited or known != seen.known:
        seen = look(known)
        _must_be_there(seen)
    return seen


def _must_be_there(seen: Survey) -> None:
    if seen.lost is not None:
        raise SinorusError(f"{seen.lost.path}: {seen.lost.reason}", "the index is left as it is")


class _Run:
    def __init__(self, place: Conversions, seen: Survey, writer: Writer, counts: _Counts) -> None:
        self.place, self.changes, self.known = place, seen.changes, seen.known
        self.writer, self.counts = writer, counts

    def steps(self) -> Iterator[Progress]:
        from sinorus.library.reading import read_file

        self.writer.remove([fingerprint.path for fingerprint in self.changes.removed])
        self.counts.removed = len(
            [fingerprint for fingerprint in self.changes.removed if fingerprint.document]
        )
        work: list[Item] = [*((entry, None) for entry in self.changes.new), *self.changes.suspect]
        work.sort(key=lambda pair: pair[0].path)
        total = sum(entry.size for entry, _ in work)
        ingested: list[Ingested] = []
        done = 0
        yield Progress(0, len(work), 0, total)
        for one in self.writer.ingest(read_file, self.place, work):
            ingested.append(one)
            entry, fingerprint = work[one.number]
            self.count(one, fingerprint)
            done += entry.size
            yield Progress(len(ingested), len(work), done, total)
        ingested.sort(key=lambda one: one.number)
        self.name(ingested, work)

    def count(self, ingested: Ingested, fingerprint: Fingerprint | None) -> None:
        if ingested.fault is not None:
            fault = ingested.fault
            if fingerprint is not None and fingerprint.document:
                fault = replace(fault, reason=f"{fault.reason}; {KEPT}")
            self.counts.faults.append(fault)
        elif ingested.document is None:
            return
        elif fingerprint is None or not fingerprint.document:
            self.counts.new += 1
        else:
            self.counts.updated += 1

    def name(self, ingested: Sequence[Ingested], work: Sequence[Item]) -> None:
        """Gives documents whose id another has one of their own: the first comer keeps the id."""
        changed = {one.path for one in ingested if not one.same and one.fault is None}
        changed.update(fingerprint.path for fingerprint in self.changes.removed)
        owners = {
            fingerprint.document: fingerprint.path
            for fingerprint in self.known
            if fingerprint.document and fingerprint.path not in changed
        }
        for one in ingested:
            if one.document is None or owners.setdefault(one.document, one.path) == one.path:
                continue
            number = 2
            while owners.setdefault(f"{one.document}~{number}", one.path) != one.path:
                number += 1
            reason = (
                f"its id {one.document!r} belongs to {owners[one.document]}; "
                f"it is indexed as '{one.document}~{number}'"
            )
            fault = Fault(one.path, None, reason, skipped=False)
            self.again(work[one.number], f"{one.document}~{number}", fault)

    def again(self, item: Item, name: str, fault: Fault) -> None:
        """Reads a file a second time, for its document to go by another id."""
        from sinorus.library.reading import read_file

        reading = read_file(self.place, (item[0], None))
        fingerprint, document, faults = reading.fingerprint, reading.document, reading.faults
        self.writer.remove([fingerprint.path])
        if reading.passing:
            self.counts.faults += faults
        elif document is None:
            self.writer.skip(fingerprint, faults[0])
        else:
            self.writer.add(
                Reading(
                    fingerprint._replace(document=name),
                    replace(document, id=name),
                    [replace(paragraph, document=name) for paragraph in reading.paragraphs],
                    (*faults, fault),
                )
            )
