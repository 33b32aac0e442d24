"""In which encoding a page is: what it says, unless its bytes say something else."""

from __future__ import annotations

import codecs
import re

from sinorus.sources.decode import Decoded, Undecodable, decode
from sinorus.sources.formats.registry import Unreadable

_HEAD = 4_096  # bytes in which a page says its encoding; browsers look at 1,024
_SAID = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_MEANT = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "euc-cn"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii", "latin-1"), "cp1252"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis"), "cp932"),
    "iso-8859-9": "cp1254",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""What browsers take for the encoding of a name."""
_NO_CHARSETS = frozenset({"utf-7", "undefined", "unicode_escape", "raw_unicode_escape", "idna"})
_SUSPECT = frozenset({"cp1252", "cp1251", "koi8_r", "koi8_u", "gb18030", "big5hkscs"})
"""Encodings that pages are often said to have, and have not: what their bytes show counts more."""
_WIDE = re.compile("utf-?(?:16|32)")
_FEW = 200
"""One place in so many bytes may be damaged before an encoding is not believed."""


def text_of(raw: bytes, charset: str | None) -> str:
    """The text of a page, where `charset` is what its sender said. Raises Unreadable."""
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(raw).text
    if b"\0" in raw:
        return _decoded(raw).text.replace("\u2400", "")
    if b"\x1b$" not in raw:  # which begins Japanese in seven bits
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for said in (charset, _said(raw)):
        codec = _codec(said)
        if codec is None:
            continue
        text = raw.decode(codec, "replace")
        if text.count("\ufffd") * _FEW <= len(raw):
            return _rather(raw, text, codec)
    return _decoded(raw).text


def _said(raw: bytes) -> str | None:
    match = _SAID.search(raw, 0, _HEAD)
    return (match.group(1) or match.group(2)).decode("ascii") if match else None


def _codec(said: str | None) -> str | None:
    """The codec of a charset; None if there is none, or what it says would be seen by now."""
    if not said:
        return None
    name = said.strip().lower()
    name = _MEANT.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", False) or info.name in _NO_CHARSETS:
        return None
    return None if info.name == "utf-8" or _WIDE.match(info.name) else info.name


def _rather(raw: bytes, text: str, codec: str) -> str:
    """The text in another encoding where the bytes show that the page has that."""
    from sinorus.sources.legacy import legacy_encoding

    if codec.replace("-", "_") not in _SUSPECT:
        return text
    shown = legacy_encoding(raw)
    if shown is None or shown not in _SUSPECT or shown == codec.replace("-", "_"):
        return text
    if shown == "cp1252" or {shown, codec} <= {"koi8_r", "koi8_u", "koi8-r", "koi8-u"}:
        return text
    return raw.decode(shown, "replace")


def _decoded(raw: bytes) -> Decoded:
    try:
        return decode(raw)
    except Undecodable as fault:
        raise Unreadable(f"it is no web page: {fault.message}") from None
