"""What engines store of documents and paragraphs, as JSON and back, and the values of fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from itertools import pairwise
from typing import Any, NamedTuple

from sinorus.model import STYLES, Date, Document, Fault, Paragraph, Styled

_encode = json.JSONEncoder(separators=(",", ":")).encode


def timestamp() -> str:
    """Now, as an index says when it was made."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def document_record(document: Document, faults: Sequence[Fault]) -> bytes:
    """A document without its id, path, paragraphs and words; with the faults of its file."""
    row = [
        *(document.title, document.authors, document.publisher),
        *(document.date.text if document.date else None, document.url, document.lang),
        *(document.tags, document.citekey, dict(document.extra), document.derived),
        document.encoding,
        [(fault.line, fault.reason, fault.skipped) for fault in faults],
    ]
    return _encode(row).encode()


def read_document(record: bytes, name: str, path: str, paragraphs: int, words: int) -> Document:
    """The document of a record. Raises ValueError for bytes that `document_record` never wrote."""
    row: list[Any] = json.loads(record)
    title, authors, publisher, date, url, lang, tags, citekey, extra, derived, *rest = row
    encoding, _ = rest
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
        citekey=citekey,
        extra={k: tuple(v) if isinstance(v, list) else v for k, v in extra.items()},
        derived=tuple(derived),
        encoding=encoding,
        paragraphs=paragraphs,
        words=words,
    )


def read_faults(record: bytes, path: str) -> list[Fault]:
    """The faults in a document's record."""
    return [Fault(path, *row) for row in json.loads(record)[-1]]


class Markup(NamedTuple):
    """What is known of a paragraph's text beside the text: see `model.Paragraph`."""

    spans: tuple[Styled, ...] = ()
    notes: tuple[int, ...] = ()
    noted_by: tuple[int, ...] = ()
    time: str | None = None
    pages: tuple[int | None, int | None, str | None] = (None, None, None)
    """The page it begins on, the one it ends on, and what is printed on the first."""
    mark: str | None = None


def markup_row(paragraph: Paragraph) -> list[Any]:
    """The markup of a paragraph, for JSON; empty if it has none.

    Its spans, notes, `noted_by`, time, pages and mark, without those at the end that are empty; a
    span is a list of start, end, number of its style, and target if there is one. The pages are the
    first, the last, and the label of the first if it has one.
    """
    pages: list[Any] = []
    told = paragraph.time or paragraph.mark
    if paragraph.page:
        pages = [paragraph.page, paragraph.end_page or paragraph.page]
        pages += [paragraph.page_label] if paragraph.page_label else []
    elif not (paragraph.spans or paragraph.notes or paragraph.noted_by or told):
        return []
    spans = [
        [start, end, STYLES.index(kind), *([target] if target else [])]
        for start, end, kind, target in paragraph.spans
    ]
    beside = [list(paragraph.notes), list(paragraph.noted_by), paragraph.time or ""]
    row = [spans, *beside, pages, paragraph.mark or ""]
    while not row[-1]:
        row.pop()
    return row


def read_markup(row: list[Any], length: int) -> Markup:
    """The markup of a row, for a text of so many characters.

    Raises ValueError or TypeError for what `markup_row` never made.
    """
    spans, notes, noted_by, time, pages, mark = row + [[], [], [], "", [], ""][len(row) :]
    if type(time) is not str or type(mark) is not str:
        raise ValueError("no time and no mark is such")
    found = tuple([_styled(*span) for span in spans])
    numbers = [*(one.start for one in found), length]
    if any(left > right for left, right in pairwise(numbers)):
        raise ValueError("the spans of a paragraph do not ascend")
    if any(one.end > length for one in found):
        raise ValueError("a span ends behind its text")
    return Markup(
        found, _numbers(notes), _numbers(noted_by), time or None, _pages(*pages), mark or None
    )


def _pages(
    first: int | None = None, last: int | None = None, label: str = ""
) -> tuple[int | None, int | None, str | None]:
    if first is None:
        return None, None, None
    if [type(one) for one in (first, last, label)] != [int, int, str]:
        raise ValueError("no pages are such")
    if not (last is not None and 0 < first <= last < 1 << 32):
        raise ValueError("no paragraph stands on such pages")
    return first, last, label or None


def _styled(start: int, end: int, style: int, target: str = "") -> Styled:
    if [type(one) for one in (start, end, style, target)] != [int, int, int, str]:
        raise ValueError("a span has what cannot be")
    if not (0 <= start < end and 0 <= style < len(STYLES)):
        raise ValueError("no span has such bounds or such a style")
    return Styled(start, end, STYLES[style], target)


def _numbers(row: Any) -> tuple[int, ...]:
    if type(row) is not list or not all(type(one) is int and 0 < one < 1 << 32 for one in row):
        raise ValueError("no paragraphs have such numbers")
    return tuple(row)


def document_values(document: Document) -> list[tuple[str, str]]:
    """The fields of a document with their values, a pair each, as queries name them."""
    found = [("author", author) for author in document.authors]
    found += [("tag", tag) for tag in document.tags]
    for name in ("title", "publisher", "url", "lang", "citekey"):
        value = getattr(document, name)
        if value:
            found.append((name, value))
    for name, extra in document.extra.items():
        if name not in KNOWN_FIELDS:
            found += [(name, value) for value in ([extra] if isinstance(extra, str) else extra)]
    return list(dict.fromkeys(found))


def values_of(documents: Iterable[Document]) -> dict[str, list[str]]:
    """The distinct values of each field that one of these documents has, both sorted."""
    found: dict[str, set[str]] = {}
    for document in documents:
        for name, value in document_values(document):
            found.setdefault(name, set()).add(value)
    return {name: sorted(found[name]) for name in sorted(found)}


KNOWN_FIELDS = frozenset(
    {"author", "tag", "title", "publisher", "url", "lang", "citekey", "id", "path"}
)
"""Names that mean the document's own field, also where the front matter has them in `extra`."""
