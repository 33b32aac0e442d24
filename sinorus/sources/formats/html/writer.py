"""Blocks of a page in the making: texts, line ends, styles, marks of notes."""

from __future__ import annotations

import re
from typing import TypeAlias
from urllib.parse import urljoin

from lxml import etree

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.html.lists import Numbers
from sinorus.sources.formats.html.notes import Notes
from sinorus.sources.formats.html_tags import STYLES
from sinorus.sources.formats.wiki import is_note_mark

Element: TypeAlias = etree._Element

_SPACE = re.compile("[ \t\n\r\f]+")
_INDENTED = re.compile("[ \n\r\t]*(?:[\u3000\u2003]|\u00a0[ \u00a0]{2})")
_MOST_STYLES = 24
"""Styles within each other; what is in more of them is hostile."""
_LONGEST_TARGET = 2_000
_NOTE_NUMBER = re.compile(r"\s*[\[(]?(\d{1,4}|[*†‡§]{1,4}|[a-z]|[ivx]{1,5})[\])]?[.:)]?\s*")


class Piece:
    """A block, whether it is quoted, how many of its characters are links, and where it stands.

    `path` are the element that it stands in and those around it, the innermost first.
    """

    __slots__ = ("draft", "element", "linked", "quoted")

    def __init__(self, draft: Draft, quoted: bool, element: Element) -> None:
        self.draft, self.quoted, self.element = draft, quoted, element
        self.linked = 0


class Writer:
    """Is told what stands on a page; `pieces` are the blocks that ended.

    `_kind` is that of the block in hand where its element says it, `_inside` are the kinds of the
    open containers, `_labels` those of the open notes, `_styles` the open ones with their starts.
    """

    def __init__(self, tree: Element, base: str | None) -> None:
        self.pieces: list[Piece] = []
        self._base, self._element = base, tree
        self._notes = Notes(tree)
        self._numbers = Numbers()
        self._piece: Piece | None = None
        self._inside: list[Kind] = []
        self._labels: list[str] = []
        self._styles: list[tuple[Element, int]] = []
        self._links = 0
        """Links that are open."""
        self._tables = 0
        """Tables that are open and are tables."""
        self._breaks = 0
        self._kind: Kind | None = None
        self._level = 0
        self._raised: set[str] = set()

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
        if kind == "list":
            number, draft.mark = self._numbers.take()
            if number:
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
