"""The page that was asked for: the best of each segment, put in one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sinorus.engines.documents import title_key
from sinorus.engines.port import SearchRequest
from sinorus.engines.scoring import capped_groups
from sinorus.engines.whoosh.segment.reader import OpenSegment


class Found(NamedTuple):
    """What matched in a segment: lists or arrays of equal length, by ascending paragraph.

    `documents` has the ordinal of the document of each.
    """

    segment: OpenSegment
    keys: Any
    documents: Any
    scores: Any
    covered: Any


class Place(NamedTuple):
    """One hit: its paragraph in its segment, and its score."""

    segment: OpenSegment
    document: int
    key: int
    score: float


def page(request: SearchRequest, results: list[Found]) -> list[Place]:
    """The places of the page, in order and capped."""
    end = None if request.limit is None else request.offset + request.limit
    if request.cap is None or end is None:
        ranked = _first(request, results, end)
        if request.cap is not None:
            ranked = list(_capped(request, ranked))
        return ranked[request.offset : end]
    total = sum(len(result.keys) for result in results)
    need = 4 * end
    while True:
        kept = list(_capped(request, _first(request, results, need)))
        if len(kept) >= end or need >= total:
            return kept[request.offset : end]
        need *= 4


def _capped(request: SearchRequest, places: list[Place]) -> Iterator[Place]:
    if request.cap is None:
        raise ValueError("there is no cap")
    most, by = request.cap
    admit = capped_groups(most)
    for place in places:
        if admit(place.segment.documents[place.document].groups(by)):
            yield place


def _first(request: SearchRequest, results: list[Found], need: int | None) -> list[Place]:
    """The first `need` places of all segments."""
    best: list[tuple[Any, Place]] = []
    for result in results:
        if not len(result.keys) or need == 0:
            continue
        chosen = (_of_list if isinstance(result.keys, list) else _of_array)(request, result, need)
        for at in chosen:
            document, key = int(result.documents[at]), int(result.keys[at])
            place = Place(result.segment, document, key, float(result.scores[at]))
            # Its order among those of its own segment is known.
            where = _key(request, place, int(result.covered[at])) if len(results) > 1 else ()
            best.append((where, place))
    if len(results) > 1:
        best.sort(key=lambda pair: pair[0])
    return [place for _, place in best[:need]]


def _key(request: SearchRequest, place: Place, covered: int) -> tuple[Any, ...]:
    """What a place is sorted by where it meets those of other segments."""
    segment = place.segment
    ordinal = place.document
    last = (segment.documents.id(ordinal), place.key)
    if request.sort == "relevance":
        return (-covered, -place.score, *last)
    if request.sort == "title":
        return (*title_key(segment.documents[ordinal].title), *last)
    day = segment.file["doc.since"][ordinal]
    return (not day, -day if request.sort == "-date" else day, *last)


def _of_list(request: SearchRequest, result: Found, need: int | None) -> list[int]:
    file = result.segment.file

    def key(at: int) -> tuple[Any, ...]:
        ordinal = result.documents[at]
        last = (file["doc.rank"][ordinal], result.keys[at])
        if request.sort == "relevance":
            return (-result.covered[at], -result.scores[at], *last)
        if request.sort == "title":
            return (file["doc.bytitle"][ordinal], *last)
        day = file["doc.since"][ordinal]
        return (not day, -day if request.sort == "-date" else day, *last)

    return sorted(range(len(result.keys)), key=key)[:need]


def _of_array(request: SearchRequest, result: Found, need: int | None) -> list[int]:
    import numpy as np

    file, ordinal = result.segment.file, result.documents
    rank = file["doc.rank"].numbers()[ordinal].astype(np.uint64)
    last = rank << np.uint64(32) | result.keys.astype(np.uint64)
    columns: list[Any]
    if request.sort == "relevance":
        columns = [-result.covered, -result.scores]
    elif request.sort == "title":
        columns = [file["doc.bytitle"].numbers()[ordinal]]
    else:
        day = file["doc.since"].numbers()[ordinal].astype(np.int64)
        columns = [day == 0, -day if request.sort == "-date" else day]
    return _least([*columns, last], need).tolist()


def _least(columns: list[Any], need: int | None) -> Any:
    """The indices of the `need` rows that are least by the first column, then the second …"""
    import numpy as np

    left = np.arange(len(columns[0]))
    parts = []
    wanted = len(left) if need is None else need
    for column in columns:
        if wanted >= len(left):
            break
        values = column[left]
        edge = np.partition(values, wanted - 1)[wanted - 1]
        less = values < edge
        parts.append(left[less])
        wanted -= len(parts[-1])
        left = left[values == edge]
    chosen = np.concatenate([*parts, left[:wanted] if len(left) > wanted else left])
    return chosen[np.lexsort([column[chosen] for column in reversed(columns)])]


class Tally(Mapping[str, int]):
    """Paragraphs by document id; ids are read when somebody wants to see them."""

    def __init__(self, counts: list[tuple[OpenSegment, dict[int, int]]]) -> None:
        self._counts = counts
        self._named: dict[str, int] | None = None

    def _all(self) -> dict[str, int]:
        if self._named is None:
            self._named = {
                segment.documents.id(ordinal): count
                for segment, counts in self._counts
                for ordinal, count in counts.items()
            }
        return self._named

    def __getitem__(self, name: str) -> int:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return sum(len(counts) for _, counts in self._counts)


def tally(results: list[Found]) -> Tally:
    """How many paragraphs matched in each document."""
    counts = []
    for result in results:
        if isinstance(result.keys, list):
            by_document: dict[int, int] = {}
            for ordinal in result.documents:
                by_document[ordinal] = by_document.get(ordinal, 0) + 1
        else:
            import numpy as np

            sizes = np.bincount(result.documents)
            ordinals = np.flatnonzero(sizes)
            by_document = dict(zip(ordinals.tolist(), sizes[ordinals].tolist(), strict=True))
        counts.append((result.segment, by_document))
    return Tally(counts)
