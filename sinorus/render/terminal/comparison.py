"""What groups of sources say of a query: columns where they fit, blocks where they do not."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from sinorus.model import Comparison, Group
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.terminal.columns import column_width, columns_that_fit, side_by_side
from sinorus.render.terminal.hits import hit_lines
from sinorus.render.terminal.ink import Ink, rule
from sinorus.render.terminal.layout import wrapped

LEAST, MOST = 36, 72
"""Cells of a column: narrower is unreadable, wider has no need of columns."""


def compare(comparison: Comparison, look: Look) -> Iterator[str]:
    """The groups, most telling first, and a line on those that are silent."""
    ink = Ink(look)
    groups = comparison.groups[: phrases.MOST_GROUPS]
    fitting = columns_that_fit(look.width, LEAST, len(groups))
    if fitting < 2:
        for group in groups:
            yield ink.written([*_column(group, ink, ink.measure), Text()])
    else:
        width = column_width(look.width, fitting, MOST)
        for at in range(0, len(groups), fitting):
            columns = [_column(group, ink, width) for group in groups[at : at + fitting]]
            yield ink.written([*side_by_side(columns, width), Text()])
    if more := phrases.more_groups(comparison):
        yield ink.written([*wrapped(Text(more, style="label"), ink.measure), Text()])
    if comparison.silent:
        line = Text.assemble(("silent: ", "label"), phrases.silence(comparison))
        yield ink.written(wrapped(line, ink.measure))


def _column(group: Group, ink: Ink, width: int) -> list[Text]:
    lines = rule(phrases.group_name(group.key), width)
    lines += wrapped(Text(phrases.measures(group)), width)
    if period := phrases.period(group.first, group.last):
        lines += wrapped(Text(period, style="byline"), width)
    if group.keywords:
        words = Text.assemble(("keywords: ", "label"), phrases.keywords(group))
        lines += wrapped(words, width)
    for hit in group.best:
        lines += [Text(), *hit_lines(hit, ink, width)]
    return lines
