"""What is known of each document, kept as one stored value of the index.

It is committed with the paragraphs, so the two cannot disagree; reading it whole is a few
milliseconds for thousands of documents, which spares a visit to each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from sinorus.model import Date, Document, Fingerprint

_Row = list[Any]


class Manifest:
    """Documents by ordinal, a number that is never given twice. Rows are read when asked for."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.format: str = stored["format"]
        self.analysis: str = stored["analysis"]
        self.updated: str = stored["updated"]
        self.next: int = stored["next"]
        self._rows: dict[int, _Row] = {int(key): row for key, row in stored["rows"].items()}
        self._read: dict[int, Document] = {}
        self._ordinals: dict[str, int] | None = None

    @classmethod
    def empty(cls, form: str, analysis: str) -> Manifest:
        """The manifest of an index without documents."""
        return cls({"format": form, "analysis": analysis, "updated": "", "next": 1, "rows": {}})

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
            },
            separators=(",", ":"),
        )

    def copy(self) -> Manifest:
        """A manifest to change while this one stays as it is."""
        changed = Manifest.empty(self.format, self.analysis)
        changed.next, changed._rows = self.next, dict(self._rows)
        return changed

    def put(self, document: Document, mark: Fingerprint) -> int:
        """The new ordinal of a document that is not in the manifest."""
        ordinal, self.next = self.next, self.next + 1
        self._rows[ordinal] = [
            *(document.id, document.path, mark.size, mark.mtime, mark.digest),
            *(document.title, document.authors, document.publisher),
            *(document.date.text if document.date else None, document.url, document.lang),
            *(document.tags, dict(document.extra), document.derived, document.encoding),
            *(document.paragraphs, document.words),
        ]
        self._ordinals = None
        return ordinal

    def drop(self, ordinal: int) -> None:
        """Takes a document out."""
        del self._rows[ordinal]
        self._read.pop(ordinal, None)
        self._ordinals = None

    def remark(self, ordinal: int, mark: Fingerprint) -> None:
        """Replaces what is known of a document's file."""
        row = self._rows[ordinal]
        self._rows[ordinal] = [row[0], mark.path, mark.size, mark.mtime, mark.digest, *row[5:]]
        self._read.pop(ordinal, None)

    def ordinal(self, document: str) -> int | None:
        """The ordinal of a document id, or None."""
        if self._ordinals is None:
            self._ordinals = {row[0]: ordinal for ordinal, row in self._rows.items()}
        return self._ordinals.get(document)

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
        """What is known of each file, sorted by path."""
        rows = sorted(self._rows.values(), key=lambda row: row[1])
        return [Fingerprint(row[0], row[1], row[2], row[3], row[4]) for row in rows]

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
