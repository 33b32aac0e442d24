"""Paragraphs on a terminal: who said it, where it stands, and the whole of it in lines that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from sinorus.model import Document, Grouping, Hit, Paragraph, SearchResult, Shown, Span
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.spans import standing
from sinorus.render.terminal.layout import hanging, wrapped
from sinorus.render.terminal.painter import Painter, rule
from sinorus.render.terminal.paragraphs import paragraph_lines
from sinorus.render.visible import harmless, one_line
from sinorus.render.windows import merged


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """A block for every hit, an empty line after each; headings over groups."""
    painter = Painter(look)
    if look.batch:
        found = counted(result.total, "paragraph")
        yield painter.paint([*rule(f"{one_line(result.query)}: {found}", painter.measure), Text()])
    for heading, hits in phrases.grouped(merged(result.hits), look.group_by):
        if heading:
            yield painter.paint([*rule(heading, painter.measure), Text()])
        first = phrases.crossing_from(hits)
        for at, hit in enumerate(hits):
            if at == first or (first is None and hit.crossing):
                begin = "" if first is None else "from here on "
                said = Text(begin + phrases.CROSSING, style="missing")
                yield painter.paint([*wrapped(said, painter.measure), Text()])
            yield painter.paint([*hit_lines(hit, painter, painter.measure, look.group_by), Text()])


def hit_lines(
    hit: Hit, painter: Painter, width: int, group_by: Grouping | None = None
) -> list[Text]:
    """One hit: its document (unless that is the heading already), its place, its text."""
    if group_by == "document":
        lines = place_lines(hit.document, hit.paragraph, painter, width)
    else:
        lines = head_lines(hit.document, hit.paragraph, painter, width)
    lines += breadcrumb_lines(hit.document, hit.paragraph, width)
    if hit.missing:
        lines += wrapped(Text(f"missing: {phrases.missing_words(hit)}", style="missing"), width)
    if hit.same:
        lines += wrapped(Text(phrases.same_in(hit), style="context"), width)
    if not hit.before and not hit.after:
        return lines + paragraph_lines(hit.paragraph, width, hit.matches)
    known: str | None = None
    for paragraph in (*hit.before, hit.paragraph, *hit.after):
        found = paragraph is hit.paragraph
        matches, style = (hit.matches, "") if found else ((), "context")
        lines += _numbered(paragraph, matches, style, width, known=known)
        known = paragraph.speaker
    return lines


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """Each document once, all that is known of it, and under it the paragraphs, numbered.

    The place is that of the first paragraph asked for. Those asked for have an arrow where
    others stand around them.
    """
    painter = Painter(look)
    marks = any(one.context for one in shown)
    for _, run in groupby(shown, key=lambda one: one.document.id):
        members = list(run)
        document = members[0].document
        first = next((one for one in members if not one.context), members[0])
        head = head_lines(document, first.paragraph, painter, painter.measure)
        yield painter.paint(head + _facts(document, painter.measure))
        trail: tuple[str, ...] | None = None
        before: Paragraph | None = None
        for one in members:
            lines = [Text()]
            if one.paragraph.heading != trail:
                lines += breadcrumb_lines(document, one.paragraph, painter.measure)
                trail = one.paragraph.heading
            if note := phrases.check_note(one):
                lines += wrapped(Text(note, style="missing"), painter.measure)
            style = "context" if one.context else ""
            goes_on = before is not None and before.n + 1 == one.paragraph.n
            lines += _numbered(
                *(one.paragraph, one.matches, style, painter.measure),
                marks=marks,
                known=before.speaker if before is not None and goes_on else None,
            )
            indent = len(f"#{one.paragraph.n}  ") + 2 * marks
            lines += _footnotes(one, painter.measure, indent)
            before = one.paragraph
            if before.kind == "heading":  # it says itself what stands above the next
                trail = (*before.heading, before.text)
            yield painter.paint(lines)
        yield painter.paint([Text()])


def head_lines(
    document: Document, paragraph: Paragraph, painter: Painter, width: int
) -> list[Text]:
    """The title; who, when and where below it, on one line if they fit."""
    *lines, last = document_lines(document, painter, width)
    id_, *path = place_lines(document, paragraph, painter, width)
    if not phrases.byline(document):
        return [*lines, last, id_, *path]
    return [*lines, *unbroken(last, id_, width), *path]


def document_lines(document: Document, painter: Painter, width: int) -> list[Text]:
    """The title, linked to the document's own address, and author, publisher, date, language."""
    lines = wrapped(painter.linked(phrases.title(document), "title", web_address(document)), width)
    if byline := phrases.byline(document):
        lines += wrapped(Text(byline, style="byline"), width)
    return lines


def web_address(document: Document) -> str:
    """The document's own address if a terminal may link to it, else empty."""
    address = document.url or ""
    return address if address.lower().startswith(("http://", "https://")) else ""


def place_lines(
    document: Document, paragraph: Paragraph, painter: Painter, width: int
) -> list[Text]:
    """The id to quote it by, and `path:line`, linked to the file, or `path, p. 7`; with the time in
    a film.
    """
    uri = painter.look.uri(document.path, paragraph.line)
    path, where = harmless(painter.look.paths(document.path)), standing(paragraph)
    path += f":{where}" if paragraph.line else f", {where}" if where else ""
    path += f" at {one_line(paragraph.time)}" if paragraph.time else ""
    return unbroken(
        Text(harmless(paragraph.id), style="place"), painter.linked(path, "place", uri), width
    )


def unbroken(first: Text, second: Text, width: int) -> list[Text]:
    """Both on one line if they fit, else on two: broken they would be useless to copy."""
    if first.cell_len + 2 + second.cell_len > width:
        return [first, second]
    return [Text.assemble(first, "  ", second)]


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
) -> list[Text]:
    # The arrow and not only the colour tells what was found from what stands around it.
    mark = ("  " if style else "▸ ") if marks else ""
    label = Text(f"{mark}#{paragraph.n}  ", style=style or "number")
    return _beside(label, paragraph, width, matches, style, known)


def _beside(
    label: Text,
    paragraph: Paragraph,
    width: int,
    matches: Iterable[Span] = (),
    style: str = "",
    known: str | None = None,
) -> list[Text]:
    """A paragraph beside a label, its further lines under its first."""
    inner = width - label.cell_len
    first, *rest = paragraph_lines(paragraph, inner, matches, style=style, known=known)
    margin = " " * label.cell_len
    return [
        Text.assemble(label, first),
        *(Text.assemble(margin, line) if line else line for line in rest),
    ]


def _footnotes(shown: Shown, width: int, indent: int) -> list[Text]:
    """The footnotes below a paragraph, dimmed; below a footnote, who refers to it."""
    margin = " " * indent
    lines: list[Text] = []
    if (told := phrases.noted_by(shown.paragraph)) and not shown.context:
        lines += hanging(Text(margin), Text(told, style="context"), width)
    for note in shown.notes:
        label = Text(f"{margin}[#{note.n}] ", style="context")
        lines += _beside(label, note, width, style="context")
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
            told = harmless(value) if key == "url" else one_line(value)
            lines += wrapped(Text.assemble(label, told), width)
    return lines
