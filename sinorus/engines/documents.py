"""What every engine stores of a document, as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from sinorus.model import Date, Document, Fault

_encode = json.JSONEncoder(separators=(",", ":")).encode


def timestamp() -> str:
    """Now, as an index says when it was made."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def document_record(document: Document, faults: Sequence[Fault]) -> bytes:
    """A document without its id, path, paragraphs and words; with the faults of its file."""
    row = [
        *(document.title, document.authors, document.publisher),
        *(document.date.text if document.date else None, document.url, document.lang),
        *(document.tags, dict(document.extra), document.derived, document.encoding),
        [(fault.line, fault.reason, fault.skipped) for fault in faults],
    ]
    return _encode(row).encode()


def read_document(record: bytes, name: str, path: str, paragraphs: int, words: int) -> Document:
    """The document that `document_record` wrote. Raises ValueError if it is none."""
    row: list[Any] = json.loads(record)
    title, authors, publisher, date, url, lang, tags, extra, derived, encoding, _ = row
    return Document(
        id=name,
        path=path,
        title=title,
        authors=tuple(authors),
        publisher=publisher,
        date=Date(date) if date else None,
        url=url,
        lang=lang,
        tags=tuple(tags),
        extra={k: tuple(v) if isinstance(v, list) else v for k, v in extra.items()},
        derived=tuple(derived),
        encoding=encoding,
        paragraphs=paragraphs,
        words=words,
    )


def read_faults(record: bytes, path: str) -> list[Fault]:
    """The faults in a document's record."""
    return [Fault(path, *row) for row in json.loads(record)[-1]]
