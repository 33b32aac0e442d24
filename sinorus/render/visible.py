"""Makes text safe to print: what a terminal would obey becomes something to read."""

from __future__ import annotations

import re

# C0, DEL and C1 drive the terminal; U+2028/9 break lines; the bidi controls reorder what is
# read ("Trojan source"); a lone surrogate cannot be encoded.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSAFE_BUT_NEWLINE = re.compile(_UNSAFE.pattern.replace(r"\x00-\x1f", r"\x00-\x09\x0b-\x1f"))
_NEWLINE = re.compile(r"\r?\n|\t")


def harmless(text: str) -> str:
    """The text with every control character spelled out: `␛`, `␊`, `⟨U+202E⟩`.

    For ids, paths and addresses, where even a space in place of a newline would be a lie.
    """
    return _UNSAFE.sub(_spelled, text)


def one_line(text: str) -> str:
    """The text on one line: newlines and tabs are a space, other controls are spelled out."""
    return _UNSAFE.sub(_spelled, _NEWLINE.sub(" ", text))


def many_lines(text: str) -> str:
    """The text with its own newlines; tabs are a space, other controls are spelled out."""
    return _UNSAFE_BUT_NEWLINE.sub(_spelled, text.replace("\r\n", "\n").replace("\t", " "))


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
