"""Prose that is indented as code: paragraphs as in a plain text."""

from __future__ import annotations

import re

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.parting import parts
from sinorus.sources.formats.plain import plain_runs

_PROSE = re.compile(
    r"(?:[^\W\d_]{2,}[\s,;:.]+){5}"
    r"|[А-Яа-яЁё]{2,}[\s,;:.«»—–-]+[А-Яа-яЁё]{2,}"
    r"|[\u3400-\u9fff][\u3400-\u9fff，。、；：“”《》]{3}"
    r"|^[\"“«]?[A-Z][a-z]+(?:[ ,]{1,2}[\w'’-]{1,40}){2,30}[.!?][\"”»]?$",
    re.MULTILINE,
)
"""Some words in a row, which code that is only indented hardly has."""

_STOP = re.compile(r"[.!?…。！？]{1,3}[\"'”’»」』）)\]]{0,3}\s{0,3}\Z")


def is_prose(code: str) -> bool:
    """Whether what is indented as code is prose."""
    return _PROSE.search(code) is not None


def prose_apart(block: Block) -> list[Block]:
    """The paragraphs of indented prose, told by how its lines are indented and filled."""
    lines = block.text.split("\n")
    columns = {place.start: place.column for place in block.places}
    shaped, starts, at = [], [], 0
    for line in lines:
        shaped.append(" " * columns.get(at, 0) + line)
        starts.append(at)
        at += len(line) + 1
    bounds = []
    if all(_STOP.search(line) for line in lines if line.strip()):
        runs = [(at, at) for at, line in enumerate(lines) if line.strip()]
    else:
        runs = [(run.lines[0].number, run.lines[-1].number) for run in plain_runs(shaped, 0)]
    for first, last in runs:
        start = starts[first] + len(lines[first]) - len(lines[first].lstrip())
        bounds.append((start, starts[last] + len(lines[last].rstrip())))
    return parts(block, bounds)
