"""Bringing an index up to date with the files of a library."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from sinorus.engines.port import Engine, Taken, Writer
from sinorus.errors import SinorusError
from sinorus.model import Fault, Fingerprint
from sinorus.sources.diff import Changes, diff
from sinorus.sources.walk import walk

if TYPE_CHECKING:
    from sinorus.library.reading import Item


class Progress(NamedTuple):
    """How far an index run is: files and bytes done, of all that are to be read."""

    done: int
    total: int
    bytes_done: int
    bytes_total: int


@dataclass(slots=True)
class IndexReport:
    """What an index run did, counted in files; `faults` of all files, old and new, by path."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    documents: int = 0
    paragraphs: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """The files of a library beside what the index knows of them.

    `lost` names a source folder that is not there: then nothing is known of what has changed.
    """

    changes: Changes
    faults: list[Fault]
    lost: Fault | None = None

    @property
    def stale(self) -> int:
        """How many files may differ."""
        changes = self.changes
        return len(changes.new) + len(changes.suspect) + len(changes.removed)

    @property
    def size(self) -> int:
        """The bytes of the files that would be read."""
        entries = [*self.changes.new, *(entry for entry, _ in self.changes.suspect)]
        return sum(entry.size for entry in entries)


def survey(
    root: str,
    folders: Sequence[str],
    known: Iterator[Fingerprint] | Sequence[Fingerprint],
    only: Collection[str] | None = None,
) -> Survey:
    """What differs between the files and the index; of the paths `only`, where given."""
    found = walk(root, folders)
    entries, marks, faults = found.entries, list(known), found.faults
    if only is not None:
        there = {entry.path for entry in entries} | {mark.path for mark in marks}
        entries = [entry for entry in entries if entry.path in only]
        marks = [mark for mark in marks if mark.path in only]
        faults = [fault for fault in faults if fault.path in only]
        named = there | {fault.path for fault in faults}
        faults += [
            Fault(path, None, "is not a file in a source folder", skipped=True)
            for path in sorted(only)
            if path not in named
        ]
    wanted = {os.path.normpath(folder) for folder in folders}
    lost = next((fault for fault in found.faults if fault.path in wanted), None)
    return Survey(diff(entries, marks), faults, lost)


_FEW = 20


def refuse_to_empty(engine: Engine, seen: Survey, known: Sequence[Fingerprint]) -> None:
    """Raises SinorusError where a run would take most documents out of an index that others use.

    Whoever has the program and an empty folder could do so by mistake.
    """
    gone, there = len(seen.changes.removed), len(known)
    if gone > _FEW and 2 * gone > there:
        info = engine.info()
        raise SinorusError(
            f"{gone:,} of the {there:,} files in {engine.place} are not here: it was indexed by "
            f"{info.by} at {info.updated}",
            "run sinorus index --rebuild if they are to be taken out",
        )


def update_index(
    engine: Engine,
    root: str,
    seen: Survey,
    known: Sequence[Fingerprint],
    *,
    rebuild: bool = False,
    wait: float = 5.0,
) -> Iterator[Progress | IndexReport]:
    """Indexes what changed; yields progress, and the report last, after the commit.

    Nothing is written if nothing changed; abandoning the iterator leaves the index as it was.
    Raises SinorusError if a source folder is missing.
    """
    if seen.lost is not None:
        raise SinorusError(f"{seen.lost.path}: {seen.lost.reason}", "the index is left as it is")
    started = perf_counter()
    report = IndexReport()
    if rebuild or seen.stale or not engine.settled():
        with engine.writer(rebuild=rebuild, wait=wait) as writer:
            yield from _Run(root, seen.changes, known, writer, report).steps()
    faults = {(fault.path, fault.line, fault.reason): fault for fault in engine.faults()}
    faults.update({(fault.path, fault.line, fault.reason): fault for fault in seen.faults})
    report.faults = sorted(faults.values(), key=lambda fault: (fault.path, fault.line or 0))
    report.skipped = len({fault.path for fault in report.faults if fault.skipped})
    info = engine.info()
    report.documents, report.paragraphs = info.documents, info.paragraphs
    report.unchanged = info.documents - report.new - report.updated
    report.seconds = perf_counter() - started
    yield report


class _Run:
    def __init__(
        self,
        root: str,
        changes: Changes,
        known: Sequence[Fingerprint],
        writer: Writer,
        report: IndexReport,
    ) -> None:
        self.root, self.changes, self.known = root, changes, known
        self.writer, self.report = writer, report

    def steps(self) -> Iterator[Progress]:
        from sinorus.library.reading import read_file

        self.writer.remove([mark.path for mark in self.changes.removed])
        self.report.removed = len([mark for mark in self.changes.removed if mark.document])
        work: list[Item] = [*((entry, None) for entry in self.changes.new), *self.changes.suspect]
        work.sort(key=lambda pair: pair[0].path)
        total = sum(entry.size for entry, _ in work)
        taken: list[Taken] = []
        done = 0
        yield Progress(0, len(work), 0, total)
        for one in self.writer.take(read_file, self.root, work):
            taken.append(one)
            entry, mark = work[one.number]
            self.count(one, mark)
            done += entry.size
            yield Progress(len(taken), len(work), done, total)
        taken.sort()
        self.name(taken, work)

    def count(self, taken: Taken, mark: Fingerprint | None) -> None:
        if taken.document is None:
            return
        if mark is None or not mark.document:
            self.report.new += 1
        else:
            self.report.updated += 1

    def name(self, taken: Sequence[Taken], work: Sequence[Item]) -> None:
        """Gives documents whose id another has one of their own: the first comer keeps the id."""
        changed = {one.path for one in taken if not one.same}
        changed.update(mark.path for mark in self.changes.removed)
        owners = {
            mark.document: mark.path
            for mark in self.known
            if mark.document and mark.path not in changed
        }
        for one in taken:
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

        mark, document, paragraphs, faults, _ = read_file(self.root, (item[0], None))
        self.writer.remove([mark.path])
        if document is None:
            self.writer.skip(mark, faults[0])
            return
        self.writer.add(
            replace(document, id=name),
            [replace(paragraph, document=name) for paragraph in paragraphs],
            mark._replace(document=name),
            (*faults, fault),
        )
