"""What a place of a draft leads to: the paragraph to be shown there, the file to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import Range

from sinorus.errors import SinorusError, UnknownIdError
from sinorus.lsp import hover
from sinorus.lsp.drafts import Buffer, Checked

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.cursor import Standing
    from sinorus.library.opening import Opening
    from sinorus.model import Finding

_BEGINNING = 6
"""Paragraphs of a document among which one is looked for that shows what it is about."""


class Told(NamedTuple):
    """What is to be shown, as Markdown, and of what in the draft."""

    text: str
    range: Range | None


def paragraph_at(
    library: Library, buffer: Buffer, offset: int, checked: Checked | None
) -> Told | None:
    """What a key, an id or a quotation of a draft is in the library; None: none stands there.

    `checked` is what was said of the draft last, perhaps before it was changed.
    """
    standing = library.standing_at(buffer.text, offset, buffer.kind)
    if standing is not None:
        span = buffer.lines.range(standing.start, standing.end)
        text = _of_standing(library, standing)
        return Told(text, span) if text else None
    finding, found = _finding_at(library, buffer, offset, checked)
    if finding is None or finding.id is None:
        return None
    return Told(hover.of_paragraphs(library.show(finding.id, update=False), finding), found)


def opening_at(
    library: Library, buffer: Buffer, offset: int, checked: Checked | None
) -> Opening | None:
    """Where the file is of what stands there; None if nothing does."""
    standing = library.standing_at(buffer.text, offset, buffer.kind)
    if standing is not None:
        name = standing.id
    else:
        finding, _ = _finding_at(library, buffer, offset, checked)
        name = finding.id if finding else None
    if name is None:
        return None
    try:
        return library.openings(name, update=False)[0]
    except UnknownIdError:
        return None


def _of_standing(library: Library, standing: Standing) -> str:
    if standing.id is None:
        return ""
    try:
        if "#" in standing.id:
            return hover.of_paragraphs(library.show(standing.id, update=False))
        document = library.keyed()[standing.key]
        last = min(document.paragraphs, _BEGINNING)
        shown = library.show(f"{document.id}#1-{last}", update=False) if last else []
        texts = [one.paragraph for one in shown if one.paragraph.kind != "heading"]
        return hover.of_document(document, standing.key, texts[:1])
    except SinorusError as fault:
        return hover.inert(fault.message)


def _finding_at(
    library: Library, buffer: Buffer, offset: int, checked: Checked | None
) -> tuple[Finding | None, Range | None]:
    """What became of the quotation there, and its range.

    By the last check if its words were there then, else it is looked up by itself.
    """
    if checked is not None:
        for finding, span in checked.still(buffer, offset):
            if finding.kind == "quotation":
                return finding, buffer.lines.range(*span)
        if checked.buffer.version == buffer.version:
            return None, None
    return library.quoted_at(buffer.text, offset, buffer.kind), None
