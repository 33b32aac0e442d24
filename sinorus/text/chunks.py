"""Texts to chunks that are tokenised one by one, for indexing: a long text has few distinct ones.

A chunk ends where no token can go on: at white space, at punctuation other than the full stop, the
apostrophe and a hyphen between letters, and beside every ideograph, which has its sign before it
(see `text.han`); a word that is cut at the end of a line is one chunk. So the tokens of a text are
those of its chunks, one after the other, and each distinct chunk needs to be tokenised once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sinorus.text import han, scripts
from sinorus.text.stems import stemmer
from sinorus.text.tokens import MARKED, tokenize

GAP = b"\0"
"""The chunk that ends each text."""

_MARKS = re.compile(
    f"[{scripts.SUPERSCRIPT}]+|[{scripts.CIRCLED}]+"
    rf"|[{scripts.OPENING}]\d{{1,3}}(?:[{scripts.BETWEEN}{scripts.HYPHEN[1:]}-][^\S\n]?\d{{1,3}})*"
    f"[{scripts.END}]"
)
"""What may be the sign of a footnote, which `tokenize` passes over: see `_mark`."""
_MARKED = re.compile(f"[{MARKED}]")
_SIGNS = (
    *(b"\xc2\xb2", b"\xc2\xb3", b"\xc2\xb9", b"\xe2\x81", b"\xe2\x91", b"\xe2\x92"),
    *(b"\xe2\x93", b"\xe2\x9d", b"\xe2\x9e", b"\xe3\x89", b"\xe3\x8a"),
    *("［".encode(), "〔".encode()),
)
"""One of these is in the UTF-8 of every sign of a footnote beyond ASCII."""
_BRACKET = re.compile(rb"\[[0-9\x80-\xff]")
_BROKEN = [
    (sign, re.compile(rf"{sign}[^\S\n]*\n[^\S\n]*(?=(\S))")) for sign in ("-", *scripts.SOFT)
]
"""The ends of lines at which a word may be cut, by the sign that says so."""
_JOINING = np.zeros(256, bool)
"""Bytes between which a hyphen may join two words: letters, and all beyond ASCII."""
_JOINING[97:123] = _JOINING[128:] = True
_KEPT = b"-.'0123456789abcdefghijklmnopqrstuvwxyz\0"
_SIGNS_OF_HAN = (han.INSIDE + han.BEGIN).encode()


def _table(kept: bytes) -> bytes:
    return bytes(
        byte + 32 if 65 <= byte <= 90 else byte if byte > 127 or byte in kept else 32
        for byte in range(256)
    )


_TABLE, _HAN_TABLE = _table(_KEPT), _table(_KEPT + _SIGNS_OF_HAN)
_FULL_STOP, _HYPHEN, _SPACE, _DROPPED = ord("."), ord("-"), ord(" "), 1
_GENERAL = (0xE2, 0x80)
"""The first two bytes in UTF-8 of the commonest punctuation beyond ASCII."""
_DIVIDES = np.zeros(256, bool)
"""Third bytes of dashes, quotation marks and dots; U+2018 to U+201B may be apostrophes."""
_DIVIDES[0x90:0x98] = _DIVIDES[0x9A] = _DIVIDES[0x9C:0xA8] = True
_IDEOGRAPHS_FROM = 0xE3
"""The least first byte of a character from U+3000 on."""


def normalised(texts: Sequence[str], *, signs: bool = True) -> bytes:
    """The chunks of `texts` in UTF-8, with `GAP` after each text and a single space around each.

    ASCII letters are in lower case; `read_chunk` folds the others. Without `signs`, Han characters
    have no sign that says whether they go on with a word.
    """
    joined = "\n\0\n".join(["", *texts, ""])[2:]
    if joined.count("\0") > len(texts):  # a NUL is in no token
        return normalised([text.replace("\0", "\1") for text in texts], signs=signs)
    raw = joined.encode("utf-8", "surrogatepass")
    if _BRACKET.search(raw) or (not joined.isascii() and any(sign in raw for sign in _SIGNS)):
        joined = _MARKS.sub(_mark, joined)
    if not joined.isascii():
        for sign in scripts.HYPHEN[1:]:
            joined = joined.replace(sign, "-")
    for sign, broken in _BROKEN:
        if sign in joined:
            joined = broken.sub(_whole, joined)
    raw, table = joined.encode("utf-8", "surrogatepass"), _TABLE
    if not joined.isascii() and (np.frombuffer(raw, np.uint8) >= _IDEOGRAPHS_FROM).any():
        raw, table = han.marked(joined, words=signs).encode("utf-8", "surrogatepass"), _HAN_TABLE
    return _divided(np.frombuffer(bytearray(raw.translate(table)), np.uint8))


def without_signs(content: bytes) -> bytes:
    """What `normalised` gave without the signs that Han characters have."""
    return content.translate(None, _SIGNS_OF_HAN)


def _mark(found: re.Match[str]) -> str:
    """The sign of a footnote as a sign that divides; anything else as it is.

    A sign right after a letter is in the chunk of its word, where `tokenize` sees it.
    """
    sign, start = found.group(), found.start()
    before = found.string[start - 1] if start else " "
    kind = scripts.outline(sign[0])
    if kind == "[":
        is_mark = not before.isspace()
    elif kind == "c":
        is_mark = scripts.outline(before) in "IvV"
    else:
        is_mark = _MARKED.match(scripts.outline(before)) is not None
        is_mark &= scripts.outline(before) not in "LCmjs"
    return "\1" if is_mark else sign


def _whole(found: re.Match[str]) -> str:
    """A word that is cut at the end of a line, with a hyphen; anything else as it is."""
    if not found[1].islower():
        return found[0]
    return "-" if found[0].startswith("-") else found[0][0] + "-"


def _divided(content: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """`content` with spaces for the punctuation that divides, and one for each run of them."""
    begins = np.flatnonzero((content[:-2] == _GENERAL[0]) & (content[1:-1] == _GENERAL[1]))
    begins = begins[_DIVIDES[content[begins + 2]]]
    for place in range(3):
        content[begins + place] = _SPACE
    hyphens = np.flatnonzero(content == _HYPHEN)
    joining = _JOINING[content[hyphens - 1]] & _JOINING[content[hyphens + 1]]
    content[hyphens[~joining]] = _SPACE
    stops = (content[:-1] == _FULL_STOP) & (content[1:] == _SPACE)
    content[:-1] -= stops.view(np.uint8) * np.uint8(_FULL_STOP - _SPACE)
    spaces = content == _SPACE
    again = spaces[1:] & spaces[:-1]
    content[1:] -= again.view(np.uint8) * np.uint8(_SPACE - _DROPPED)
    return content.tobytes().translate(None, bytes([_DROPPED]))


class ChunkWords(NamedTuple):
    """The form and the stem of each token of a chunk, and its joins as `Tokens` has them.

    `sign` is that of a Han character: `han.INSIDE`, `han.BEGIN` or none.
    """

    pairs: list[tuple[str, str]]
    joins: Sequence[tuple[int, str, str]] = ()
    sign: str = ""


def read_chunk(chunk: bytes) -> ChunkWords:
    """The words of a chunk, as `tokenize` reads it."""
    if chunk.isalpha():  # ASCII letters only, which are folded already
        form = chunk.decode()
        return ChunkWords([(form, stemmer(cyrillic=False)(form))])
    sign = chunk[:1].decode() if chunk[:1] and chunk[:1] in _SIGNS_OF_HAN else ""
    tokens = tokenize(chunk[len(sign) :].decode("utf-8", "surrogatepass"))
    return ChunkWords(list(zip(tokens.forms, tokens.stems, strict=True)), tokens.joins, sign)
