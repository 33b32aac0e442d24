"""From the bytes of a web page to blocks."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import deepcopy

import lxml.html

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.html.bylines import names_in
from sinorus.sources.formats.html.charset import text_of
from sinorus.sources.formats.html.columns import one_after_the_other
from sinorus.sources.formats.html.containers import Page, page_in
from sinorus.sources.formats.html.main import main_text
from sinorus.sources.formats.html.metadata import Said, base_of, date_in, fields_of, host_of
from sinorus.sources.formats.html.parse import is_deeper, tree_of
from sinorus.sources.formats.html.seen import CONTROLS
from sinorus.sources.formats.html.walk import Walker
from sinorus.sources.formats.html.writer import Piece
from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.sources.language import detect_language

_SAYING = ("text", "heading", "quote", "footnote")
"""Kinds of blocks in which a page says who wrote it, and when: tables have other dates."""
_READ = ("en", "ru", "zh")
_SAMPLE = 20_000  # characters of a text that its language is told by
_DEEPEST = 120  # tags within tags
_MOST_ELEMENTS = 50_000
_LARGEST = 4_000_000
"""Elements and characters of a page that an extractor is asked about: of more it takes too long."""


def read(source: Binary, /) -> Content:
    """The main text of a saved web page, and what it says of itself. Raises Unreadable."""
    if not source.raw.strip():
        raise Unreadable("the file is empty")
    return _read(page_in(source), whole=False)


def read_html(raw: bytes, charset: str | None, whole: bool) -> Content:
    """The blocks and fields of a page.

    `charset` is the encoding that who sent the page said it has, where that is known; what the page
    itself says, and what its bytes show, may overrule it. With `whole` all of it that is visible is
    kept; else navigation, comments of readers and the like are left out. No blocks where there is
    nothing to read. Raises Unreadable for what is no text.
    """
    return _read(Page(raw, charset), whole)


def _read(page: Page, whole: bool) -> Content:
    text = text_of(page.raw, page.charset)
    tree = tree_of(text)
    if tree is None:
        return Content([])
    said = Said(tree, text, page.url)
    one_after_the_other(tree)
    copied = deepcopy(tree) if not whole and _is_manageable(tree, text) else None
    url = said.url()
    base = base_of(tree, url)
    pieces = Walker(tree, base, CONTROLS).walk()
    if not pieces:  # scripts would have shown what styles hide at first
        pieces = Walker(tree, base, CONTROLS, styled=False).walk()
    lines = [
        piece.draft.text
        for piece in pieces
        if 2 * piece.linked < piece.draft.size and piece.draft.kind in _SAYING
    ]
    detected = detect_language("\n".join(lines)[:_SAMPLE])
    fields = fields_of(said, lines, detected)
    if whole:
        return Content(_blocks(pieces), fields)
    pieces = main_text(pieces, _extracted(copied))
    if copied is not None:
        _complete(fields, copied)
        date = fields.get("date") or said.date() or _date_of(copied, lines, detected)
        fields |= {"date": date} if date else {}
    return Content(_blocks(pieces), fields)


def _is_manageable(tree: lxml.html.HtmlElement, text: str) -> bool:
    """Whether an extractor can be asked about a page without taking too long."""
    if len(text) > _LARGEST or is_deeper(tree, _DEEPEST):
        return False
    return all(at < _MOST_ELEMENTS for at, _ in enumerate(tree.iter()))


def _extracted(tree: lxml.html.HtmlElement | None) -> str:
    """What trafilatura takes for the text of a page."""
    if tree is None:
        return ""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return extract(deepcopy(tree), include_comments=False, include_tables=True) or ""


def _complete(fields: dict[str, object], tree: lxml.html.HtmlElement) -> None:
    """Adds what only its shape tells of a page: author and date; and the name of its host."""
    known = str(fields.get("date", ""))
    if len(known) < len("2023-03-21"):
        from htmldate import find_date

        address = fields.get("url")
        url = address if isinstance(address, str) else None
        date = find_date(tree, original_date=True, extensive_search=False, url=url)
        if date and date.startswith(known):
            fields["date"] = date
    if "author" not in fields:
        from trafilatura.metadata import extract_author

        names = names_in(extract_author(tree) or "")
        if names and names != [fields.get("publisher")]:
            fields["author"] = names
    if "publisher" not in fields and (host := host_of(fields.get("url"))):
        fields["publisher"] = host


def _date_of(tree: lxml.html.HtmlElement, lines: Sequence[str], language: str | None) -> str | None:
    """The date of a page that does not say which of the dates on it is its own.

    Of the languages that are read here only what stands at the top counts, as what comes later may
    be any date that the text speaks of. Of others htmldate looks everywhere, which takes seconds.
    """
    if language in _READ:
        return date_in(lines, english=True)
    from htmldate import find_date

    found: str | None = find_date(tree, original_date=True, extensive_search=True)
    return found


def _blocks(pieces: list[Piece]) -> list[Block]:
    out = Builder()
    for piece in pieces:
        out.inside = ["quote"] if piece.quoted else []
        out.draft = piece.draft
        out.flush()
    return out.blocks(None)
