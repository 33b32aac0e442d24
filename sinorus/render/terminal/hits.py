"""Paragraphs on a terminal: who said it, where it stands, and the whole of it in lines that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from sinorus.model import Document, Former, Hit, Paragraph, SearchResult, Shown, Span
from sinorus.model.marks import SIGN, Mark
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.edits import SideName, changed_spans
from sinorus.render.look import Look
from sinorus.render.marks import note_lines, sign
from sinorus.render.spans import standing
from sinorus.render.terminal.difference import changed_words
from sinorus.render.terminal.excerpt import MOST, Line
from sinorus.render.terminal.headline import above, below
from sinorus.render.terminal.layout import hanging, truncate_start, wrapped
from sinorus.render.terminal.painter import Painter, rule
from sinorus.render.terminal.paragraphs import excerpt_lines, paragraph_lines
from sinorus.render.visible import harmless, one_line, readable_address
from sinorus.render.windows import merged

_GAP = "  "
_CUT = "… "
_INDENT = 4
"""Cells before the text of a hit: its number stands there, and the mark of what is left out."""
NARROW = 60
"""Cells of a column in which more lines of a paragraph are shown."""


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """How much was found and what to know of it; then the hits, each under its document.

    What documents share is said once for all hits that follow each other. Headings stand over
    groups.
    """
    painter = Painter(look)
    if look.batch:
        found = counted(result.total, "paragraph")
        yield painter.paint([*rule(f"{one_line(result.query)}: {found}", painter.measure), Text()])
    elif look.terminal and result.hits:
        yield above(phrases.found(result), look)
    number = max([len(f"{hit.rank}") for hit in result.hits], default=0)
    indent = max(number + len(_GAP), _INDENT)
    for heading, hits in phrases.grouped(merged(result.hits), look.group_by):
        if heading:
            yield painter.paint([*rule(heading, painter.measure), Text()])
        first = phrases.crossing_from(hits)
        before: Hit | None = None
        for at, hit in enumerate(hits):
            lines = [Text()] if before and before.document.id != hit.document.id else []
            if at == first or (first is None and hit.crossing):
                begin = "" if first is None else "from here on "
                said = Text(begin + phrases.CROSSING, style="missing")
                lines += [*wrapped(said, painter.measure), Text()]
            lines += _on_page(hit, painter, indent, before)
            yield painter.paint(lines)
            before = hit
        if hits:
            yield painter.paint([Text()])
    if look.terminal and not look.batch:
        yield below(result, look)


def _on_page(hit: Hit, painter: Painter, indent: int, before: Hit | None) -> list[Text]:
    """A hit of a page; of its document what the hit `before` it has not said yet."""
    same = before is not None and before.document.id == hit.document.id
    lines: list[Text] = []
    if not same and painter.look.group_by != "document":
        lines += document_lines(hit.document, painter, painter.measure)
    trail = before.paragraph.heading if before is not None and same else None
    label = Text(f"{hit.rank:>{indent - len(_GAP)}}" + _GAP, style="number")
    return lines + _found_lines(hit, painter, painter.measure, label, MOST, trail)


def hit_lines(hit: Hit, painter: Painter, width: int) -> list[Text]:
    """One hit by itself, in so many cells: its document, its place, its text."""
    most = MOST if width >= NARROW else 2 * MOST
    lines = document_lines(hit.document, painter, width)
    return lines + _found_lines(hit, painter, width, Text(_GAP), most, None)


def _found_lines(
    hit: Hit,
    painter: Painter,
    width: int,
    label: Text,
    most: int,
    trail: tuple[str, ...] | None,
) -> list[Text]:
    """The place of a hit, the headings above it unless they are `trail`, and its text."""
    indent = label.cell_len
    margin = Text(" " * indent)
    lines = [
        Text.assemble(label if label.plain.strip() else "", place)
        for place in place_lines(
            hit.document, hit.paragraph, painter, width - indent, marked=bool(hit.marks)
        )
    ]
    if hit.paragraph.heading != trail:
        for line in breadcrumb_lines(hit.document, hit.paragraph, width - indent):
            lines.append(Text.assemble(margin, line))
    if hit.missing:
        told = Text(f"missing: {phrases.missing_words(hit)}", style="missing")
        lines += hanging(margin, told, width)
    if hit.same:
        lines += hanging(margin, Text(phrases.same_in(hit), style="dim"), width)
    shown = 0 if painter.look.full else most
    if not hit.before and not hit.after:
        return lines + _beside(margin, hit.paragraph, width, hit.matches, most=shown)
    known: str | None = None
    for paragraph in (*hit.before, hit.paragraph, *hit.after):
        found = paragraph is hit.paragraph
        matches, style = (hit.matches, "") if found else ((), "dim")
        around = _numbered(
            paragraph, matches, style, width - indent + len(_CUT), known=known, most=shown
        )
        # The arrow stands in the margin.
        lines += [Text.assemble(margin[: -len(_CUT)], line) if line else line for line in around]
        known = paragraph.speaker
    return lines


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """Each document once, and under it the paragraphs, numbered. All that is known of it stands
    there where it is read from its beginning on: other paragraphs have only the head.

    The place is that of the first paragraph asked for. Those asked for have an arrow where
    others stand around them.
    """
    painter = Painter(look)
    marks = any(one.context for one in shown)
    noted: set[Mark] = set()
    for _, run in groupby(shown, key=lambda one: one.document.id):
        members = list(run)
        document = members[0].document
        first = next((one for one in members if not one.context), members[0])
        head = head_lines(document, first.paragraph, painter, painter.measure)
        begins = members[0].paragraph.n == 1
        yield painter.paint(head + (_facts(document, painter.measure) if begins else []))
        trail: tuple[str, ...] | None = None
        before: Paragraph | None = None
        for one in members:
            lines = [Text()]
            if one.paragraph.heading != trail:
                lines += breadcrumb_lines(document, one.paragraph, painter.measure)
                trail = one.paragraph.heading
            if note := phrases.check_note(one):
                lines += wrapped(Text(note, style="missing"), painter.measure)
            goes_on = before is not None and before.n + 1 == one.paragraph.n
            known = before.speaker if before is not None and goes_on else None
            if one.was:
                lines += _changed(one, one.was, painter)
            else:
                lines += _numbered(
                    *(one.paragraph, one.matches, "dim" if one.context else "", painter.measure),
                    marks=marks,
                    sign=sign(one.marks),
                    known=known,
                )
            indent = len(f"#{one.paragraph.n}{sign(one.marks)}  ") + 2 * marks
            lines += _notes(one, noted, painter.measure, indent)
            lines += _footnotes(one, painter.measure, indent)
            before = one.paragraph
            if before.kind == "heading":  # it says itself what stands above the next
                trail = (*before.heading, before.text)
            yield painter.paint(lines)
        yield painter.paint([Text()])


def _changed(one: Shown, was: Former, painter: Painter) -> list[Text]:
    """What a paragraph was above what it is, as a comparison has them."""
    lines: list[Text] = []
    sides: tuple[tuple[str, SideName, Former | Paragraph], ...] = (
        ("- ", "removed", was),
        ("+ ", "added", one.paragraph),
    )
    for at, (mark, side, text) in enumerate(sides):
        name = "" if was.document == one.document.id else harmless(text.document)
        label = Text(f"{name}#{text.n}", "label")
        lines += hanging(Text(mark), label, painter.measure)
        words = changed_words(text.text, changed_spans(one.edits, at), side, painter.look)
        lines += hanging(Text(mark), words, painter.measure)
    return lines


def head_lines(
    document: Document, paragraph: Paragraph, painter: Painter, width: int
) -> list[Text]:
    """The title; who, when and where; and below it the id to quote it by."""
    return [
        *document_lines(document, painter, width),
        *place_lines(document, paragraph, painter, width),
    ]


def document_lines(document: Document, painter: Painter, width: int) -> list[Text]:
    """The title, linked to the document's own address; author, publisher, date and language
    behind it, or below it where they do not fit.
    """
    title = painter.linked(phrases.title(document), "title", web_address(document))
    byline = Text(phrases.byline(document), style="byline")
    if not byline:
        return wrapped(title, width)
    if title.cell_len + len(_GAP) + byline.cell_len <= width:
        return [Text.assemble(title, _GAP, byline)]
    return [*wrapped(title, width), *wrapped(byline, width)]


def web_address(document: Document) -> str:
    """The document's own address if a terminal may link to it, else empty."""
    address = document.url or ""
    return address if address.lower().startswith(("http://", "https://")) else ""


