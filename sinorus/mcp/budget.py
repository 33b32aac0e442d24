"""How large an answer is to whoever reads it: in tokens, by a formula that cheats no script.

Four ASCII characters are a token, two and a half Cyrillic letters, one Chinese or Japanese
character, one Korean syllable, one emoji; of all else (accented letters, dashes, Greek, Arabic) two
characters are one. No model counts just so; none is far from it, and the formula is the same for
everybody. What is counted is the serialised answer, keys and brackets included.
"""

from __future__ import annotations

import json
import re

from sinorus.text.scripts import CYRILLIC, IDEOGRAPH

TOKEN = 20
"""Units of a token: the parts that characters are of it are whole numbers of units."""
_ASCII, _CYRILLIC, _OTHER = 5, 8, 10
_WIDE = re.compile(
    rf"[{IDEOGRAPH}\u3000-\u303f\u1100-\u11ff\uac00-\ud7af\uff00-\uffef\U00010000-\U0010ffff]+"
)
_RUSSIAN = re.compile(rf"[{CYRILLIC}]+")


def units(text: str) -> int:
    """The size of a text in units, of which TOKEN are a token."""
    if text.isascii():
        return len(text) * _ASCII
    ascii_ones = len(text.encode("ascii", "ignore"))
    wide = sum(map(len, _WIDE.findall(text)))
    russian = sum(map(len, _RUSSIAN.findall(text)))
    others = len(text) - ascii_ones - wide - russian
    return ascii_ones * _ASCII + russian * _CYRILLIC + wide * TOKEN + others * _OTHER


def tokens(text: str) -> int:
    """The size of a text in tokens."""
    return -(-units(text) // TOKEN)


def serialised(value: object) -> str:
    """A value of JSON as it goes over the wire, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
