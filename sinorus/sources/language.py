"""The language of a text, from its script: enough for English, Russian and Chinese."""

from __future__ import annotations

import re

_SAMPLE = 20_000
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_RUSSIAN = re.compile("[а-яёА-ЯЁ]+")
_OLD_RUSSIAN = re.compile("[ѣіѵѳѢІѴѲ]+")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]+")
_ONLY_RUSSIAN = re.compile("[ыэЫЭ]")  # of the languages that share its other letters
_ENOUGH = 500  # letters of Russian that cannot do without those
_WORD = re.compile(r"[^\W\d_]+")
# None of these is a frequent word of another language that is written in Latin letters.
_ENGLISH = frozenset(
    [
        *("the", "of", "and", "to", "that", "with", "which", "this", "from", "were", "are"),
        *("have", "has", "it", "by", "be", "for"),
    ]
)
_ENGLISH_SHARE = 0.05
_LETTERS_OF_A_WORD = 3  # what one ideograph weighs against the letters of other scripts


def detect_language(text: str) -> str | None:
    """`zh`, `ja`, `ru`, `uk` or `en`, or None where the script alone does not tell.

    Only the first 20,000 characters count. Latin text is English if five words in a hundred, and
    two at least, are English function words; Cyrillic text with letters that Russian lacks is not
    called Russian.
    """
    text = text[:_SAMPLE]
    han, kana = _count(_HAN, text), _count(_KANA, text)
    cyrillic, latin = _count(_CYRILLIC, text), _count(_LATIN, text)
    east = (han + kana) * _LETTERS_OF_A_WORD
    if not (east or cyrillic or latin):
        return None
    if east >= max(cyrillic, latin):
        return "ja" if kana * 10 > han + kana else "zh"
    if cyrillic >= latin:
        return _cyrillic(text, cyrillic)
    words = _WORD.findall(text.lower())
    english = sum(word in _ENGLISH for word in words)
    return "en" if english >= max(2, _ENGLISH_SHARE * len(words)) else None


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def _cyrillic(text: str, letters: int) -> str | None:
    russian = _count(_RUSSIAN, text)
    if "ѣ" in text or "Ѣ" in text:
        russian += _count(_OLD_RUSSIAN, text)
    eastern = _ONLY_RUSSIAN.search(text) is not None
    if 50 * _count(_UKRAINIAN, text) > letters and russian < letters and not eastern:
        return "uk"
    if not eastern and letters > _ENOUGH:
        return None
    return "ru" if 100 * russian >= 99 * letters else None
