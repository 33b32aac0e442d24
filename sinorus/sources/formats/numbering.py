"""Numbers before the items of a list: most only count, some are years, days or clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sinorus.sources.formats.builder import Builder

_NUMBER = re.compile(rb"[ \t]*([0-9]{1,9})[.)](?:[ \t]+|(?=\n|\Z))")
_YEAR = 1000
"""Numbers from here on are years."""


def are_counts(numbers: Sequence[int]) -> bool:
    """Whether the numbers of the items of a list do no more than count them."""
    if len(numbers) == 1:
        return numbers[0] == 1
    rise = all(before <= after or after == 1 for before, after in pairwise(numbers))
    return rise and numbers[0] < _YEAR


def counted(numbers: Sequence[int]) -> list[int]:
    """What a reader counts where these numbers are written: on from the first, and anew from each
    1 that follows another number, since two lists of a file may look like one.
    """
    found = [numbers[0]]
    for before, after in pairwise(numbers):
        found.append(1 if after == 1 and before > 1 else found[-1] + 1)
    return found


class OpenList:
    """A list that is open: its first number, and for each item its block and where it begins."""

    def __init__(self, first: int | None) -> None:
        self._first = first
        self._items: list[tuple[int, int]] = []

    def begin_item(self, out: Builder, start: int) -> None:
        """An item begins at an offset in the source."""
        self._items.append((out.here(), start))

    def end_item(self, out: Builder) -> None:
        """The item ends; of one that has only its number something must be there to hold it."""
        if self._first is not None and out.here() == self._items[-1][0]:
            out.keep_place()

    def give_back_numbers(self, out: Builder, source: bytes) -> None:
        """Puts the numbers into the text, unless they count the items of this very list: then they
        are marks, as readers see them.
        """
        if self._first is None:
            return
        if self._first == 1 and len(self._items) == 1:
            only = out.made(self._items[0][0])
            if only is None or only.size:
                self._mark(out, [self._first])
                return
        marks = [(block, start, _NUMBER.match(source, start)) for block, start in self._items]
        numbers = [int(mark.group(1)) for _, _, mark in marks if mark]
        if len(numbers) > 1 and are_counts(numbers):
            self._mark(out, counted(numbers))
            return
        for block, _, mark in marks:
            draft = out.made(block)
            if mark is None or draft is None or draft.kind != "list":
                continue
            if not draft.size or draft.source == mark.end():
                text = source[mark.start(1) : mark.end()].decode()
                draft.prepend(text, mark.start(1))
                draft.kind = out.kind_here()

    def _mark(self, out: Builder, numbers: Sequence[int]) -> None:
        for number, (block, _) in zip(numbers, self._items, strict=False):
            draft = out.made(block)
            if draft is not None and draft.kind == "list" and draft.mark is None:
                draft.mark = counting(number)


def counting(number: int) -> str:
    """The mark of an item of a list: `3.`."""
    return f"{number}."
