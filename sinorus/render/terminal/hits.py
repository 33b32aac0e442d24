"""Paragraphs on a terminal: who said it, where it stands, and the whole of it in lines that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from sinorus.model import Document, Grouping, Hit, Paragraph, SearchResult, Shown
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.spans import reflowed_pieces
from sinorus.render.terminal.layout import hanging, wrapped
from sinorus.render.terminal.painter import Painter, prose, rule
from sinorus.render.visible import harmless, one_line


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """A block for every hit, an empty line after each; headings over groups."""
    painter = Painter(look)
    if look.batch:
        found = counted(result.total, "paragraph")
        yield painter.paint([*rule(f"{one_line(result.query)}: {found}", painter.measure), Text()])
    for heading, hits in phrases.grouped(result.hits, look.group_by):
        if heading:
            yield painter.paint([*rule(heading, painter.measure), Text()])
        for hit in hits:
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
    text = prose(reflowed_pieces(hit.paragraph.text, hit.matches))
    if not hit.before and not hit.after:
        return lines + wrapped(text, width)
    for paragraph in hit.before:
        lines += _numbered(paragraph, prose(reflowed_pieces(paragraph.text, ())), "context", width)
    lines += _numbered(hit.paragraph, text, "", width)
    for paragraph in hit.after:
        lines += _numbered(paragraph, prose(reflowed_pieces(paragraph.text, ())), "context", width)
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
        for one in members:
            lines = [Text()]
            if one.paragraph.heading != trail:
                lines += breadcrumb_lines(document, one.paragraph, painter.measure)
                trail = one.paragraph.heading
            if note := phrases.check_note(one):
                lines += wrapped(Text(note, style="missing"), painter.measure)
            text = prose(reflowed_pieces(one.paragraph.text, one.matches))
            style = "context" if one.context else ""
            lines += _numbered(one.paragraph, text, style, painter.measure, marks=marks)
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
    """The id to quote it by, and `path:line`, linked to the file."""
    uri = painter.look.uri(document.path, paragraph.line)
    path = f"{harmless(painter.look.paths(document.path))}:{paragraph.line}"
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
    paragraph: Paragraph, text: Text, style: str, width: int, *, marks: bool = True
) -> list[Text]:
    # The arrow and not only the colour tells what was found from what stands around it.
    mark = ("  " if style else "▸ ") if marks else ""
    label = Text(f"{mark}#{paragraph.n}  ", style=style or "number")
    text.style = style
    return hanging(label, text, width)


def _facts(document: Document, width: int) -> list[Text]:
    facts = [("url", document.url), ("tags", "; ".join(document.tags))]
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
