"""Where two texts differ, as all formats say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sinorus.model import Span
from sinorus.render.spans import reflowed

Edit = tuple[Span, Span]
"""A span of what was and the one of what is that took its place; one of them may be empty."""
SideName = Literal["removed", "added"]
BRACKETS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
"""How a changed word is marked where colour cannot: as wdiff does it."""
SIDES: dict[str, SideName] = {"left": "removed", "right": "added"}
"""What a side of a comparison has that the other has not: it has the style of this name."""


def changed_spans(edits: Sequence[Edit], side: int) -> list[Span]:
    """The spans of one side (0 or 1) in which it differs."""
    return [edit[side] for edit in edits if edit[side][0] < edit[side][1]]


def interleaved(was: str, now: str, edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    """Two texts as one, safe to print on one line: pieces that are `removed`, `added`, or in both.

    What both have is as it is now, and has no name.
    """
    at = 0
    for (start, end), (begin, stop) in edits:
        yield reflowed(now[at:begin]), ""
        if begin == stop:
            yield _blank(was[:start][::-1] if begin else ""), ""
        if start < end:
            yield reflowed(was[start:end]), "removed"
        if begin < stop:
            yield reflowed(now[begin:stop]), "added"
        elif not begin:
            yield _blank(was[end:]), ""
        at = stop
    yield reflowed(now[at:]), ""


def _blank(text: str) -> str:
    return " " if text[:1].isspace() else ""
