"""Styled lines to the characters that a terminal reads, escape codes included, by rich.

Lines are already as wide as they should be: rich wraps nothing, cuts nothing, guesses nothing
and reads no environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from sinorus.render.look import Look
from sinorus.render.spans import Piece
from sinorus.render.terminal.layout import MEASURE, wrapped

_NOTE = re.compile(r"\[\^[^\]\s]{1,8}\]")
_RANDOM_ID = re.compile(r"\x1b\]8;id=[^;]*;")


class Painter:
    """Turns styled lines into text in one look; `measure` is the width of its prose in cells."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.measure = max(min(look.width, MEASURE), 1)
        self._page = StringIO()
        self._console = Console(
            file=self._page,
            force_terminal=look.colour,
            force_jupyter=False,
            color_system="standard" if look.colour else None,
            width=max(look.width, 1),
            height=max(look.height, 1),
            theme=Theme(dict(look.colors), inherit=False),
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def paint(self, lines: Iterable[Text]) -> str:
        """The lines as one string, each ended by a newline; no escape code without colour."""
        for line in lines:
            self._console.print(line, no_wrap=True, overflow="ignore", crop=False)
        text = self._page.getvalue()
        self._page.seek(0)
        self._page.truncate()
        # rich numbers its links at random, which makes no two outputs alike; links need no id.
        return _RANDOM_ID.sub("\x1b]8;;", text)

    def linked(self, text: str, style: str, uri: str) -> Text:
        """The text in a style, as a link where the look allows it and there is an address."""
        made = Text(text, style=style)
        if uri and self.look.hyperlinks and self.look.colour:
            made.stylize(Style(link=_printable(uri)))
        return made


def prose(pieces: Iterable[Piece], style: str = "", marked: str = "match") -> Text:
    """Pieces of a paragraph as one text, those highlighted in their style, footnote marks dim."""
    text = Text(style=style)
    for part, hit in pieces:
        text.append(part, marked if hit else None)
    dim_note_marks(text)
    return text


def dim_note_marks(text: Text) -> None:
    """Dims the marks of footnotes that stand in a text."""
    text.highlight_regex(_NOTE, "dim")


def rule(title: str, width: int) -> list[Text]:
    """`── title ─────`, to the width; a title too long for that in lines without a rule."""
    head = f"── {title} "
    if cell_len(head) > width:
        return wrapped(Text(title, style="group"), width)
    return [Text(head + "─" * (width - cell_len(head)), style="group")]


def _printable(uri: str) -> str:
    # An address comes from a document: no byte of it may end the escape sequence it stands in.
    octets = uri.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E else f"%{byte:02X}" for byte in octets)
