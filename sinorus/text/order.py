"""The order in which people look for names: numbers by their size, letters as alphabets have them.

Latin stands before Cyrillic, and that before Han. `Ё` is a letter of its own after `Е`, as `й` is
after `и`; accents of Latin and Greek letters decide only between names that are alike without.
Chinese stands as in a dictionary by sound (pinyin), traditional characters as simplified ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from sinorus.text import scripts
from sinorus.text.fold import STROKED, normalised
from sinorus.text.han import simplified

_FOLDER, _GAP, _NUMBER = "\x01", "\x02", "\x03"
"""Between names of folders, between words, and before a number: below all letters, so that
`energy` and what is in it stand before `energy-trade`, and `d2` before `data`."""
_BEHIND = "\x00"
"""Before the name as it is, which decides where all else is equal."""
_MOST_DIGITS = 0xFFFF
_DIGITS = 0x100
"""With how many digits a number has, as one character, longer numbers are larger ones."""
_CYRILLIC = "абвгґдеёєжзиіїйјклљмнњопрстћђуўфхцчџшщъыьѣэюяѳѵ"
_ALPHABET = {letter: chr(0x400 + at) for at, letter in enumerate(_CYRILLIC)}
_MARKED = {"\u0435\u0308": "ё", "\u0438\u0306": "й", "\u0456\u0308": "ї", "\u0443\u0306": "ў"}
"""What is decomposed, and yet a letter."""
_DROPPED = dict.fromkeys(map(ord, scripts.INVISIBLE + scripts.APOSTROPHE))
_ASCII = {
    **{code: _GAP for code in range(128) if not chr(code).isalnum()},
    ord("/"): _FOLDER,
    ord("'"): None,
}
_HAN, _RARE_HAN = 0x4E00, 0x40000
_FIRST_BYTE, _NEXT_BYTE, _ROW = 0xB0, 0xA1, 94


def natural_key(text: str) -> str:
    """A string by which names are sorted as people look for them; it is good for nothing else.

    `sorted(names, key=natural_key)` has `d2` before `d10`, `Ёлка` after `Ель` and before `Жук`,
    `alliance` beside `Alliance`, `王` (wáng) before `张` (zhāng). Quotation marks and blanks at the
    beginning do not count. Only equal texts have equal keys.
    """
    if text.isascii():  # as most ids are, of which there may be thousands
        key = _numbers().sub(_counted, text.lower().translate(_ASCII))
        for one in (_FOLDER, _GAP):
            while one * 2 in key:
                key = key.replace(one * 2, one)
    else:
        plain = normalised("NFKD", normalised("NFKC", text.translate(_DROPPED)).casefold())
        for marked, letter in _MARKED.items():
            plain = plain.replace(marked, letter)
        plain = simplified(plain.translate(STROKED))
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
        key = "".join([_part(kind, run) for kind, run in groupby(plain, _kind)])
    return key.lstrip(_FOLDER + _GAP) + _BEHIND + text


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile("[0-9]+")


def _counted(found: re.Match[str]) -> str:
    return _number(found[0])


def _number(digits: str) -> str:
    known = digits.lstrip("0")
    return f"{_NUMBER}{chr(_DIGITS + min(len(known), _MOST_DIGITS))}{known}"


def _kind(sign: str) -> str:
    """What a character is part of: a number, a word (empty), or what stands between them."""
    if sign.isdecimal():
        return _NUMBER
    return "" if sign.isalnum() else _FOLDER if sign == "/" else _GAP


def _part(kind: str, run: Iterable[str]) -> str:
    signs = "".join(run)
    if kind == _NUMBER:
        return _number("".join(str(unicodedata.decimal(sign)) for sign in signs))
    if kind:
        return kind
    return signs if signs.isascii() else "".join(map(_letter, signs))


@cache
def _letter(sign: str) -> str:
    """A character that stands where its letter does."""
    if sign in _ALPHABET:
        return _ALPHABET[sign]
    if not unicodedata.name(sign, "").startswith("CJK"):
        return sign
    try:
        # The common characters of GB 2312 are in the order of their sounds, the others behind them.
        first, following = sign.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return chr(_RARE_HAN + ord(sign))
    return chr(_HAN + (first - _FIRST_BYTE) * _ROW + following - _NEXT_BYTE)
