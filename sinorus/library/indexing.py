"""Bringing an index up to date with the files of a library."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from sinorus.engines.port import Engine, Ingested, Writer
from sinorus.errors import SinorusError, UnwritableIndexError
from sinorus.library.former import Leaving
from sinorus.library.reading import Item, PartItem
from sinorus.library.survey import KEPT, Look, Survey, drop_touched
from sinorus.model import Fault, Fingerprint, IndexReport, Progress, Reading
from sinorus.model.documents import PART, PartFile
from sinorus.sources.beside import DESCRIBES_ANOTHER
from sinorus.sources.conversion.kept import drop_others
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.kinds import extras_for, kinds_of

Taken = tuple[Ingested, Item | PartItem]
"""What became of a file or part, and which it was."""

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
                run = _Run(place, seen, writer, counts)
                yield from run.steps()
                leaving = Leaving(engine)
                leaving.take(run.replaced)
            leaving.keep(place.tree)
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
        extras=extras_for(kinds_of(seen.others)),
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
        self.before = {one.path: one for one in self.known}
        self.within: dict[str, list[Fingerprint]] = {}
        """What is known of the documents that stand in each file."""
        for one in self.known:
            if PART in one.path:
                self.within.setdefault(one.path.partition(PART)[0], []).append(one)
        self.replaced: list[str] = []
        """The documents that are taken out, and those that others take the place of."""

    def steps(self) -> Iterator[Progress]:
        gone = [one.path for one in self.changes.removed]
        gone += [one.path for path in gone for one in self.within.get(path, ())]
        self.take_out(gone)
        removed = {*gone}
        self.counts.removed = sum(bool(one.document) for one in self.known if one.path in removed)
        work: list[Item | PartItem]
        work = [*((entry, None) for entry in self.changes.new), *self.changes.suspect]
        work.sort(key=lambda item: item[0].path)
        found: list[Taken] = []
        while work:
            yield from self.round(work, found)
            new = found[-len(work) :]
            work = [_part_item(item, part) for one, item in new for part in one.parts]
        self.name(found, removed)

    def round(self, work: Sequence[Item | PartItem], found: list[Taken]) -> Iterator[Progress]:
        """Has files read; what became of each is added to `found`, in the order of the files."""
        from sinorus.library.reading import read_file

        total, before = sum(item[0].size for item in work), len(found)
        done = 0
        yield Progress(before, before + len(work), 0, total)
        for one in self.writer.ingest(read_file, self.place, work):
            item = work[one.number]
            found.append((one, item))
            self.count(one, self.before.get(one.path))
            if not one.same and one.fault is None:
                self.replace(one.path)
                still = {part.path for part in one.parts}
                gone = [known.path for known in self.within.get(one.path, ())]
                self.take_out([path for path in gone if path not in still])
            done += item[0].size
            yield Progress(len(found), before + len(work), done, total)
        found[before:] = sorted(found[before:], key=lambda taken: taken[0].number)

    def take_out(self, paths: Sequence[str]) -> None:
        """Takes out whatever is known of some files."""
        self.writer.remove(paths)
        for path in paths:
            self.replace(path)

    def replace(self, path: str) -> None:
        """Notes that what a file had is no more."""
        if (known := self.before.get(path)) and known.document:
            self.replaced.append(known.document)

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

    def name(self, found: Sequence[Taken], removed: Collection[str]) -> None:
        """Gives documents whose id another has one of their own: the first comer keeps the id."""
        changed = {one.path for one, _ in found if not one.same and one.fault is None} | {*removed}
        changed.update(known.path for path in [*changed] for known in self.within.get(path, ()))
        owners = {
            fingerprint.document: fingerprint.path
            for fingerprint in self.known
            if fingerprint.document and fingerprint.path not in changed
        }
        for one, item in found:
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
            self.again(item, f"{one.document}~{number}", fault)

    def again(self, item: Item | PartItem, name: str, fault: Fault) -> None:
        """Reads a file a second time, for its document to go by another id."""
        from sinorus.library.reading import read_file

        again = item if isinstance(item, PartItem) else (item[0], None)
        reading = read_file(self.place, again)
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


def _part_item(item: Item | PartItem, part: PartFile) -> PartItem:
    """What is to be read of a document that stands in a file."""
    return PartItem(item[0]._replace(path=part.path), part.kept)
