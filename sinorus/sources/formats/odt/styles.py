"""What the styles of an OpenDocument text mean: kinds of paragraphs, looks of text."""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.model import Kind, Style
from sinorus.sources.formats.xml_tree import Element, is_element, prefixed

_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office:",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text:",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table:",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw:",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style:",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/1998/Math/MathML": "math:",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest:",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo:",
    "http://www.w3.org/1999/xlink": "xlink:",
}
_SPACES = {prefix: space for space, prefix in _PREFIXES.items()}
_NAMES: dict[str, str] = {}
_HEADING = re.compile(r"heading (10|[1-9])")
_CONTENTS = re.compile(r"contents (?:[1-9]|10|heading)|(?:illustration|table|user) index [1-9]")
_KINDS: dict[str, Kind] = {
    "quotations": "quote",
    "quotation": "quote",
    "quote": "quote",
    "block quotation": "quote",
    "block text": "quote",
    "preformatted text": "code",
    "source code": "code",
    "caption": "caption",
    "illustration": "caption",
    "figure": "caption",
    "drawing": "caption",
    "table": "caption",
    "title": "heading",
}
_CODE_RUNS = frozenset(("source text", "teletype", "example", "user entry"))
_OFF = frozenset(("none", "false"))
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)(cm|mm|in|pt)")
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353}
_INDENT = (0.5, 5.0)
_DEEPEST = 50


def name_of(node: Element) -> str:
    """The name of an element with the prefix that OpenDocument has for it: `text:p`."""
    return prefixed(node, _PREFIXES, _NAMES)


def value(node: Element, name: str) -> str:
    """An attribute by its name with a prefix, `text:style-name`; empty where it is not said."""
    prefix, _, local = name.partition(":")
    return node.get(f"{{{_SPACES[prefix + ':']}}}{local}") or ""


class Meaning(NamedTuple):
    """What the style of a paragraph says of it; `contents` are entries in a table of contents."""

    kind: Kind = "text"
    level: int = 0
    contents: bool = False
    hidden: bool = False
    indented: bool = False


class Looks(NamedTuple):
    """How text looks."""

    styles: frozenset[Style] = frozenset()
    hidden: bool = False


PLAIN = Looks()


class Styles:
    """The styles of a document, from the elements that hold them; later ones are its automatic."""

    def __init__(self, holders: list[Element]) -> None:
        self._known: dict[tuple[str, str], Element] = {}
        self._meanings: dict[str, Meaning] = {}
        self._looks: dict[str, Looks] = {}
        for holder in holders:
            for node in holder:
                if name_of(node) == "style:style":
                    key = (value(node, "style:family"), value(node, "style:name"))
                    self._known[key] = node

    def _chain(self, family: str, key: str) -> list[Element]:
        found: list[Element] = []
        while len(found) < _DEEPEST and (node := self._known.get((family, key))) is not None:
            found.append(node)
            key = value(node, "style:parent-style-name")
        return found

    def meaning(self, key: str) -> Meaning:
        """What a paragraph is that has this style."""
        known = self._meanings.get(key)
        if known is None:
            known = self._meanings[key] = self._read(key)
        return known

    def _read(self, key: str) -> Meaning:
        chain = self._chain("paragraph", key)
        hidden = any(_property(node, "text:display") == "none" for node in chain[:1])
        names = [_plain(key), *(_plain(value(one, "style:parent-style-name")) for one in chain)]
        for name in names:
            if heading := _HEADING.fullmatch(name):
                return Meaning("heading", int(heading[1]), hidden=hidden)
            if _CONTENTS.fullmatch(name):
                return Meaning(contents=True, hidden=hidden)
            if kind := _KINDS.get(name):
                return Meaning(kind, int(kind == "heading"), hidden=hidden)
        return Meaning(hidden=hidden, indented=_is_indented(chain))

    def looks(self, key: str) -> Looks:
        """How the text of a span looks that has this style."""
        known = self._looks.get(key)
        if known is None:
            said: dict[str, str] = {}
            code = False
            for node in reversed(self._chain("text", key)):
                code = code or _plain(value(node, "style:name")) in _CODE_RUNS
                said |= _properties(node)
            known = self._looks[key] = _looks_of(said, code=code or _plain(key) in _CODE_RUNS)
        return known


def _is_indented(chain: list[Element]) -> bool:
    """Whether a paragraph stands further in than the style that its own is based on."""
    margins = []
    for node in chain:
        said = _properties(node, "style:paragraph-properties")
        if node is chain[0] and said.get("fo:text-align") in ("center", "end", "right"):
            return False
        if node is chain[0] and said.get("fo:text-indent", "0").startswith("-"):
            return False
        margin = _LENGTH.fullmatch(said.get("fo:margin-left", ""))
        if margin:
            margins.append(float(margin[1]) * _CENTIMETRES[margin[2]])
        elif node is chain[0]:
            return False
    if not margins:
        return False
    around = margins[1] if len(margins) > 1 else 0.0
    return _INDENT[0] <= margins[0] <= _INDENT[1] and margins[0] - around >= _INDENT[0]


def _looks_of(said: dict[str, str], *, code: bool) -> Looks:
    found: set[Style] = {"code"} if code else set()
    weight = said.get("fo:font-weight", "")
    if weight == "bold" or (weight.isdecimal() and len(weight) == 3 and weight >= "600"):
        found.add("strong")
    if said.get("fo:font-style") in ("italic", "oblique"):
        found.add("emphasis")
    position = said.get("style:text-position", "").split(" ")[0]
    if position == "super" or (position[:1].isdecimal() and position.strip("0%.")):
        found.add("superscript")
    if position == "sub" or position.startswith("-"):
        found.add("subscript")
    for name in ("style:text-line-through-style", "style:text-line-through-type"):
        if said.get(name, "none") not in _OFF:
            found.add("struck")
    return Looks(frozenset(found), said.get("text:display") == "none")


def _properties(node: Element, kind: str = "style:text-properties") -> dict[str, str]:
    """The properties of a kind that a style sets."""
    found: dict[str, str] = {}
    for one in node:
        if is_element(one) and name_of(one) == kind:
            for key, said in one.attrib.items():
                space, _, local = key[1:].rpartition("}")
                found[_PREFIXES.get(space, "") + local] = said
    return found


def _property(node: Element, name: str) -> str:
    return _properties(node).get(name, "")


def _plain(name: str) -> str:
    """`Text_20_body` as `text body`: six hexadecimal signs stand for what is no letter."""
    return re.sub(r"_([0-9a-fA-F]{2})_", lambda sign: chr(int(sign[1], 16)), name).lower()
