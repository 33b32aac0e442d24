"""What each character does in a token: classes as parts of a pattern, and the outline of a text.

The outline has one ASCII letter for each character. A pattern over outlines is a few short classes;
over the characters themselves it would have some twenty classes of thousands of characters, which
take 6 ms to compile at every start.

Classes are written as escapes: an editor that normalises text would silently change some of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

LATIN = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u02e0-\u02e4\u1d00-\u1dbf"
    "\u1e00-\u1eff\u2071\u207f\u2090-\u209c\u2160-\u2188\u2c60-\u2c7f\ua722-\ua7bf\ua7c2-\ua7ff"
    "\uab30-\uab65\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a5"
)
"""With raised, lowered and bold letters (`20ᵗʰ`, `𝐔𝐒`), which are letters like any other."""
CYRILLIC = "\u0400-\u0481\u048a-\u052f\u1c80-\u1c8a\ua640-\ua66e\ua680-\ua69d"
IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"  # Han
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # Kana
)
SUPERSCRIPT = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
CIRCLED = "\u2460-\u2487\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
"""Numbers that are also the signs of footnotes."""
_FRACTION = "\u00bc-\u00be\u2080-\u2089\u2150-\u215f\u2189\u2488-\u249b\u3248-\u324f"
NUMBER = SUPERSCRIPT + CIRCLED + _FRACTION
"""Numbers of one character (a half, a circled one): each is a token of its own."""

MARK = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f"
"""Combining accents, also those of Church Slavonic and the halves over two letters (`ia︠`)."""
VOICING = "\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Marks that may follow an ideograph or kana and belong to its token."""
SOFT = "\u00ad\u00ac"
"""Soft hyphen, and the sign that stands for it in many a scanned text."""
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
INVISIBLE = SOFT + _ZERO_WIDTH
"""With the zero-width space and joiners: dropped from words."""
HYPHEN = "-\u2010\u2011\ufe63\uff0d"
"""What joins two words into one; dashes do not."""
APOSTROPHE = (
    "'\u2019\u02bc\u02bb\u2018\uff07\u00b4\u201b\u2032\u02b9"
    "\u02ba\u2033\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u02ee"
)
"""What stands inside a word and is no letter of it, as in romanised Russian, Arabic and Chinese."""
OPENING, BETWEEN, END = "\\[\uff3b\u3014", ",\u3001\uff0c", "\\]\uff3d\u3015"
"""Around and between the numbers of footnotes, as in `[1, 2]`; as parts of a pattern."""
DOT = ".\uff0e"
CLOSING = (
    ')"\u201c\u201d\u00bb\u203a\u300d\u300f\u300b\u3009\u3011\uff09\uff02'
    "!?;:\u2026\u3002\uff01\uff1f\uff1b\uff1a"
)
"""Marks and stops after which the sign of a footnote may stand."""

_NAMED = {
    "L": LATIN,
    "C": CYRILLIC,
    "I": IDEOGRAPH,
    "N": _FRACTION,
    "u": SUPERSCRIPT,
    "c": CIRCLED,
    "m": MARK,
    "s": SOFT,
    "j": _ZERO_WIDTH,
    "h": HYPHEN,
    "a": APOSTROPHE,
    "v": VOICING,
    "[": OPENING.lstrip("\\"),
    ",": BETWEEN,
    "]": END.lstrip("\\"),
    "k": CLOSING,
}
"""The letter of each class; no character is in two. `A` and `V` are those of `a` and `v`
that Unicode calls letters: they are words of another script where they stand alone.

All else is `D` for a digit, `O` for another letter, a space for any space, or `-`.
"""
_ITSELF = {"'": "'", ".": ".", "\uff0e": ".", "\n": "\n"}
"""What stands for itself: an apostrophe, a dot in an acronym, a line break."""

_RANGE = re.compile("(.)-(.)|(.)", re.DOTALL)


def _ranges() -> list[tuple[int, int, str]]:
    """The first and last code point of each range and its letter, sorted."""
    return sorted(
        (ord(first or one), ord(last or one), letter)
        for letter, characters in _NAMED.items()
        for first, last, one in _RANGE.findall(characters)
    )


class _Letters(dict[int, int]):
    """The letter for each character, both by code point; found when a character is first met."""

    def __init__(self) -> None:
        super().__init__((ord(sign), ord(letter)) for sign, letter in _ITSELF.items())
        self._ranges = _ranges()
        self._starts = [first for first, _, _ in self._ranges]

    def __missing__(self, code: int) -> int:
        first, last, letter = self._ranges[bisect_right(self._starts, code) - 1]
        character = chr(code)
        if not first <= code <= last:
            letter = _by_category(character)
        elif letter in "av" and character.isalnum():
            letter = letter.upper()
        self[code] = found = ord(letter)
        return found


def _by_category(character: str) -> str:
    if character.isdecimal():
        return "D"
    if character.isalnum():
        return "O"
    return " " if character.isspace() else "-"


_letters = _Letters()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that few searches need, compiled when one does."""
    return re.compile(pattern)


def outline(text: str) -> str:
    """The outline of `text`: as many letters as it has characters."""
    return text.translate(_letters)
