"""What the styles of a Word file mean: kinds of paragraphs, levels of headings, looks of runs."""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.model import Style
from sinorus.sources.formats.docx.package import child, name_of, value
from sinorus.sources.formats.style_names import Meaning, by_name
from sinorus.sources.formats.xml_tree import Element

_CODE_RUNS = frozenset(("verbatim char", "html code", "html typewriter", "source text", "code"))
_OFF = frozenset(("0", "false", "off", "none"))
_TWIPS = re.compile(r"-?\d{1,6}")
_DEEPEST = 50  # of styles that are based on others
_SUPER: dict[str, Style] = {"superscript": "superscript", "subscript": "subscript"}


class Looks(NamedTuple):
    """What is set of a run; None where nothing is said."""

    strong: bool | None = None
    emphasis: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: str | None = None
    code: bool | None = None

    def over(self, below: Looks) -> Looks:
        """These looks where they say something, else those of `below`."""
        pairs = zip(self, below, strict=True)
        return Looks._make([upper if upper is not None else lower for upper, lower in pairs])

    def styles(self) -> tuple[tuple[Style, str], ...]:
        """The styles of the text that looks so."""
        found: list[tuple[Style, str]] = []
        if self.strong:
            found.append(("strong", ""))
        if self.emphasis:
            found.append(("emphasis", ""))
        if self.struck:
            found.append(("struck", ""))
        if self.raised in _SUPER:
            found.append((_SUPER[self.raised or ""], ""))
        if self.code:
            found.append(("code", ""))
        return tuple(found)


NO_LOOKS = Looks()


class Styles:
    """The styles of a file, from the root of their part."""

    def __init__(self, root: Element | None) -> None:
        self._known: dict[str, Element] = {}
        self._meanings: dict[str, Meaning] = {}
        self._looks: dict[str, Looks] = {}
        self._numberings: dict[str, Element | None] = {}
        self.default = ""
        for node in root if root is not None else ():
            if name_of(node) == "w:style" and (key := value(node, "styleId")):
                self._known[key] = node
                is_default = (value(node, "default") or "0") not in _OFF
                if is_default and value(node, "type") == "paragraph":
                    self.default = key

    def _chain(self, key: str) -> list[Element]:
        """A style and those it is based on."""
        found: list[Element] = []
        while len(found) < _DEEPEST and (node := self._known.get(key)) is not None:
            found.append(node)
            based = child(node, "basedOn")
            key = (value(based) or "") if based is not None else ""
        return found

    def meaning(self, key: str) -> Meaning:
        """What a paragraph is that has this style."""
        known = self._meanings.get(key)
        if known is None:
            known = self._meanings[key] = self._read(key)
        return known

    def _read(self, key: str) -> Meaning:
        first = ""
        for node in self._chain(key):
            named = child(node, "name")
            name = " ".join(((value(named) or "") if named is not None else "").lower().split())
            first = first or name
            if meant := by_name(name):
                return meant._replace(name=first)
            properties = child(node, "pPr")
            level = outline_level(properties)
            if level is not None:
                return Meaning("heading", level, name=first) if level else Meaning(name=first)
            if numbered(properties) is not None:
                return Meaning("list" if numbered(properties) else "text", name=first)
        return by_name(key.lower()) or Meaning(name=first or key.lower())

    def numbering(self, key: str) -> Element | None:
        """The properties of the style, or of one it is based on, that number its paragraphs."""
        if key not in self._numberings:
            self._numberings[key] = next(
                (
                    properties
                    for node in self._chain(key)
                    if child(properties := child(node, "pPr"), "numPr") is not None
                ),
                None,
            )
        return self._numberings[key]

    def indent(self, key: str) -> int:
        """How far in a paragraph stands that has this style, in twentieths of a point."""
        for node in self._chain(key):
            found = indent_of(child(node, "pPr"))
            if found is not None:
                return found
        return 0

    def looks(self, key: str) -> Looks:
        """How the text of a run looks that has this style."""
        known = self._looks.get(key)
        if known is None:
            known = NO_LOOKS
            for node in reversed(self._chain(key)):
                named = child(node, "name")
                name = ((value(named) or "") if named is not None else "").lower()
                own = looks_of(child(node, "rPr"))
                if name in _CODE_RUNS:
                    own = own._replace(code=True)
                known = own.over(known)
            self._looks[key] = known
        return known


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading that the properties of a paragraph say, 0 for none; None if silent."""
    node = child(properties, "outlineLvl")
    said = (value(node) or "") if node is not None else ""
    return (int(said) + 1) % 10 if len(said) == 1 and said.isdecimal() else None


def indent_of(properties: Element | None) -> int | None:
    """How far in a paragraph stands; None where nothing is said, 0 with a first line further out.

    In twentieths of a point.
    """
    node = child(properties, "ind")
    if node is None:
        return None
    said = value(node, "left") or value(node, "start") or ""
    if (value(node, "hanging") or "0") != "0":
        return 0
    return int(said) if _TWIPS.fullmatch(said) else None


def numbered(properties: Element | None) -> bool | None:
    """Whether the properties of a paragraph say that it is an item of a list; None if silent."""
    if child(properties, "numPr") is None:
        return None
    node = child(properties, "numPr", "numId")
    return None if node is None else value(node) not in (None, "0")


def looks_of(properties: Element | None) -> Looks:
    """What the properties of a run say of its looks."""
    if properties is None or not len(properties):
        return NO_LOOKS
    strong = emphasis = struck = hidden = raised = None
    for node in properties:
        name = name_of(node)
        if name == "w:b":
            strong = _is_on(node)
        elif name == "w:i":
            emphasis = _is_on(node)
        elif name in ("w:strike", "w:dstrike"):
            struck = struck or _is_on(node)
        elif name == "w:vanish":
            hidden = _is_on(node)
        elif name == "w:vertAlign":
            raised = value(node)
    return Looks(strong, emphasis, struck, hidden, raised)


def _is_on(node: Element) -> bool:
    said = value(node)
    return said is None or said.lower() not in _OFF
