"""Makes text safe to print: what a terminal would obey becomes something to read."""

from __future__ import annotations

import re
from functools import cache

BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
"""What reorders the text around it ("Trojan source"): Unicode's Bidi_Control, and the format
controls behind them, which Unicode gave up and terminals treat as they like."""
# C0, DEL and C1 drive the terminal; U+2028/9 break lines; a lone surrogate cannot be encoded.
_UNSAFE = rf"[\x00-\x1f\x7f-\x9f\u2028\u2029{BIDI}\ud800-\udfff]"
_UNSAFE_BUT_NEWLINE = _UNSAFE.replace(r"\x00-\x1f", r"\x00-\x09\x0b-\x1f")
_compiled = cache(re.compile)


def harmless(text: str) -> str:
    """The text with every control character spelled out: `␛`, `␊`, `⟨U+202E⟩`.

    For ids, paths and addresses, where even a space in place of a newline would be a lie.
    """
    return _without(_UNSAFE, text)


def one_line(text: str) -> str:
    """The text on one line: newlines and tabs are a space, other controls are spelled out."""
    line = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _without(_UNSAFE, line)


def many_lines(text: str) -> str:
    """The text with its own newlines; tabs are a space, other controls are spelled out."""
    return _without(_UNSAFE_BUT_NEWLINE, text.replace("\r\n", "\n").replace("\t", " "))


def _without(unsafe: str, text: str) -> str:
    # Nothing unsafe is printable, and most texts are: they need not wait for a pattern.
    return text if text.isprintable() else _compiled(unsafe).sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
