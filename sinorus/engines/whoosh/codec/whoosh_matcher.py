"""Whoosh's walk over the postings of a term."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint

from sinorus.engines.whoosh.codec.whoosh_lists import BLOCK, TermList


class PostingMatcher(LeafMatcher):
    """A walk over a list, in blocks that can be left out when a search wants the best only."""

    def __init__(
        self, postings: TermList, form: Any, scorer: Any, term: tuple[str, bytes], at: int = 0
    ) -> None:
        self.format, self.scorer = form, scorer
        self._list, self._term, self._i = postings, term, at
        self._ids = postings.ids

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._i < len(self._ids)

    def reset(self) -> None:
        """Goes back to the first posting."""
        self._i = 0

    def copy(self) -> PostingMatcher:
        """Another walk from the same place."""
        return PostingMatcher(self._list, self.format, self.scorer, self._term, self._i)

    def id(self) -> int:
        """The paragraph here."""
        return self._ids[self._i]

    def all_ids(self) -> Iterator[int]:
        """All paragraphs from here on."""
        return iter(self._ids[self._i :])

    def next(self) -> bool:  # type: ignore[override]  # Whoosh says None and uses it
        """Goes on to the next posting; True where that is in another block."""
        self._i += 1
        return self._i % BLOCK == 0 or self._i == len(self._ids)

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Goes on to the first paragraph from `id` on."""
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._ids, id, self._i)

    def skip_to_quality(self, minquality: float) -> int:
        """Goes on to the first block that can have a better score; the number of blocks left."""
        left = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._i = min((self._i // BLOCK + 1) * BLOCK, len(self._ids))
            left += 1
        return left

    def _block(self) -> int:
        return min(self._i, len(self._ids) - 1) // BLOCK

    def block_max_weight(self) -> float:
        """The greatest weight in this block."""
        return self._list.most[self._block()]

    def block_min_length(self) -> int:
        """The shortest length in this block."""
        return self._list.shortest[self._block()]

    def weight(self) -> float:
        """How often the paragraph has the term."""
        return self._list.weights[self._i]

    def value(self) -> bytes:
        """The posting as the field's format writes it."""
        if self._list.has_positions:
            return self.format.encode(self._list.positions(self._i))
        return pack_uint(int(self.weight())) if self.format.posting_size else b""

    def value_as(self, astype: str) -> Any:
        """What the format reads from it: the frequency, the positions."""
        if astype == "positions" and self._list.has_positions:
            return self._list.positions(self._i)
        return super().value_as(astype)
