"""How many paragraphs of each document an answer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sinorus.engines.whoosh.search.page import Found
from sinorus.engines.whoosh.segment.reader import OpenSegment


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
