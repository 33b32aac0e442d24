"""The tokens of RTF: groups, control words, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"([{}])"
    rb"|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\(\r\n|[^a-zA-Z])"
    rb"|([^\\{}\r\n]+)"
    rb"|[\r\n]+|\\"
)


class Token(NamedTuple):
    """A token: `word` is that of a control, `{`, `}` or empty for text, which is `raw`.

    `number` is None where a control has none.
    """

    word: str
    number: int | None
    raw: bytes


def tokens(raw: bytes) -> Iterator[Token]:
    """The tokens of a file, in time proportional to it; the bytes of `\\bin` are left out."""
    at, end = 0, len(raw)
    while at < end:
        found = _TOKEN.match(raw, at)
        if found is None:  # a NUL or the like
            at += 1
            continue
        at = found.end()
        group, word, number, code, sign, text = found.groups()
        if text is not None:
            yield Token("", None, text)
        elif group is not None:
            yield Token(group.decode(), None, b"")
        elif word is not None:
            value = int(number) if number is not None else None
            if word == b"bin" and value is not None and value > 0:
                at = min(end, at + value)
            else:
                yield Token(word.decode("ascii"), value, b"")
        elif code is not None:
            yield Token("'", None, bytes((int(code, 16),)))
        elif sign is not None:
            yield Token(
                "\\par" if sign[:1] in b"\r\n" else "\\" + sign.decode("latin-1"), None, b""
            )
