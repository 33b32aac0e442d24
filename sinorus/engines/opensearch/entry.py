"""What an index knows of each file: its document, or why it is skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sinorus.engines.documents import document_record, read_document, read_faults
from sinorus.model import Document, Fault, Fingerprint, Reading

Counts = tuple[int, int, int]
"""Documents, paragraphs and words."""


def file_state(mark: Fingerprint) -> dict[str, Any]:
    """What is stored of a file's state."""
    names = ("size", "mtime", "ctime", "inode", "digest")
    return {name: getattr(mark, name) for name in names}


def stored_entry(reading: Reading, paragraphs: int, words: int) -> dict[str, Any]:
    """What is stored of a file that was read."""
    mark = reading.fingerprint
    stored = file_state(mark)
    if reading.document is None:
        (fault,) = reading.faults[:1]
        stored["fault"] = [fault.line, fault.reason]
    else:
        stored["counts"] = [paragraphs, words]
        stored["record"] = document_record(reading.document, reading.faults).decode()
    return stored


class Entry(NamedTuple):
    """What is known of a file: `document` is empty for one that is skipped."""

    version: str
    born: int
    document: str
    path: str
    stored: Mapping[str, Any]

    @property
    def mark(self) -> Fingerprint:
        """What tells whether the file has changed."""
        stored = self.stored
        times = stored["mtime"], stored["ctime"]
        digest = stored["digest"]
        return Fingerprint(
            self.document, self.path, stored["size"], *times, stored["inode"], digest
        )

    @property
    def counts(self) -> Counts:
        """Its documents, paragraphs and words."""
        return (1, *self.stored["counts"]) if self.document else (0, 0, 0)

    def read(self) -> Document:
        """The document."""
        record = self.stored["record"].encode()
        return read_document(record, self.document, self.path, *self.stored["counts"])

    def faults(self) -> Sequence[Fault]:
        """What was wrong with the file."""
        if self.document:
            return read_faults(self.stored["record"].encode(), self.path)
        line, reason = self.stored["fault"]
        return [Fault(self.path, line, reason, skipped=True)]


def read_entry(source: Mapping[str, Any]) -> Entry:
    """The entry in a source."""
    return Entry(
        source["version"],
        source["born"],
        source.get("document", ""),
        source["path"],
        source["stored"],
    )
