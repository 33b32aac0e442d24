"""Makes text and values safe to print: what a terminal would obey becomes something to read.

Widths are counted in terminal cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from unicodedata import combining, east_asian_width

BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
"""What reorders the text around it ("Trojan source"): Unicode's Bidi_Control, and the format
controls behind them, which Unicode gave up and terminals treat as they like."""
# C0, DEL and C1 drive the terminal; U+2028/9 break lines; a lone surrogate cannot be encoded.
UNSAFE = rf"[\x00-\x1f\x7f-\x9f\u2028\u2029{BIDI}\ud800-\udfff]"
_UNSAFE_BUT_NEWLINE = UNSAFE.replace(r"\x00-\x1f", r"\x00-\x09\x0b-\x1f")
_compiled = cache(re.compile)

EXACT_KEYS = frozenset({"id", "document", "path", "url", "left", "right", "asked"})
"""Names by which something is found: a newline in one of them is shown, not smoothed over."""


def harmless(text: str) -> str:
    """The text with every control character written as a symbol: `␛`, `␊`, `⟨U+202E⟩`.

    For ids, paths and addresses, where even a space in place of a newline would be a lie.
    """
    return _without(UNSAFE, text)


def readable_address(url: str) -> str:
    """A harmless address in which letters of other scripts stand as they are: `/wiki/合作`, not
    `/wiki/%E5%90%88%E4%BD%9C`. Browsers take both.
    """
    return harmless(_compiled("(?:%[89A-Fa-f][0-9A-Fa-f])+").sub(_letters, url))


def _letters(match: re.Match[str]) -> str:
    try:
        found = bytes.fromhex(match[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return match[0]
    return found if found.isalpha() else match[0]


def one_line(text: str) -> str:
    """The text on one line: newlines and tabs are a space, other controls become symbols."""
    line = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _without(UNSAFE, line)


def many_lines(text: str) -> str:
    """The text with its own newlines; tabs are a space, other controls become symbols."""
    return _without(_UNSAFE_BUT_NEWLINE, text.replace("\r\n", "\n").replace("\t", " "))


def cell(key: str, value: object, *, lines: bool = False) -> str:
    """The value in words: nothing for None, lists joined by `; `, spans as `12-17`.

    `lines` keeps the newlines of a text.
    """
    clean = harmless if key in EXACT_KEYS else many_lines if lines else one_line
    if isinstance(value, dict):
        return _named(value, clean)
    if isinstance(value, list):
        return "; ".join(cell(key, one, lines=lines) for one in value)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else clean(str(value))


def truncated(text: str, width: int) -> str:
    """The beginning of a line that fits into so many terminal cells; Han and Kana take two."""
    used = 0
    for at, character in enumerate(text):
        used += cell_width(character)
        if used > width:
            return text[:at]
    return text


def cell_width(text: str) -> int:
    """How many terminal cells a line takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _named(value: dict[str, object], clean: Callable[[str], str]) -> str:
    if value.keys() == {"start", "end"}:
        return f"{value['start']}-{value['end']}"
    if "id" in value and "text" in value:  # a neighbouring paragraph: its id finds it again
        return harmless(str(value["id"]))
    return "; ".join(f"{clean(key)}={cell(key, one)}" for key, one in value.items())


def _without(unsafe: str, text: str) -> str:
    # Nothing unsafe is printable, and most texts are: they need not wait for a pattern.
    return text if text.isprintable() else _compiled(unsafe).sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
