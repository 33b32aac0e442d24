"""The structure tree of a tagged page: for each marked content, which element it belongs to.

An element is known by its path, the numbers of the children on the way to it from the root, which
is the same on all pages that it runs over, and which sorts as the document reads.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from sinorus.model import Kind

Path = tuple[int, ...]
_DEEPEST = 60
"""Elements within each other that are followed."""
_MOST = 50_000
"""Elements of a page that are read at most."""
_HEADINGS = {"H": 1, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(("Note", "FENote"), "footnote"),
    "Caption": "caption",
    "LI": "list",
    "Table": "table",
    "BlockQuote": "quote",
    "P": "text",
    "TOCI": "text",
    "Code": "code",
    "Figure": "text",
    "Formula": "text",
}
_WHOLE = frozenset(("heading", "footnote", "caption", "list"))
"""Kinds of elements that are one paragraph with all the text in them."""


class Element(NamedTuple):
    """A paragraph, note, heading or table of a structure tree.

    `level` is that of a heading, `row` and `cell` are paths where it is part of a table.
    """

    path: Path
    kind: Kind
    level: int = 0
    row: Path = ()
    cell: Path = ()


def elements(page: pdfium.PdfPage) -> dict[int, Element]:
    """The element of each marked content of a page, by its number."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return dict(_walk(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _walk(tree: Any) -> Iterator[tuple[int, Element]]:
    nothing = Element((), "text")
    stack: list[tuple[Any, Path, Element]] = []
    for at in range(min(raw.FPDF_StructTree_CountChildren(tree), _MOST)):
        if child := raw.FPDF_StructTree_GetChildAtIndex(tree, at):
            stack.append((child, (at,), nothing))
    seen = 0
    while stack and seen < _MOST:
        element, path, above = stack.pop()
        seen += 1
        own = _element(_type(element), path, above)
        for at in range(min(raw.FPDF_StructElement_CountChildren(element), _MOST)):
            number = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if number >= 0:
                yield number, own if own.path else own._replace(path=path)
            elif len(path) < _DEEPEST and (
                child := raw.FPDF_StructElement_GetChildAtIndex(element, at)
            ):
                stack.append((child, (*path, at), own))


def _element(name: str, path: Path, above: Element) -> Element:
    """What an element with this name is, below another."""
    if above.kind == "table" and above.path:
        if name == "TR":
            return above._replace(row=path)
        if name in ("TD", "TH"):
            return above._replace(cell=path)
        if name == "Caption":
            return Element(path, "caption")
    kind = _KINDS.get(name)
    if kind is None or (
        kind == "text" and above.kind in ("heading", "footnote", "caption", "list")
    ):
        return above
    if kind == "footnote" or not above.path or above.kind in ("text", "quote", "list"):
        if kind == "code" and above.path:  # within a line
            return above
        inside = "quote" if above.kind == "quote" and kind == "text" else kind
        return Element(path, inside, _HEADINGS.get(name, 0))
    return above


def _type(element: Any) -> str:
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
