"""The document table of a segment: ids, paths, metadata, files, and what is deleted from it."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sinorus.engines.documents import read_document, read_faults
from sinorus.engines.whoosh.segment.file import Section, SegmentFile, all_texts, strings
from sinorus.engines.whoosh.segment.stored import Stored
from sinorus.model import Document, Fault, Fingerprint
from sinorus.model.dates import day_number

TouchedFile = tuple[int, int, int, int, int]
"""The ordinal of a document, and the size, mtime, ctime and inode of its file."""


def value_key(name: str, value: str) -> bytes:
    """What the values of metadata are sorted by: those of a field stand together."""
    return f"{name}\0{value}".encode("utf-8", "surrogatepass")


def split_key(key: bytes) -> tuple[str, str]:
    """The name and the value of a `value_key`."""
    name, _, value = key.decode("utf-8", "surrogatepass").partition("\0")
    return name, value


class Documents:
    """Documents of a segment by ordinal; `deleted` is a bitmap of those that are gone.

    `touched` is JSON: ordinal, size, mtime, ctime and inode of files that were touched since.
    """

    def __init__(self, file: SegmentFile, deleted: bytes = b"", touched: bytes = b"") -> None:
        self._file = file
        self.deleted = deleted
        self._touched = touched
        self.first = file["doc.first"]
        self._ids = (file["doc.ids"], file["doc.ids.ends"])
        self._paths = (file["doc.paths"], file["doc.paths.ends"])
        self._read: dict[int, Document] = {}
        self._records: Stored | None = None

    def __len__(self) -> int:
        return len(self.first) - 1

    def is_deleted(self, ordinal: int) -> bool:
        """Whether a document is gone."""
        deleted = self.deleted
        return bool(deleted) and bool(deleted[ordinal >> 3] & 1 << (ordinal & 7))

    def alive(self) -> Iterator[int]:
        """The ordinals of the documents that are there."""
        if not self.deleted:
            return iter(range(len(self)))
        return (ordinal for ordinal in range(len(self)) if not self.is_deleted(ordinal))

    def of(self, paragraph: int) -> int:
        """The ordinal of the document that a paragraph belongs to."""
        return self.first.holding(paragraph)

    def id(self, ordinal: int) -> str:
        """The id of a document."""
        known = self._read.get(ordinal)
        if known is not None:
            return known.id
        return self._text("id", self._ids, ordinal)

    def ids(self) -> list[str]:
        """The ids of all documents, by ordinal."""
        return all_texts(*self._ids)

    def find(self, name: str) -> int | None:
        """The ordinal of a document id; None if it is not there or is gone."""
        return self._find(name, self._ids, self._file["doc.byid"])

    def ending(self, suffix: str) -> Iterator[int]:
        """The ordinals of the documents that are there and whose id ends so, in no order.

        Searches the bytes of all ids; where one ends is looked up for what was found alone.
        """
        blob, ends = self._ids[0], self._ids[1].items()
        wanted = suffix.encode("utf-8", "surrogatepass")
        if not wanted:
            yield from self.alive()
            return
        content = bytes(blob.bytes(0, blob.size))
        at = content.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            ordinal = bisect_left(ends, end) - 1
            if not 0 <= ordinal < len(self):
                return
            if ends[ordinal + 1] == end and ends[ordinal] <= at and not self.is_deleted(ordinal):
                yield ordinal
            # The next id that can end so is this one or, if it does, a later one.
            at = content.find(wanted, max(at + 1, ends[ordinal + 1] - len(wanted)))

    def ids_ending(self, suffix: str) -> Sequence[str]:
        """The ids that end so of the documents that are there, in no order."""
        if suffix:
            return [self.id(ordinal) for ordinal in self.ending(suffix)]
        every = self.ids()
        return [every[ordinal] for ordinal in self.alive()] if self.deleted else every

    def at_path(self, path: str) -> int | None:
        """The ordinal of the document of a file; None if it is not there or is gone."""
        return self._find(path, self._paths, self._file["doc.bypath"])

    def _find(self, text: str, where: tuple[Section, Section], order: Section) -> int | None:
        wanted = text.encode("utf-8", "surrogatepass")
        at = bisect_left(order, wanted, key=lambda ordinal: strings(*where, ordinal))
        # Of documents of one id at most one is alive.
        while at < len(order) and strings(*where, order[at]) == wanted:
            if not self.is_deleted(order[at]):
                return order[at]
            at += 1
        return None

    def record(self, ordinal: int) -> bytes:
        """What is stored of a document: see `engines.documents.document_record`."""
        if self._records is None:
            self._records = Stored(self._file, "doc.records")
        return self._records[ordinal]

    def path(self, ordinal: int) -> str:
        """The path of a document's file."""
        return self._text("path", self._paths, ordinal)

    def _text(self, what: str, where: tuple[Section, Section], ordinal: int) -> str:
        try:
            return strings(*where, ordinal).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            self._file.damaged(f"the {what} of a document is not UTF-8")

    def paths(self) -> list[str]:
        """The paths of all documents, by ordinal."""
        return all_texts(*self._paths)

    def __getitem__(self, ordinal: int) -> Document:
        known = self._read.get(ordinal)
        if known is None:
            known = self._read[ordinal] = self._document(ordinal)
        return known

    def _document(self, ordinal: int) -> Document:
        """A document, read from its record; one that cannot be read is damage."""
        size = self.first[ordinal + 1] - self.first[ordinal]
        words = self._file["doc.words"][ordinal]
        record, name, path = self.record(ordinal), self.id(ordinal), self.path(ordinal)
        try:
            return _sound(read_document(record, name, path, size, words))
        except _UNREADABLE:
            self._file.damaged("the record of a document cannot be read")

    def faults(self) -> list[Fault]:
        """What was wrong with the files of the documents that are there."""
        return [
            fault
            for ordinal in self._file["doc.faulty"].items().tolist()
            if not self.is_deleted(ordinal)
            for fault in self._faults(ordinal)
        ]

    def _faults(self, ordinal: int) -> list[Fault]:
        record, path = self.record(ordinal), self.path(ordinal)
        try:
            return list(map(sound_fault, read_faults(record, path)))
        except _UNREADABLE:
            self._file.damaged("the faults of a document cannot be read")

    def fingerprints(self) -> list[Fingerprint]:
        """What is known of the files of the documents that are there, sorted by path."""
        digests = all_texts(self._file["doc.digests"], self._file["doc.digests.ends"])
        names = ("doc.sizes", "doc.mtimes", "doc.ctimes", "doc.inodes")
        states = [self._file[name].items().tolist() for name in names]
        for ordinal, *state in self.touched():
            for column, number in zip(states, state, strict=True):
                column[ordinal] = number
        known = list(zip(self.ids(), self.paths(), *states, digests, strict=True))
        order = self._file["doc.bypath"].items().tolist()
        if self.deleted:
            order = [at for at in order if not self.is_deleted(at)]
        return [Fingerprint._make(known[at]) for at in order]

    def touched(self) -> list[TouchedFile]:
        """The files that were touched since the segment was written, as they are now."""
        try:
            return [_touched(*row) for row in json.loads(self._touched or b"[]")]
        except _UNREADABLE:
            self._file.damaged("what is known of touched files cannot be read")


