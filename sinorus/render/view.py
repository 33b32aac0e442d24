"""Hits, paragraphs, documents and the state of a library as records, keys in published order.

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
from sinorus.render.edits import changed_spans

Record = dict[str, object]
"""Values are what JSON has: text, numbers, booleans, null, lists, records."""


def search_record(hit: Hit) -> Record:
    """One result of a search."""
    record = _paragraph_head(hit.paragraph)
    record |= {"rank": hit.rank, "score": rounded(hit.score, 4)}
    record |= _source(hit.document, hit.paragraph)
    return record | {
        "text": hit.paragraph.text,
        "spans": styled_records(hit.paragraph),
        "matches": span_records(hit.matches),
        **note_records(hit.paragraph),
        "before": [neighbour(paragraph) for paragraph in hit.before],
        "after": [neighbour(paragraph) for paragraph in hit.after],
        "missing": list(hit.missing),
        "crossing": hit.crossing,
        "same": list(hit.same),
    }


def shown_record(shown: Shown) -> Record:
    """One paragraph of `show`: a search result without rank and score, and what was asked."""
    record = _paragraph_head(shown.paragraph) | _source(shown.document, shown.paragraph)
    return record | {
        "text": shown.paragraph.text,
        "spans": styled_records(shown.paragraph),
        "matches": span_records(shown.matches),
        **note_records(shown.paragraph),
        "before": [],
        "after": [],
        "missing": [],
        "asked": shown.asked,
        "check": shown.check,
        "context": shown.context,
        "was": shown.was.text if shown.was else None,
        "was_until": shown.was.until if shown.was else None,
        "was_changed": span_records(changed_spans(shown.edits, 0)),
        "changed": span_records(changed_spans(shown.edits, 1)),
    }


def document_record(document: Document) -> Record:
    """One document; `missing` names the descriptive fields that are not known."""
    record: Record = {"id": document.id, "path": document.path} | _description(document)
    return record | {
        "encoding": document.encoding,
        "paragraphs": document.paragraphs,
        "words": document.words,
        "missing": list(document.missing),
    }


def status_record(status: Status) -> Record:
    """The state of a library; `languages` is a list, as one of them may be unknown (null)."""
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
        "other_kinds": dict(status.other_kinds),
        "extras": dict(status.extras),
        "checked": status.checked,
        "damage": list(status.damage),
        "by": status.by or None,
        "copies": [list(group) for group in status.copies],
        "years": dict(status.years),
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
    """A paragraph before or after a hit, of the same document."""
    record = _paragraph_head(paragraph)
    record |= place_record(paragraph)
    return record | {
        "heading": list(paragraph.heading),
        "speaker": paragraph.speaker,
        "time": paragraph.time,
        "text": paragraph.text,
        "spans": styled_records(paragraph),
        **note_records(paragraph),
    }


def place_record(paragraph: Paragraph) -> Record:
    """Where a paragraph stands in its file: lines or pages, null where it has none of them."""
    return {
        "line": paragraph.line or None,
        "end_line": paragraph.end_line or None,
        "page": paragraph.page,
        "end_page": paragraph.end_page,
        "page_label": paragraph.page_label,
    }


def styled_records(paragraph: Paragraph) -> list[Record]:
    """The styles of a paragraph's text, in code points of it; a link with its target."""
    return [
        {"start": start, "end": end, "kind": kind} | ({"target": target} if target else {})
        for start, end, kind, target in paragraph.spans
    ]


def note_records(paragraph: Paragraph) -> Record:
    """The ids of the footnotes that a paragraph refers to, and of those that refer to it."""
    return {
        name: [f"{paragraph.document}#{n}" for n in numbers]
        for name, numbers in (("notes", paragraph.notes), ("noted_by", paragraph.noted_by))
    }


def span_records(spans: Iterable[Span]) -> list[Record]:
    """Spans as records, in code points of the text."""
    return [{"start": start, "end": end} for start, end in spans]


def rounded(number: float, digits: int) -> float | None:
    """The number with so many decimals; None if it is not finite, which JSON has no number for."""
    return round(float(number), digits) if isfinite(number) else None


def group_key(document: Document, by: Grouping) -> str | None:
    """The group that a hit in the document is printed under; None where the field is not known.

    A hit is printed once, so several authors make one heading and not several.
    """
    return "; ".join(key for key in document.groups(by) if key is not None) or None


def _paragraph_head(paragraph: Paragraph) -> Record:
    return {
        "id": paragraph.id,
        "document": paragraph.document,
        "paragraph": paragraph.n,
        "hash": paragraph.hash,
        "kind": paragraph.kind,
    }


def _source(document: Document, paragraph: Paragraph) -> Record:
    record: Record = {
        "path": document.path,
        **place_record(paragraph),
        "heading": list(paragraph.heading),
        "speaker": paragraph.speaker,
        "time": paragraph.time,
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
        "citekey": document.citekey,
        "extra": _extra(document.extra),
        "derived": list(document.derived),
    }


def _extra(extra: Extra) -> Record:
    return {key: value if isinstance(value, str) else list(value) for key, value in extra.items()}


def _date(date: Date | None) -> str | None:
    return date.text if date else None
