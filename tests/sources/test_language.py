"""What language a text is in, as far as its script tells."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.sources.language import detect_language
from sinorus.sources.short_text import SHORT, is_english
from sinorus.text.languages import language_code

SCRIPTS = {
    "han": "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
    "kana": "[\u3041-\u3096\u30a1-\u30fa]",
    "cyrillic": "[\u0400-\u052f]",
    "latin": "[A-Za-z\u00c0-\u024f]",
}
ENGLISH = (
    "the of and to that with which this from were are have has it by be for".split()  # noqa: SIM905
)
# What stands on either side of every border that the definition draws, and common words.
BORDERS = (
    "@AZ[`az{\xbf\xc0\u024f\u0250\u03ff\u0400\u052f\u0530\u3040\u3041\u3096\u3097\u30a0\u30a1\u30fa"
)
BORDERS += "\u30fb\u33ff\u3400\u4dbf\u4dc0\u4dff\u4e00\u9fff\ua000\uf8ff\uf900\ufaff\ufb00"
BORDERS += "\U0001ffff\U00020000\U0003ffff\U00040000\ud840\udc00\u3002\u2019\u0130"
PIECES = [
    *BORDERS,
    *("the ", " of ", " to ", "and ", "The ", "it’s ", "naïve ", "der ", "thes ", "7 ", "_ "),
    *("это ", "быть", "ы", "Э", "ё", "Ё", "ѣ", "і", "Ґ", "ұ", "边界", "。", "の", "カ"),
]
MIXTURES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).flatmap(
    lambda chosen: st.lists(st.sampled_from(chosen) | st.sampled_from(PIECES), max_size=60)
)
TIMES = st.sampled_from([1, 1, 40])


def language_by_definition(text: str) -> str | None:
    """The same, letter by letter and word by word."""

    def number(pattern: str) -> int:
        return len(re.findall(pattern, text))

    han, kana, cyrillic, latin = (number(letters) for letters in SCRIPTS.values())
    if not han + kana + cyrillic + latin:
        return None
    if 3 * (han + kana) >= max(cyrillic, latin):
        return "ja" if kana * 10 > han + kana else "zh"
    if cyrillic < latin:
        if len(text) <= SHORT:
            return "en" if is_english(text) else None
        words = re.findall(r"[^\W\d_]+", text.lower())
        english = sum(word in ENGLISH for word in words)
        return "en" if english >= max(2, 0.05 * len(words)) else None
    russian = number("[а-яёА-ЯЁ]") + (number("[ѣіѵѳѢІѴѲ]") if number("[ѣѢ]") else 0)
    only_russian = number("[ыэЫЭ]") > 0
    if 50 * number("[іїєґІЇЄҐ]") > cyrillic and russian < cyrillic and not only_russian:
        return "uk"
    if not only_russian and cyrillic > 500:
        return None
    return "ru" if 100 * russian >= 99 * cyrillic else None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The two sides agreed that the border would be open to trade.", "en"),
        ("Стороны договорились об открытии границы для торговли.", "ru"),
        ("双方同意开放边境贸易。", "zh"),
        ("中国と俄国の国境は開かれた。", "ja"),
        ("Сторони домовилися про відкриття кордону для торгівлі, її інтереси є такі.", "uk"),
        ("Въ лѣто сіе миръ и торговля.", "ru"),
        ("Die Seiten einigten sich auf die Öffnung der Grenze.", None),
        ("Les deux parties ont décidé d'ouvrir la frontière au commerce.", None),
        ("Қазақстан мен Қытай арасындағы шекара ашық.", None),
        ("Putin visited Beijing in May 2024.", "en"),
        ("Charles de Gaulle visited London.", "en"),
        ("Putin meets Xi.", "en"),
        ("Gas price hike", "en"),
        ("Some text.", "en"),
        ("Ulan Bator 1998", None),
        ("Xi Jinping, Li Keqiang", None),
        ("http://a.b/the and https://c.d/of", None),
        ("A@A", None),
        ("Guten Tag und auf Wiedersehen", None),
        ("Hola mundo, como estas", None),
        ("Rossiya i Kitay", None),
        ("Zhongguo gongchandang", None),
        ("Selamat pagi dunia", None),
        ("Il presidente in visita a Mosca", None),
        ("De minister is in Moskou met de president", None),
        ("Prezident je v Praze", None),
        ("Beszélgetés a miniszterrel", None),
        ("Путин в Пекине", "ru"),
        ("Визит", "ru"),
        ("中俄贸易 (Sino-Russian trade) 继续增长，双方十分满意。", "zh"),
        ("12345 — 67", None),
        ("", None),
    ],
)
def test_the_dominant_script_tells_the_language(text: str, lang: str | None) -> None:
    assert detect_language(text) == lang


@given(pieces=MIXTURES, times=TIMES)
@settings(database=None, deadline=None)
def test_counting_in_bulk_tells_the_same_as_looking_at_each_letter(
    pieces: list[str], times: int
) -> None:
    text = "".join(pieces) * times
    assert detect_language(text) == language_by_definition(text[:20_000])


def test_bulgarian_is_not_taken_for_russian() -> None:
    text = "Двете страни се споразумяха за отваряне на границата и развитие на търговията. "
    assert detect_language(text * 10) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *[(name, "en") for name in ("en", "EN", "English", "английский", "英文", "eng")],
        *[(name, "ru") for name in ("ru", "Russian", "Русский", "俄语", "rus")],
        *[(name, "fr") for name in ("French", "FRANÇAIS", "français", "fra", "fre")],
        *[(name, "uk") for name in ("Українська", "ukrainian", "ukr")],
        *[
            ("Polski", "pl"),
            ("日本語", "ja"),
            ("한국어", "ko"),
            ("Türkçe", "tr"),
            ("العربية", "ar"),
        ],
        *[("en_US.UTF-8", "en-US"), ("ru_RU.KOI8-R", "ru-RU"), ("zh_CN.GB18030", "zh-CN")],
        *[("sr_RS@latin", "sr-RS"), ("zh-Hans-CN", "zh-Hans-CN"), ("de_DE@euro", "de-DE")],
        *[
            ("English (US)", "en-US"),
            ("Chinese (Traditional)", "zh-Hant"),
            ("中文（简体）", "zh-Hans"),
        ],
        *[("English (United Kingdom)", "en"), ("C.UTF-8", None), ("the usual", None)],
        *[(name, "zh") for name in ("zh", "Chinese", "китайский", "中文", "汉语", "cn")],
        *[("zh-Hant", "zh-Hant"), ("zh_hant", "zh-Hant"), ("zh-cn", "zh-CN"), ("en-us", "en-US")],
        *[("no", "no"), ("Traditional Chinese", "zh-Hant"), ("Klingon language", None), ("", None)],
    ],
)
def test_a_language_is_one_code_however_it_is_written(written: str, code: str | None) -> None:
    assert language_code(written) == code
