"""Which documents of a segment a filter lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sinorus.engines.whoosh.codec.opened import OpenSegment
from sinorus.engines.whoosh.codec.values import split_key
from sinorus.engines.whoosh.search.terms import containers, phrase
from sinorus.model import Document
from sinorus.query.evaluate import document_matches
from sinorus.query.nodes import DateRange, DocumentIn, FieldValue, FieldWords, Filter, PathGlob

_EARLIEST, _LATEST = 1, 99991231


def passing(segment: OpenSegment, node: Filter) -> list[int]:
    """The ordinals of the documents that pass, sorted; deleted ones may be among them."""
    if isinstance(node, DateRange):
        return _dated(segment, node)
    if isinstance(node, DocumentIn):
        found = (segment.documents.find(name) for name in node.ids)
        return sorted(ordinal for ordinal in found if ordinal is not None)
    if isinstance(node, PathGlob):
        return _asked(segment.documents.paths(), lambda path: Document("", path), node)
    if isinstance(node, FieldValue) and node.name == "id":
        return _asked(segment.documents.ids(), lambda name: Document(name, ""), node)
    values = _values(segment, node)
    first, documents = segment.file["value.first"], segment.file["value.docs"]
    having = {
        ordinal for value in values for ordinal in documents.items(first[value], first[value + 1])
    }
    return sorted(having)


def _asked(texts: list[str], document: Callable[[str], Document], node: Filter) -> list[int]:
    return [at for at, text in enumerate(texts) if document_matches(node, document(text))]


def _dated(segment: OpenSegment, node: DateRange) -> list[int]:
    """Documents whose time reaches into the range; one without a date has the time 0."""
    since = int(node.since.replace("-", "")) if node.since else _EARLIEST
    until = int(node.until.replace("-", "")) if node.until else _LATEST
    first = segment.file["doc.since"].items().tolist()
    last = segment.file["doc.until"].items().tolist()
    return [
        at
        for at, (begin, end) in enumerate(zip(first, last, strict=True))
        if end >= since and 0 < begin <= until
    ]


def _values(segment: OpenSegment, node: FieldWords | FieldValue) -> Iterable[int]:
    """The numbers of the values that fit."""
    there = segment.keys.beginning(node.name.encode("utf-8", "surrogatepass") + b"\0")
    if isinstance(node, FieldWords):
        found = containers(segment.value, phrase(segment.value, node.words))
        return [value for value in found if value in there]
    return [value for value in there if _fits(node, split_key(segment.keys[value])[1])]


def _fits(node: FieldValue, value: str) -> bool:
    known = Document("", "", lang=value) if node.name == "lang" else Document("", "", tags=(value,))
    return document_matches(node, known)


def under_headings(segment: OpenSegment, node: FieldWords) -> list[int]:
    """The heads that have the words of a `heading:` filter, sorted."""
    return sorted(containers(segment.head, phrase(segment.head, node.words)))
