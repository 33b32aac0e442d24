"""Names in Latin letters without accents, as the libraries of their language write them.

Cyrillic by the tables of the Library of Congress (without its signs), Chinese in pinyin without
tones.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from sinorus.text.scripts import CYRILLIC, IDEOGRAPH

_CYRILLIC = re.compile(f"[{CYRILLIC}]+")
_HAN = re.compile(f"[{IDEOGRAPH}]+")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "ı": "i",
    }
)
_OTHER_CYRILLIC = str.maketrans(
    {
        "і": "i",
        "І": "I",
        "ї": "i",
        "Ї": "I",
        "є": "ie",
        "Є": "Ie",
        "ґ": "g",
        "Ґ": "G",
        "ў": "u",
        "Ў": "U",
        "ј": "j",
        "Ј": "J",
        "љ": "lj",
        "њ": "nj",
        "ћ": "c",
        "ђ": "dj",
        "џ": "dz",
        "ә": "a",
        "ғ": "gh",
        "қ": "q",
        "ң": "ng",
        "ө": "o",
        "ұ": "u",
        "ү": "u",
    }
)
"""Letters of languages other than Russian."""


def romanised(text: str) -> str:
    """The text in ASCII letters, digits and blanks; what has no such form is left out."""
    if text.isascii():
        return text
    text = _CYRILLIC.sub(_of_cyrillic, text)
    text = _HAN.sub(_of_han, text).translate(_LETTERS)
    return normalize("NFKD", text).encode("ascii", "ignore").decode()


def _of_cyrillic(found: re.Match[str]) -> str:
    import iuliia

    return str(iuliia.ALA_LC_ALT.translate(found[0].translate(_OTHER_CYRILLIC)))


def _of_han(found: re.Match[str]) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(found[0], errors="ignore", v_to_u=False))
