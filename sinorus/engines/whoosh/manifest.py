"""What is known of each document, kept as one stored value of the index.

It is committed with the paragraphs, so the two cannot disagree; reading it whole is a few
milliseconds for thousands of documents, which spares a visit to each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any

from sinorus.model import Date, Document, Fault, Fingerprint

_Row = list[Any]


class Manifest:
    """Documents by ordinal, a number that is never given twice. Rows are read when asked for."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.format: str = stored["format"]
        self.analysis: str = stored["analysis"]
        self.updated: str = stored["updated"]
        self.next: int = stored["next"]
        self._rows: dict[int, _Row] = {int(key): row for key, row in stored["rows"].items()}
        self._skipped: dict[str, _Row] = stored["skipped"]
        self._faults: dict[str, list[_Row]] = stored["faults"]
        self._read: dict[int, Document] = {}
        self._by_path: dict[str, int] | None = None
        self._by_id: dict[str, int] | None = None

    @classmethod
    def empty(cls, form: str, analysis: str) -> Manifest:
        """The manifest of an index without documents."""
        stored: dict[str, Any] = {"format": form, "analysis": analysis, "updated": "", "next": 1}
        return cls({**stored, "rows": {}, "skipped": {}, "faults": {}})

    @classmethod
    def loads(cls, text: str) -> Manifest:
        """The manifest that `dumps` wrote. Raises ValueError or KeyError if it is not one."""
        return cls(json.loads(text))

    def dumps(self) -> str:
        """The manifest as text, stamped with the time of now."""
        self.updated = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return json.dumps(
            {
                "format": self.format,
                "analysis": self.analysis,
                "updated": self.updated,
                "next": self.next,
                "rows": self._rows,
                "skipped": self._skipped,
                "faults": self._faults,
            },
            separators=(",", ":"),
        )

    def copy(self) -> Manifest:
        """A manifest to change while this one stays as it is."""
        changed = Manifest.empty(self.format, self.analysis)
        changed.next, changed._rows = self.next, dict(self._rows)
        changed._skipped, changed._faults = dict(self._skipped), dict(self._faults)
        return changed

    def put(self, document: Document, mark: Fingerprint, faults: Sequence[Fault]) -> int:
        """The new ordinal of a document whose path is not in the manifest."""
        ordinal, self.next = self.next, self.next + 1
        self._rows[ordinal] = [
            *(document.id, mark.path, mark.size, mark.mtime, mark.digest),
            *(document.title, document.authors, document.publisher),
            *(document.date.text if document.date else None, document.url, document.lang),
            *(document.tags, dict(document.extra), document.derived, document.encoding),
            *(document.paragraphs, document.words),
        ]
        self._keep_faults(mark.path, faults)
        self._paths()[mark.path] = ordinal
        self._ids()[document.id] = ordinal
        return ordinal

    def skip(self, mark: Fingerprint, fault: Fault) -> None:
        """Keeps in mind a file that is not indexed."""
        self._skipped[mark.path] = [mark.size, mark.mtime, mark.digest]
        self._keep_faults(mark.path, [fault])

    def _keep_faults(self, path: str, faults: Sequence[Fault]) -> None:
        if faults:
            self._faults[path] = [[fault.line, fault.reason, fault.skipped] for fault in faults]

    def drop(self, path: str) -> int | None:
        """Forgets a file; the ordinal of its document, if it had one."""
        self._skipped.pop(path, None)
        self._faults.pop(path, None)
        ordinal = self._paths().pop(path, None)
        if ordinal is not None:
            self._ids().pop(self._rows.pop(ordinal)[0])
            self._read.pop(ordinal, None)
        return ordinal

    def remark(self, mark: Fingerprint) -> None:
        """Replaces what is known of a file."""
        ordinal = self._paths().get(mark.path)
        if ordinal is not None:
            row = self._rows[ordinal]
            self._rows[ordinal] = [*row[:2], mark.size, mark.mtime, mark.digest, *row[5:]]
        elif mark.path in self._skipped:
            self._skipped[mark.path] = [mark.size, mark.mtime, mark.digest]

    def _paths(self) -> dict[str, int]:
        if self._by_path is None:
            self._by_path = {row[1]: ordinal for ordinal, row in self._rows.items()}
        return self._by_path

    def ordinal(self, document: str) -> int | None:
        """The ordinal of a document id, or None."""
        return self._ids().get(document)

    def _ids(self) -> dict[str, int]:
        if self._by_id is None:
            self._by_id = {row[0]: ordinal for ordinal, row in self._rows.items()}
        return self._by_id

    def document(self, ordinal: int) -> Document:
        """The document of an ordinal. Raises KeyError for one that is not there."""
        known = self._read.get(ordinal)
        if known is None:
            known = self._read[ordinal] = _document(self._rows[ordinal])
        return known

    def ordinals(self) -> Iterator[int]:
        """The ordinals of all documents."""
        return iter(self._rows)

    def fingerprints(self) -> list[Fingerprint]:
        """What is known of each file, sorted by path; skipped ones have no document."""
        found = [Fingerprint(*row[:5]) for row in self._rows.values()]
        found += [Fingerprint("", path, *row) for path, row in self._skipped.items()]
        return sorted(found, key=lambda mark: mark.path)

    def faults(self) -> list[Fault]:
        """What was wrong with the files, sorted by path."""
        return [Fault(path, *row) for path in sorted(self._faults) for row in self._faults[path]]

    def totals(self) -> tuple[int, int, int]:
        """How many documents, paragraphs and words there are."""
        rows = self._rows.values()
        return len(rows), sum(row[15] for row in rows), sum(row[16] for row in rows)


def _document(row: _Row) -> Document:
    extra = {k: tuple(v) if isinstance(v, list) else v for k, v in row[12].items()}
    return Document(
        id=row[0],
        path=row[1],
        title=row[5],
        authors=tuple(row[6]),
        publisher=row[7],
        date=Date(row[8]) if row[8] else None,
        url=row[9],
        lang=row[10],
        tags=tuple(row[11]),
        extra=extra,
        derived=tuple(row[13]),
        encoding=row[14],
        paragraphs=row[15],
        words=row[16],
    )