def place_lines(
    document: Document,
    paragraph: Paragraph,
    painter: Painter,
    width: int,
    *,
    marked: bool = False,
) -> list[Text]:
    """The id to quote it by, with a sign if it is `marked`, and `path:line`, linked to the file, or
    `path, p. 7`; with the time in a film. Without room for the path only the line or page.

    An id too long loses the folders in front of it: what is left is an id too.
    """
    uri = painter.look.uri(document.path, paragraph.line)
    path, where = harmless(painter.look.paths(document.path)), standing(paragraph)
    time = f" at {one_line(paragraph.time)}" if paragraph.time else ""
    path += f":{where}" if paragraph.line else f", {where}" if where else ""
    beside = Text(f" {SIGN}" if marked else "", "mark")
    width -= beside.cell_len
    id_ = painter.linked(_fitting_id(harmless(paragraph.id), width), "id", uri)
    short = f"line {where}" if paragraph.line else where
    for told in (path + time, (short + time).strip()):
        if told and id_.cell_len + len(_GAP) + cell_len(told) <= width:
            return [Text.assemble(id_, beside, _GAP, painter.linked(told, "path", uri))]
    return [Text.assemble(id_, beside)]


def _fitting_id(id_: str, width: int) -> str:
    shown = id_
    while cell_len(shown) > width and "/" in shown[2:]:
        id_ = id_.partition("/")[2]
        shown = f"…/{id_}"
    return truncate_start(shown, width)


