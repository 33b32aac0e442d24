"""Numbers that Word sets before paragraphs: `3.`, `(b)`, `Article 5`, `第五条`.

Bare numbers are marks of a list, which are shown and no text here as in Markdown; a word that
stands before the paragraph is read, quoted and looked for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.sources.formats.docx.package import child, name_of, value
from sinorus.sources.formats.numerals import shown
from sinorus.sources.formats.xml_tree import Element

_PLACE = re.compile("%([1-9])")
_WORD = re.compile(r"[^\W\d_]")
_UNCOUNTED = frozenset(("bullet", "none"))
_DEEPEST = 9  # levels that Word has


class _Level(NamedTuple):
    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""


class Before(NamedTuple):
    """What stands before a paragraph: words that are part of it, or the mark of an item."""

    words: str = ""
    mark: str = ""


_NOTHING = Before()


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

    def _add_num(self, node: Element) -> None:
        key = value(node, "numId") or ""
        based = child(node, "abstractNumId")
        self._nums[key] = (value(based) or "") if based is not None else ""
        for one in node:
            start = child(one, "startOverride") if name_of(one) == "w:lvlOverride" else None
            if start is not None:
                self._starts[key, _number(value(one, "ilvl"), 0)] = _number(value(start), 1)

    def before(self, properties: Element | None, style: str) -> Before:
        """What is set before a numbered paragraph; counts it."""
        if properties is None:
            return _NOTHING
        named = child(properties, "numPr", "numId")
        key = (value(named) or "") if named is not None else ""
        levels = self._abstract.get(self._nums.get(key, ""))
        if not levels:
            return _NOTHING
        deep = child(properties, "numPr", "ilvl")
        at = _number(value(deep), 0) if deep is not None else self._level_of(levels, style)
        level = levels.get(at)
        if level is None:
            return _NOTHING
        counts = self._counts.setdefault(self._nums[key], {})
        first = self._starts.pop((key, at), None)
        counts[at] = first if first is not None else counts.get(at, level.start - 1) + 1
        for below in [one for one in counts if one > at]:
            del counts[below]
        if level.format in _UNCOUNTED or "%" not in level.text:
            return _NOTHING
        told = _PLACE.sub(lambda sign: self._shown(int(sign[1]) - 1, levels, counts), level.text)
        return Before(words=told) if _says_words(level.text) else Before(mark=told.strip())

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
