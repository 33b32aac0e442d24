"""Where a block of Markdown is several paragraphs, though no empty line divides them."""

from __future__ import annotations

import re
from itertools import pairwise

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.lines import columns
from sinorus.sources.formats.parting import parts

_WIDEST = 160
"""Columns of a line that an editor may have wrapped."""
_ITEM = re.compile(r"^(\d{1,3})[.)][ \t]+(?=\S)", re.MULTILINE)
_STOP = re.compile(r"[.!?…。！？:：;；][\"'”’»」』）)\]*_]*\Z")


def divided(block: Block) -> list[Block]:
    """The paragraphs that a block is; nearly all are one."""
    if block.kind in ("table", "heading", "code"):
        return [block]
    starts = _starts(block)
    if len(starts) == 1:
        return [block]
    bounds = []
    ends = [*(at for at, _ in starts[1:]), len(block.text)]
    for (start, mark), end in zip(starts, ends, strict=True):
        text = block.text[start + mark : end].rstrip()
        if text:
            bounds.append((start + mark, start + mark + len(text)))
    return parts(block, bounds)


def _starts(block: Block) -> list[tuple[int, int]]:
    """Where paragraphs begin, each with the length of the mark that is not part of its text."""
    text = block.text
    if "\n\n" in text:  # prose that is indented
        return [(0, 0), *((match.end(), 0) for match in re.finditer(r"\n\n+", text))]
    if "\n\u3000" in text:
        return [(0, 0), *((match.end(), 0) for match in re.finditer(r"\n\u3000+", text))]
    if block.kind == "list" and (items := _items(text)):
        return [(0, 0), *items]
    lines = text.split("\n")
    if _are_paragraphs(lines):
        starts, at = [], 0
        for line in lines:
            starts.append((at, 0))
            at += len(line) + 1
        return starts
    return [(0, 0)]


def _items(text: str) -> list[tuple[int, int]]:
    """The lines of an item that are numbered on: `2. b` and `3. c` below `- a`."""
    found = [match for match in _ITEM.finditer(text) if match.start()]
    numbers = [int(match.group(1)) for match in found]
    rising = all(after == before + 1 for before, after in pairwise(numbers))
    if not found or not rising:
        return []
    if len(found) == 1 and not _STOP.search(text[: found[0].start() - 1]) and numbers[0] > 3:
        return []
    return [(match.start(), match.end() - match.start()) for match in found]


def _are_paragraphs(lines: list[str]) -> bool:
    """Whether each line is longer than an editor wraps it, and ends a sentence."""
    wide = sum(len(line) > _WIDEST or columns(line) > _WIDEST for line in lines)
    return 2 * wide > len(lines) and all(_STOP.search(line.rstrip()[-8:]) for line in lines[:-1])
