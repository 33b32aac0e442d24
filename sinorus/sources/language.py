"""The language of a text, from its script: enough for English, Russian and Chinese."""

from __future__ import annotations

import re
from typing import NamedTuple

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
# None of these is a frequent word of another language that is written in Latin letters.
_ENGLISH = frozenset(
    [
        *("the", "of", "and", "to", "that", "with", "which", "this", "from", "were", "are"),
        *("have", "has", "it", "by", "be", "for"),
    ]
)
_MOST_FREQUENT = (" the ", " of ", " to ", " and ")
_ENGLISH_SHARE = 0.05
_LETTERS_OF_A_WORD = 3  # what one ideograph weighs against the letters of other scripts
_ENOUGH = 500  # letters of Russian that cannot do without those that only it has
_OLD_RUSSIAN = re.compile("[ѣіѵѳѢІѴѲ]+")

# Letters are counted by what codecs and `bytes.translate` leave over, which is ten times faster
# than patterns. A page is the higher byte of a code point, so it stands for 256 characters;
# patterns are for the pages that are not one script's from end to end.
_LATIN_1 = bytes([*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x100)])
_LATIN_PAGE, _LATIN_PART_PAGE, _LATIN_PART = 0x01, 0x02, re.compile("[\u0200-\u024f]+")
_CYRILLIC_PAGE, _CYRILLIC_PART_PAGE, _CYRILLIC_PART = 0x04, 0x05, re.compile("[\u0500-\u052f]+")
_KANA_PAGE, _KANA = 0x30, re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
_HAN_PAGES = bytes([*range(0x34, 0x4D), *range(0x4E, 0xA0), 0xF9, 0xFA])
_HAN_PART_PAGES = bytes([0x4D, *range(0xD8, 0xDC)])  # one, and the surrogates of UTF-16
_HAN_PART = re.compile("[\u4d00-\u4dbf\U00020000-\U0003ffff]+")
# Windows-1251 has a byte for every letter of today's Russian and Ukrainian.
_CYRILLIC_CODEC = "cp1251"
_RUSSIAN = bytes([*range(0xC0, 0x100), *"Ёё".encode(_CYRILLIC_CODEC)])
_UKRAINIAN = "іїєґІЇЄҐ".encode(_CYRILLIC_CODEC)
_ONLY_RUSSIAN = "ыэЫЭ".encode(_CYRILLIC_CODEC)  # of the languages that share its other letters


class _Letters(NamedTuple):
    """How many letters of each script a text has; `kana` is 0 where there are too few to tell."""

    han: int
    kana: int
    cyrillic: int
    latin: int


def detect_language(text: str) -> str | None:
    """`zh`, `ja`, `ru`, `uk` or `en`, or None where the script alone does not tell.

    Only the first 20,000 characters count. Latin text is English if five words in a hundred, and
    two at least, are English function words; Cyrillic text with letters that Russian lacks is not
    called Russian.
    """
    text = text[:_SAMPLE]
    ascii_only = text.encode("ascii", "ignore")
    latin = _number_of(_LATIN_1, ascii_only)
    if latin > _LETTERS_OF_A_WORD * (len(text) - len(ascii_only)):  # whatever the others are
        return "en" if _is_english(text, latin) else None
    letters = _letters(text)
    east = (letters.han + letters.kana) * _LETTERS_OF_A_WORD
    if not (east or letters.cyrillic or letters.latin):
        return None
    if east >= max(letters.cyrillic, letters.latin):
        return "ja" if letters.kana * 10 > letters.han + letters.kana else "zh"
    if letters.cyrillic >= letters.latin:
        return _cyrillic(text, letters.cyrillic)
    return "en" if _is_english(text, latin) else None


def _letters(text: str) -> _Letters:
    pages = text.encode("utf-16-be", "surrogatepass")[::2]
    han = _number_of(_HAN_PAGES, pages)
    if _number_of(_HAN_PART_PAGES, pages):
        han += _count(_HAN_PART, text)
    cyrillic = pages.count(_CYRILLIC_PAGE)
    if _CYRILLIC_PART_PAGE in pages:
        cyrillic += _count(_CYRILLIC_PART, text)
    latin = _number_of(_LATIN_1, text.encode("latin-1", "ignore")) + pages.count(_LATIN_PAGE)
    if _LATIN_PART_PAGE in pages:
        latin += _count(_LATIN_PART, text)
    # The page of kana has the Chinese full stop too: every Chinese text has some of it.
    kana = pages.count(_KANA_PAGE)
    too_few = kana * 10 <= han and han * _LETTERS_OF_A_WORD >= max(cyrillic, latin)
    return _Letters(han, 0 if too_few or not kana else _count(_KANA, text), cyrillic, latin)


def _is_english(text: str, latin: int) -> bool:
    """Whether the words of `text` are English; `latin` is how many ASCII letters it has."""
    # Where the most frequent words are enough for as many words as there could be, there is no
    # need to look at each: between two words is at least one character that is no letter.
    enough, common = max(2, _ENGLISH_SHARE * (1 + len(text) - latin)), 0
    for word in _MOST_FREQUENT:
        common += text.count(word)
        if common >= enough:
            return True
    words = _WORD.findall(text.lower())
    english = sum(map(_ENGLISH.__contains__, words))
    return english >= max(2, _ENGLISH_SHARE * len(words))


def _cyrillic(text: str, letters: int) -> str | None:
    coded = text.encode(_CYRILLIC_CODEC, "ignore")
    russian = _number_of(_RUSSIAN, coded)
    if "ѣ" in text or "Ѣ" in text:
        russian += _count(_OLD_RUSSIAN, text)
    eastern = _number_of(_ONLY_RUSSIAN, coded) > 0
    if 50 * _number_of(_UKRAINIAN, coded) > letters and russian < letters and not eastern:
        return "uk"
    if not eastern and letters > _ENOUGH:
        return None
    return "ru" if 100 * russian >= 99 * letters else None


def _number_of(wanted: bytes, among: bytes) -> int:
    return len(among) - len(among.translate(None, wanted))


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
