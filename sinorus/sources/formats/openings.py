"""What a line of a plain text opens: an item of a list, a speech, a heading, a table, a rule."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIRST = frozenset("0123456789([（-*+•·●○▪■◦‣–—一二三四五六七八九十")
_NUMERALS = frozenset("ivxlcIVXLC")
_POINTS = frozenset(".)．）")
_MARK = re.compile(
    r"(?P<bullet>[-*+•·●○▪■◦‣–—]|--)\s+(?=\S)"
    r"|(?P<open>[(\[（]?)(?P<value>\d{1,4}|[IVXLCivxlc]{1,6}|[^\W\d_]|[一二三四五六七八九十]{1,3})"
    r"(?P<close>\.\)|[.)\]](?=\s)|[)）、．])"
)
_SPEAKER = re.compile(r"(?=[^\W\d_])[^:：,;!?«»\"“”]{1,48}?[:：](?!//)(?=\s|[^\x00-\u2fff]|$)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_HAN = "一二三四五六七八九十"
_RULE = re.compile(r"(?:[-=~_*#·•—–+][ \t]*){3,}\Z")
_WIDE_GAP = re.compile(r"[ \u00a0]{3,}|\t+")
_WIDE_ENOUGH = 6
WIDEST_ROW = 200
"""Columns; no row of a table is wider."""
_LEADERS = re.compile(r"(?:\.[ ]?){5,}[ ]*\d+\Z")
_SMALL = frozenset(("von", "van", "de", "der", "den", "of", "the", "and", "la", "al", "bin", "фон"))
DASHES = frozenset(("–", "—", "-", "--"))


class Mark(NamedTuple):
    """What stands before an item: `style` is the same for the items of a list.

    `values` are the numbers that it can be read as, (1,) or (9, 1) for `i)`; () for a bullet.
    `letter`: it may as well be an initial, `A.`.
    """

    style: str
    values: tuple[int, ...] = ()
    letter: bool = False


def mark_of(text: str) -> Mark | None:
    """The mark that a line begins with, if it does: `- `, `1. `, `(a) `, `一、`."""
    if text[0] not in _FIRST and text[0] not in _NUMERALS and text[1:2] not in _POINTS:
        return None
    found = _MARK.match(text)
    if found is None:
        return None
    bullet, opening, value, close = found.groups()
    if bullet:
        return Mark(bullet)
    if close in {")", "）", "、"} and value[0] not in _HAN and close == ")" and not _spaced(found):
        return None
    if value.isdecimal():
        return Mark(f"{opening}9{close}", (int(value),))
    if value[0] in _HAN:
        return Mark(f"{opening}一{close}", (_han(value),))
    case = "a" if value.islower() else "A"
    roman = _roman(value.lower())
    if len(value) > 1:
        return Mark(f"{opening}{case}{close}", (roman,)) if roman else None
    values = (
        ord(value.lower()) - ord("a" if value.isascii() else "а") + 1,
        *([roman] * bool(roman)),
    )
    return Mark(f"{opening}{case}{close}", values, letter=close == ".")


def _spaced(found: re.Match[str]) -> bool:
    return found.string[found.end() : found.end() + 1].isspace()


def _roman(letters: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in letters]
    if not all(values):
        return 0
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _han(signs: str) -> int:
    tens, found, ones = signs.rpartition("十")
    ten = 10 * (_HAN.index(tens[0]) + 1 if tens else 1) if found else 0
    return ten + (_HAN.index(ones[0]) + 1 if ones else 0)


def speaker_of(text: str) -> str | None:
    """Who speaks, where a line begins with a name and a colon: `V. Putin:`, `Вопрос:`, `普京：`."""
    if text.find(":", 0, 49) < 0 and text.find("：", 0, 49) < 0:
        return None
    found = _SPEAKER.match(text)
    if found is None:
        return None
    name = found.group()[:-1]
    words = name.split()
    if not 1 <= len(words) <= 5 or (name[0] >= "\u1100" and len(name) > 10):
        return None
    named = all(not word[0].islower() or word in _SMALL for word in words)
    return name if named and not words[0].islower() else None


def is_certain_name(name: str) -> bool:
    """Whether what stands before a colon looks like a name: `Q`, `PUTIN`, `V. Putin`, `普京`."""
    return len(name) <= 3 or name.isupper() or "." in name or len(name.split()) > 1


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals alone, and is more than an abbreviation."""
    return text.isupper() and 2 * sum(map(str.isupper, text[:80])) >= max(
        8, sum(map(str.isalpha, text[:80]))
    )


def is_rule(text: str) -> bool:
    """Whether a line is drawn, of dashes, stars, equals signs or points."""
    return text[0] in "-=~_*#·•—–+" and _RULE.match(text) is not None


def is_row(text: str, justified: bool) -> bool:
    """Whether a line surely has columns: by bars, leaders, tabulators or wide gaps.

    Where lines are `justified` gaps say nothing.
    """
    if text.count("|") >= 2:
        return True
    if not justified and len(text) <= WIDEST_ROW and ("   " in text or "\t" in text):
        wide = _gaps(text)
        if len(wide) >= 2 or any(gap.end() - gap.start() >= _WIDE_ENOUGH for gap in wide):
            return True
    return "...." in text and _LEADERS.search(text) is not None


def share_columns(text: str, other: str) -> bool:
    """Whether two lines have a gap that ends in the same column."""
    return not _ends_of_gaps(text).isdisjoint(_ends_of_gaps(other))


def _ends_of_gaps(text: str) -> set[int]:
    return {gap.end() for gap in _gaps(text)}


def _gaps(text: str) -> list[re.Match[str]]:
    """The wide gaps of a line, without the one after the mark of an item."""
    gaps = list(_WIDE_GAP.finditer(text, 0, WIDEST_ROW))
    if gaps and (mark := _MARK.match(text)) is not None and mark.end() >= gaps[0].start():
        return gaps[1:]
    return gaps
