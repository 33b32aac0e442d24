"""Blocks of Markdown that one look tells: letters between empty lines, and little else.

A paragraph without a mark, one with emphasis or marks of footnotes, a footnote of one line, a
heading, an item of one line. Nearly all of a text is such; what is not is left to the parser, and
so is what may be continued by what follows.
"""

from __future__ import annotations

import re

from sinorus.model import Kind, Place
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.lines import byte_length
from sinorus.sources.formats.marks import present
from sinorus.sources.formats.masks import FILLERS, STAND_INS
from sinorus.sources.formats.numbered import ITEM, Item
from sinorus.sources.formats.seen_line import seen_line

_SPECIAL = frozenset("_<&\\`~^|{\t\v\f@\x1c\x1d\x1f").union(STAND_INS)
"""Signs that are marks or may be; of the control characters, Python alone takes some for blanks."""
_BLANK_TO_PYTHON = "\x1c\x1d\x1e\x1f"
_DOUBLE = ("==", "::", "((")
_BRACKETS = ("](", "][", "[[", "[!")
_LONGEST_LABEL = 1_000
_OPENING = r"[\"“„«‘(\[—–…《「『【、。，；：（）》」』】？！"
_FIRST = rf"(?:[^\W\d_]|{_OPENING}]|\d{{1,9}}[^\d.)])"
_PLAIN_START = re.compile(_FIRST)
_MARKED_LINE = re.compile(rf"\n(?!{_FIRST})")
_INDENT = "\u3000"
_LABEL = re.compile(r"\n\[\^([\w-]{1,32})\]:(?= )")
_NOTE = re.compile(r"\[\^([\w-]{1,32})\]: (?=[^\s>#+\[-])(?!\* |\d{1,9}[.)])")
_HEADING = re.compile(r"(#{1,6}) (?=[^\s#])")
_BULLET = re.compile(r"- {1,4}(?=[^\W\d_]|[\"“„«‘(—–…《「『【*])")
_LONGEST_HEADING = 200


class Simple:
    """Tells the simple blocks of one text, which has no other marks than these.

    `labels` are those of its footnotes.
    """

    def __init__(self, body: str, marks: str) -> None:
        self._special = [*_SPECIAL.intersection(marks), *present(_DOUBLE, body, marks)]
        self._special += [sign for sign in FILLERS if sign in body]
        if "[" in marks:
            self._special += present(_BRACKETS, body, marks)
            if _defines(body):  # any bracket may be a link
                self._special.append("[")
        found = _LABEL.findall("\n" + body) if "[^" in marks else []
        self.labels = set(found) if len(found) == len(set(found)) else set()
        self._blanks = [sign for sign in _BLANK_TO_PYTHON if sign in marks]
        self._styled = "*" in marks or "[^" in marks
        self._formulas = marks.count("$") > 1  # one makes no formula

    def block(self, text: str, line: int, ends: bool) -> Block | None:
        """The block that a text between empty lines is, or None where the parser has to tell.

        `ends`: what follows cannot be part of it.
        """
        sign = text[0]
        if sign == "#":
            match = _HEADING.match(text)
            if match is None or "\n" in text or text[-1] in "# }" or len(text) > _LONGEST_HEADING:
                return None
            return self._line(
                text[match.end() :], line, match.end(), "heading", level=match.end() - 1
            )
        if sign == "[" and (match := _NOTE.match(text)):
            if not ends or "\n" in text or match.group(1) not in self.labels:
                return None
            return self._line(text[match.end() :], line, match.end(), "footnote", match.group(1))
        if sign == _INDENT:
            return self._indented(text, line)
        if not sign.isalpha() and sign != "*" and _PLAIN_START.match(text) is None:
            return None
        if "\n" in text:
            return self._lines(text, line)
        return self._line(text, line, 0)

    def item(self, text: str, line: int) -> Item | None:
        """The item of a numbered list that a text is, if it is one and one look tells it."""
        match = ITEM.match(text)
        if match is None or "\n" in text:
            return None
        block = self._line(text[match.end() :], line, match.end(), "list")
        return block and Item(match.group(), block)

    def bullets(self, text: str, line: int) -> list[Block] | None:
        """The line and the items below it that a text is, if it is a list and one look tells it."""
        found: list[Block] = []
        for number, part in enumerate(text.split("\n"), line):
            match = _BULLET.match(part)
            if match is not None:
                block = self._line(part[match.end() :], number, match.end(), "list")
            elif found or (part[0] != "*" and _PLAIN_START.match(part) is None):
                return None
            else:
                block = self._line(part, number, 0)
            if block is None:
                return None
            found.append(block)
        return found

    def _indented(self, text: str, line: int) -> Block | None:
        bare = text.lstrip(" \u3000")
        if not bare or "\n" in text or bare[0] == "*" or bare[0].isspace():  # as some stand-ins
            return None
        return self._line(bare, line, byte_length(text[: len(text) - len(bare)]))

    def _lines(self, text: str, line: int) -> Block | None:
        if _MARKED_LINE.search(text) or "*" in text or "[^" in text or self._is_marked(text):
            return None
        if " \n" in text:
            text = "\n".join([one.rstrip(" ") for one in text.split("\n")])
        return Block(text.rstrip(), line, line + text.count("\n"))

    def _line(
        self,
        text: str,
        line: int,
        column: int,
        kind: Kind = "text",
        label: str = "",
        level: int = 0,
    ) -> Block | None:
        """The block of a text that begins at a column of a line."""
        raw, text = text, text.rstrip()
        if self._styled and ("*" in text or "[^" in text):
            if any(sign in raw for sign in self._blanks):  # it would be taken for white space
                return None
            seen = seen_line(text, line, column, self.labels)
            if seen is None or self._is_marked(seen.text):
                return None
            text, places, spans, notes = seen
            return Block(text, line, line, kind, (), places, spans, notes, label, level)
        for sign in self._special:  # as `_is_marked` does
            if sign in text:
                return None
        if self._formulas and self._is_marked(text):
            return None
        placed = (Place(0, line, column),) if column else ()
        return Block(text, line, line, kind, (), placed, (), (), label, level)

    def _is_marked(self, text: str) -> bool:
        for sign in self._special:
            if sign in text:
                return True
        return self._formulas and text.count("$") > 1


def _defines(body: str) -> bool:
    """Whether there may be a definition of a link in a text, wherever it stands."""
    at = body.find("]:")
    while at >= 0:
        start = body.rfind("[", max(0, at - _LONGEST_LABEL), at)
        if start >= 0 and body[start + 1] != "^":
            return True
        at = body.find("]:", at + 2)
    return False
