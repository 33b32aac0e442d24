"""From the tree of a page to its blocks, each with what tells whether it belongs to the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lxml import etree

from sinorus.sources.formats.html.layout import layout_tables
from sinorus.sources.formats.html.seen import is_hidden, is_shown_as_block
from sinorus.sources.formats.html.writer import Piece, Writer
from sinorus.sources.formats.html_tags import BLOCKS, CONTAINERS, STYLES

Element: TypeAlias = etree._Element

_QUOTATION = {"q": ("“", "”")}
_CELLS = ("td", "th")


class Walker(Writer):
    """Walks a tree once; `pieces` are the blocks in the order of the page."""

    def __init__(
        self, tree: Element, base: str | None, left_out: frozenset[str], *, styled: bool = True
    ) -> None:
        super().__init__(tree, base)
        self._tree, self._left_out, self._styled = tree, left_out, styled
        self._layout = layout_tables(tree)
        self._cells = 0

    def walk(self) -> list[Piece]:
        """All blocks."""
        walk = etree.iterwalk(self._tree, events=("start", "end"))
        passed: set[Element] = set()
        for event, one in walk:
            if event == "start":
                if not isinstance(one.tag, str) or self._is_passed_over(one):
                    walk.skip_subtree()
                    passed.add(one)
                    continue
                self._start(one)
                if one.text:
                    self._text(one.text)
            else:
                if one not in passed:
                    self._end(one)
                if one.tail:
                    self._text(one.tail)
        self._flush()
        return self.pieces

    # What is open

    def _is_passed_over(self, one: Element) -> bool:
        if one.tag in self._left_out or is_hidden(one, styled=self._styled):
            return True
        if one in self._notes.marks:
            self._writing().draft.notes.append(self._notes.marks[one])
            self._trim_blank()
            return True
        return one in self._notes.back

    def _start(self, one: Element) -> None:
        tag = one.tag
        label = self._notes.whole.get(one)
        if label is not None:
            self._flush()
            self._labels.append(label)
        elif one in self._notes.starts:
            self._flush()
            self._labels[-1:] = [self._notes.starts[one]]
        act = _STARTS.get(tag)
        if act is not None:
            act(self, one)
        elif tag in STYLES:
            self._open_style(one)
        elif is_shown_as_block(one):
            self._flush()

    def _end(self, one: Element) -> None:
        tag = one.tag
        act = _ENDS.get(tag)
        if act is not None:
            act(self, one)
        elif tag in STYLES:
            self._close_style(one)
        elif is_shown_as_block(one):
            self._flush()
        if one in self._notes.whole:
            self._flush()
            self._labels.pop()
        elif tag in ("body", "article", "main", "section") and self._notes.starts:
            self._labels.clear()

    def _block(self, one: Element) -> None:
        if self._tables and one.tag != "table":
            self._blank()
            return
        self._flush()
        self._element = one

    def _end_block(self, one: Element) -> None:
        if self._tables:
            self._blank()
            return
        self._flush()
        above = one.getparent()
        self._element = one if above is None else above

    def _special(self, one: Element) -> None:
        """Begins a heading, a caption or code."""
        self._block(one)
        if not self._tables:
            self._kind = BLOCKS[one.tag]
            self._level = int(one.tag[1]) if self._kind == "heading" else 0

    def _end_special(self, one: Element) -> None:
        self._end_block(one)
        if not self._tables:
            self._kind, self._level = None, 0

    def _container(self, one: Element) -> None:
        self._block(one)
        self._inside.append(CONTAINERS[one.tag])
        if one.tag == "li" and not self._tables:
            self._numbers.begin_item(one)

    def _end_container(self, one: Element) -> None:
        self._end_block(one)
        self._inside.pop()

    def _list(self, one: Element) -> None:
        self._block(one)
        self._numbers.begin(one)

    def _end_list(self, one: Element) -> None:
        self._end_block(one)
        self._numbers.end()

    def _table(self, one: Element) -> None:
        self._block(one)
        if one not in self._layout:
            self._tables += 1
            if self._tables == 1:
                self._begin("table")

    def _end_table(self, one: Element) -> None:
        if one not in self._layout:
            self._tables -= 1
        self._end_block(one)

    def _caption(self, one: Element) -> None:
        """A caption stands before its table; one within a table that is inside another does not."""
        if self._tables == 1:
            self._flush()
            self._begin("caption")
        else:
            self._special(one)

    def _end_caption(self, one: Element) -> None:
        if self._tables == 1:
            self._flush()
            self._begin("table")
        else:
            self._end_special(one)

    def _row(self, one: Element) -> None:
        if not self._tables:
            self._block(one)
            return
        draft = self._writing().draft
        draft.trim(" \t")
        if draft.size and not draft.ends_with("\n"):
            draft.add_break()
        self._cells = 0

    def _cell(self, one: Element) -> None:
        if not self._tables:
            self._block(one)
            return
        draft = self._writing().draft
        if self._cells:
            draft.trim(" ")
            draft.say("\t")
        self._cells += 1

    def _break(self, _: Element) -> None:
        if self._tables:
            self._blank()
        elif self._piece is not None:
            self._breaks += 1

    def _quotation(self, one: Element) -> None:
        self._text(_QUOTATION[one.tag][0])

    def _end_quotation(self, one: Element) -> None:
        self._text(_QUOTATION[one.tag][1])


Act = Callable[[Walker, Element], None]
_STARTS: Mapping[str, Act] = {
    **{tag: Walker._special if kind else Walker._block for tag, kind in BLOCKS.items()},
    **dict.fromkeys(CONTAINERS, Walker._container),
    **dict.fromkeys(_CELLS, Walker._cell),
    **dict.fromkeys(("ol", "ul"), Walker._list),
    **dict.fromkeys(("legend", "optgroup", "option", "frameset", "menu"), Walker._block),
    "table": Walker._table,
    "caption": Walker._caption,
    "tr": Walker._row,
    "br": Walker._break,
    "q": Walker._quotation,
}
_ENDS: Mapping[str, Act] = {
    **{tag: Walker._end_special if kind else Walker._end_block for tag, kind in BLOCKS.items()},
    **dict.fromkeys(CONTAINERS, Walker._end_container),
    **dict.fromkeys(_CELLS, lambda walker, one: None if walker._tables else walker._end_block(one)),
    **dict.fromkeys(("ol", "ul"), Walker._end_list),
    **dict.fromkeys(("legend", "optgroup", "option", "frameset", "menu"), Walker._end_block),
    "table": Walker._end_table,
    "caption": Walker._end_caption,
    "tr": lambda walker, one: None if walker._tables else walker._end_block(one),
    "br": lambda _, __: None,
    "q": Walker._end_quotation,
}
