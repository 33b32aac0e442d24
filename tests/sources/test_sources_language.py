"""What language a text is in, as far as its script tells."""

from __future__ import annotations

import pytest

from sinorus.sources.codes import language_code
from sinorus.sources.language import detect_language


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
        ("中俄贸易 (Sino-Russian trade) 继续增长，双方十分满意。", "zh"),
        ("12345 — 67", None),
        ("", None),
    ],
)
def test_the_dominant_script_tells_the_language(text: str, lang: str | None) -> None:
    assert detect_language(text) == lang


def test_bulgarian_is_not_taken_for_russian() -> None:
    text = "Двете страни се споразумяха за отваряне на границата и развитие на търговията. "
    assert detect_language(text * 10) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *[(name, "en") for name in ("en", "EN", "English", "английский", "英文", "eng")],
        *[(name, "ru") for name in ("ru", "Russian", "Русский", "俄语", "rus")],
        *[(name, "zh") for name in ("zh", "Chinese", "китайский", "中文", "汉语", "cn")],
        *[("zh-Hant", "zh-Hant"), ("zh_hant", "zh-Hant"), ("zh-cn", "zh-CN"), ("en-us", "en-US")],
        *[("no", "no"), ("Traditional Chinese", "zh-Hant"), ("Klingon language", None), ("", None)],
    ],
)
def test_a_language_is_one_code_however_it_is_written(written: str, code: str | None) -> None:
    assert language_code(written) == code