_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What reading raises on bytes that are JSON of something else, or no JSON at all."""


def _sound(document: Document) -> Document:
    """The document, if its fields are what everybody takes them for. Raises ValueError if not."""
    texts = (document.title, document.publisher, document.url, document.lang, document.citekey)
    many = (*document.authors, *document.tags, *document.derived, document.encoding)
    for value in document.extra.values():
        many += value if isinstance(value, tuple) else (value,)
    if document.date is not None:  # a day that is no number would be met when it is printed
        day_number(document.date.first + document.date.last)
    for one in (*many, *(text for text in texts if text is not None)):
        if not isinstance(one, str):
            raise ValueError(f"{one!r} is no text")
    return document


def sound_fault(fault: Fault) -> Fault:
    """The fault, if its line, reason and kind are of their types. Raises ValueError if not."""
    types = [type(fault.line), type(fault.reason), type(fault.skipped)]
    if types not in ([int, str, bool], [type(None), str, bool]):
        raise ValueError("no fault has such a line, reason or kind")
    return fault


def _touched(ordinal: int, size: int, mtime: int, ctime: int, inode: int) -> TouchedFile:
    found = ordinal, size, mtime, ctime, inode
    if any(type(number) is not int for number in found):
        raise ValueError("sizes and times are whole numbers")
    return found
