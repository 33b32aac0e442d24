"""Comparisons on a terminal: columns where they fit, blocks where they do not."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from sinorus.model import Comparison, Group, Paragraph, Passage, Row, Side, TextComparison
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.edits import SIDES
from sinorus.render.look import Look
from sinorus.render.terminal.difference import changed_words
from sinorus.render.terminal.hits import document_lines, hit_lines
from sinorus.render.terminal.layout import (
    column_width,
    columns_that_fit,
    hanging,
    side_by_side,
    wrapped,
)
from sinorus.render.terminal.painter import Painter, rule
from sinorus.render.visible import harmless, one_line

LEAST, MOST = 36, 72
"""Cells of a column of a group, at least and at most."""
NARROW, WIDEST = 72, 80
"""Cells: below the first, two texts are not laid side by side; no column of them is wider."""


def compare(comparison: Comparison, look: Look) -> Iterator[str]:
    """The groups in their order, and a line on those that are silent."""
    painter = Painter(look)
    groups = comparison.groups[: phrases.MOST_GROUPS]
    fitting = columns_that_fit(look.width, LEAST, len(groups))
    if fitting < 2:
        for group in groups:
            yield painter.paint([*_column(group, painter, painter.measure), Text()])
    else:
        width = column_width(look.width, fitting, MOST)
        for at in range(0, len(groups), fitting):
            columns = [_column(group, painter, width) for group in groups[at : at + fitting]]
            yield painter.paint([*side_by_side(columns, width), Text()])
    if more := phrases.more_groups(comparison):
        yield painter.paint([*wrapped(Text(more, style="label"), painter.measure), Text()])
    if note := phrases.rates_note(comparison):
        yield painter.paint([*wrapped(Text(note, style="label"), painter.measure), Text()])
    if comparison.silent:
        line = Text.assemble(("silent: ", "label"), phrases.silent_groups(comparison))
        yield painter.paint(wrapped(line, painter.measure))
    for note in phrases.unasked_groups(comparison):
        yield painter.paint(wrapped(Text(note, style="label"), painter.measure))


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """Two columns, or on a narrow terminal `-` and `+` lines; at the end what both contain."""
    painter = Painter(look)
    stacked = look.width < NARROW
    width = painter.measure if stacked else column_width(look.width, 2, WIDEST)
    if phrases.nothing_common(comparison):
        yield painter.paint([Text(phrases.NOTHING_COMMON, style="missing"), Text()])
    yield painter.paint([*wrapped(Text(phrases.common(comparison)), painter.measure), Text()])
    yield painter.paint([*_heads(comparison, painter, width, stacked), Text()])
    for row in comparison.rows:
        lines = _stacked(row, look, width) if stacked else _beside(row, look, width)
        yield painter.paint([*lines, Text()])
    if comparison.passages:
        yield painter.paint([Text(), *rule("passages in both", painter.measure)])
        known = _by_id(comparison)
        for passage in comparison.passages:
            yield painter.paint(_passage(passage, known, painter.measure))


def _column(group: Group, painter: Painter, width: int) -> list[Text]:
    lines = rule(phrases.group_name(group.key), width)
    lines += wrapped(Text(phrases.measures(group)), width)
    if period := phrases.period(group.first, group.last):
        lines += wrapped(Text(period, style="byline"), width)
    if group.keywords:
        words = Text.assemble(("keywords: ", "label"), phrases.keywords(group))
        lines += wrapped(words, width)
    for hit in group.best:
        lines += [Text(), *hit_lines(hit, painter, width)]
    return lines


def _heads(comparison: TextComparison, painter: Painter, width: int, stacked: bool) -> list[Text]:
    left, right = (
        document_lines(document, painter, width - 2 if stacked else width)
        for document in (comparison.left, comparison.right)
    )
    if not stacked:
        return side_by_side([left, right], width)
    return [
        *(Text.assemble("- ", line) for line in left),
        *(Text.assemble("+ ", line) for line in right),
    ]


def _beside(row: Row, look: Look, width: int) -> list[Text]:
    columns: list[list[Text]] = []
    for name, side in (("left", row.left), ("right", row.right)):
        if side is None:
            columns.append([])
        else:
            label = Text(_label(row, name, side), style="moved" if row.kind == "moved" else "label")
            columns.append([*wrapped(label, width), *wrapped(_words(row, name, side, look), width)])
    return side_by_side(columns, width)


def _stacked(row: Row, look: Look, width: int) -> list[Text]:
    if row.kind == "same" and row.left and row.right:
        head = Text(f"  #{row.left.paragraph.n} = #{row.right.paragraph.n}", style="label")
        return [head, *hanging(Text("  "), _words(row, "left", row.left, look), width)]
    lines: list[Text] = []
    for name, mark, side in (("left", "- ", row.left), ("right", "+ ", row.right)):
        if side:
            lines.append(Text(f"{mark}{_label(row, name, side)}", style="label"))
            lines += hanging(Text(mark), _words(row, name, side, look), width)
    return lines


def _label(row: Row, name: str, side: Side) -> str:
    label = f"#{side.paragraph.n}"
    if row.kind == "moved" and row.left and row.right:
        other = (
            f"to #{row.right.paragraph.n}" if name == "left" else f"from #{row.left.paragraph.n}"
        )
        return f"{label} moved {other}"
    return f"{label} only here" if row.kind in ("left", "right") else label


def _words(row: Row, name: str, side: Side, look: Look) -> Text:
    style = "dim" if row.kind == "same" else ""
    return changed_words(side.paragraph.text, side.changed, SIDES[name], look, style)


def _by_id(comparison: TextComparison) -> dict[str, Paragraph]:
    sides = (side for row in comparison.rows for side in (row.left, row.right) if side)
    return {side.paragraph.id: side.paragraph for side in sides}


def _passage(passage: Passage, known: dict[str, Paragraph], width: int) -> list[Text]:
    ends = f"{harmless(passage.left)} = {harmless(passage.right)}"
    moved = ", moved" if passage.moved else ""
    lines = wrapped(Text(f"{ends}  {counted(passage.words, 'word')}{moved}", style="label"), width)
    if passage.left in known:
        start, end = passage.left_span
        words = Text(one_line(known[passage.left].text[start:end]))
        lines += hanging(Text("  "), words, width)
    return lines
