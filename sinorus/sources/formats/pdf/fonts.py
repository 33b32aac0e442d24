"""Fonts: how they look, by their names and descriptors."""

from __future__ import annotations

import ctypes

from sinorus.sources.formats.pdf import calls
from sinorus.sources.formats.pdf.runs import Style

_BOLD, _FIXED, _ITALIC, _FORCE_BOLD = 600, 1, 64, 1 << 18
"""A weight from which on a font is bold, and bits of the flags of a font."""
_BOLD_NAMES = ("bold", "black", "heavy", "-bd", "cmbx", "demi", "-medi")
_PLAIN_NAMES = ("roman", "regu", "book", "light")
_ITALIC_NAMES = ("italic", "oblique", "-it", "cmti", "cmsl")
_FIXED_NAMES = ("mono", "courier", "cmtt", "typewriter")
"""Parts of names of fonts, which are believed before their descriptors."""


class Fonts:
    """The fonts of a document; `styles` are all that were met."""

    def __init__(self) -> None:
        self.styles: list[Style] = []
        self._numbers: dict[Style, int] = {}

    def style(self, address: int) -> int:
        """The number of the style of the font at an address; 0 is none."""
        return self._number(_style(address) if address else Style())

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
