"""Numbers before the items of a list, where they do more than count them."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

from sinorus.sources.formats.numbering import are_counts

Element: TypeAlias = etree._Element

_LARGEST = 10**9


class Numbers:
    """`take` gives what stands before the item that was begun last, once."""

    def __init__(self) -> None:
        self._lists: list[dict[Element, int]] = []
        self._next = ""

    def begin(self, one: Element) -> None:
        """A list begins."""
        self._lists.append(_shown(one) if one.tag == "ol" else {})
        self._next = ""

    def end(self) -> None:
        """The innermost list ends."""
        if self._lists:
            self._lists.pop()
        self._next = ""

    def begin_item(self, item: Element) -> None:
        """An item of the innermost list begins."""
        number = self._lists[-1].get(item) if self._lists else None
        self._next = f"{number}. " if number is not None else ""

    def take(self) -> str:
        """The number of the item in hand with a stop and a blank, or nothing."""
        found, self._next = self._next, ""
        return found


def _shown(one: Element) -> dict[Element, int]:
    """The number of each item of a list that does more than count."""
    if not one.get("start") and not any(item.get("value") for item in one.iterchildren("li")):
        return {}
    at = _number(one.get("start"), 1)
    numbers: dict[Element, int] = {}
    for item in one.iterchildren("li"):
        at = _number(item.get("value"), at)
        numbers[item] = at
        at += 1
    if are_counts(list(numbers.values())) if numbers else True:
        return {}
    return numbers


def _number(said: str | None, otherwise: int) -> int:
    said = (said or "").strip()
    if said.isascii() and said.isdigit() and len(said) < 10:
        return min(int(said), _LARGEST)
    return otherwise
