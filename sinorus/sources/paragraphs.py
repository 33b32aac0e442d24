"""The paragraphs of a text: the unit that is searched, quoted and cited."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.sources.lines import Line, Run
from sinorus.sources.markdown import markdown_runs
from sinorus.sources.oversize import cut
from sinorus.sources.plain import plain_runs
from sinorus.sources.wrapping import split_wide


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
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if markdown:
        runs = [part for run in markdown_runs(lines, first_line) for part in split_wide(run)]
    else:
        runs = plain_runs(lines, first_line)
    return [
        _block(piece, run)
        for run in runs
        for piece in cut(run.lines, by_lines=run.whole)
        if _seen(piece)
    ]


def _block(lines: list[Line], run: Run) -> Block:
    text = lines[0].text if len(lines) == 1 else "\n".join(line.text for line in lines)
    margins = tuple(line.margin for line in lines)
    return Block(
        text, lines[0].number, lines[-1].number, run.heading, margins if any(margins) else ()
    )


def _seen(lines: list[Line]) -> bool:
    return any(
        character.isprintable() and not character.isspace()
        for line in lines
        for character in line.text
    )
