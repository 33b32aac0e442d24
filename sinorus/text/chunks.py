"""Texts to chunks that are tokenised one by one, for indexing: a long text has few distinct ones.

A chunk ends where no token can go on: at white space, at punctuation other than the full stop, the
apostrophe and a hyphen between letters, and beside every ideograph, which has its sign before it
(see `text.han`); what may be one word though there is a space or a comma in it (`agree-⏎ment`,
`10 000`, `U. S.`) is one chunk. So the tokens of a text are those of its chunks, one after the
other, and each distinct chunk needs to be tokenised once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sinorus.text import english, han, scripts
from sinorus.text.fold import capitals
from sinorus.text.joins import Join
from sinorus.text.tokens import MARKED, tokenize

Bytes = np.ndarray[Any, np.dtype[Any]]
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
_JOINING[65:91] = _JOINING[97:123] = _JOINING[128:] = True
_LETTER = np.zeros(256, bool)
_LETTER[65:91] = _LETTER[97:123] = True
_KEPT = b"-.'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\0"
_SIGNS_OF_HAN = (han.INSIDE + han.BEGIN).encode()


def _table(kept: bytes) -> bytes:
    return bytes(byte if byte > 127 or byte in kept else 32 for byte in range(256))


_TABLE, _HAN_TABLE = _table(_KEPT), _table(_KEPT + _SIGNS_OF_HAN)
_ASCII = 127
_FULL_STOP, _HYPHEN, _COMMA, _SPACE, _DROPPED = *map(ord, ".-, "), 1
_INNER = 0x1F
"""The space inside a chunk: of a number in groups, or between initials."""
_BLANK = np.zeros(256, bool)
"""Bytes that are spaces."""
_BLANK[[9, 10, 11, 12, 13, 28, 29, 30, 31, 32]] = True
_SPACES = "\u00a0\u2009\u202f"
"""Spaces beyond ASCII that may stand there too."""
_LATER = range(3, 13)
"""How far behind a full stop and a space the full stop of the next initial may stand, in bytes: a
letter of four, and two accents of three."""
_GENERAL = (0xE2, 0x80)
"""The first two bytes in UTF-8 of the commonest punctuation beyond ASCII."""
_DIVIDES = np.zeros(256, bool)
"""Third bytes of dashes, quotation marks and dots; U+2018 to U+201B may be apostrophes."""
_DIVIDES[0x90:0x98] = _DIVIDES[0x9A] = _DIVIDES[0x9C:0xA8] = True
_IDEOGRAPHS_FROM = 0xE3
"""The least first byte of a character from U+3000 on."""


def normalised(texts: Sequence[str], *, signs: bool = True) -> bytes:
    """The chunks of `texts` in UTF-8, with `GAP` after each text and a single space around each.

    A space in a number or between initials is a chunk's own: byte 31. Letters are as they were.
    Without `signs`, Han characters have no sign that says whether they go on with a word.
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
        for sign in _SPACES:
            joined = joined.replace(sign, " ")
        joined = joined.replace(scripts.DOT[1], ".")
    for sign, broken in _BROKEN:
        if sign in joined:
            joined = broken.sub(_whole, joined)
    raw, table = joined.encode("utf-8", "surrogatepass"), _TABLE
    if not joined.isascii() and (np.frombuffer(raw, np.uint8) >= _IDEOGRAPHS_FROM).any():
        raw, table = han.marked(joined, words=signs).encode("utf-8", "surrogatepass"), _HAN_TABLE
    if bytes([_INNER]) in raw:
        raw = raw.replace(bytes([_INNER]), b" ")
    content = np.frombuffer(bytearray(raw.translate(table)), np.uint8)
    _keep_numbers(np.frombuffer(raw, np.uint8), content)
    return _divided(content, _keep_initials(np.frombuffer(raw, np.uint8), content))


