"""From the bytes of a Word file to blocks."""

from __future__ import annotations

from sinorus.sources.formats.docx.body import Body
from sinorus.sources.formats.docx.chunks import Chunks
from sinorus.sources.formats.docx.notes import Notes
from sinorus.sources.formats.docx.numbering import Numbering
from sinorus.sources.formats.docx.package import Package
from sinorus.sources.formats.docx.properties import fields_of
from sinorus.sources.formats.docx.runs import Pages
from sinorus.sources.formats.docx.styles import Styles
from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.text.dates import parse_date

_BREAK = b"lastRenderedPageBreak"


def read(source: Binary, /) -> Content:
    """The text of a Word file as it is with all changes accepted. Raises Unreadable."""
    return _read(source.raw, 0)


def _read(raw: bytes, depth: int) -> Content:
    package = Package(raw)
    root = package.tree(package.main)
    if root is None:
        raise Unreadable("there is no text of Word in it")
    fields, pages = fields_of(package)
    breaks = package.archive.read(package.main).count(_BREAK)
    styles = Styles(package.sibling("styles", "word/styles.xml"))
    numbering = Numbering(package.sibling("numbering", "word/numbering.xml"))
    notes = Notes(package)
    chunks = Chunks(package, depth, _read)
    # Where Word counted as many pages as it marked, the marks are where its pages began.
    body = Body(styles, numbering, notes, chunks, Pages(pages == breaks + 1 and breaks > 0))
    blocks = body.read(root)
    _add_said(fields, body.said)
    faults = tuple(dict.fromkeys([*package.faults, *body.faults]))
    parts = chunks.embedded()
    if not blocks and not parts:
        faults = (*faults, (0, "it has no text, only pictures or empty pages"))
    return Content(blocks, fields, {}, faults, parts=parts)


def _add_said(fields: dict[str, object], said: dict[str, list[str]]) -> None:
    """Takes the author and the date for known that paragraphs say which are styled so."""
    authors = [one for one in said.get("author", []) if one]
    if authors:  # what can be read says more than whose computer it was
        fields["author"] = authors
    dates = [one for one in said.get("date", []) if parse_date(one) is not None]
    if dates and "date" not in fields:
        fields["date"] = dates[0]
