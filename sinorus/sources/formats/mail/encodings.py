"""The encodings of mail: what a message says it is in, and what it is in."""

from __future__ import annotations

import codecs

from sinorus.sources.decode import Undecodable, decode

_MEANT = {  # a name that programs write, and what they mean by it
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "",
    "ascii": "",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "cp-1251": "cp1251",
    "win-1251": "cp1251",
    "koi8": "koi8-r",
}


def text_in(raw: bytes, charset: str) -> str:
    """The text of bytes that are said to be in an encoding; by its bytes where that is not so.

    U+FFFD stands for what cannot be read in any.
    """
    name = charset.strip().strip("'\"").lower()
    name = _MEANT.get(name, name)
    if name:
        try:
            return str(codecs.lookup(name).decode(raw)[0])
        except (LookupError, UnicodeError, ValueError, TypeError, AttributeError):
            pass
    try:
        return decode(raw).text
    except Undecodable:
        return raw.decode("utf-8", "replace")
