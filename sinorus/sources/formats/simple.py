"""Blocks of Markdown that one look tells: letters between empty lines, and little else.

A paragraph without a mark, one with marks of footnotes, a footnote of one line, a heading, a line
that is emphasised as a whole. Nearly all of a text is such; what is not is left to the parser, and
so is what may be continued by what follows.
"""

from __future__ import annotations

import re

from sinorus.model import Place, Styled
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.lines import byte_length
from sinorus.sources.formats.masks import FILLERS, STAND_INS

_SPECIAL = (*"*_<&\\`~^|{\t\v\f", "==", "::", "((", "@", *STAND_INS, *FILLERS)
_BRACKETS = ("](", "][", "[[", "[!")
_LONGEST_LABEL = 1_000
_FIRST = r"(?:[^\W\d_]|[\"“„«‘(\[—–…《「『【]|\d{1,9}[^\d.)])"
_PLAIN_START = re.compile(_FIRST)
_MARKED_LINE = re.compile(rf"\n(?!{_FIRST})")
_INDENT = "\u3000"
_LABEL = re.compile(r"\n\[\^([\w-]{1,32})\]:(?= )")
_MARK = re.compile(r"\[\^([\w-]{1,32})\](?![(\[])")
_NOTE = re.compile(r"\[\^([\w-]{1,32})\]: (?=[^\s>#*+\[-])(?!\d{1,9}[.)])")
_HEADING = re.compile(r"(#{1,6}) (?=[^\s#])")
_EMPHASISED = re.compile(r"\*(?=[^\s*])([^*]+)(?<=[^\s*])\*")
_LONGEST_HEADING = 200


class Simple:
    """Tells the simple blocks of one text. `labels` are those of its footnotes."""

    def __init__(self, body: str) -> None:
        self._special = [sign for sign in _SPECIAL if sign in body]
        if "[" in body:
            self._special += [sign for sign in _BRACKETS if sign in body]
            if _defines(body):  # any bracket may be a link
                self._special.append("[")
        found = _LABEL.findall("\n" + body) if "[^" in body else []
        self.labels = set(found) if len(found) == len(set(found)) else set()

    def block(self, text: str, line: int, ends: bool) -> Block | None:
        """The block that a text between empty lines is, or None where the parser has to tell.

        `ends`: what follows cannot be part of it.
        """
        sign = text[0]
        if sign == "#":
            match = _HEADING.match(text)
            if match is None or "\n" in text or text[-1] in "# }" or len(text) > _LONGEST_HEADING:
                return None
            block = self._line(text[match.end() :], line, match.end())
            return block and block._replace(kind="heading", level=match.end() - 1)
        if sign == "*":
            match = _EMPHASISED.fullmatch(text)
            block = self._line(match.group(1), line, 1) if match and "\n" not in text else None
            return block and block._replace(spans=(Styled(0, len(block.text), "emphasis"),))
        if sign == "[" and (match := _NOTE.match(text)):
            if not ends or "\n" in text or match.group(1) not in self.labels:
                return None
            block = self._line(text[match.end() :], line, match.end())
            return block and block._replace(kind="footnote", label=match.group(1))
        if sign == _INDENT:
            bare = text.lstrip()
            indent = byte_length(text[: len(text) - len(bare)])
            return self._line(bare, line, indent) if bare and "\n" not in text else None
        if _PLAIN_START.match(text) is None:
            return None
        if "\n" in text:
            return self._lines(text, line)
        return self._line(text, line, 0)

    def _lines(self, text: str, line: int) -> Block | None:
        if _MARKED_LINE.search(text) or self._is_marked(text):
            return None
        if " \n" in text:
            text = "\n".join([one.rstrip(" ") for one in text.split("\n")])
        return Block(text.rstrip(), line, line + text.count("\n"))

    def _line(self, text: str, line: int, column: int) -> Block | None:
        """The block of a text that begins at a column of a line."""
        text = text.rstrip()
        notes: tuple[str, ...] = ()
        places: tuple[Place, ...] = (Place(0, line, column),) if column else ()
        if "[^" in text:
            marks = list(_MARK.finditer(text))
            notes = tuple(sorted({mark.group(1) for mark in marks}))
            if not self.labels.issuperset(notes) or marks[:1] == [] or not marks[0].start():
                return None
            text, places = _without(text, marks, line, column)
        if self._is_marked(text):
            return None
        return Block(text, line, line, places=places, notes=notes)

    def _is_marked(self, text: str) -> bool:
        for sign in self._special:
            if sign in text:
                return True
        return "$" in text and text.count("$") > 1  # one makes no formula


def _defines(body: str) -> bool:
    """Whether there may be a definition of a link in a text, wherever it stands."""
    at = body.find("]:")
    while at >= 0:
        start = body.rfind("[", max(0, at - _LONGEST_LABEL), at)
        if start >= 0 and body[start + 1] != "^":
            return True
        at = body.find("]:", at + 2)
    return False


def _without(
    text: str, marks: list[re.Match[str]], line: int, column: int
) -> tuple[str, tuple[Place, ...]]:
    """The text of a line without some marks, and the places of what is between them."""
    parts: list[str] = []
    places: list[Place] = []
    at = size = 0
    for start, end in [*(mark.span() for mark in marks), (len(text), len(text))]:
        if start > at:
            places.append(Place(size, line, column))
            parts.append(text[at:start])
            size += start - at
        column += byte_length(text[at:end])
        at = end
    if len(places) == 1 and not places[0].column:
        places = []
    return "".join(parts).rstrip(), tuple(places)
