"""Markdown without marks: the stretches of a text that need no parser.

Most of a text is paragraphs of letters between empty lines. Such a paragraph ends every block that
is open before it, so that what stands on either side of it can be parsed without it: it is replaced
by a paragraph of one sign. Where that sign does not come out as a paragraph of its own (code that
is open over empty lines), the text is parsed whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.model import Place
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.lines import byte_length
from sinorus.sources.formats.wiki import FILLERS

SIGN = "."
_SPECIAL = (*"*_<&\\`~^|{\t", "](", "][", "[^", "[[", "[!", "==", "::", *FILLERS)
_DEFINITION = re.compile(r"^[ >]*\[[^\]\n]{1,1000}\]:", re.MULTILINE)
_FIRST = r"(?:[^\W\d_]|[\"“„«‘(\[—–…《「『【]|\d{1,9}[^\d.)])"
_PLAIN_START = re.compile(_FIRST)
_MARKED_LINE = re.compile(rf"\n(?!{_FIRST})")
_INDENT = "\u3000"


class Plain(NamedTuple):
    """A paragraph without marks: its text and the numbers of its lines."""

    text: str
    line: int
    end_line: int

    def block(self, heading: tuple[str, ...]) -> Block:
        """The block below these headings."""
        bare = self.text.lstrip()
        if len(bare) == len(self.text):
            return Block(self.text, self.line, self.end_line, "text", heading)
        indent = byte_length(self.text[: len(self.text) - len(bare)])
        return Block(
            bare, self.line, self.end_line, "text", heading, (Place(0, self.line, indent),)
        )


class Stretches(NamedTuple):
    """A text whose paragraphs without marks are each run one sign.

    `source` is what is to be parsed; `runs` has the paragraphs for each sign by its offset in the
    bytes of the source. `starts` are the offsets of the lines of the source, `numbers` their
    numbers in the file.
    """

    source: str
    runs: dict[int, list[Plain]]
    starts: list[int]
    numbers: list[int]


def whole(body: str, first_line: int) -> Stretches:
    """The text as one stretch, all of which is parsed."""
    return _put_together([(first_line, body)], {})


def stretches(body: str, first_line: int) -> Stretches:
    """The text with its plain paragraphs taken out."""
    special = [sign for sign in _SPECIAL if sign in body]
    if "]:" in body and _DEFINITION.search(body):  # any bracket may be a link
        special.append("[")
    regions: list[tuple[int, str]] = []
    runs: dict[int, list[Plain]] = {}
    run: list[Plain] | None = None
    begin = begin_line = -1  # of the region in hand
    at, line = 0, first_line
    for chunk in body.split("\n\n"):
        text = chunk.lstrip("\n")
        start, number = at + len(chunk) - len(text), line + len(chunk) - len(text)
        text = text.rstrip("\n")
        if text and _is_plain(text, special):
            if run is None:
                if begin >= 0:
                    regions.append((begin_line, body[begin:at].rstrip("\n")))
                begin = -1
                run = runs[len(regions)] = []
            shown = _without_blanks(text)
            run.append(Plain(shown, number, number + text.count("\n")))
        elif text:
            run = None
            if begin < 0:
                begin, begin_line = start, number
        at += len(chunk) + 2
        line += chunk.count("\n") + 2
    if begin >= 0:
        regions.append((begin_line, body[begin:]))
    return _put_together(regions, runs)


def _is_plain(text: str, special: list[str]) -> bool:
    for sign in special:
        if sign in text:
            return False
    if "$" in text and text.count("$") > 1:  # one makes no formula
        return False
    if "@" in text and "[" in text:  # a citation
        return False
    if text[0] == _INDENT:
        return "\n" not in text and bool(text.strip())
    return _PLAIN_START.match(text) is not None and _MARKED_LINE.search(text) is None


def _without_blanks(text: str) -> str:
    """The lines without white space at their ends; the first may be indented."""
    if "\n" in text and (" \n" in text or "\u3000\n" in text):
        text = "\n".join([line.rstrip() for line in text.split("\n")])
    return text.rstrip()


def _put_together(regions: list[tuple[int, str]], runs: dict[int, list[Plain]]) -> Stretches:
    """What is parsed: the regions, with a sign before the region whose number a run has."""
    parts: list[str] = []
    starts, numbers = [], []
    signs: dict[int, list[Plain]] = {}
    size = 0
    for number in range(len(regions) + 1):
        if number in runs:
            signs[size] = runs[number]
            starts.append(size)
            numbers.append(0)
            parts.append(SIGN + "\n\n")
            size += len(parts[-1])
        if number == len(regions):
            break
        line, text = regions[number]
        parts.append(text + "\n\n")
        raw = parts[-1].encode("utf-8", "surrogatepass")
        at = 0
        while at >= 0 and at < len(raw):
            starts.append(size + at)
            numbers.append(line)
            line += 1
            at = raw.find(b"\n", at) + 1 or -1
        size += len(raw)
    return Stretches("".join(parts), signs, starts, numbers)
