"""Bytes to text: byte order marks, UTF-8, UTF-16, the encodings before them; or no text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from sinorus.errors import SinorusError

_BINARY = "binary file"
_SIGNATURES = (
    *(b"%PDF-", b"\x89PNG\r", b"PK\x03\x04", b"\x7fELF", b"\x1f\x8b", b"\xff\xd8\xff", b"GIF87a"),
    *(b"GIF89a", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!\x1a", b"\xd0\xcf\x11\xe0", b"SQLite format 3"),
    *(b"BZh91AY&SY", b"\x28\xb5\x2f\xfd", b"\x00\x00\x01\x00", b"OggS\x00", b"ID3\x03", b"wOF2"),
)
_MARKS = (  # the longest first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_UTF16_SAMPLE = 8_192
_READABLE = re.compile(
    "[\t\n\r -~\u00a0-\u00ff\u0400-\u04ff\u2010-\u2026\u3000-\u301f\uff00-\uff5e]"
)
_LINE_END = re.compile("\r\n|\r|\n")


class Undecodable(SinorusError):  # noqa: N818 - says what the file is
    """The file is no text that can be read; `message` is the reason, for a `Fault`."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file with its own line ends, and the name of the encoding it was in.

    `damaged` counts the places that could not be read and are U+FFFD in `text`; `line` is where
    the first of them stands, from 1, and None if there is none.
    """

    text: str
    encoding: str
    damaged: int = 0
    line: int | None = None


def decode(raw: bytes) -> Decoded:
    """The text of a file; raises `Undecodable` for what is not text.

    NUL characters in what is otherwise text become U+2400 (␀), which every program can show.
    """
    if raw.startswith(_SIGNATURES):
        raise Undecodable(_BINARY)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_as(raw[len(mark) :], encoding)
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls and (wide := _utf16(raw)):
        return _decode_as(raw, wide)
    if controls > max(4, len(raw) // 50):
        raise Undecodable(_BINARY)
    decoded = _decode_as(raw, "utf-8")
    if not decoded.damaged or _nearly_utf8(raw, decoded):
        return decoded
    if wide := _utf16(raw):
        return _decode_as(raw, wide)
    return _decode_legacy(raw, decoded)


def has_signature(raw: bytes) -> bool:
    """Whether this begins as files do that are no text."""
    return raw.startswith(_SIGNATURES)


def _decode_as(raw: bytes, encoding: str) -> Decoded:
    """`raw` in a known encoding, with what cannot be read replaced, counted and located."""
    try:
        return Decoded(_visible_nul(raw.decode(encoding)), encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding)
    text = _visible_nul(raw.decode(encoding, "replace"))
    honest = raw.count("\ufffd".encode()) if encoding == "utf-8" else 0
    line = 1 + len(_LINE_END.findall(before))
    return Decoded(text, encoding, text.count("\ufffd") - honest, line)


def _visible_nul(text: str) -> str:
    return text.replace("\0", "\u2400")


def _nearly_utf8(raw: bytes, decoded: Decoded) -> bool:
    """Whether this is UTF-8 that was cut off or damaged in a few places.

    An English text in which only some quotation marks are not ASCII is no UTF-8: there must be
    more characters of several bytes that can be read than places that cannot.
    """
    beyond = sum(not character.isascii() for character in decoded.text) - decoded.damaged
    few = decoded.damaged * 100 <= len(raw) or (decoded.damaged == 1 and beyond >= 8)
    return few and beyond >= decoded.damaged


def _decode_legacy(raw: bytes, as_utf8: Decoded) -> Decoded:
    from sinorus.sources.legacy import legacy_encoding

    encoding = legacy_encoding(raw)
    if encoding is not None:
        decoded = _decode_as(raw, encoding)
        if decoded.damaged * 100 <= len(raw):
            return decoded
    if as_utf8.damaged * 100 <= len(raw):
        return as_utf8
    raise Undecodable("unknown character encoding; save it as UTF-8")


def _utf16(raw: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` if `raw` is that without a byte order mark, else None.

    Read in the wrong order, or read so though it is something else, a text is a jumble of rare
    ideographs; rightly read, most of it is Latin, Cyrillic, punctuation or frequent ideographs.
    """
    from sinorus.sources.language import HAN, HAN_SHARE

    best, best_share = None, 0.6
    for encoding in ("utf-16-le", "utf-16-be"):
        text = raw[:_UTF16_SAMPLE].decode(encoding, "replace")
        readable = len(_READABLE.findall(text))
        frequent = sum(character in HAN for character in text)
        share = (readable + frequent / HAN_SHARE) / max(1, len(text))
        if share > best_share:
            best, best_share = encoding, share
    return best
