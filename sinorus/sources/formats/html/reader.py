"""From the bytes of a web page to blocks."""

from __future__ import annotations

from copy import deepcopy

from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.html.charset import text_of
from sinorus.sources.formats.html.containers import Page, page_in
from sinorus.sources.formats.html.main import main_text
from sinorus.sources.formats.html.parse import tree_of
from sinorus.sources.formats.html.walk import Piece, Walker
from sinorus.sources.formats.registry import Binary, Content


def read(source: Binary, /) -> Content:
    """The main text of a saved web page, and what it says of itself. Raises Unreadable."""
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
    tree = tree_of(text_of(page.raw, page.charset))
    if tree is None:
        return Content([])
    copied = None if whole else deepcopy(tree)
    pieces = Walker(tree, page.url, frozenset()).walk()
    if copied is not None:
        pieces = main_text(pieces, _extracted(copied))
    return Content(_blocks(pieces))


def _extracted(tree):
    from trafilatura import extract

    return extract(tree, include_comments=False, include_tables=True) or ""


def _blocks(pieces: list[Piece]):
    out = Builder()
    for piece in pieces:
        out.inside = ["quote"] if piece.quoted else []
        out.draft = piece.draft
        out.flush()
    return out.blocks(None)
