"""The parts of a Word file, and the relations by which one names another."""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.sources.formats.archive import Archive, resolved
from sinorus.sources.formats.registry import Unreadable
from sinorus.sources.formats.xml_tree import Element, is_element, parse, prefixed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = {  # the names of ISO 29500 Strict, and those that Word itself writes
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
_PREFIXES = {
    W: "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMES: dict[str, str] = {}
_NOT_WORD = (
    ("content.xml", "it is an OpenDocument text inside: name it .odt"),
    ("META-INF/container.xml", "it is an EPUB inside: name it .epub"),
    ("xl/workbook.xml", "it is a table of Excel, no text"),
    ("ppt/presentation.xml", "it is slides of PowerPoint, no text"),
)


class Relation(NamedTuple):
    """What a part refers to: `target` is a member of the archive, or an address if `external`."""

    kind: str
    target: str
    external: bool


def name_of(node: Element) -> str:
    """The name of an element with a prefix of ours: `w:p`, `m:t`; `textbox` of any other."""
    return prefixed(node, _PREFIXES, _NAMES)


def value(node: Element, name: str = "val") -> str | None:
    """An attribute of Word's."""
    found: str | None = node.get(f"{{{W}}}{name}")
    return found


def related(node: Element, name: str = "id") -> str:
    """The attribute by which an element names a relation."""
    found: str = node.get(_R + name) or ""
    return found


def child(node: Element | None, *path: str) -> Element | None:
    """The element of Word's below another, by the names on the way."""
    for name in path:
        if node is None:
            return None
        node = next(node.iterchildren(f"{{{W}}}{name}"), None)  # a tenth of what `find` takes
    return node


class Package:
    """The parts of a Word file. Raises Unreadable where there is none inside."""

    def __init__(self, raw: bytes) -> None:
        self.archive = Archive(raw)
        self.faults = self.archive.faults
        self._relations: dict[str, dict[str, Relation]] = {}
        main = [one.target for one in self.relations("").values() if one.kind == "officeDocument"]
        name = self.archive.find(main[0]) if main else self.archive.find("word/document.xml")
        if name is None or name.endswith(".bin"):
            for sign, reason in _NOT_WORD:
                if self.archive.find(sign):
                    raise Unreadable(reason)
            raise Unreadable("there is no text of Word in it")
        self.main = name

    def tree(self, name: str) -> Element | None:
        """The root of a part; None where there is no such part."""
        raw = self.archive.read(name) if name else b""
        if not raw:
            return None
        for strict, usual in _STRICT.items():
            if strict in raw:
                raw = raw.replace(strict, usual)
        return parse(raw, name, self.faults)

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by id; of the whole package for an empty name."""
        known = self._relations.get(part)
        if known is not None:
            return known
        folder, _, file = part.rpartition("/")
        root = self.tree(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found = {}
        for node in root if root is not None else ():
            if not is_element(node):
                continue
            kind, target = node.get("Type") or "", node.get("Target") or ""
            external = (node.get("TargetMode") or "").lower() == "external"
            where = target if external else resolved(part, target)
            found[node.get("Id") or ""] = Relation(re.split("[/]", kind)[-1], where, external)
        self._relations[part] = found
        return found

    def sibling(self, kind: str, usual: str) -> Element | None:
        """The root of the part that the main one names as `kind`, else of that with this name."""
        named = [one.target for one in self.relations(self.main).values() if one.kind == kind]
        return self.tree(named[0] if named else usual)
