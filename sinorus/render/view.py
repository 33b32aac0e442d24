"""What is known of hits, paragraphs and documents, as plain records in the published order.

Every format that has fields takes them from here, so all of them say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from sinorus.model import (
    Date,
    Document,
    Extra,
    Grouping,
    Hit,
    OtherIndex,
    Paragraph,
    Shown,
    Span,
    Status,
)

Record = dict[str, object]
"""Keys in their published order; values are what JSON knows: text, numbers, lists, records."""


def search_record(hit: Hit) -> Record:
    """One result of a search, as the contract lists it."""
    record = _paragraph_head(hit.paragraph)
    record |= {"rank": hit.rank, "score": rounded(hit.score, 4)}
    record |= _source(hit.document, hit.paragraph)
    return record | {
        "text": hit.paragraph.text,
        "matches": span_records(hit.matches),
        "before": [neighbour(paragraph) for paragraph in hit.before],
        "after": [neighbour(paragraph) for paragraph in hit.after],
        "missing": list(hit.missing),
    }


def shown_record(shown: Shown) -> Record:
    """One paragraph of `show`: the keys of a search result that have a meaning, and its own."""
    record = _paragraph_head(shown.paragraph) | _source(shown.document, shown.paragraph)
    return record | {
        "text": shown.paragraph.text,
        "matches": span_records(shown.matches),
        "before": [],
        "after": [],
        "missing": [],
        "asked": shown.asked,
        "check": shown.check,
        "context": shown.context,
    }


def document_record(document: Document) -> Record:
    """One document, with the names of the fields that nobody knows."""
    record: Record = {"id": document.id, "path": document.path} | _description(document)
    return record | {
        "encoding": document.encoding,
        "paragraphs": document.paragraphs,
        "words": document.words,
        "missing": list(document.missing),
    }


def status_record(status: Status) -> Record:
    """The state of a library; languages are a list, as one of them may be unknown (null)."""
    return {
        "library": status.library,
        "index": status.index_path,
        "engine": status.engine,
        "format": status.format,
        "analysis": status.analysis,
        "version": status.version,
        "updated": status.updated,
        "documents": status.documents,
        "paragraphs": status.paragraphs,
        "words": status.words,
        "languages": [
            {"lang": lang, "documents": counts[0], "paragraphs": counts[1], "words": counts[2]}
            for lang, counts in status.languages.items()
        ],
        "first": _date(status.first),
        "last": _date(status.last),
        "missing": dict(status.missing),
        "bytes": status.bytes,
        "added": status.added,
        "changed": status.changed,
        "removed": status.removed,
        "checked": status.checked,
        "damage": list(status.damage),
        "by": status.by or None,
        "other": None if status.other is None else _other_index(status.other),
    }


def _other_index(other: OtherIndex) -> Record:
    return {
        "engine": other.engine,
        "index": other.place,
        "updated": other.updated,
        "documents": other.documents,
        "paragraphs": other.paragraphs,
        "words": other.words,
        "missing": other.missing,
        "extra": other.extra,
        "changed": other.changed,
    }


def neighbour(paragraph: Paragraph) -> Record:
    """A paragraph beside a hit, of the same document."""
    record = _paragraph_head(paragraph)
    record |= {"line": paragraph.line, "end_line": paragraph.end_line}
    return record | {"heading": list(paragraph.heading), "text": paragraph.text}


def span_records(spans: Iterable[Span]) -> list[Record]:
    """Spans as records, in code points of the text."""
    return [{"start": start, "end": end} for start, end in spans]


def rounded(number: float, digits: int) -> float | None:
    """The number as it is published; None if it is not finite, which JSON cannot say."""
    return round(float(number), digits) if isfinite(number) else None


def group_key(document: Document, by: Grouping) -> str | None:
    """What a document stands under in `--group-by`; None is unknown.

    A hit is printed once, so several authors make one heading and not several.
    """
    return "; ".join(key for key in document.groups(by) if key is not None) or None


def _paragraph_head(paragraph: Paragraph) -> Record:
    return {
        "id": paragraph.id,
        "document": paragraph.document,
        "paragraph": paragraph.n,
        "hash": paragraph.hash,
    }


def _source(document: Document, paragraph: Paragraph) -> Record:
    record: Record = {
        "path": document.path,
        "line": paragraph.line,
        "end_line": paragraph.end_line,
        "heading": list(paragraph.heading),
    }
    return record | _description(document)


def _description(document: Document) -> Record:
    return {
        "title": document.title,
        "author": list(document.authors),
        "publisher": document.publisher,
        "date": _date(document.date),
        "date_precision": document.date.precision if document.date else None,
        "url": document.url,
        "tags": list(document.tags),
        "lang": document.lang,
        "extra": _extra(document.extra),
        "derived": list(document.derived),
    }


def _extra(extra: Extra) -> Record:
    return {key: value if isinstance(value, str) else list(value) for key, value in extra.items()}


def _date(date: Date | None) -> str | None:
    return date.text if date else None
