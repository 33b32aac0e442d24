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
        self._known: dict[tuple[bytes, int, int], int] = {}
        self._name = ctypes.create_string_buffer(128)
        self._at = ctypes.addressof(self._name)

    def style(self, address: int) -> int:
        """The number of the style of the font at an address; 0 is none."""
        if not address:
            return self._number(Style())
        calls.name_of(address, self._at, 128)
        looks = self._name.value, max(calls.flags_of(address), 0), calls.weight_of(address)
        if looks not in self._known:  # by its looks: another font may have its address later
            self._known[looks] = self._number(_style(*looks))
        return self._known[looks]

    def _number(self, style: Style) -> int:
        if style not in self._numbers:
            self._numbers[style] = len(self.styles)
            self.styles.append(style)
        return self._numbers[style]


def _style(written: bytes, flags: int, weight: int) -> Style:
    name = written.decode("utf-8", "replace").rpartition("+")[2]
    low = name.lower()

    def says(names: tuple[str, ...]) -> bool:
        return any(one in low for one in names)

    heavy = weight >= _BOLD or bool(flags & _FORCE_BOLD)
    return Style(
        name,
        bold=says(_BOLD_NAMES) or (heavy and not says(_PLAIN_NAMES)),
        italic=says(_ITALIC_NAMES) or bool(flags & _ITALIC),
        fixed=says(_FIXED_NAMES) or bool(flags & _FIXED),
    )
