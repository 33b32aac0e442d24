"""Bringing an index up to date with the files of a library."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import NamedTuple

from sinorus.engines.port import Engine, Writer
from sinorus.errors import SinorusError
from sinorus.model import Document, Fault, Fingerprint, Paragraph
from sinorus.sources.diff import Changes, diff
from sinorus.sources.walk import Entry, walk


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
        self.root, self.changes, self.writer, self.report = root, changes, writer, report
        gone = {mark.path for mark in changes.removed}
        self.owners = {
            mark.document: mark.path for mark in known if mark.document and mark.path not in gone
        }

    def steps(self) -> Iterator[Progress]:
        self.writer.remove([mark.path for mark in self.changes.removed])
        self.report.removed = len([mark for mark in self.changes.removed if mark.document])
        work: list[tuple[Entry, Fingerprint | None]] = [
            *((entry, None) for entry in self.changes.new),
            *(pair for pair in self.changes.suspect if self.differs(*pair)),
        ]
        work.sort(key=lambda pair: pair[0].path)
        total = sum(entry.size for entry, _ in work)
        done = 0
        for number, (entry, mark) in enumerate(work):
            yield Progress(number, len(work), done, total)
            self.one(entry, mark)
            done += entry.size
        yield Progress(len(work), len(work), done, total)

    def differs(self, entry: Entry, mark: Fingerprint) -> bool:
        """Whether a suspect file has other bytes; then its id is free for whoever has it now."""
        from sinorus.sources.read import SkippedSource, digest_of

        try:
            if digest_of(self.root, entry.path) == mark.digest:
                self.writer.remark([replace(mark, size=entry.size, mtime=entry.mtime)])
                return False
        except SkippedSource:
            pass  # said when it is read
        self.owners.pop(mark.document, None)
        return True

    def one(self, entry: Entry, mark: Fingerprint | None) -> None:
        from sinorus.sources.read import SkippedSource, read_source

        try:
            source = read_source(self.root, entry)
        except SkippedSource as skipped:
            self.writer.skip(
                Fingerprint("", entry.path, entry.size, entry.mtime, ""), skipped.fault
            )
            return
        document, paragraphs, faults = self.named(source.document, source.paragraphs)
        fingerprint = replace(source.fingerprint, document=document.id)
        self.writer.add(document, paragraphs, fingerprint, (*source.faults, *faults))
        if mark is None or not mark.document:
            self.report.new += 1
        else:
            self.report.updated += 1

    def named(
        self, document: Document, paragraphs: tuple[Paragraph, ...]
    ) -> tuple[Document, tuple[Paragraph, ...], tuple[Fault, ...]]:
        """The document under an id that no other has: the first comer keeps the id."""
        wanted = document.id
        if self.owners.setdefault(wanted, document.path) == document.path:
            return document, paragraphs, ()
        number = 2
        while self.owners.setdefault(f"{wanted}~{number}", document.path) != document.path:
            number += 1
        name = f"{wanted}~{number}"
        reason = f"its id {wanted!r} belongs to {self.owners[wanted]}; it is indexed as {name!r}"
        return (
            replace(document, id=name),
            tuple(replace(paragraph, document=name) for paragraph in paragraphs),
            (Fault(document.path, None, reason, skipped=False),),
        )