def breadcrumb_lines(document: Document, paragraph: Paragraph, width: int) -> list[Text]:
    """The headings above a paragraph, outermost first, without the title; may be none."""
    trail = phrases.breadcrumb(document, paragraph)
    return wrapped(Text(trail, style="heading"), width) if trail else []


def _numbered(
    paragraph: Paragraph,
    matches: Iterable[Span],
    style: str,
    width: int,
    *,
    marks: bool = True,
    known: str | None = None,
    most: int = 0,
    sign: str = "",
) -> list[Text]:
    # The arrow and not only the colour tells what was found from what stands around it.
    mark = ("  " if style else "▸ ") if marks else ""
    label = Text(f"{mark}#{paragraph.n}", style=style or "id")
    label.append(sign, "mark").append(_GAP)
    return _beside(label, paragraph, width, matches, style, known, most)


def _beside(
    label: Text,
    paragraph: Paragraph,
    width: int,
    matches: Iterable[Span] = (),
    style: str = "",
    known: str | None = None,
    most: int = 0,
) -> list[Text]:
    """A paragraph beside a label, its further lines under its first; all of it, or so many."""
    inner = width - label.cell_len
    if most:
        lines = excerpt_lines(paragraph, inner, matches, most=most, style=style, known=known)
    else:
        whole = paragraph_lines(paragraph, inner, matches, style=style, known=known)
        lines = [Line(line) for line in whole]
    beside: list[Text] = []
    for at, (line, cut) in enumerate(lines):
        margin = label if not at else Text(" " * label.cell_len)
        if cut:  # the mark stands where a label ends in spaces
            margin = Text.assemble(margin[: -len(_CUT)], (_CUT, "dim"))
        beside.append(Text.assemble(margin, line) if line or not at else line)
    return beside


def _notes(shown: Shown, told: set[Mark], width: int, indent: int) -> list[Text]:
    """The marks of a paragraph below it, with their notes, each told once."""
    lines: list[Text] = []
    for mark in shown.marks:
        if mark in told:
            continue
        told.add(mark)
        for at, line in enumerate(note_lines(mark)):
            label = Text(" " * indent).append("  " if at else f"{SIGN} ", "mark")
            lines += hanging(label, Text(line), width)
    return lines


def _footnotes(shown: Shown, width: int, indent: int) -> list[Text]:
    """The footnotes below a paragraph, dimmed; below a footnote, who refers to it."""
    margin = " " * indent
    lines: list[Text] = []
    if (told := phrases.noted_by(shown.paragraph)) and not shown.context:
        lines += hanging(Text(margin), Text(told, style="dim"), width)
    for note in shown.notes:
        label = Text(f"{margin}[#{note.n}] ", style="dim")
        lines += _beside(label, note, width, style="dim")
    return lines


def _facts(document: Document, width: int) -> list[Text]:
    facts = [("url", document.url), ("tags", "; ".join(document.tags))]
    facts.append(("citekey", document.citekey or ""))
    facts += [
        (key, value if isinstance(value, str) else "; ".join(value))
        for key, value in document.extra.items()
    ]
    lines: list[Text] = []
    for key, value in facts:
        if value:
            label = Text(f"{one_line(key)}: ", style="label")
            told = readable_address(value) if key == "url" else one_line(value)
            lines += wrapped(Text.assemble(label, told), width)
    return lines
