"""The paragraphs of a text: the unit that is searched, quoted and cited."""

from __future__ import annotations

from sinorus.model import Place
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.lines import Run, with_line_feeds
from sinorus.sources.formats.oversize import LIMIT, pieces
from sinorus.sources.formats.parting import parts
from sinorus.sources.formats.plain import plain_runs


def split_paragraphs(body: str, first_line: int, markdown: bool) -> list[Block]:
    """The paragraphs of `body`, which begins on line `first_line` of its file.

    A carriage return, a line feed or both end a line, nothing else does. What has no visible
    character is no paragraph.
    """
    text = with_line_feeds(body)
    if markdown:
        from sinorus.sources.formats.markdown import markdown_blocks

        blocks = markdown_blocks(text, first_line)
    else:
        blocks = [_of_run(run) for run in plain_runs(text.split("\n"), first_line)]
    found: list[Block] = []
    for block in blocks:
        shown = block.text
        if len(shown) > LIMIT:
            by_lines = block.kind in ("code", "table")
            found += parts(block, pieces(shown, by_lines=by_lines))
        elif shown[:1].isalnum() or _is_seen(shown):
            found.append(block)
    return found


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


def _is_seen(text: str) -> bool:
    for character in text:  # noqa: SIM110 - the first one decides, `any` would take longer
        if character.isprintable() and not character.isspace():
            return True
    return False
