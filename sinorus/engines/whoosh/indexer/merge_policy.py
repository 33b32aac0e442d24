"""Which segments are merged: so many that their number grows with the logarithm of their size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sinorus.engines.whoosh.commit import SegmentState
from sinorus.files import Folder


class MergePolicy(NamedTuple):
    """Segments of about one size are made one as soon as there are `together` of them.

    Up to `smallest` tokens all count as of one size. From `largest` on a segment is left alone:
    eight of them still have numbers of 32 bits, and so have the places of their lists.
    """

    together: int = 8
    smallest: int = 1 << 15
    largest: int = 1 << 28

    def tier(self, tokens: int) -> int:
        """The size of a segment, as the logarithm to the base `together`."""
        level = 0
        while tokens > self.smallest:
            tokens //= self.together
            level += 1
        return level

    def due(self, states: Sequence[SegmentState]) -> set[int]:
        """The places of the segments to be merged next: one half deleted, or those of a size."""
        for at, state in enumerate(states):
            if 2 * state.paragraphs < state.all_paragraphs:
                return {at}
        tiers: dict[int, set[int]] = {}
        for at, state in enumerate(states):
            if state.tokens <= self.largest:
                tiers.setdefault(self.tier(state.tokens), set()).add(at)
        return next((those for those in tiers.values() if len(those) >= self.together), set())


def merge_due(
    folder: Folder, states: Sequence[SegmentState], policy: MergePolicy
) -> list[SegmentState]:
    """The segments that have documents, with those merged that are due."""
    left = [state for state in states if state.documents]
    while due := policy.due(left):
        from sinorus.engines.whoosh.indexer.merger import merge_segments

        merged = merge_segments(folder, [left[at].open(folder) for at in sorted(due)])
        left = [state for at, state in enumerate(left) if at not in due]
        left.append(merged)
    return left
