"""The paragraphs of a text: the unit that is searched, quoted and cited."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.sources.formats.lines import Line, with_line_feeds
from sinorus.sources.formats.markdown import markdown_runs
from sinorus.sources.formats.oversize import LIMIT, cut
from sinorus.sources.formats.plain import plain_runs
from sinorus.sources.formats.wrapping import split_wide


class Block(NamedTuple):
    r"""A paragraph before it has a number.

    `text` has its lines joined by `\n`; `line` and `end_line` are lines of the file, from 1;
    `margins` is how many UTF-8 bytes stand before each line, or empty where none do.
    """

    text: str
    line: int
    end_line: int
    heading: tuple[str, ...]
    margins: tuple[int, ...]


def split_paragraphs(body: str, first_line: int, markdown: bool) -> list[Block]:
    """The paragraphs of `body`, which begins on line `first_line` of its file.

    A carriage return, a line feed or both end a line, nothing else does. What has no visible
    character is no paragraph.
    """
    lines = with_line_feeds(body).split("\n")
    runs = markdown_runs(lines, first_line) if markdown else plain_runs(lines, first_line)
    blocks: list[Block] = []
    for run in runs:
        number, margin, text = run.lines[0]
        if len(run.lines) == 1 and len(text) <= LIMIT:  # what most are, and cannot be divided
            if text[:1].isalnum() or _seen(text):
                blocks.append(Block(text, number, number, run.heading, (margin,) if margin else ()))
            continue
        for part in split_wide(run) if markdown else [run]:
            pieces = cut(part.lines, by_lines=part.whole)
            blocks.extend([_block(piece, part.heading) for piece in pieces if _any_seen(piece)])
    return blocks


def _block(lines: list[Line], heading: tuple[str, ...]) -> Block:
    text = "\n".join([line.text for line in lines])
    margins = tuple([line.margin for line in lines])
    return Block(text, lines[0].number, lines[-1].number, heading, margins if any(margins) else ())


def _any_seen(lines: list[Line]) -> bool:
    return any(_seen(line.text) for line in lines)


def _seen(text: str) -> bool:
    for character in text:  # noqa: SIM110 - the first one decides, `any` would take longer
        if character.isprintable() and not character.isspace():
            return True
    return False
