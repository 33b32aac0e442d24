"""Words and phrases in the small fields: headings and metadata."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from sinorus.engines.whoosh.segment.postings import Postings


def phrase(field: Postings, stems: Sequence[str]) -> list[int]:
    """Where `stems` stand one right after the other: the token numbers of the first."""
    found: set[int] | None = None
    for at, stem in enumerate(stems):
        entry = field.find(stem)
        if entry is None:
            return []
        there = {token - at for token in field.tokens(entry)}
        found = there if found is None else found & there
    return sorted(found or ())


def containers(field: Postings, tokens: Iterable[int]) -> dict[int, int]:
    """The texts of the field that `tokens` stand in, and how many of them each has."""
    counts: dict[int, int] = {}
    starts = field.starts.items()
    for token in tokens:
        text = bisect_right(starts, token) - 1
        counts[text] = counts.get(text, 0) + 1
    return counts
