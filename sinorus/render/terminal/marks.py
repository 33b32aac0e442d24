"""Evidence sets on a terminal: a list of them, and the marks of each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from sinorus.model import Document
from sinorus.model.marks import SIGN, MarkFound, MarkSet
from sinorus.model.wording import counted
from sinorus.render.look import Look
from sinorus.render.marks import became, days, size, states
from sinorus.render.spans import standing
from sinorus.render.terminal.difference import changed_words
from sinorus.render.terminal.hits import document_lines
from sinorus.render.terminal.layout import hanging, wrapped
from sinorus.render.terminal.painter import Painter
from sinorus.render.terminal.paragraphs import excerpt_lines
from sinorus.render.visible import harmless, many_lines, one_line

_GAP = "  "
_MOST = 2
"""Lines of a paragraph: who wants more has its id."""


def sets(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """How many there are, and of each its size, what became of its marks, and since when."""
    painter = Painter(look)
    every = sum(len(one.marks) for one in sets)
    head = f"{counted(len(sets), 'set')} with {counted(every, 'mark')}: {states(sets)}"
    yield painter.paint([*wrapped(Text(head, style="title"), painter.measure), Text()])
    for one in sets:
        told = Text(one_line(one.name), style="number")
        told.append(f"{_GAP}{size(one)}")
        if not one.sound:
            told.append(f": {states([one])}", "warning")
        if when := days(one):
            told.append(f"{_GAP}{when}", "dim")
        yield painter.paint(wrapped(told, painter.measure))


def marks(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """Of each set a line with the sums, and its marks, numbered."""
    painter = Painter(look)
    for at, one in enumerate(sets):
        head = Text(one_line(one.name), style="title")
        head.append(f": {size(one)}; {states([one])}")
        yield painter.paint([*([Text()] if at else []), *wrapped(head, painter.measure)])
        width = max(len(f"{len(one.marks)}"), 2)
        for found in one.marks:
            label = Text(f"{found.n:>{width}}{_GAP}", style="number")
            yield painter.paint([Text(), *_beside(label, _mark(found, painter, label.cell_len))])


def _beside(label: Text, lines: Sequence[Text]) -> list[Text]:
    margin = Text(" " * label.cell_len)
    return [
        Text.assemble(margin if at else label, line) if line else line
        for at, line in enumerate(lines)
    ]


def _mark(found: MarkFound, painter: Painter, indent: int) -> list[Text]:
    width = painter.measure - indent
    lines: list[Text] = []
    if found.document and found.paragraphs:
        lines += wrapped(_place(found, found.document, painter), width)
        lines += document_lines(found.document, painter, width)
    if told := became(found):
        style = "match" if found.state == "gone" else "warning"
        lines += wrapped(Text(told, style=style), width)
    for at, line in enumerate(many_lines(found.mark.note).split("\n") if found.mark.note else ()):
        lines += hanging(Text("  " if at else f"{SIGN} ", "mark"), Text(line), width)
    return lines + _words(found, painter, width)


def _place(found: MarkFound, document: Document, painter: Painter) -> Text:
    """The id of what is marked, a range too, and where it stands in the file."""
    first = found.paragraphs[0]
    uri = painter.look.uri(document.path, first.line)
    id_ = painter.linked(harmless((found.id or "").rpartition("@")[0]), "id", uri)
    path, where = harmless(painter.look.paths(document.path)), standing(first)
    path += f":{where}" if first.line else f", {where}" if where else ""
    return Text.assemble(id_, _GAP, painter.linked(path, "path", uri))


def _words(found: MarkFound, painter: Painter, width: int) -> list[Text]:
    """The first words of what is there; of what has changed both wordings."""
    if found.state == "gone":
        return hanging(Text("- ", "dim"), Text(one_line(found.mark.words), "dim"), width)
    if found.changed or found.found_changed:
        was = changed_words(found.mark.words, found.changed, "removed", painter.look)
        now = changed_words(found.found, found.found_changed, "added", painter.look)
        return [*hanging(Text("- "), was, width), *hanging(Text("+ "), now, width)]
    return [line.text for line in excerpt_lines(found.paragraphs[0], width, (), most=_MOST)]
