"""Folding: tokens without case, accents and typographic variants, Han in its simplified form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from typing import Literal

from sinorus.text import scripts
from sinorus.text.han import simplified

_SHORT = 500
"""Characters up to which `unicodedata` is fast whatever they are."""

_DROPPED = dict.fromkeys(map(ord, scripts.INVISIBLE + scripts.APOSTROPHE + scripts.DOT))
_BREVE = "\u0438\u0306"
# Letters that Unicode does not decompose, but that are often typed without their stroke.
STROKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


def fold_word(raw: str) -> str:
    """The folded form of a Latin or Cyrillic word or dotted acronym.

    `China’s` → `china`, `U.S.S.R` → `ussr`, `Ёлка` → `елка`, `café` → `cafe`; `й` stays a letter.
    """
    return fold_with_ending(raw)[0]


@cache
def _russian() -> Callable[[str], re.Match[str] | None]:
    """Matches a word that is spelled as since 1918: without ъ at its end."""
    return re.compile("[А-яЁё]*[А-щЫ-щы-яЁё]").fullmatch


def fold_with_ending(raw: str) -> tuple[str, int]:
    """The folded form of a word, and how many characters at its end are a possessive ending."""
    if raw.isascii() and raw.isalpha():
        return raw.lower(), 0
    if _russian()(raw):  # most words of a Russian text: 5 times as fast as what follows
        return raw.lower().replace("ё", "е"), 0
    ending = possessive(raw)
    word = raw[: len(raw) - ending].translate(_DROPPED)
    if word.isascii():
        return word.lower(), ending
    decomposed = normalised("NFKD", normalised("NFKD", word).casefold())
    word = decomposed.replace(_BREVE, "й")
    word = "".join(c for c in word if not unicodedata.combining(c)).translate(STROKED)
    if not _OLD.isdisjoint(word) and re.search(_OF_NEIGHBOURS, decomposed) is None:
        word = _respelled(word)
    return word, ending


_OLD = frozenset("іѣѳѵъ")
_LETTERS = str.maketrans("ѣѳѵ", "ефи")
_OF_NEIGHBOURS = "[єґ]|і\u0308|у\u0306"
"""Letters of Ukrainian and Belarusian, decomposed: their і is no Russian и."""
_DOTTED = "і(?=[аеиіоуыэюяй])"
_WORLD = ("мір", "владимір", "всемір")


def _respelled(word: str) -> str:
    """A folded Cyrillic word as Russian is spelled since 1918: `союзъ`, `міръ`, `вѣра`, `россія`.

    Russian had і before vowels and in `міръ` (the world). Elsewhere it is of Ukrainian or
    Belarusian (`кіт`) and stays, unless the word has other letters that went in 1918.
    """
    bare = word[:-1] if len(word) > 1 and word.endswith("ъ") else word
    modern = bare.translate(_LETTERS)
    if modern != word or word.startswith(_WORLD):
        return modern.replace("і", "и")
    return re.sub(_DOTTED, "и", word)


_LAST_BIT = 7


def capitals(raw: str) -> int:
    """Which letters of a word are capitals: a bit for each letter of its form, the first lowest.

    All from the eighth on share a bit, so that it is a byte: else a text could have any number of
    ways to write a word. `raw` is without a possessive ending: `U.S.` → 0b11.
    """
    if raw.islower() or not raw:
        return 0
    word = raw
    if raw.isascii() and raw.isalpha():
        if raw.isupper():
            return (1 << min(len(raw), _LAST_BIT + 1)) - 1
        if raw[1:].islower():
            return 1
    else:
        word = normalised("NFKD", raw.translate(_DROPPED))
    found = at = 0
    for letter in word:
        if unicodedata.combining(letter):
            continue
        size = len(letter.casefold().translate(STROKED)) if letter > "\x7f" else 1
        if letter != letter.lower():
            for place in range(at, at + size):
                found |= 1 << min(place, _LAST_BIT)
        at += size
    return found


def capitals_together(parts: Iterable[tuple[str, int]]) -> int:
    """The capitals of a word that is made of some others: of the form and the capitals of each."""
    found = at = 0
    for form, bits in parts:
        for place in range(_LAST_BIT + 1 if bits else 0):
            if bits >> place & 1:
                found |= 1 << min(at + place, _LAST_BIT)
        at += len(form)
    return found


def caseless(text: str) -> bool:
    """Whether a form or a pattern has no letter that could be a capital."""
    return text.upper() == text.lower()


def recased(form: str, bits: int) -> str:
    """A form with capitals where `capitals` said that the word has them."""
    if not bits:
        return form
    return "".join(
        [
            letter.upper() if bits >> min(at, _LAST_BIT) & 1 else letter
            for at, letter in enumerate(form)
        ]
    )


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
