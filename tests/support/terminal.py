"""What a terminal shows: texts without colours, their width in cells, characters that it obeys."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\]8;[^;]*;[^\x1b]*\x1b\\")


def bare(text: str) -> str:
    """The text without colours and links."""
    return ESCAPE.sub("", text)


def width(line: str) -> int:
    """Terminal cells of a line."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in line)


def controls(text: str) -> set[str]:
    """The characters of a text that a terminal would obey."""
    return {
        c
        for c in text
        if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\u202e"
    }
