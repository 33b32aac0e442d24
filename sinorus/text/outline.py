"""The outline of a text: one ASCII letter for each of its characters, by what it does in a token.

A pattern over outlines is a few short classes. The same pattern over the characters themselves has
some twenty classes of thousands of characters, which takes 6 ms to compile at every start.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from sinorus.text import scripts

_NAMED = {
    "L": scripts.LATIN,
    "C": scripts.CYRILLIC,
    "I": scripts.IDEOGRAPH,
    "N": scripts.NUMBER,
    "m": scripts.MARK,
    "j": scripts.INVISIBLE,
    "a": scripts.APOSTROPHE,
    "v": scripts.VOICING,
}
"""The letter of each class of `scripts`. `A` and `V` are those of `a` and `v` that Unicode calls
letters: they are words of another script where they stand alone.

All else is `D` for a digit, `O` for another letter, a space for any space, or `-`.
"""
_ITSELF = "[]()^\"'."
"""What stands for itself: the marks of footnotes and links, a dot in an acronym."""

_RANGE = re.compile("(.)-(.)|(.)", re.DOTALL)


def _ranges() -> list[tuple[int, int, str]]:
    """First and last character of each range and its letter, in order."""
    return sorted(
        (ord(first or one), ord(last or one), letter)
        for letter, characters in _NAMED.items()
        for first, last, one in _RANGE.findall(characters)
    )


class _Letters(dict[int, int]):
    """The code of the letter of each character by its code, worked out when it is first met."""

    def __init__(self) -> None:
        super().__init__((ord(sign), ord(sign)) for sign in _ITSELF)
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


def outline(text: str) -> str:
    """A letter of the classes above for each character of `text`."""
    return text.translate(_letters)
