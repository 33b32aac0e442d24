"""Numbers before the items of a list: text where they do more than count, else marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from sinorus.sources.formats.numbering import are_counts
from sinorus.sources.formats.numerals import shown

Element: TypeAlias = etree._Element

_LARGEST = 10**9
_NOTHING: tuple[str, str | None] = ("", None)
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)


class Numbers:
    """`take` gives what stands before the item that was begun last, once: a text and a mark."""

    def __init__(self) -> None:
        self._lists: list[tuple[dict[Element, int], dict[Element, str]]] = []
        self._next = _NOTHING

    def begin(self, one: Element) -> None:
        """A list begins."""
        texts = _more_than_counts(one) if one.tag == "ol" else {}
        self._lists.append((texts, _marks(one) if one.tag == "ol" and not texts else {}))
        self._next = _NOTHING

    def end(self) -> None:
        """The innermost list ends."""
        if self._lists:
            self._lists.pop()
        self._next = _NOTHING

    def begin_item(self, item: Element) -> None:
        """An item of the innermost list begins."""
        texts, marks = self._lists[-1] if self._lists else ({}, {})
        number = texts.get(item)
        self._next = (f"{number}. " if number is not None else "", marks.get(item))

    def take(self) -> tuple[str, str | None]:
        """The number of the item in hand: with a stop and a blank where it is text, and as a mark
        where it only counts.
        """
        found, self._next = self._next, _NOTHING
        return found


def _marks(one: Element) -> dict[Element, str]:
    """What a browser shows before each item of a list that only counts."""
    if one.get("reversed") is not None or _UNMARKED.search(one.get("style") or ""):
        return {}
    how = _TYPES.get(one.get("type") or "", "decimal")
    return {item: f"{shown(number, how)}." for item, number in _numbered(one)}


def _numbered(one: Element) -> Iterator[tuple[Element, int]]:
    """The items of a list, each with its number."""
    at = _number(one.get("start"), 1)
    for item in one.iterchildren("li"):
        at = _number(item.get("value"), at)
        yield item, at
        at += 1


def _more_than_counts(one: Element) -> dict[Element, int]:
    """The number of each item of a list that does more than count."""
    if not one.get("start") and not any(item.get("value") for item in one.iterchildren("li")):
        return {}
    numbers = dict(_numbered(one))
    if are_counts(list(numbers.values())) if numbers else True:
        return {}
    return numbers


def _number(said: str | None, otherwise: int) -> int:
    said = (said or "").strip()
    if said.isascii() and said.isdigit() and len(said) < 10:
        return min(int(said), _LARGEST)
    return otherwise
