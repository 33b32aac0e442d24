"""The list items that a line of Markdown may belong to, one in the other."""

from __future__ import annotations

from collections import Counter

from sinorus.sources.formats.marks import Item


class OpenItems:
    """The items that are open, the innermost last; each is further in than the one around it.

    What is asked of them takes the same time in a list that is hundreds of items deep.
    """

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._kinds: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._items)

    @property
    def content(self) -> int:
        """The column where the text of the innermost item begins."""
        return self._items[-1].content

    def has_kind(self, kind: str) -> bool:
        """Whether one of the lists has marks of this kind."""
        return self._kinds[kind] > 0

    def open(self, item: Item) -> None:
        """Take in an item, inside those that its indent is not left of."""
        self.leave(item.indent)
        self._items.append(item)
        self._kinds[item.kind] += 1

    def leave(self, indent: int) -> None:
        """Close the items whose text begins right of column `indent`."""
        while self._items and self._items[-1].content > indent:
            self._kinds[self._items.pop().kind] -= 1

    def clear(self) -> None:
        """Close all."""
        self._items.clear()
        self._kinds.clear()
