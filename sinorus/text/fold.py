"""Folding: tokens without case, accents and typographic variants, Han in its simplified form."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Literal

from sinorus.text import scripts
from sinorus.text.han import simplified

_SHORT = 500
"""Characters up to which `unicodedata` is fast whatever they are."""

_DROPPED = dict.fromkeys(map(ord, scripts.INVISIBLE + scripts.APOSTROPHE + "."))
_BREVE = "\u0438\u0306"
# Letters that Unicode does not decompose, but that are often typed without their stroke.
_STROKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


def fold_word(raw: str) -> str:
    """The folded form of a Latin or Cyrillic word or dotted acronym.

    `China’s` → `china`, `U.S.S.R` → `ussr`, `Ёлка` → `елка`, `café` → `cafe`; `й` stays a letter.
    """
    return fold_with_ending(raw)[0]


def fold_with_ending(raw: str) -> tuple[str, int]:
    """The folded form of a word, and how many characters at its end are a possessive ending."""
    if raw.isascii() and raw.isalpha():
        return raw.lower(), 0
    ending = possessive(raw)
    word = raw[: len(raw) - ending].translate(_DROPPED)
    if word.isascii():
        return word.lower(), ending
    word = normalised("NFKD", word).casefold()
    word = normalised("NFKD", word).replace(_BREVE, "й")
    word = "".join(c for c in word if not unicodedata.combining(c))
    return word.translate(_STROKED), ending


def fold_other(raw: str) -> str:
    """The folded form of anything else: numbers, ideographs, words of other scripts.

    `１９８７` → `1987`, `½` → `1/2`, `ｶﾞ` → `ガ`, `權` → `权`.
    """
    if raw.isascii():
        return raw
    word = normalised("NFKC", raw.translate(_DROPPED)).casefold()
    word = "".join(c for c in word if not "\ufe00" <= c <= "\ufe0f" and c < "\U000e0100")
    if "\u0370" <= word[:1] <= "\u03ff" or "\u1f00" <= word[:1] <= "\u1fff":
        decomposed = normalised("NFKD", word)
        word = "".join(c for c in decomposed if not unicodedata.combining(c))
    return simplified(word).replace("\u2044", "/").strip("().")


def possessive(raw: str) -> int:
    """How many characters at the end of a word are a possessive ending; 0 if it has none."""
    seen = raw.rstrip(scripts.INVISIBLE)
    if not seen.endswith(("s", "S")):
        return 0
    owner = seen[:-1].rstrip(scripts.INVISIBLE)
    return len(raw) - len(owner) + 1 if owner.endswith(tuple(scripts.APOSTROPHE)) else 0


def fold_value(text: str) -> str:
    """The folded form of a whole value: names, tags and languages are equal if theirs are."""
    folded = simplified(normalised("NFKC", text).casefold().replace("ё", "е"))
    return " ".join(folded.split())


def normalised(form: Literal["NFKC", "NFKD"], text: str) -> str:
    """`unicodedata.normalize(form, text)` in linear time.

    That function orders the combining marks of a letter by exchanging neighbours, which takes
    minutes for a megabyte of marks. So those of a long text are ordered before it is called.
    """
    if len(text) > _SHORT and not text.isascii():
        decomposed = "".join([unicodedata.normalize("NFKD", character) for character in text])
        text = "".join(
            [
                "".join(sorted(run, key=unicodedata.combining) if marks else run)
                for marks, run in groupby(decomposed, lambda c: unicodedata.combining(c) > 0)
            ]
        )
    return unicodedata.normalize(form, text)
