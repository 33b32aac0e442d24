"""From the bytes of a web page to blocks."""

from __future__ import annotations

from sinorus.sources.formats.registry import Binary, Content


def read(source: Binary, /) -> Content:
    """The main text of a saved web page, and what it says of itself. Raises Unreadable."""
    return read_html(source.raw, None, whole=False)


def read_html(raw: bytes, charset: str | None, whole: bool) -> Content:
    """The blocks and fields of a page.

    `charset` is the encoding that who sent the page said it has, where that is known; what the page
    itself says, and what its bytes show, may overrule it. With `whole` all of it that is visible is
    kept; else navigation, comments of readers and the like are left out. No blocks where there is
    nothing to read. Raises Unreadable for what is no text.
    """
    raise NotImplementedError
