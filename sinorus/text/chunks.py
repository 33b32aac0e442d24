"""Texts to chunks that are tokenised one by one, for indexing: a long text has few distinct ones.

A chunk ends where no token can go on: at white space, at punctuation other than the full stop and
the apostrophe, and beside every ideograph. So the tokens of a text are those of its chunks, one
after the other, and each distinct chunk needs to be tokenised once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from sinorus.text import scripts
from sinorus.text.stems import stemmer
from sinorus.text.tokens import tokenize

GAP = b"\0"
"""The chunk that ends each text."""

_UNSEEN = re.compile(r"\[\^[^\]\s]{1,32}\]|\]\((?:[^()\s]|\([^()\s]*\))*(?:\)|(?=\s+[\"']))")
"""What `tokenize` passes over although it has letters: marks of footnotes, targets of links."""
_FOOTNOTE = re.compile(rb"\[\^[!-\\^-~]{1,32}\]")
"""The commonest of them, in UTF-8."""
_KEPT = b".'0123456789abcdefghijklmnopqrstuvwxyz\0"
_TABLE = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if byte > 127 or byte in _KEPT else 32
    for byte in range(256)
)
_FULL_STOP, _SPACE, _DROPPED = ord("."), ord(" "), 1
_GENERAL = (0xE2, 0x80)
"""The first two bytes in UTF-8 of the commonest punctuation beyond ASCII."""
_DIVIDES = np.zeros(256, bool)
"""Third bytes of dashes, quotation marks and dots; U+2018 to U+201B may be apostrophes."""
_DIVIDES[0x90:0x98] = _DIVIDES[0x9A] = _DIVIDES[0x9C:0xA8] = True
_IDEOGRAPHS_FROM = 0xE3
"""The least first byte of a character from U+3000 on."""
_IDEOGRAPHS = re.compile(f"[{scripts.IDEOGRAPH}]{{2,}}(?![{scripts.VOICING}])")


def normalised(texts: Sequence[str]) -> bytes:
    """The chunks of `texts` in UTF-8, with `GAP` after each text and a single space around each.

    ASCII letters are in lower case; `read_chunk` folds the others.
    """
    joined = "\n\0\n".join(["", *texts, ""])[2:]
    if joined.count("\0") > len(texts):  # a NUL is in no token
        return normalised([text.replace("\0", " ") for text in texts])
    raw = joined.encode("utf-8", "surrogatepass")
    if b"[^" in raw:
        raw = _FOOTNOTE.sub(b" ", raw)
    if b"[^" in raw or b"](" in raw:
        raw = _UNSEEN.sub(" ", joined).encode("utf-8", "surrogatepass")
    if not joined.isascii() and (np.frombuffer(raw, np.uint8) >= _IDEOGRAPHS_FROM).any():
        raw = _spaced(raw)
    return _divided(np.frombuffer(bytearray(raw.translate(_TABLE)), np.uint8))


def _divided(content: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """`content` with spaces for the punctuation that divides, and one for each run of them."""
    begins = np.flatnonzero((content[:-2] == _GENERAL[0]) & (content[1:-1] == _GENERAL[1]))
    begins = begins[_DIVIDES[content[begins + 2]]]
    for place in range(3):
        content[begins + place] = _SPACE
    stops = (content[:-1] == _FULL_STOP) & (content[1:] == _SPACE)
    content[:-1] -= stops.view(np.uint8) * np.uint8(_FULL_STOP - _SPACE)
    spaces = content == _SPACE
    again = spaces[1:] & spaces[:-1]
    content[1:] -= again.view(np.uint8) * np.uint8(_SPACE - _DROPPED)
    return content.tobytes().translate(None, bytes([_DROPPED]))


def _spaced(raw: bytes) -> bytes:
    """The text with ideographs apart, so that each is a chunk and not every clause."""
    text = raw.decode("utf-8", "surrogatepass")
    spaced = _IDEOGRAPHS.sub(lambda run: f" {' '.join(run.group())} ", text)
    return spaced.encode("utf-8", "surrogatepass")


def read_chunk(chunk: bytes) -> list[tuple[str, str]]:
    """The form and the stem of each token of a chunk, as `tokenize` reads it."""
    if chunk.isalpha():  # ASCII letters only, which are folded already
        form = chunk.decode()
        return [(form, stemmer(cyrillic=False)(form))]
    tokens = tokenize(chunk.decode("utf-8", "surrogatepass"))
    return list(zip(tokens.forms, tokens.stems, strict=True))
