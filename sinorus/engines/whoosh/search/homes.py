"""Which groups each document of a segment is in: from the tables, without reading documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from sinorus.engines.whoosh.search.terms import documents_with
from sinorus.engines.whoosh.segment.documents import split_key
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import Grouping
from sinorus.model.dates import decade_between, year_between

Groups = tuple[str | None, ...]
_YEAR = 10_000
"""A day is the number 20231231."""


class Homes(NamedTuple):
    """The number of the home of each document, by ordinal, and the groups that each home is."""

    numbers: Numbers
    groups: Sequence[Groups]


def homes_of(segment: OpenSegment, by: Grouping) -> Homes:
    """The homes of the documents of a segment; kept with it.

    Equal to what `Document.groups` says of each, those of several groups in one order.
    """
    name = "homes." + by
    found: Homes | None = segment.kept.get(name)
    if found is None:
        found = segment.kept[name] = _homes(segment, by)
    return found


def _homes(segment: OpenSegment, by: Grouping) -> Homes:
    match by:
        case "document" | "id":
            ids = segment.documents.ids()
            return Homes(np.arange(len(ids)), [(name,) for name in ids])
        case "path":
            return _numbered((path,) for path in segment.documents.paths())
        case "folder":
            paths = segment.documents.paths()
            return _numbered((path.rpartition("/")[0] or ".",) for path in paths)
        case "year" | "decade":
            return _dated(segment, by)
        case "date":
            every = range(len(segment.documents))
            return _numbered(segment.documents[ordinal].groups(by) for ordinal in every)
        case _:
            return _numbered(_values(segment, by))


def _numbered(groups: Iterable[Groups]) -> Homes:
    numbers: dict[Groups, int] = {}
    found = [numbers.setdefault(one, len(numbers)) for one in groups]
    return Homes(np.asarray(found, np.int64), list(numbers))


def _dated(segment: OpenSegment, by: Grouping) -> Homes:
    since = segment.file["doc.since"].numbers().astype(np.int64)
    until = segment.file["doc.until"].numbers().astype(np.int64)
    distinct, numbers = np.unique(since // 10 * 10**8 + until // 10, return_inverse=True)
    between = year_between if by == "year" else decade_between
    groups: list[Groups] = []
    for code in distinct.tolist():
        first, last = divmod(code, 10**8)
        groups.append((between(f"{first:07}", f"{last:07}"),) if code else (None,))
    numbered = _numbered(groups)  # several days are of one year
    return Homes(numbered.numbers[numbers], numbered.groups)


def _values(segment: OpenSegment, by: Grouping) -> list[Groups]:
    """The values of a field of each document, in one order."""
    there = segment.keys.beginning(by.encode("utf-8", "surrogatepass") + b"\0")
    values = [split_key(key)[1] for key in segment.keys.some(there)]
    if by == "lang":
        values = [value.split("-")[0] for value in values]
    found: list[tuple[str, ...]] = [()] * len(segment.documents)
    for value, documents in zip(values, documents_with(segment, [*there]), strict=True):
        for ordinal in documents if value else ():
            if value not in found[ordinal]:
                found[ordinal] += (value,)
    return [tuple(sorted(one)) if one else (None,) for one in found]


class Scope(NamedTuple):
    """The documents of a segment that are counted, and the home of each, in one numbering.

    `homes` has -1 for a document that is not counted.
    """

    segment: OpenSegment
    homes: Numbers


def scopes(
    segments: Sequence[OpenSegment], by: Grouping, among: Collection[str] | None
) -> tuple[list[Scope], list[Groups]]:
    """The homes of all segments in one numbering, and the groups that each is."""
    numbers: dict[Groups, int] = {}
    found = []
    for segment in segments:
        own = homes_of(segment, by)
        table = np.asarray(
            [numbers.setdefault(one, len(numbers)) for one in own.groups], np.int64
        ).reshape(-1)
        homes = table[own.numbers] if len(table) else np.zeros(0, np.int64)
        counted = _counted(segment, among)
        found.append(Scope(segment, np.where(counted, homes, -1)))
    return found, list(numbers)


def _counted(segment: OpenSegment, among: Collection[str] | None) -> Any:
    counted = np.zeros(len(segment.documents), bool)
    if among is None:
        counted[[*segment.documents.alive()]] = True
    else:
        ordinals = (segment.documents.find(name) for name in among)
        counted[[ordinal for ordinal in ordinals if ordinal is not None]] = True
    return counted
