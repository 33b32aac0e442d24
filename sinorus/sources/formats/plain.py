"""Plain text: paragraphs by what divides them in the whole of a file."""

from __future__ import annotations

from sinorus.model import Place
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.cutting import Cutter
from sinorus.sources.formats.layout import Layout, read_layout
from sinorus.sources.formats.lines import Line, Run, byte_length, line_from
from sinorus.sources.formats.registry import Content, Source
from sinorus.sources.formats.shape import shape_of


def read(source: Source) -> Content:
    """The paragraphs of a plain text."""
    return Content(plain_blocks(source.text.split("\n"), source.line))


def plain_blocks(lines: list[str], first_line: int) -> list[Block]:
    """The paragraphs of a plain text whose first line is number `first_line` of its file."""
    return [_of_run(run) for run in plain_runs(lines, first_line)]


def plain_runs(lines: list[str], first_line: int) -> list[Run]:
    """The paragraphs of a plain text whose first line is number `first_line` of its file.

    A paragraph that goes on after an empty line or on another page has all lines between.
    """
    layout = read_layout(lines)
    if not layout.at:
        return []
    starts = Cutter(layout, shape_of(layout)).starts()
    ends = [*starts[1:], len(layout.at)]
    return [
        Run(_lines_of(lines, first_line, layout, start, end))
        for start, end in zip(starts, ends, strict=True)
    ]


def _lines_of(
    lines: list[str], first_line: int, layout: Layout, start: int, end: int
) -> list[Line]:
    first, last = layout.at[start], layout.at[end - 1]
    if last - first != end - start - 1 or layout.depths:
        return [line_from(first_line + place, lines[place], 0) for place in range(first, last + 1)]
    texts = layout.texts[start:end]
    if 1 not in layout.led[start:end]:
        return [Line(number, 0, text) for number, text in enumerate(texts, first_line + first)]
    return [
        Line(first_line + place, _margin(lines[place], text[0]), text)
        for place, text in enumerate(texts, first)
    ]


def _margin(physical: str, visible: str) -> int:
    """The bytes before the first visible character of a line."""
    column = physical.index(visible)
    return byte_length(physical[:column]) if column else 0


def _of_run(run: Run) -> Block:
    text = "\n".join([line.text for line in run.lines])
    first, last = run.lines[0].number, run.lines[-1].number
    places: list[Place] = []
    if last - first != len(run.lines) - 1 or any(line.margin for line in run.lines):
        at = 0
        for line in run.lines:
            places.append(Place(at, line.number, line.margin))
            at += len(line.text) + 1
    return Block(text, first, last, heading=run.heading, places=tuple(places))
