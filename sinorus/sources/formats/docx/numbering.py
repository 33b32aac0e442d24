"""Numbers that Word sets before paragraphs, where they have words: `Article 5`, `第五条`.

Bare numbers and bullets are marks of a list, which are no text here as in Markdown; a word that
stands before the paragraph is read, quoted and looked for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.sources.formats.docx.package import child, name_of, value
from sinorus.sources.formats.xml_tree import Element

_PLACE = re.compile("%([1-9])")
_WORD = re.compile(r"[^\W\d_]")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_HAN = "零一二三四五六七八九"
_HAN_FORMATS = frozenset(
    (
        *("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand"),
        *("japaneseCounting", "ideographDigital", "taiwaneseCounting", "chineseLegalSimplified"),
    )
)
_LARGEST = 100_000
_DEEPEST = 9  # levels that Word has


class _Level(NamedTuple):
    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""


class Numbering:
    """Counts numbered paragraphs, from the root of the part that says how."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._nums: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for node in root if root is not None else ():
            name = name_of(node)
            if name == "w:abstractNum":
                key = value(node, "abstractNumId") or ""
                levels = [_level(one) for one in node if name_of(one) == "w:lvl"]
                self._abstract[key] = {at: level for at, level in levels if at < _DEEPEST}
            elif name == "w:num":
                self._add_num(node)
        self._speaks = any(
            _says_words(level.text)
            for levels in self._abstract.values()
            for level in levels.values()
        )

    def _add_num(self, node: Element) -> None:
        key = value(node, "numId") or ""
        based = child(node, "abstractNumId")
        self._nums[key] = (value(based) or "") if based is not None else ""
        for one in node:
            start = child(one, "startOverride") if name_of(one) == "w:lvlOverride" else None
            if start is not None:
                self._starts[key, _number(value(one, "ilvl"), 0)] = _number(value(start), 1)

    def words(self, properties: Element | None, style: str) -> str:
        """What is set before a numbered paragraph, if it has words; counts it."""
        if not self._speaks or properties is None:
            return ""
        named = child(properties, "numPr", "numId")
        key = (value(named) or "") if named is not None else ""
        levels = self._abstract.get(self._nums.get(key, ""))
        if not levels:
            return ""
        deep = child(properties, "numPr", "ilvl")
        at = _number(value(deep), 0) if deep is not None else self._level_of(levels, style)
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._nums[key], {})
        first = self._starts.pop((key, at), None)
        counts[at] = first if first is not None else counts.get(at, level.start - 1) + 1
        for below in [one for one in counts if one > at]:
            del counts[below]
        if not _says_words(level.text):
            return ""
        return _PLACE.sub(lambda sign: self._shown(int(sign[1]) - 1, levels, counts), level.text)

    @staticmethod
    def _level_of(levels: dict[int, _Level], style: str) -> int:
        return next((at for at, one in levels.items() if style and one.style == style), 0)

    @staticmethod
    def _shown(at: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        level = levels.get(at, _Level())
        return shown(counts.get(at, level.start), level.format)


def _level(node: Element) -> tuple[int, _Level]:
    said: dict[str, str] = {}
    for name in ("start", "numFmt", "lvlText", "pStyle"):
        one = child(node, name)
        said[name] = (value(one) or "") if one is not None else ""
    return _number(value(node, "ilvl"), 0), _Level(
        _number(said["start"], 1),
        said["numFmt"] or "decimal",
        said["lvlText"][:200],
        said["pStyle"],
    )


def _says_words(text: str) -> bool:
    return "%" in text and _WORD.search(_PLACE.sub("", text)) is not None


def _number(said: str | None, otherwise: int) -> int:
    return (
        int(said) if said and said.isascii() and said.isdecimal() and len(said) < 7 else otherwise
    )


def shown(number: int, how: str) -> str:
    """A number as Word writes it in one of its formats; in digits where we do not know that one."""
    if not 0 < number < _LARGEST:
        return str(number)
    if how in ("upperRoman", "lowerRoman") and number < 4_000:
        found = ""
        for size, sign in _ROMAN:
            found += sign * (number // size)
            number %= size
        return found if how == "upperRoman" else found.lower()
    if how in ("upperLetter", "lowerLetter") and number <= 780:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if how == "upperLetter" else letter.lower()
    if how in _HAN_FORMATS and number < 1_000:
        return _in_han(number)
    return f"{number:02}" if how == "decimalZero" else str(number)


def _in_han(number: int) -> str:
    """`一`, `十`, `十二`, `二十`, `一百零五`."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    found = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        found += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        found += "零"
    return found + (_HAN[ones] if ones else "")
