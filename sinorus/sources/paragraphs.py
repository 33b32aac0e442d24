"""The paragraphs of a text: the unit that is searched, quoted and cited."""

from __future__ import annotations

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.lines import with_line_feeds
from sinorus.sources.formats.oversize import LIMIT, pieces
from sinorus.sources.formats.parting import parts
from sinorus.sources.formats.registry import MARKDOWN, TEXT, Content, Format, Source, reader


def split_paragraphs(body: str, first_line: int, markdown: bool) -> list[Block]:
    """The paragraphs of `body`, which begins on line `first_line` of its file."""
    return read_paragraphs(MARKDOWN if markdown else TEXT, body, first_line).blocks


def read_paragraphs(format_: Format, body: str, first_line: int) -> Content:
    """What the reader of a kind makes of `body`, which begins on line `first_line` of its file.

    A carriage return, a line feed or both end a line, nothing else does. Raises NotInstalled.
    """
    content = reader(format_)(Source(with_line_feeds(body), first_line))
    return content._replace(blocks=seen_blocks(content.blocks))


def seen_blocks(blocks: list[Block]) -> list[Block]:
    """Those that are paragraphs: not what has no visible character; what is too long is several."""
    found: list[Block] = []
    for block in blocks:
        shown = block.text
        if len(shown) > LIMIT:
            by_lines = block.kind in ("code", "table")
            found += parts(block, pieces(shown, by_lines=by_lines))
        elif shown[:1].isalnum() or _is_seen(shown):
            found.append(block)
    return found


def _is_seen(text: str) -> bool:
    for character in text:  # noqa: SIM110 - the first one decides, `any` would take longer
        if character.isprintable() and not character.isspace():
            return True
    return False
