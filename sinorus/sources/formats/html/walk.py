"""From the tree of a page to its blocks, each with what tells whether it belongs to the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias
from urllib.parse import urljoin

from lxml import etree

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.html.layout import layout_tables
from sinorus.sources.formats.html.lists import Numbers
from sinorus.sources.formats.html.notes import Notes
from sinorus.sources.formats.html.seen import is_hidden, is_shown_as_block
from sinorus.sources.formats.html_tags import BLOCKS, CONTAINERS, STYLES
from sinorus.sources.formats.wiki import is_note_mark

Element: TypeAlias = etree._Element

_SPACE = re.compile("[ \t\n\r\f]+")
_INDENTED = re.compile("[ \n\r\t]*(?:[\u3000\u2003]|\u00a0[ \u00a0]{2})")
_QUOTATION = {"q": ("“", "”")}
_MOST_STYLES = 24
"""Styles within each other; what is in more of them is hostile."""
_LONGEST_TARGET = 2_000
_NOTE_NUMBER = re.compile(r"\s*[\[(]?(\d{1,4}|[*†‡§]{1,4}|[a-z]|[ivx]{1,5})[\])]?[.:)]?\s*")
_CELLS = ("td", "th")


class Piece:
    """A block, whether it is quoted, how many of its characters are links, and where it stands.

    `path` are the element that it stands in and those around it, the innermost first.
    """

    __slots__ = ("draft", "element", "linked", "quoted")

    def __init__(self, draft: Draft, quoted: bool, element: Element) -> None:
        self.draft, self.quoted, self.element = draft, quoted, element
        self.linked = 0


class Walker:
    """Walks a tree once; `pieces` are the blocks in the order of the page."""

    def __init__(self, tree: Element, base: str | None, left_out: frozenset[str]) -> None:
        self.pieces: list[Piece] = []
        self._tree, self._base, self._left_out = tree, base, left_out
        self._layout = layout_tables(tree)
        self._notes = Notes(tree)
        self._numbers = Numbers()
        self._piece: Piece | None = None
        self._inside: list[Kind] = []
        self._labels: list[str] = []
        self._styles: list[tuple[Element, int]] = []
        self._element = tree
        self._links = 0
        self._tables = 0
        """Tables that are open and are tables."""
        self._cells = 0
        self._breaks = 0
        self._kind: Kind | None = None
        self._level = 0
        self._raised: set[str] = set()

    def walk(self) -> list[Piece]:
        """All blocks."""
        walk = etree.iterwalk(self._tree, events=("start", "end"))
        for event, one in walk:
            if event == "start":
                if not isinstance(one.tag, str) or self._is_passed_over(one):
                    walk.skip_subtree()
                    one.set("sinorus-passed", "")
                    continue
                self._start(one)
                if one.text:
                    self._text(one.text)
            else:
                if one.get("sinorus-passed") is None:
                    self._end(one)
                if one.tail:
                    self._text(one.tail)
        self._flush()
        return self.pieces

    # What is open

    def _is_passed_over(self, one: Element) -> bool:
        if one.tag in self._left_out or is_hidden(one):
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

    # Blocks

    def _kind_here(self) -> Kind:
        if self._labels:
            return "footnote"
        if self._kind is not None:
            return self._kind
        return self._inside[-1] if self._inside else "text"

    def _begin(self, kind: Kind) -> Piece:
        draft = Draft("footnote" if self._labels else kind)
        draft.label = self._labels[-1] if self._labels else ""
        draft.level = self._level if kind == "heading" else 0
        if kind == "list" and (number := self._numbers.take()):
            draft.say(number)
        self._piece = Piece(draft, "quote" in self._inside, self._element)
        self._styles = [(one, draft.size) for one, _ in self._styles]
        self._breaks = 0
        return self._piece

    def _writing(self) -> Piece:
        return self._piece or self._begin(self._kind_here())

    def _flush(self) -> None:
        """Ends the block in hand; the styles that are open go on in the next."""
        piece, self._piece = self._piece, None
        self._breaks = 0
        if piece is None:
            return
        for one, start in reversed(self._styles):
            self._style(piece.draft, one, start)
        self._styles = [(one, 0) for one, _ in self._styles]
        if piece.draft.kind == "footnote":
            self._without_number(piece.draft)
        if piece.draft.size:
            self.pieces.append(piece)

    def _without_number(self, draft: Draft) -> None:
        """Takes the number of a note off its beginning."""
        label = draft.label
        first = not self.pieces or self.pieces[-1].draft.label != label
        mark = _NOTE_NUMBER.match(draft.tail(0)[:_LONGEST_TARGET]) if first else None
        said = self._notes.texts.get(label, label.removeprefix("^"))
        if mark and mark.group(1) == said.strip("[]() "):
            draft.cut([(0, mark.end())])

    # Text

    def _text(self, text: str) -> None:
        if self._kind == "code" and not self._tables:
            self._verbatim(text)
            return
        if self._breaks and not text.isspace():
            self._end_lines(text)
        text = _SPACE.sub(" ", text)
        piece = self._piece
        if piece is None:
            if text == " ":
                return
            piece = self._writing()
        draft = piece.draft
        if text[0] == " " and (not draft.size or draft.tail(draft.size - 1) in " \n\t"):
            text = text[1:]
        if text:
            draft.say(text)
            if self._links:
                piece.linked += len(text)

    def _end_lines(self, text: str) -> None:
        """What `<br>` is: one ends a line, two a paragraph, or one before an indented line."""
        breaks, self._breaks = self._breaks, 0
        piece = self._writing()
        piece.draft.trim(" ")
        if self._kind != "heading" and (breaks > 1 or _INDENTED.match(text)):
            self._flush()
        else:
            piece.draft.add_break()

    def _verbatim(self, text: str) -> None:
        draft = self._writing().draft
        draft.say("\n" * self._breaks + text)
        self._breaks = 0

    def _blank(self) -> None:
        piece = self._piece
        if piece is not None:
            piece.draft.add_blank(" ")

    def _trim_blank(self) -> None:
        """Takes off the space before the mark of a note."""
        piece = self._piece
        if piece is not None and piece.draft.kind != "table":
            piece.draft.trim(" ")

    # Styles

    def _open_style(self, one: Element) -> None:
        self._links += one.tag == "a"
        if len(self._styles) < _MOST_STYLES:
            piece = self._piece
            if self._breaks and piece is not None:
                self._end_lines("")
                piece = self._piece
            self._styles.append((one, piece.draft.size if piece else 0))

    def _close_style(self, one: Element) -> None:
        self._links -= one.tag == "a"
        if not self._styles or self._styles[-1][0] is not one:
            return
        _, start = self._styles.pop()
        if self._piece is not None:
            self._style(self._piece.draft, one, start)

    def _style(self, draft: Draft, one: Element, start: int) -> None:
        text = draft.tail(start)
        bare = text.strip()
        if not bare:
            return
        begin = start + len(text) - len(text.lstrip())
        if one.tag == "sup" and self._is_mark(draft, start, bare):
            return
        target = self._target(one.get("href")) if one.tag == "a" else ""
        if one.tag == "a" and not target:
            return
        draft.style(begin, STYLES[one.tag], target)
        if begin + len(bare) < draft.size and draft.spans:
            draft.spans[-1] = draft.spans[-1]._replace(end=begin + len(bare))

    def _is_mark(self, draft: Draft, start: int, raised: str) -> bool:
        """Whether a number is the mark of a note: after a word, or before the note itself."""
        number = raised.strip("[]() .")
        if start == 0 and draft.size == len(raised):
            if number in self._raised and draft.kind in ("text", "list"):
                draft.kind, draft.label = "footnote", f"^{number}"
                draft.truncate(0)
                return True
            return False
        before = draft.tail(max(0, start - 8))[: min(start, 8)]
        if not is_note_mark(before.rstrip(" "), raised):
            return False
        draft.truncate(start)
        draft.trim(" ")
        self._raised.add(number)
        draft.notes.append(f"^{number}")
        return True

    def _target(self, href: str | None) -> str:
        """Where a link leads; empty where that is nowhere, or within the page."""
        href = (href or "").strip()
        if not href or href[0] == "#" or len(href) > _LONGEST_TARGET:
            return ""
        scheme = href[:12].lower()
        if scheme.startswith(("javascript:", "data:", "about:", "blob:")):
            return ""
        if self._base and not scheme.startswith(("http:", "https:", "mailto:")):
            try:
                return urljoin(self._base, href)
            except ValueError:
                return ""
        return href


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
