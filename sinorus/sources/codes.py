"""Language codes: what authors write for a language, as one short code."""

from __future__ import annotations

import re

_NAMES = {
    **dict.fromkeys(("english", "английский", "англ", "英文", "英语", "英語", "eng"), "en"),
    **dict.fromkeys(("russian", "русский", "рус", "俄文", "俄语", "俄語", "rus"), "ru"),
    **dict.fromkeys(("chinese", "китайский", "кит", "中文", "汉语", "漢語", "zho", "chi"), "zh"),
    **dict.fromkeys(("mandarin", "cn", "cmn"), "zh"),
    **dict.fromkeys(("simplified chinese", "chinese (simplified)", "简体中文", "简体"), "zh-Hans"),
    **dict.fromkeys(
        ("traditional chinese", "chinese (traditional)", "繁體中文", "繁体中文", "繁體"), "zh-Hant"
    ),
    **dict.fromkeys(("ukrainian", "украинский", "українська", "ukr"), "uk"),
    **dict.fromkeys(("japanese", "日本語", "日语", "jpn"), "ja"),
    **dict.fromkeys(("german", "deutsch", "немецкий", "deu", "ger"), "de"),
    **dict.fromkeys(("french", "français", "французский", "fra", "fre"), "fr"),
    **dict.fromkeys(("spanish", "español", "spa"), "es"),
    **dict.fromkeys(("kazakh", "казахский", "қазақша", "kaz"), "kk"),
}
_CODE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")


def language_code(text: str) -> str | None:
    """The code of a language: `en`, `zh-Hant`, `en-US`; None for what names no language.

    A code is taken as it is given, with the capitals of BCP 47; names in English, Russian,
    Chinese and of the language itself are known for the languages of this library's field.
    """
    name = " ".join(text.split()).casefold()
    if name in _NAMES:
        return _NAMES[name]
    if not _CODE.fullmatch(name):
        return None
    primary, *rest = name.replace("_", "-").split("-")
    return "-".join([_NAMES.get(primary, primary), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part
