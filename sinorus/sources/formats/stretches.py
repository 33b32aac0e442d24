"""Markdown without its simple blocks: the stretches of a text that need the parser.

A simple block between empty lines ends every block that is open before it, so that what stands on
either side of it can be parsed without it: runs of them are replaced by a paragraph of one sign.
Where that sign does not come out as a paragraph of its own (code that is open over empty lines),
the text is parsed whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.numbered import DIGITS, Item, listed, may_be_in_list
from sinorus.sources.formats.simple import Simple

SIGN = "."
_GOES_ON = re.compile(r"\n+[ \t]")
_CONTAINS = frozenset(f"[-{DIGITS}")
"""What begins a footnote or an item, of which indented lines that follow are part."""


class Stretches(NamedTuple):
    """A text whose paragraphs without marks are each run one sign.

    `source` is what is to be parsed, and empty if nothing is; `runs` has the paragraphs for each
    sign by its offset in the bytes of the source. `starts` are the offsets of the lines of the
    source, `numbers` their numbers in the file. Up to `begin` the source says of each footnote once
    more that it is one: a mark is one only where the parser finds what it leads to, which may be in
    a run.
    """

    source: str
    runs: dict[int, list[Block]]
    starts: list[int]
    numbers: list[int]
    begin: int


def whole(body: str, first_line: int, marks: str) -> Stretches:
    """The text, which has these marks, as one stretch: all of it is parsed."""
    return _put_together([(first_line, body)], {}, Simple(body, marks).labels)


def stretches(body: str, first_line: int, marks: str) -> Stretches:
    """The text, which has these marks, with its plain paragraphs taken out."""
    simple = Simple(body, marks)
    apart = _Apart(body)
    at, line = 0, first_line
    for chunk in body.split("\n\n"):
        text, here, number = chunk, at, line
        breaks = chunk.count("\n")
        at += len(chunk) + 2
        line += breaks + 2
        if breaks and (text[0] == "\n" or text[-1] == "\n"):  # beside more than one empty line
            text = chunk.lstrip("\n")
            skipped = len(chunk) - len(text)
            here, number, text = here + skipped, number + skipped, text.rstrip("\n")
            breaks = text.count("\n")
        if not text:
            continue
        if text[0] in _CONTAINS or (breaks and "\n- " in text):
            ends = not _GOES_ON.match(body, at - 2)
            if not _take_container(simple, apart, _Chunk(text, here, number, ends)):
                apart.leave(text, here, number)
            continue
        block = simple.block(text, number, True)
        if block is None:
            apart.leave(text, here, number)
        elif apart.run is not None and not apart.items:  # as `take` does, for nearly all
            apart.run.append(block)
        else:
            apart.take([block], here)
    regions, runs = apart.finish()
    if not regions:
        return Stretches("", runs, [], [], 0)
    return _put_together(regions, runs, simple.labels)


class _Chunk(NamedTuple):
    """What stands between empty lines, where and on which line; `ends`: it cannot go on."""

    text: str
    at: int
    line: int
    ends: bool


def _take_container(simple: Simple, apart: _Apart, chunk: _Chunk) -> bool:
    """Takes items, a footnote or what only looks so; False where one look is not enough."""
    text, at, line, ends = chunk
    blocks: list[Block] | None = None
    if ends and text[0] in DIGITS:
        item = simple.item(text, line)
        if item is not None:
            return apart.take_item(item, at, line)
    if ends and (text[0] == "-" or "\n" in text):
        blocks = simple.bullets(text, line)
    if blocks is None:
        block = simple.block(text, line, ends)
        blocks = None if block is None else [block]
    if blocks is not None:
        apart.take(blocks, at)
    return blocks is not None


class _Apart:
    """Puts simple blocks into runs, and what stands between these into regions to be parsed.

    `run` is the run in hand, if there is one. `items` are those of the list in hand, which are kept
    until it is known that all of them are simple: only then are they.
    """

    def __init__(self, body: str) -> None:
        self._body = body
        self._regions: list[tuple[int, str]] = []
        self._runs: dict[int, list[Block]] = {}
        self.run: list[Block] | None = None
        self._begin: tuple[int, int] | None = None
        """Where the region in hand begins, and on which line."""
        self._listing = False
        """Whether what follows the region may be an item of a list in it."""
        self.items: list[Item] = []
        self._items_begin = (0, 0)

    def take(self, blocks: list[Block], at: int) -> None:
        """Takes simple blocks, which begin at an offset of the text."""
        if self.items:
            self._end_list()
        if self.run is None:
            self._end_region(at)
            self.run = self._runs[len(self._regions)] = []
        self.run += blocks

    def take_item(self, item: Item, at: int, line: int) -> bool:
        """Takes an item of a list, unless it may belong to one that is to be parsed."""
        if self.items and self.items[0].point != item.point:
            self._end_list()
        if not self.items:
            if self._begin is not None and self._listing:
                return False
            self._items_begin = at, line
        self.items.append(item)
        return True

    def leave(self, text: str, at: int, line: int) -> None:
        """Leaves a text to the parser, and the list before it if that may go on in it."""
        if self.items and (text[0] in DIGITS or text[0].isspace()):
            at, line = self._items_begin
            self.items = []
        elif self.items:
            self._end_list()
        self._listing = may_be_in_list(text)
        self.run = None
        if self._begin is None:
            self._begin = at, line

    def finish(self) -> tuple[list[tuple[int, str]], dict[int, list[Block]]]:
        """The regions, and the runs by the number of the region that they stand before."""
        if self.items:
            self._end_list()
        self._end_region(len(self._body))
        return self._regions, self._runs

    def _end_list(self) -> None:
        items, self.items = self.items, []
        self.take(listed(items), self._items_begin[0])

    def _end_region(self, end: int) -> None:
        if self._begin is not None:
            start, line = self._begin
            self._regions.append((line, self._body[start:end].rstrip("\n")))
            self._begin = None


def _put_together(
    regions: list[tuple[int, str]], runs: dict[int, list[Block]], labels: set[str]
) -> Stretches:
    """What is parsed: the regions, with a sign before the region whose number a run has."""
    parts = [f"[^{label}]: {SIGN}\n" for label in sorted(labels)]
    parts += [f"\n{SIGN}\n\n"] if parts else []
    starts, numbers = [], []
    signs: dict[int, list[Block]] = {}
    size = begin = len("".join(parts).encode())
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
    return Stretches("".join(parts), signs, starts, numbers, begin)
