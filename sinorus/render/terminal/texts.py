"""Two texts side by side, paragraph by paragraph, with the words in which they differ."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from sinorus.model import Paragraph, Passage, Row, Side, TextComparison
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.plain.comparison import BRACKETS
from sinorus.render.spans import flowing
from sinorus.render.terminal.columns import column_width, side_by_side
from sinorus.render.terminal.hits import document_lines
from sinorus.render.terminal.ink import Ink, prose, rule
from sinorus.render.terminal.layout import hanging, wrapped
from sinorus.render.visible import harmless, one_line

NARROW, MOST = 72, 80
STYLE = {"left": "removed", "right": "added"}


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """Two columns, or on a narrow terminal `-` and `+` lines; at the end what both contain."""
    ink = Ink(look)
    stacked = look.width < NARROW
    width = ink.measure if stacked else column_width(look.width, 2, MOST)
    if phrases.nothing_common(comparison):
        yield ink.written([Text(phrases.NOTHING_COMMON, style="missing"), Text()])
    yield ink.written([*_heads(comparison, ink, width, stacked), Text()])
    for row in comparison.rows:
        lines = _stacked(row, look, width) if stacked else _beside(row, look, width)
        yield ink.written([*lines, Text()])
    share = f"{comparison.similarity:.0%} of the words in common"
    yield ink.written([Text(share)])
    if comparison.passages:
        yield ink.written([Text(), *rule("passages in both", ink.measure)])
        known = _paragraphs(comparison)
        for passage in comparison.passages:
            yield ink.written(_passage(passage, known, ink.measure))


def _heads(comparison: TextComparison, ink: Ink, width: int, stacked: bool) -> list[Text]:
    left, right = (
        document_lines(document, ink, width - 2 if stacked else width)
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
    style = "context" if row.kind == "same" else ""
    parts = flowing(side.paragraph.text, side.changed)
    if not look.colour:
        opening, closing = BRACKETS[name]
        parts = [(f"{opening}{part}{closing}" if hit else part, hit) for part, hit in parts]
    return prose(parts, style, STYLE[name])


def _paragraphs(comparison: TextComparison) -> dict[str, Paragraph]:
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