def _keep_numbers(raw: Bytes, content: Bytes) -> None:
    """Puts back into `content` what parts the groups of a number, such as `10,000` and `10 000`."""
    digits = (raw - np.uint8(ord("0"))) < 10
    begins = np.flatnonzero(digits[2:] & ~digits[1:-1] & digits[:-2]) + 2
    begins = begins[digits[begins + 1] & digits[begins + 2] & ~digits[begins + 3]]
    before = raw[begins - 1]
    content[begins[before == _COMMA] - 1] = _COMMA
    content[begins[_BLANK[before] & (before != ord("\n"))] - 1] = _INNER


def _keep_initials(raw: Bytes, content: Bytes) -> Bytes:
    """Puts back into `content` the spaces between initials; their last full stops.

    Also where it may be no initial that stands before: `tokenize` sees that in the chunk.
    """
    stops = np.flatnonzero((raw[:-1] == _FULL_STOP) & _BLANK[raw[1:]])
    stops = stops[stops > 0]
    follows, before, earlier = raw[stops + 2], raw[stops - 1], raw[np.maximum(stops - 2, 0)]
    single = (before > _ASCII) | (_LETTER[before] & (~_LETTER[earlier] | (stops == 1)))
    stops = stops[single & ((follows > _ASCII) | _LETTER[follows])]
    last = np.zeros(len(stops), np.intp)
    for distance in _LATER:
        at = np.minimum(stops + distance, len(raw) - 1)
        last = np.where((last == 0) & (raw[at] == _FULL_STOP), at, last)
        last = np.where((last == 0) & (raw[at] <= _ASCII), -1, last)
    stops, last = stops[last > 0], last[last > 0]
    content[stops + 1] = _INNER
    return last


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


def _divided(content: Bytes, kept: Bytes) -> bytes:
    """`content` with spaces for the punctuation that divides, and one for each run of them.

    The full stops `kept` stay though a space follows.
    """
    begins = np.flatnonzero((content[:-2] == _GENERAL[0]) & (content[1:-1] == _GENERAL[1]))
    begins = begins[_DIVIDES[content[begins + 2]]]
    for place in range(3):
        content[begins + place] = _SPACE
    hyphens = np.flatnonzero(content == _HYPHEN)
    joining = _JOINING[content[hyphens - 1]] & _JOINING[content[hyphens + 1]]
    content[hyphens[~joining]] = _SPACE
    stops = (content[:-1] == _FULL_STOP) & (content[1:] == _SPACE)
    stops[kept] = False
    content[:-1] -= stops.view(np.uint8) * np.uint8(_FULL_STOP - _SPACE)
    spaces = content == _SPACE
    again = spaces[1:] & spaces[:-1]
    content[1:] -= again.view(np.uint8) * np.uint8(_SPACE - _DROPPED)
    return content.tobytes().translate(None, bytes([_DROPPED]))


class ChunkWords(NamedTuple):
    """The form and the stem of each token of a chunk, and its joins as `Tokens` has them.

    `capitals` says for each token which of its letters are capitals, see `fold.capitals`; `sign` is
    that of a Han character: `han.INSIDE`, `han.BEGIN` or none.
    """

    pairs: list[tuple[str, str]]
    joins: Sequence[Join] = ()
    capitals: Sequence[int] = (0,)
    sign: str = ""


def read_chunk(chunk: bytes) -> ChunkWords:
    """The words of a chunk, as `tokenize` reads it."""
    if chunk.isalpha():  # ASCII letters only
        text = chunk.decode()
        form = text.lower()
        return ChunkWords([(form, english.stemmer()(form))], capitals=(capitals(text),))
    sign = chunk[:1].decode() if chunk[:1] and chunk[:1] in _SIGNS_OF_HAN else ""
    text = chunk[len(sign) :].decode("utf-8", "surrogatepass")
    tokens = tokenize(text)
    spans = zip(tokens.starts, tokens.ends, strict=True)
    return ChunkWords(
        list(zip(tokens.forms, tokens.stems, strict=True)),
        tokens.joins,
        [capitals(text[start:end]) for start, end in spans],
        sign,
    )
