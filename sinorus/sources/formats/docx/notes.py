"""Footnotes and endnotes of a Word file: their numbers, and what has to be said of them yet."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.sources.formats.docx.package import Package, name_of, value
from sinorus.sources.formats.xml_tree import Element


class Note(NamedTuple):
    """A note that the text refers to, and its label: `1`, `2` for footnotes, `e1` for endnotes."""

    kind: str
    label: str
    content: Element


class Notes:
    """Gives each note a label when it is first referred to; `new` are those not written yet."""

    def __init__(self, package: Package) -> None:
        self._known: dict[tuple[str, str], Element] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._count = {"footnote": 0, "endnote": 0}
        self.new: list[Note] = []
        self.missing = 0
        for kind in self._count:
            root = package.sibling(f"{kind}s", f"word/{kind}s.xml")
            for node in root if root is not None else ():
                ordinary = value(node, "type") in (None, "normal")
                if name_of(node) == f"w:{kind}" and ordinary and (key := value(node, "id")):
                    self._known[kind, key] = node

    def label(self, kind: str, key: str) -> str:
        """The label of a note; empty if the file has none such."""
        known = self._labels.get((kind, key))
        if known is not None:
            return known
        content = self._known.get((kind, key))
        if content is None:
            self.missing += 1
            return ""
        self._count[kind] += 1
        label = f"{'e' if kind == 'endnote' else ''}{self._count[kind]}"
        self._labels[kind, key] = label
        self.new.append(Note(kind, label, content))
        return label

    def take(self) -> list[Note]:
        """The notes met since the last time."""
        found, self.new = self.new, []
        return found
