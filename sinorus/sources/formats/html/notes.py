"""Footnotes of a page: which links are their marks, and where each begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,4}|[a-z]|[*†‡§]{1,4}|[ivx]{1,5})\s*[\])]?")
_BARE = re.compile(r"\d{1,4}|[a-z]|[ivx]{1,5}")
_NAMED = re.compile(r"foot|note|fn|ref|cite|primech|snosk|\bzhu", re.IGNORECASE)
_LONGEST_MARK = 16  # characters
_BLOCKS = frozenset({"li", "p", "div", "dd", "dt", "td", "tr", "aside", "section", "blockquote"})
_NOT_NOTES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "article", "main"})
_LARGEST = 20  # elements between the place a link leads to and the block that is the note

Element: TypeAlias = etree._Element


class Notes:
    """`marks` are the labels of links that are marks of a note, which a reader does not need.

    `back` are the links from a note to its marks. `whole` are the labels of elements that are a
    note, `starts` those of places from which on a block is one.
    """

    def __init__(self, tree: Element) -> None:
        self.marks: dict[Element, str] = {}
        self.back: set[Element] = set()
        self.whole: dict[Element, str] = {}
        self.starts: dict[Element, str] = {}
        self.texts: dict[str, str] = {}
        """What stands at the mark of a note, by its label."""
        self._read(tree)

    def _read(self, tree: Element) -> None:
        order: dict[Element, int] = {}
        places: dict[str, Element] = {}
        links: list[tuple[Element, str]] = []
        for at, one in enumerate(tree.iter(etree.Element)):
            for key in ("id", "name"):
                if name := one.get(key):
                    places.setdefault(name, one)
                    order[one] = at
            if one.tag == "a" and (href := one.get("href") or "").startswith("#") and href[1:]:
                links.append((one, href[1:]))
                order[one] = at
        homes = self._find_marks(places, links, order)
        if not self.marks:
            return
        for link, target in links:
            if link not in self.marks and target in homes:
                self.back.add(link)
        self._find_notes(places)

    def _find_marks(
        self,
        places: dict[str, Element],
        links: list[tuple[Element, str]],
        order: dict[Element, int],
    ) -> set[str]:
        """Finds the marks; the names of the places where they stand."""
        homes: set[str] = set()
        for link, target in links:
            place = places.get(target)
            if place is None or place.tag in _NOT_NOTES or order[place] < order[link]:
                continue
            text = _text(link)
            if text is None or not _MARK.fullmatch(text) or not _is_mark(link, text, target):
                continue
            self.marks[link] = target
            self.texts.setdefault(target, text)
            homes.update(_names_around(link))
        return homes

    def _find_notes(self, places: dict[str, Element]) -> None:
        within: dict[Element, list[str]] = {}
        for label in dict.fromkeys(self.marks.values()):
            place = places[label]
            block = place
            for _ in range(_LARGEST):
                if block.tag in _BLOCKS:
                    break
                above = block.getparent()
                if above is None or above.tag in _NOT_NOTES:
                    break
                block = above
            within.setdefault(block, []).append(label)
        for block, labels in within.items():
            if len(labels) == 1 and block.tag in _BLOCKS:
                row = block.getparent() if block.tag == "td" else None
                # The number of a note may stand in a cell of its own.
                self.whole[block if row is None else row] = labels[0]
            else:
                self.starts.update((places[label], label) for label in labels)


def _text(link: Element) -> str | None:
    """The text of a link, if it is short."""
    found: list[str] = []
    for part in link.itertext():
        found.append(str(part))
        if len(found) > _LONGEST_MARK or len(part) > _LONGEST_MARK:
            return None
    return "".join(found).strip()


def _is_mark(link: Element, text: str, target: str) -> bool:
    """Whether a link that looks like the mark of a note is one."""
    if not _BARE.fullmatch(text):
        return True
    if link.find(".//sup") is not None:
        return True
    said = " ".join(
        link.get(key) or "" for key in ("class", "role", "rel", "epub:type", "id", "name")
    )
    if _NAMED.search(said) or (text.isdigit() and _NAMED.search(target)):
        return True
    return any(one.tag == "sup" for one in _above(link, 3))


def _names_around(link: Element) -> Iterator[str]:
    """The names of a mark: its own, and those of what holds or is held by it alone."""
    around = [link, *_above(link, 2), *link.iter("a", "sup", "span")]
    before = link.getprevious()
    if before is not None and before.tag == "a":
        around.append(before)
    for one in around:
        if one.tag in ("a", "sup", "span", "small"):
            yield from filter(None, (one.get("id"), one.get("name")))


def _above(one: Element, most: int) -> Iterator[Element]:
    for _ in range(most):
        above = one.getparent()
        if above is None:
            return
        yield above
        one = above
