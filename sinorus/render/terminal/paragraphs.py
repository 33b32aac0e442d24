"""The text of a paragraph in lines that fit, in its styles, as a reader expects its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from sinorus.model import Paragraph, Span
from sinorus.render.spans import merged, printable
from sinorus.render.terminal.excerpt import Line, shortened
from sinorus.render.terminal.grid import grid
from sinorus.render.terminal.layout import truncate_end, wrapped
from sinorus.render.terminal.painter import dim_note_marks
from sinorus.render.visible import one_line

_SHOWN = ("strong", "emphasis", "code", "struck")
"""Styles of a text that a terminal shows; matches are shown above them."""
_BULLET = "•"
_LEADS = {"quote": ("┃ ", "┃ ")}
"""What stands before the first line of a kind, and before the others. Not the thin bar, which
stands between columns."""
_LONGEST_MARK = 8
"""Cells of a mark of an item."""
_WHOLE = {"heading": "strong", "code": "code"}
"""The style of all of a kind."""
_MOST_NOTES = 8
"""Footnotes that are named behind a paragraph."""
_MARK = 2
"""Cells of the mark of what is left out."""


class _Printable(NamedTuple):
    text: Text
    where: dict[int, int]


def paragraph_lines(
    paragraph: Paragraph,
    width: int,
    matches: Iterable[Span] = (),
    *,
    style: str = "",
    known: str | None = None,
) -> list[Text]:
    """A paragraph in lines of at most `width` cells, at least one.

    Who speaks stands before the words, unless he is `known` from the paragraph before.
    """
    first, further = _leads(paragraph)
    lines = _lines(paragraph, width - cell_len(first), matches, style, known)
    if not first:
        return lines
    leads = [first, *[further] * (len(lines) - 1)]
    return [Text.assemble((lead, "dim"), line) for lead, line in zip(leads, lines, strict=True)]


def excerpt_lines(
    paragraph: Paragraph,
    width: int,
    matches: Iterable[Span] = (),
    *,
    most: int,
    style: str = "",
    known: str | None = None,
) -> list[Line]:
    """The same, but at most so many lines, those around the matches.

    Who speaks has a line of his own where the beginning is left out.
    """
    if len(paragraph.text) <= width * most:
        lines = paragraph_lines(paragraph, width, matches, style=style, known=known)
        if len(lines) <= most:
            return [Line(line) for line in lines]
    first, further = _leads(paragraph)
    whole = _lines(paragraph, width - cell_len(first) - _MARK, matches, style, known)
    found = shortened(whole, most, first=paragraph.kind == "table")
    if found[0].cut and most > 1 and paragraph.speaker and paragraph.speaker != known:
        speaker = wrapped(Text(f"{one_line(paragraph.speaker)}:", style="dim"), width)[0]
        return [Line(speaker), *shortened(whole, most - 1)]
    if not first:
        return found
    begins = not found[0].cut
    return [
        Line(Text.assemble((first if begins and not at else further, "dim"), line.text), line.cut)
        for at, line in enumerate(found)
    ]


def _leads(paragraph: Paragraph) -> tuple[str, str]:
    if paragraph.kind != "list":
        return _LEADS.get(paragraph.kind, ("", ""))
    mark = truncate_end(one_line(paragraph.mark or _BULLET), _LONGEST_MARK)
    return f"{mark} ", " " * (cell_len(mark) + 1)


def _lines(
    paragraph: Paragraph, width: int, matches: Iterable[Span], style: str, known: str | None
) -> list[Text]:
    text, where = _printable(paragraph, matches)
    if paragraph.kind == "table":
        rows = grid(_rows(paragraph.text, text, where), width)
        lines = [line for row in rows for line in row]
    else:
        if paragraph.speaker and paragraph.speaker != known and paragraph.kind != "speaker":
            text = Text.assemble((f"{one_line(paragraph.speaker)}: ", "dim"), text)
        own = paragraph.kind == "code"
        parts = list(text.split("\n", allow_blank=True)) if own else [text]
        lines = [line for part in parts for line in wrapped(part, width)]
    for line in lines:
        line.style = style
    return lines


def _printable(paragraph: Paragraph, matches: Iterable[Span]) -> _Printable:
    length, own = len(paragraph.text), paragraph.kind in ("code", "table")
    styled: dict[str, list[Span]] = {}
    for start, end, kind, _ in paragraph.spans:
        if kind in _SHOWN:
            styled.setdefault(kind, []).append((start, end))
    # Those of a style are merged: so no letter has more styles than there are.
    runs = [(name, span) for name in styled for span in merged(styled[name], length)]
    runs += [("match", span) for span in merged(matches, length)]
    offsets = {at for _, span in runs for at in span}
    if paragraph.kind == "table":
        offsets |= {at for span, _ in _ends(paragraph.text) for at in span}
    plain, where = printable(paragraph.text, offsets, lines=own)
    text = Text(plain)
    if whole := _WHOLE.get(paragraph.kind):
        text.stylize(whole)
    if paragraph.kind == "speaker" and paragraph.text.startswith(paragraph.speaker or "\0"):
        text.stylize("dim", 0, len(one_line(paragraph.speaker or "")))
    for name, (start, end) in runs:
        text.stylize(name, where[start], where[end])
    dim_note_marks(text)
    if paragraph.notes and not own:
        text.append("".join(f" [#{n}]" for n in paragraph.notes[:_MOST_NOTES]), "dim")
    return _Printable(text, where)


def _ends(source: str) -> Iterable[tuple[Span, bool]]:
    """Where the cells of a table begin and end, and whether each begins a row."""
    at = 0
    for line in source.split("\n"):
        begin = at
        for part in line.removesuffix("\r").split("\t"):
            yield (at, at + len(part)), at == begin
            at += len(part) + 1
        at = begin + len(line) + 1


def _rows(source: str, text: Text, where: dict[int, int]) -> list[list[Text]]:
    ends = list(_ends(source))
    pieces = text.divide([where[at] for span, _ in ends for at in span])
    rows: list[list[Text]] = []
    for (_, begins), cell in zip(ends, pieces[1::2], strict=False):
        if begins:
            rows.append([])
        if len(rows) == 1:
            cell.stylize("strong")
        rows[-1].append(cell)
    return rows
