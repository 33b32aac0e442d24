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
from sinorus.sources.formats.simple import Simple

SIGN = "."
_GOES_ON = re.compile(r"\n+[ \t]")


class Stretches(NamedTuple):
    """A text whose paragraphs without marks are each run one sign.

    `source` is what is to be parsed; `runs` has the paragraphs for each sign by its offset in the
    bytes of the source. `starts` are the offsets of the lines of the source, `numbers` their
    numbers in the file. Up to `begin` the source says of each footnote once more that it is one: a
    mark is one only where the parser finds what it leads to, which may be in a run.
    """

    source: str
    runs: dict[int, list[Block]]
    starts: list[int]
    numbers: list[int]
    begin: int


def whole(body: str, first_line: int) -> Stretches:
    """The text as one stretch, all of which is parsed."""
    return _put_together([(first_line, body)], {}, Simple(body).labels)


def stretches(body: str, first_line: int) -> Stretches:
    """The text with its plain paragraphs taken out."""
    simple = Simple(body)
    regions: list[tuple[int, str]] = []
    runs: dict[int, list[Block]] = {}
    run: list[Block] | None = None
    begin = begin_line = -1  # of the region in hand
    at, line = 0, first_line
    for chunk in body.split("\n\n"):
        text = chunk.lstrip("\n")
        skipped = len(chunk) - len(text)
        if text:
            ends = text[0] != "[" or not _GOES_ON.match(body, at + len(chunk))
            block = simple.block(text.rstrip("\n"), line + skipped, ends)
            if block is None:
                run = None
                if begin < 0:
                    begin, begin_line = at + skipped, line + skipped
            else:
                if run is None:
                    if begin >= 0:
                        regions.append((begin_line, body[begin:at].rstrip("\n")))
                    begin = -1
                    run = runs[len(regions)] = []
                run.append(block)
        at += len(chunk) + 2
        line += chunk.count("\n") + 2
    if begin >= 0:
        regions.append((begin_line, body[begin:]))
    return _put_together(regions, runs, simple.labels)


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
