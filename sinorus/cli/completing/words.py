"""Words of a command line as a shell has them: taken out of their quotes, and put into quotes.

Nothing is ever run or expanded: what a document calls itself (`$(touch x)`) stays what it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SPECIAL = re.compile(r"[^\w/.,:=@+%^~#\-]", re.ASCII)
_IN_DOUBLE = re.compile(r'(["$`\\])')


class Candidate(NamedTuple):
    """A text that may stand for the word that is typed, and what is said about it.

    A `bare` one says nothing without that.
    """

    value: str
    about: str = ""
    bare: bool = False


class Word(NamedTuple):
    """A word of a command line: its text, what was typed for it, and the quote that is open."""

    text: str
    typed: str
    quote: str = ""


def split_line(line: str) -> list[Word]:
    """The words of the beginning of a bash command line; the last is the one that is typed, which
    may be empty, and whose quote may be open.
    """
    words: list[Word] = []
    at, end = 0, len(line)
    while True:
        while at < end and line[at].isspace():
            at += 1
        word, at = _word(line, at)
        words.append(word)
        if at >= end:
            return words


def _word(line: str, start: int) -> tuple[Word, int]:
    """The word that begins at a place, and where it ends."""
    found: list[str] = []
    quote, at = "", start
    while at < len(line):
        sign = line[at]
        if not quote and sign.isspace():
            break
        if sign == "\\" and quote != "'" and at + 1 < len(line):
            following = line[at + 1]
            keeps = quote == '"' and following not in '"$`\\'
            found.append(sign + following if keeps else following)
            at += 2
            continue
        if sign == quote:
            quote = ""
        elif not quote and sign in "'\"":
            quote = sign
        else:
            found.append(sign)
        at += 1
    return Word("".join(found), line[start:at], quote), at


def quoted(text: str, quote: str = "") -> str:
    """A text as bash reads it back: in the quote that is open, else with backslashes.

    Letters of all scripts stand as they are.
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return _IN_DOUBLE.sub(r"\\\1", text)
    return "".join(
        f"\\{sign}" if _is_special(sign, first=at == 0) else sign for at, sign in enumerate(text)
    )


def _is_special(sign: str, *, first: bool) -> bool:
    if first and sign in "~#":
        return True
    return sign.isascii() and _SPECIAL.match(sign) is not None
