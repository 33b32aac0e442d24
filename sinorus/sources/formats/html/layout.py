"""Tables that only place what is on a page, which are no tables to its reader."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_LONG = 700
"""Characters of a cell that holds a text and not a value."""
_TEXTS = frozenset({"h1", "h2", "h3", "h4", "form", "article", "main", "section", "blockquote"})
_PARTS = frozenset({"p", "div", "ul", "ol", "br"})


class _Table:
    """What is counted of an open table."""

    __slots__ = ("cells", "heads", "longest", "parts", "rows", "size", "texts")

    def __init__(self) -> None:
        self.rows = self.cells = self.heads = self.longest = self.size = self.parts = 0
        self.texts = False

    def is_layout(self, table: Element) -> bool:
        """Whether the table is one only to the eye."""
        if (table.get("role") or "").lower() in ("presentation", "none"):
            return True
        if self.texts or self.rows <= 1 or self.cells <= self.rows:
            return True
        if self.heads:
            return self.longest > 4 * _LONG
        return self.longest > _LONG or self.parts > 4 * self.cells


def layout_tables(tree: Element) -> set[Element]:
    """The tables of a tree that are no tables: that have others, headings or long texts within."""
    found: set[Element] = set()
    opened: list[_Table] = []
    for event, one in etree.iterwalk(tree, events=("start", "end")):
        tag = one.tag
        if event == "start":
            if tag == "table":
                if opened:
                    opened[-1].texts = True
                opened.append(_Table())
            elif opened:
                _count(opened[-1], tag)
            if opened and one.text:
                opened[-1].size += len(one.text.strip())
            continue
        if opened and tag in ("td", "th"):
            last = opened[-1]
            last.longest = max(last.longest, last.size)
            last.size = 0
        if tag == "table" and opened and opened.pop().is_layout(one):
            found.add(one)
        if opened and one.tail:
            opened[-1].size += len(one.tail.strip())
    return found


def _count(table: _Table, tag: str) -> None:
    if tag == "tr":
        table.rows += 1
    elif tag in ("td", "th"):
        table.cells += 1
        table.heads += tag == "th"
        table.size = 0
    elif tag in _TEXTS:
        table.texts = True
    elif tag in _PARTS:
        table.parts += 1
