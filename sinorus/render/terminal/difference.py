"""Words that differ, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from sinorus.model import Span
from sinorus.render.edits import BRACKETS, SideName
from sinorus.render.look import Look
from sinorus.render.spans import reflowed_pieces
from sinorus.render.terminal.painter import prose


def changed_words(
    text: str, spans: Iterable[Span], side: SideName, look: Look, style: str = ""
) -> Text:
    """A text as prose with the words that only its side has: coloured, or between brackets."""
    parts = reflowed_pieces(text, spans)
    if not look.colour:
        opening, closing = BRACKETS[side]
        parts = [(f"{opening}{part}{closing}" if hit else part, hit) for part, hit in parts]
    return prose(parts, style, side)
