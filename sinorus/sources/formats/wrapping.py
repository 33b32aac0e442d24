"""Whether the line ends of a Markdown run were put there by an editor or end paragraphs."""

from __future__ import annotations

from sinorus.sources.formats.lines import Line, Run, columns

_WIDEST = 160


def split_wide(run: Run) -> list[Run]:
    """The paragraphs of a Markdown run: all of it, or one a line where the lines are very long.

    Markdown joins lines, but a text most of which is in lines beyond 160 columns was not wrapped.
    """
    if run.whole or len(run.lines) == 1 or not _mostly_wide(run.lines):
        return [run]
    return [Run([line], run.heading) for line in run.lines]


def _mostly_wide(lines: list[Line]) -> bool:
    widths = [len(line.text) if len(line.text) > _WIDEST else columns(line.text) for line in lines]
    return 2 * sum(width for width in widths if width > _WIDEST) > sum(widths)
