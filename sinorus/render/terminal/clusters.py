"""What a reader takes for one character, though it is several: no line is cut inside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import category

_JOINER = "\u200d"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_SKIN = "\U0001f3fb-\U0001f3ff"
_JAMO = "\u1160-\u11ff\ud7b0-\ud7fb"
_MARKS = ("Mn", "Mc", "Me")


def clusters(text: str) -> Iterator[str]:
    """The characters of a text as a reader sees them: each with its accents, flags and families
    of emoji whole.
    """
    if text.isascii():
        yield from text
        return
    start = 0
    for end in range(1, len(text)):
        if not _together(text, start, end):
            yield text[start:end]
            start = end
    if text:
        yield text[start:]


def _together(text: str, start: int, at: int) -> bool:
    """Whether the character at a place goes with those before it, from `start` on."""
    sign = text[at]
    if sign < "\u0300":
        return False
    if sign == _JOINER or text[at - 1] == _JOINER or category(sign) in _MARKS:
        return True
    if _flag().fullmatch(text, start, at + 1):
        return True
    return _follows().match(sign) is not None


@cache
def _flag() -> re.Pattern[str]:
    return re.compile(_FLAG + _FLAG)


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(f"[{_SKIN}{_JAMO}]")
