"""From the bytes of a web page to blocks."""

from __future__ import annotations

import logging
from copy import deepcopy

import lxml.html

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.html.bylines import names_in
from sinorus.sources.formats.html.charset import text_of
from sinorus.sources.formats.html.columns import one_after_the_other
from sinorus.sources.formats.html.containers import Page, page_in
from sinorus.sources.formats.html.main import main_text
from sinorus.sources.formats.html.metadata import Said, base_of, fields_of, host_of
from sinorus.sources.formats.html.parse import tree_of
from sinorus.sources.formats.html.seen import CONTROLS
from sinorus.sources.formats.html.walk import Walker
from sinorus.sources.formats.html.writer import Piece
from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.sources.language import detect_language

_SAMPLE = 20_000  # characters of a text that its language is told by
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
    pieces = Walker(tree, base_of(tree, url), CONTROLS).walk()
    lines = [piece.draft.text for piece in pieces]
    fields = fields_of(said, lines, detect_language("\n".join(lines)[:_SAMPLE]))
    if whole:
        return Content(_blocks(pieces), fields)
    pieces = main_text(pieces, _extracted(copied))
    _complete(fields, said, copied)
    return Content(_blocks(pieces), fields)


def _is_manageable(tree: lxml.html.HtmlElement, text: str) -> bool:
    if len(text) > _LARGEST:
        return False
    return all(at < _MOST_ELEMENTS for at, _ in enumerate(tree.iter()))


def _extracted(tree: lxml.html.HtmlElement | None) -> str:
    """What trafilatura takes for the text of a page."""
    if tree is None:
        return ""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return extract(deepcopy(tree), include_comments=False, include_tables=True) or ""


def _complete(fields: dict[str, object], said: Said, tree: lxml.html.HtmlElement | None) -> None:
    """Adds what only its shape tells of a page: author and date; and the name of its host."""
    if tree is not None and "date" not in fields:
        from htmldate import find_date

        address = fields.get("url")
        url = address if isinstance(address, str) else None
        date = find_date(tree, original_date=True, extensive_search=True, url=url) or said.date()
        if date:
            fields["date"] = date
    if tree is not None and "author" not in fields:
        from trafilatura.metadata import extract_author

        names = names_in(extract_author(tree) or "")
        if names and names != [fields.get("publisher")]:
            fields["author"] = names
    if "publisher" not in fields and (host := host_of(fields.get("url"))):
        fields["publisher"] = host


def _blocks(pieces: list[Piece]) -> list[Block]:
    out = Builder()
    for piece in pieces:
        out.inside = ["quote"] if piece.quoted else []
        out.draft = piece.draft
        out.flush()
    return out.blocks(None)
