"""The language of a text, as far as its script and its commonest words tell."""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.sources.short_text import SHORT, is_english

_PAIRS = (
    "стнотоеновраронинакопрпореготеосеранватаодоротльтилинывоалолделеесатометителнедаогрионемин"
    "каламискобветьчеастведзатриямеимлоннсоойвиаккидоамсеиедиисцибомоавазмаьнжеэтиииличсивыейар"
    "сяикадпеирыхнтизру"
)
RUSSIAN_PAIRS = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
"""The hundred most frequent pairs of letters; two thirds of all pairs in a Russian text."""

RUSSIAN_SHARE = 0.68

HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前"
    "开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并"
    "物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通"
    "教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目"
    "太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界"
    "达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切"
    "院让识候带导争运"
    "這個們來為國說時會對過發後裡種經麼學現當沒動還進樣無從實軍與長機點業將兩間問並應戰頭體見產題東聲員"
    "論處義認條氣爾別變總電數報結務場計統區隊決馬書則聽強難權設記類據張該規萬覺術領觀讓識帶導爭運關於愛"
    "邊傳門給開話資質達確隻"
)
"""The five hundred most frequent characters, and how Taiwan and Hong Kong write them."""

HAN_SHARE = 0.6


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
    two at least, are English function words (for a short one see `is_english`); Cyrillic text with
    letters that Russian lacks is not called Russian.
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
    if len(text) <= SHORT:
        return is_english(text)
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
