"""Which segments are merged: so many that their number grows with the logarithm of their size."""

from __future__ import annotations

from sinorus.engines.whoosh.commit import SegmentState, new_name, new_state, segment_file
from sinorus.files import Folder

_TOGETHER = 8
"""Segments of about one size that are made one; a search looks into all there are."""
_SMALLEST = 1 << 15
"""Tokens up to which all segments count as of one size."""
_LARGEST = 1 << 28
"""Tokens from which on a segment is left alone: eight of them still have numbers of 32 bits, and so
have the places of their lists."""


def tier(tokens: int) -> int:
    """The size of a segment, as the logarithm to the base `_TOGETHER`."""
    level = 0
    while tokens > _SMALLEST:
        tokens //= _TOGETHER
        level += 1
    return level


def merge_small(folder: Folder, states: list[SegmentState]) -> list[SegmentState]:
    """The segments with those merged that are due: eight of a size, or one half deleted."""
    states = [state for state in states if state.documents]
    while True:
        due = _due(states)
        if not due:
            return states
        merged = _merge(folder, [states[at] for at in due])
        states = [state for at, state in enumerate(states) if at not in due]
        states.append(merged)


def _due(states: list[SegmentState]) -> set[int]:
    for at, state in enumerate(states):
        if 2 * state.paragraphs < state.all_paragraphs:
            return {at}
    tiers: dict[int, set[int]] = {}
    for at, state in enumerate(states):
        if state.tokens <= _LARGEST:
            tiers.setdefault(tier(state.tokens), set()).add(at)
    return next((those for those in tiers.values() if len(those) >= _TOGETHER), set())


def _merge(folder: Folder, states: list[SegmentState]) -> SegmentState:
    from sinorus.engines.whoosh.indexer.merger import merge_segments

    name = new_name()
    opened = [state.open(folder) for state in states]
    return new_state(name, merge_segments(opened, folder.create(segment_file(name))))
