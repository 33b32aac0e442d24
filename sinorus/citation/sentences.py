"""Where the sentences of a paragraph are, in English, Russian and Chinese.

A stop ends a sentence where a blank and a beginning follow: a capital, a number, an opening mark.
After an abbreviation or an initial it does so only before a word that begins sentences. Chinese
stops need no blank.
"""

from __future__ import annotations

import re

from sinorus.model import Span

_END = re.compile(r"(?P<stop>[.!?…]+|[。！？｡．]+)(?P<close>(?:[\"'”’»」』）)\]】》〉]|“(?!\w))*)")
_BEFORE = re.compile(r"[^\W_]+(?:[.\-–][^\W_]+)*\.?$")
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = "\"'“‘«„「『（([【《〈"
_ABBREVIATIONS = frozenset(
    [
        *("mr", "mrs", "ms", "dr", "prof", "gen", "sen", "gov", "rep", "lt", "col", "maj", "capt"),
        *(
            "st",
            "ed",
            "eds",
            "cf",
            "vs",
            "jan",
            "feb",
            "mar",
            "apr",
            "jun",
            "jul",
            "aug",
            "sept",
            "sep",
            "oct",
            "nov",
            "dec",
            "inc",
            "ltd",
        ),
        *("co", "corp", "etc", "viz", "dept", "amb", "hon", "rev", "jr", "sr", "ph"),
        *("гг", "вв", "им", "стр", "руб", "коп", "млн", "млрд", "тыс", "ст", "др", "пр", "см"),
        *("напр", "акад", "проф", "тов", "гос", "обл", "ул", "ред", "изд", "рис", "табл", "чел"),
        *("экз", "долл", "гр", "кв", "доц", "ген", "зам", "чл", "ср", "англ", "кит", "рус"),
    ]
)
_OF_NUMBERS = frozenset(("no", "nos", "vol", "vols", "pp", "fig", "art", "sec", "ch", "col"))
"""Abbreviations before a number, which are words too."""
_STARTERS = frozenset(
    [
        *("The", "In", "It", "This", "That", "These", "He", "She", "They", "We", "But", "And"),
        *("However", "There", "After", "As", "At", "On", "If", "When", "For", "Its", "His"),
        *("В", "На", "Но", "И", "А", "Он", "Она", "Они", "Это", "Эта", "Этот", "Затем", "После"),
        *("Однако", "Так", "При", "По", "За", "Мы", "Я", "Для", "Если", "Когда", "Поэтому", "Его"),
        *("С", "К", "У", "О", "Из", "От", "До", "Как", "Не", "То", "Что", "Все", "Всё"),
    ]
)
"""Words with a capital that begin a sentence also where an abbreviation stands before them."""


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, without the blanks around them; no words, no sentences."""
    found: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and _ends(text, end, start):
            _add(found, text, start, end.end())
            start = end.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, end: re.Match[str], start: int) -> bool:
    after = text[end.end() : end.end() + 40]
    if end["stop"][0] in "。！？｡．":
        return True
    if not after[0].isspace():
        return False
    follows = after.lstrip()
    if not follows:
        return False
    first = follows.lstrip(_OPENING + " ")[:1]
    if first.islower() or not (first.isalnum() or follows[0] in _OPENING):
        return False
    if end["stop"] != "." or end["close"]:
        return True
    before = _BEFORE.search(text, max(start, end.start() - 30), end.start())
    if before is None:
        return True
    if before[0].isdigit():  # the number of a list or an article, and not a year
        return bool(text[start : before.start()].strip()) or len(before[0]) > 3
    last = re.split(r"[.\-–]", before[0])[-1].lower()
    if last in _OF_NUMBERS:
        return not first.isdigit()
    initial = len(last) == 1 and last.isalpha()
    return not (initial or last in _ABBREVIATIONS) or _starts(follows)


def _starts(follows: str) -> bool:
    word = _WORD.match(follows)
    # A single letter before a stop is an initial, whatever it means as a word.
    return bool(word and word[0] in _STARTERS and follows[word.end() : word.end() + 1] != ".")


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    stop = start + len(piece.rstrip())
    if begin >= stop:
        return
    if any(sign.isalnum() for sign in piece) or not found:
        found.append((begin, stop))
    else:  # marks alone, as a bracket that closes, belong to what stands before
        found[-1] = (found[-1][0], stop)
