"""XML from strangers as a tree: no entities, no other file, bounded in size and depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from sinorus.sources.formats.registry import Unreadable

Element = Any
_SIGNS = 6_000_000
"""Of `<` in one part, half of them elements: about 600 MB as a tree; a thick book has 1 million."""
_MOST_NAMES = 5_000
"""Names of elements that are remembered: no format has so many."""
_OPTIONS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(raw: bytes, name: str, faults: list[tuple[int, str]]) -> Element:
    """The root of `raw`; where it breaks off, what stands before, and a fault that says so.

    Raises Unreadable where nothing can be had.
    """
    if raw.count(b"<") > _SIGNS:
        raise Unreadable(f"'{name[:80]}' in it has more than 3 million elements: split the file")
    try:
        return etree.fromstring(raw, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
    except ValueError:
        raise Unreadable(f"'{name[:80]}' in it is no XML") from None
    try:
        root = etree.fromstring(raw, etree.XMLParser(**_OPTIONS, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable(f"'{name[:80]}' in it is no XML: save it again with its own program")
    faults.append(
        (0, f"'{name[:80]}' in it is damaged at line {line}: what stands behind may be missing")
    )
    return root


def is_element(node: Element) -> bool:
    """Whether a node of a tree is an element, and no reference to an entity."""
    return isinstance(node.tag, str)


def local_name(node: Element) -> str:
    """The name of an element without its namespace."""
    tag: str = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2]


def all_text(node: Element | None, limit: int = 10_000) -> str:
    """The text in an element, with single blanks."""
    if node is None:
        return ""
    return " ".join("".join(node.itertext()).split())[:limit]


def prefixed(node: Element, prefixes: Mapping[str, str], known: dict[str, str]) -> str:
    """The name of an element with the prefix that its namespace has in `prefixes`, if it has one.

    Empty for a comment. `known` are the names found before, a bounded number of them.
    """
    tag = node.tag
    name = known.get(tag)
    if name is None:
        if not isinstance(tag, str):
            return ""
        space, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
        name = prefixes.get(space, "") + local
        if len(known) < _MOST_NAMES:
            known[tag] = name
    return name
