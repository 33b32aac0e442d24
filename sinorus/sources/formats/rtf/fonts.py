"""The encodings of RTF: one of the whole file, and one for each font."""

from __future__ import annotations

import codecs

_CHARSETS = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_SYMBOL = 2
_PAGES = {936: "gb18030", 10000: "mac-roman", 10007: "mac-cyrillic", 65001: "utf-8", 1361: "johab"}
SYMBOL = "symbol"
"""Stands for the encoding of the font Symbol, which is none of Python's."""


class Fonts:
    """The encodings that are known so far."""

    def __init__(self) -> None:
        self.usual = "cp1252"
        self._known: dict[int, str] = {}

    def set_page(self, page: int | None) -> None:
        """Sets the encoding of the file by the number of a code page."""
        self.usual = _page(page) or self.usual

    def charset(self, font: int, number: int | None) -> None:
        """Sets the encoding of a font by the number that Windows has for it."""
        if number == _SYMBOL:
            self._known[font] = SYMBOL
        elif number in _CHARSETS:
            self._known[font] = _CHARSETS[number]

    def font_page(self, font: int, page: int | None) -> None:
        """Sets the encoding of a font by the number of a code page."""
        if found := _page(page):
            self._known[font] = found

    def encoding(self, font: int) -> str:
        """The encoding of text in a font."""
        return self._known.get(font, self.usual)


def _page(number: int | None) -> str:
    name = _PAGES.get(number or 0, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name
