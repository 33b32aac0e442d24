"""The page that was asked for: the best of each segment, put in one order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sinorus.engines.ordering import Words, id_key, past, picked, title_key
from sinorus.engines.port import SearchRequest
from sinorus.engines.whoosh.search.terms import column
from sinorus.engines.whoosh.segment.paragraphs import numbers_with_hash
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import Document, Grouping, Sort

_LOOKUPS = 400
"""About how many items of the tables of hashes it takes to look for what is the same as a page."""
_REPEATED = 12
"""Hits beyond a page that are put in order with it: as many as may be folded before more are."""


class Found(NamedTuple):
    """What matched in a segment: lists or arrays of equal length, by ascending paragraph.

    `paragraphs` are their numbers, `documents` the ordinals of their documents; `covered` says how
    many nodes of the request's coverage each matches, `whole` is 0 for those that match only across
    the borders of words, and None where none does.
    """

    segment: OpenSegment
    paragraphs: Any
    documents: Any
    scores: Any
    covered: Any
    whole: Any

    def of_documents(self, section: str) -> Any:
        """What a section has for the document of each paragraph: a list or an array again."""
        numbers = self.segment.file[section]
        if isinstance(self.documents, list):
            items = column(numbers, len(self.documents))
            return [items[ordinal] for ordinal in self.documents]
        return numbers.numbers()[self.documents]


class Ranked(NamedTuple):
    """One hit: its paragraph in its segment, and its score."""

    segment: OpenSegment
    document: int
    paragraph: int
    score: float
    crossing: bool

    @property
    def hash(self) -> int:
        """The hash of its words."""
        return self.segment.file["para.hashes"][self.paragraph]

    def words(self) -> Words:
        """What is equal for paragraphs with the same words."""
        starts = self.segment.text.starts.sequence()
        return self.hash, starts[self.paragraph + 1] - starts[self.paragraph]

    def described(self) -> Document:
        """Its document."""
        return self.segment.documents[self.document]


def page(request: SearchRequest, results: list[Found]) -> list[Ranked]:
    """The hits of the page that is asked for, and one more if there is one: in order, capped and
    folded.
    """
    if request.limit == 0:
        return []
    if request.cap is not None and request.limit is None and not request.fold:
        results = [_leading(request, result, *request.cap) for result in results]
    total = sum(len(result.paragraphs) for result in results)
    need = end = past(request)
    if end is not None and request.cap is not None:
        need = 4 * end
    elif end is not None and request.fold:
        need = end + _REPEATED
    while True:
        ranked = _first(request, results, need)
        kept = list(picked(ranked, request, Ranked.words, Ranked.described))
        if end is None or need is None or len(kept) >= end or need >= total:
            return kept[request.offset : end]
        need *= 4


def same(hit: Ranked, results: list[Found]) -> tuple[str, ...]:
    """The ids of the other paragraphs that match and have the words of a hit, by document and
    number.
    """
    words = hit.words()
    others: list[tuple[str, int]] = []
    for result in results:
        segment = result.segment
        for name in ("para.hashes", "para.byhash"):
            column(segment.file[name], _LOOKUPS)
        for number in numbers_with_hash(segment.file, hit.hash):
            if number == hit.paragraph and segment is hit.segment:
                continue
            at = bisect_left(result.paragraphs, number)
            if at == len(result.paragraphs) or result.paragraphs[at] != number:
                continue
            ordinal = int(result.documents[at])
            if Ranked(segment, ordinal, number, 0.0, crossing=False).words() == words:
                documents = segment.documents
                others.append((documents.id(ordinal), number - documents.first[ordinal] + 1))
    return tuple([f"{name}#{n}" for name, n in sorted(others)])


def _leading(request: SearchRequest, result: Found, most: int, by: Grouping) -> Found:
    """What matched, without what comes behind as many of the same groups: that is capped anyway.

    So that not all hits of a large index are looked at one by one.
    """
    if isinstance(result.paragraphs, list):
        return result
    import numpy as np

    from sinorus.engines.whoosh.search.homes import homes_of

    columns = [*_columns(request, result), result.of_documents("doc.rank")]
    homes = homes_of(result.segment, by).numbers[result.documents]
    order = np.lexsort([*reversed(columns), homes])  # is stable
    sorted_homes = homes[order]
    begins = np.flatnonzero(np.diff(sorted_homes, prepend=-1))
    place = np.arange(len(order)) - np.repeat(begins, np.diff(begins, append=len(order)))
    kept = np.sort(order[place < most])
    return Found(
        segment=result.segment,
        paragraphs=result.paragraphs[kept],
        documents=result.documents[kept],
        scores=result.scores[kept],
        covered=result.covered[kept],
        whole=None if result.whole is None else result.whole[kept],
    )


def _first(request: SearchRequest, results: list[Found], need: int | None) -> list[Ranked]:
    """The first `need` hits of all segments."""
    best: list[tuple[Any, Ranked]] = []
    for result in results:
        if not len(result.paragraphs) or need == 0:
            continue
        columns = _columns(request, result)
        for at in _least(columns, result, need):
            document, paragraph = int(result.documents[at]), int(result.paragraphs[at])
            crossing = result.whole is not None and not result.whole[at]
            score = float(result.scores[at])
            hit = Ranked(result.segment, document, paragraph, score, crossing)
            # Its order among those of its own segment is known.
            where = _among_segments(request.sort, columns, at, hit) if len(results) > 1 else ()
            best.append((where, hit))
    if len(results) > 1:
        best.sort(key=lambda pair: pair[0])
    return [hit for _, hit in best[:need]]


def _columns(request: SearchRequest, result: Found) -> list[Any]:
    """What hits are sorted by, least first, a list or an array each.

    Those that are alike in all of it stand by the ids of their documents, then by their numbers.
    """
    if request.sort == "relevance":
        covered = [result.covered] if request.coverage else []
        whole = [] if result.whole is None else [result.whole]
        return [*map(_negative, [*covered, *whole, result.scores])]
    if request.sort == "source":
        return [_natural_ranks(result)]
    if request.sort == "title":
        return [result.of_documents("doc.bytitle")]
    days = result.of_documents("doc.since")
    if isinstance(days, list):
        undated = [not day for day in days]
    else:
        undated, days = days == 0, days.astype("int64")  # that can be negative
    return [undated, _negative(days) if request.sort == "-date" else days]


def _natural_ranks(result: Found) -> list[int] | Any:
    """The place of each document among those found, in the order in which people look for ids."""
    documents, is_list = result.documents, isinstance(result.documents, list)
    there = set(documents if is_list else documents.tolist())
    name = result.segment.documents.id
    rank = {at: place for place, at in enumerate(sorted(there, key=lambda at: id_key(name(at))))}
    if is_list:
        return [rank[at] for at in documents]
    import numpy as np

    ranks = np.zeros(max(there, default=0) + 1, "int64")
    ranks[list(rank)] = list(rank.values())
    return ranks[documents]


def _negative(numbers: Any) -> Any:
    return [-number for number in numbers] if isinstance(numbers, list) else -numbers


def _among_segments(sort: Sort, columns: list[Any], at: int, hit: Ranked) -> tuple[Any, ...]:
    """What a hit is sorted by where it meets those of other segments: ranks are of one alone."""
    documents = hit.segment.documents
    key: Any
    if sort == "title":
        key = title_key(documents[hit.document].title)
    elif sort == "source":
        key = id_key(documents.id(hit.document))
    else:
        key = tuple(numbers[at] for numbers in columns)
    return (key, documents.id(hit.document), hit.paragraph)


def _least(columns: list[Any], result: Found, need: int | None) -> list[int]:
    """The indices of the first `need` hits of a segment, in order."""
    columns = [*columns, result.of_documents("doc.rank")]
    if isinstance(result.paragraphs, list):
        rows = list(zip(*columns, strict=True))
        return sorted(range(len(rows)), key=rows.__getitem__)[:need]
    return _least_rows(columns, len(result.paragraphs) if need is None else need).tolist()


def _least_rows(columns: list[Any], wanted: int) -> Any:
    """The indices of the rows that are least by the first column, then the second …

    Of rows that are alike in all columns the first are least.
    """
    import numpy as np

    left = np.arange(len(columns[0]))
    parts: list[Any] = []
    for numbers in columns:
        if wanted >= len(left):
            break
        values = numbers[left] if parts else numbers
        edge = np.partition(values, wanted - 1)[wanted - 1]
        less = values < edge
        parts.append(left[less])
        wanted -= len(parts[-1])
        left = left[values == edge]
    chosen = np.concatenate([*parts, left[:wanted]])
    return chosen[np.lexsort([numbers[chosen] for numbers in reversed(columns)])]  # is stable


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
        if isinstance(result.paragraphs, list):
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
