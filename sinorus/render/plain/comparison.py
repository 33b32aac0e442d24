"""Comparisons line by line, without wrapping: headings begin with `==`."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.model import Comparison, Row, Side, TextComparison
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.edits import BRACKETS, SIDES
from sinorus.render.look import Look
from sinorus.render.plain.hits import found_lines
from sinorus.render.spans import pieces
from sinorus.render.visible import harmless


def compare(comparison: Comparison, look: Look) -> Iterator[str]:
    """For each group its measures and its best paragraphs as `path:line:id:text`."""
    for group in comparison.groups[: phrases.MOST_GROUPS]:
        yield f"== {phrases.group_name(group.key)}: {phrases.measures(group)}\n"
        if period := phrases.period(group.first, group.last):
            yield f"dates: {period}\n"
        if group.keywords:
            yield f"keywords: {phrases.keywords(group)}\n"
        for hit in group.best:
            yield from (f"{line}\n" for line in found_lines(hit, look))
    if more := phrases.more_groups(comparison):
        yield f"{more}\n"
    if note := phrases.rates_note(comparison):
        yield f"{note}\n"
    if comparison.silent:
        yield f"silent: {phrases.silent_groups(comparison)}\n"
    yield from (f"{line}\n" for line in phrases.unasked_groups(comparison))


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """A line a paragraph: `  ` in both, `- ` only left, `+ ` only right, and what moved."""
    if phrases.nothing_common(comparison):
        yield f"{phrases.NOTHING_COMMON}\n"
    left, right = map(harmless, comparison.names)
    yield f"== {left} and {right}: {phrases.common(comparison)}\n"
    for row in comparison.rows:
        yield from _row(row, look)
    for passage in comparison.passages:
        moved = ", moved" if passage.moved else ""
        ends = f"{harmless(passage.left)} = {harmless(passage.right)}"
        yield f"passage: {ends}: {counted(passage.words, 'word')}{moved}\n"


def _row(row: Row, look: Look) -> Iterator[str]:
    if row.kind == "same" and row.left and row.right:
        ids = f"{harmless(row.left.paragraph.id)} {harmless(row.right.paragraph.id)}"
        yield f"  {ids}: {bracketed(row.left, 'left', look)}\n"
        return
    moved = row.kind == "moved" and row.left and row.right
    if row.left:
        note = f" (moved to #{row.right.paragraph.n})" if moved and row.right else ""
        text = bracketed(row.left, "left", look)
        yield f"- {harmless(row.left.paragraph.id)}{note}: {text}\n"
    if row.right:
        note = f" (moved from #{row.left.paragraph.n})" if moved and row.left else ""
        text = bracketed(row.right, "right", look)
        yield f"+ {harmless(row.right.paragraph.id)}{note}: {text}\n"


def bracketed(side: Side, name: str, look: Look) -> str:
    """The text on one line, its differing words between wdiff's brackets."""
    opening, closing = BRACKETS[SIDES[name]]
    return "".join(
        look.styled(f"{opening}{part}{closing}", "match") if changed else part
        for part, changed in pieces(side.paragraph.text, side.changed)
    )
