"""Mail without markup: paragraphs, and the quotations that `>` marks."""

from __future__ import annotations

import re

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.flow import Flow
from sinorus.sources.formats.mail.quoting import lead_in_lines
from sinorus.sources.formats.seen_text import SeenText

_MARKS = re.compile(r"(?:>[ \t]?)+|[ \t](?:>[ \t]?)+(?=\S)")
_ITEM = re.compile(r"[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*[-=_*~]{3,}[ \t]*\Z")
_SIGNATURE = ("-- ", "--")


def blocks_of(text: str, *, flowed: bool = False, delete_space: bool = False) -> list[Block]:
    """The paragraphs of a text of mail.

    `flowed`: a line that ends with a blank goes on in the next, as format=flowed has it;
    `delete_space`: without that blank.
    """
    lines = [_depth_and_text(line, flowed) for line in text.splitlines()]
    if flowed:
        lines = _joined(lines, delete_space)
    reading = _Paragraphs()
    for depth, line in lines:
        reading.take(depth, line)
    reading.end()
    return reading.flow.finished()


def _depth_and_text(line: str, flowed: bool) -> tuple[int, str]:
    """How often a line is quoted, and what it says without the marks."""
    if flowed:
        bare = line.lstrip(">")
        return len(line) - len(bare), bare.removeprefix(" ")
    marks = _MARKS.match(line)
    if marks is None:
        return 0, line
    return marks[0].count(">"), line[marks.end() :]


def _joined(lines: list[tuple[int, str]], delete_space: bool) -> list[tuple[int, str]]:
    found: list[tuple[int, list[str]]] = []
    goes_on = False
    for depth, line in lines:
        soft = line.endswith(" ") and line not in _SIGNATURE
        part = line[:-1] if soft and delete_space else line
        if goes_on and found[-1][0] == depth and line not in _SIGNATURE:
            found[-1][1].append(part)
        else:
            found.append((depth, [part]))
        goes_on = soft
    return [(depth, "".join(parts)) for depth, parts in found]


class _Paragraphs:
    """Lines put together to paragraphs, of which each has one depth of quotation."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._lines: list[str] = []
        self._depth = 0
        self._listed = False

    def take(self, depth: int, line: str) -> None:
        if depth != self._depth:
            if depth and not self._depth:
                self._lead_in()
            self.end()
            self._depth = depth
        if not line.strip() or _RULE.match(line) or line in _SIGNATURE:
            self.end()
        elif item := _ITEM.match(line):
            if self._lines and not self._listed and not _is_first(line):
                self._lines.append(line)  # a number that stands at the start of a line by chance
                return
            self.end()
            self._listed = True
            self._lines.append(line[item.end() :])
        else:
            self._lines.append(line)

    def _lead_in(self) -> None:
        """What leads in the quotation that begins now is a paragraph of it."""
        many = lead_in_lines(self._lines)
        if many:
            lines, self._lines = self._lines[-many:], self._lines[:-many]
            self.end()
            self._depth, self._lines = 1, lines
            self.end()
            self._depth = 0

    def end(self) -> None:
        """Ends the paragraph in hand."""
        if self._lines:
            said = SeenText()
            said.add("\n".join(line.strip() for line in self._lines))
            self.flow.add(said, "list" if self._listed else "quote" if self._depth else "text")
        self._lines, self._listed = [], False


def _is_first(line: str) -> bool:
    """Whether a line looks like the first item of a list."""
    return not line.lstrip()[0].isdecimal() or line.lstrip().startswith(("1.", "1)"))
