"""A numbered list each item of which is one line that one look tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.model import Place, Styled
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.numbering import are_counts, counted, counting

DIGITS = "0123456789"
ITEM = re.compile(r"([0-9]{1,9})[.)] {1,4}(?=[^\W\d_]|[\"“„«‘(—–…《「『【*])")
_MAY_BE_ITEM = re.compile(r"^[ \t]|^[0-9]", re.MULTILINE)


class Item(NamedTuple):
    """An item of a list: the number and the blanks before it, and the block that it is."""

    mark: str
    block: Block

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.mark.rstrip(" ")[:-1])

    @property
    def point(self) -> str:
        """What stands behind the number; items of one list have the same."""
        return self.mark.rstrip(" ")[-1]


def may_be_in_list(text: str) -> bool:
    """Whether an item that follows a text may belong to a list that is in it."""
    return _MAY_BE_ITEM.search(text) is not None


def listed(items: Sequence[Item]) -> list[Block]:
    """The blocks of a list, with their numbers where these are more than a count.

    As `OpenList.give_back_numbers` does it for a list that was parsed.
    """
    numbers = [item.number for item in items]
    if are_counts(numbers):
        marks = map(counting, counted(numbers))
        return [item.block._replace(mark=mark) for item, mark in zip(items, marks, strict=True)]
    return [_with_number(item) for item in items]


def _with_number(item: Item) -> Block:
    mark, block = item
    size, first = len(mark), block.places[0]
    if first.column != size:  # another mark stands between
        return block
    return block._replace(
        text=mark + block.text,
        kind="text",
        places=(
            Place(0, first.line, 0),
            *[one._replace(start=one.start + size) for one in block.places],
        ),
        spans=tuple(
            [Styled(size + one.start, size + one.end, one.kind, one.target) for one in block.spans]
        ),
    )
