"""Which documents of a segment a filter lets through."""

from __future__ import annotations

from collections.abc import Iterable

from sinorus.engines.whoosh.search.terms import containers, phrase
from sinorus.engines.whoosh.segment.documents import split_key
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.query.evaluate import path_fits
from sinorus.query.nodes import DateRange, DocumentIn, FieldValue, FieldWords, Filter, PathGlob
from sinorus.text.fold import fold_value

_EARLIEST, _LATEST = 1, 99991231


def passing(segment: OpenSegment, node: Filter) -> list[int]:
    """The ordinals of the documents that pass, sorted; deleted ones may be among them."""
    if isinstance(node, DateRange):
        return _dated(segment, node)
    if isinstance(node, DocumentIn):
        found = (segment.documents.find(name) for name in node.ids)
        return sorted(ordinal for ordinal in found if ordinal is not None)
    if isinstance(node, PathGlob):
        if "paths" not in segment.kept:
            segment.kept["paths"] = segment.documents.paths()
        paths = enumerate(segment.kept["paths"])
        return [at for at, path in paths if path_fits(path, node.pattern)]
    if isinstance(node, FieldValue) and node.name == "id":
        named = _folded(segment, "id").get(_last(node.value), ())
        return [at for name, at in named if ("/" + name).endswith("/" + node.value)]
    values = _values(segment, node)
    first, documents = segment.file["value.first"], segment.file["value.docs"]
    having = {
        ordinal for value in values for ordinal in documents.items(first[value], first[value + 1])
    }
    return sorted(having)


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
    if isinstance(node, FieldWords):
        there = segment.keys.beginning(node.name.encode("utf-8", "surrogatepass") + b"\0")
        found = containers(segment.value, phrase(segment.value, node.words))
        return [value for value in found if value in there]
    folded = _folded(segment, node.name)
    if node.name != "lang":
        return [value for _, value in folded.get(node.value, ())]
    fitting = [key for key in folded if (key + "-").startswith(node.value + "-")]
    return sorted(value for key in fitting for _, value in folded[key])


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _folded(segment: OpenSegment, name: str) -> dict[str, list[tuple[str, int]]]:
    """The folded values of a field with their numbers, by what a query may have of them.

    Of an id that is its last part, else the whole. A query may ask for a thousand of them.
    """
    kept: dict[str, list[tuple[str, int]]] | None = segment.kept.get("folded." + name)
    if kept is None:
        kept = segment.kept["folded." + name] = {}
        if name == "id":
            for at, one in enumerate(map(fold_value, segment.documents.ids())):
                kept.setdefault(_last(one), []).append((one, at))
            return kept
        for value in segment.keys.beginning(name.encode() + b"\0"):
            one = fold_value(split_key(segment.keys[value])[1])
            kept.setdefault(one, []).append((one, value))
    return kept


def under_headings(segment: OpenSegment, node: FieldWords) -> list[int]:
    """The heads that have the words of a `heading:` filter, sorted."""
    return sorted(containers(segment.head, phrase(segment.head, node.words)))
