"""Bringing an index up to date with the files of a library."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from sinorus.engines.port import Engine, Writer
from sinorus.model import Document, Fault, Fingerprint, Paragraph
from sinorus.sources.diff import Changes, diff
from sinorus.sources.walk import Entry, walk


@dataclass(frozen=True, slots=True)
class Progress:
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
    """The files of a library beside what the index knows of them."""

    changes: Changes
    faults: list[Fault]

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
    return Survey(diff(entries, marks), faults)


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

    Nothing is written if nothing changed. Abandoning the iterator leaves the index as it was.
    """
    started = perf_counter()
    report = IndexReport()
    if rebuild or seen.stale:
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
        reread = {entry.path for entry, _ in changes.suspect}
        self.owners = {
            mark.document: mark.path
            for mark in known
            if mark.document and mark.path not in gone | reread
        }

    def steps(self) -> Iterator[Progress]:
        self.writer.remove([mark.path for mark in self.changes.removed])
        self.report.removed = len([mark for mark in self.changes.removed if mark.document])
        work: list[tuple[Entry, Fingerprint | None]] = [
            *((entry, None) for entry in self.changes.new),
            *self.changes.suspect,
        ]
        work.sort(key=lambda pair: pair[0].path)
        total = sum(entry.size for entry, _ in work)
        done = 0
        for number, (entry, mark) in enumerate(work):
            yield Progress(number, len(work), done, total)
            self.one(entry, mark)
            done += entry.size
        yield Progress(len(work), len(work), done, total)

    def one(self, entry: Entry, mark: Fingerprint | None) -> None:
        from sinorus.sources.read import SkippedSource, digest_of, read_source

        try:
            if mark is not None and digest_of(self.root, entry.path) == mark.digest:
                touched = replace(mark, size=entry.size, mtime=entry.mtime)
                self.writer.remark([touched])
                if mark.document:
                    self.owners[mark.document] = mark.path
                return
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
