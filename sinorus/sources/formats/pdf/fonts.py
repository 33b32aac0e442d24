"""Fonts: how they look, and where in the box of a character its baseline is."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

from sinorus.sources.formats.pdf import calls
from sinorus.sources.formats.pdf.runs import Style

_BOLD, _FIXED, _ITALIC, _FORCE_BOLD = 600, 1, 64, 1 << 18
"""A weight from which on a font is bold, and bits of the flags of a font."""
_BOLD_NAMES = ("bold", "black", "heavy", "-bd", "cmbx", "demi", "-medi")
_PLAIN_NAMES = ("roman", "regu", "book", "light")
_ITALIC_NAMES = ("italic", "oblique", "-it", "cmti", "cmsl")
_FIXED_NAMES = ("mono", "courier", "cmtt", "typewriter")
"""Parts of names of fonts, which are believed before their descriptors."""
_ROOM = 0.1
"""Of a size, between ascent and descent: fonts that say less say nothing."""


class Font(NamedTuple):
    """The number of a style, and which part of the box of a character is below its baseline.

    `below` is negative where the font does not say, and the box is that of the ink.
    """

    style: int
    below: float


class Fonts:
    """The fonts of a document; `styles` are all that were met."""

    def __init__(self) -> None:
        self.styles: list[Style] = []
        self._numbers: dict[Style, int] = {}

    def font(self, address: int) -> Font:
        """The font at an address, which is good for one page; 0 is no font."""
        if not address:
            return Font(self._number(Style()), -1.0)
        ascent, descent = ctypes.c_float(), ctypes.c_float()
        calls.ascent_of(address, 1.0, ctypes.addressof(ascent))
        calls.descent_of(address, 1.0, ctypes.addressof(descent))
        room = ascent.value - descent.value
        below = max(-descent.value / room, 0.0) if room > _ROOM else -1.0
        return Font(self._number(_style(address)), below)

    def _number(self, style: Style) -> int:
        if style not in self._numbers:
            self._numbers[style] = len(self.styles)
            self.styles.append(style)
        return self._numbers[style]


def _style(address: int) -> Style:
    buffer = ctypes.create_string_buffer(128)
    calls.name_of(address, ctypes.addressof(buffer), 128)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    low = name.lower()

    def says(names: tuple[str, ...]) -> bool:
        return any(one in low for one in names)

    flags = max(calls.flags_of(address), 0)
    heavy = calls.weight_of(address) >= _BOLD or bool(flags & _FORCE_BOLD)
    return Style(
        name,
        bold=says(_BOLD_NAMES) or (heavy and not says(_PLAIN_NAMES)),
        italic=says(_ITALIC_NAMES) or bool(flags & _ITALIC),
        fixed=says(_FIXED_NAMES) or bool(flags & _FIXED),
    )
