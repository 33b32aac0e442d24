"""What engines store of a document, as JSON and back, and the values of its fields."""

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
    """The document of a record. Raises ValueError for bytes that `document_record` never wrote."""
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


def document_values(document: Document) -> list[tuple[str, str]]:
    """The fields of a document with their values, a pair each, as queries name them."""
    found = [("author", author) for author in document.authors]
    found += [("tag", tag) for tag in document.tags]
    for name in ("title", "publisher", "url", "lang"):
        value = getattr(document, name)
        if value:
            found.append((name, value))
    for name, extra in document.extra.items():
        if name not in _KNOWN:
            found += [(name, value) for value in ([extra] if isinstance(extra, str) else extra)]
    return list(dict.fromkeys(found))


_KNOWN = frozenset({"author", "tag", "title", "publisher", "url", "lang", "id", "path"})
"""Names that mean the document's own field, also where the front matter has them in `extra`."""


def title_key(title: str | None) -> tuple[bool, str]:
    """What titles are sorted by: without case; documents without a title come last."""
    return (title is None, (title or "").casefold())
