"""The paragraphs, lists, tables and frames of an OpenDocument text, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.flow import Flow
from sinorus.sources.formats.odt.numbering import Lists
from sinorus.sources.formats.odt.runs import Runs
from sinorus.sources.formats.odt.styles import Styles, name_of, value
from sinorus.sources.formats.seen_text import SeenText
from sinorus.sources.formats.xml_tree import Element, is_element

_UNSEEN = frozenset(
    (
        *("text:tracked-changes", "text:table-of-content", "text:illustration-index"),
        *("text:table-index", "text:object-index", "text:user-index", "office:forms"),
        *("text:variable-decls", "text:sequence-decls", "text:user-field-decls"),
        *(
            "text:dde-connection-decls",
            "text:alphabetical-index-auto-mark-file",
            "office:annotation",
        ),
        *("text:bibliography-source", "text:alphabetical-index-source", "office:event-listeners"),
    )
)
_AROUND = frozenset(("text:list", "text:list-item", "text:list-header"))
_ROWS = frozenset(("table:table-header-rows", "table:table-rows", "table:table-row-group"))


class Body:
    """Reads the main text. `faults` are what is not read with it."""

    def __init__(
        self, styles: Styles, lists: Lists, formulas: Callable[[str, Element], str]
    ) -> None:
        self.flow = Flow()
        self.faults: list[tuple[int, str]] = []
        self._styles, self._lists = styles, lists
        self._deep = 0  # tables that are open
        self._runs = Runs(styles, formulas)
        self._endnotes: list[tuple[str, Element]] = []

    def read(self, text: Element) -> list[Block]:
        """The blocks, each with the notes behind it, endnotes at the end."""
        self._blocks(text, "text")
        for label, body in self._endnotes:
            self._note(label, body)
        return self.flow.finished()

    def _blocks(self, parent: Element, kind: Kind) -> None:
        for node in parent:
            name = name_of(node)
            if name in ("text:p", "text:h"):
                self._paragraph(node, name, kind)
            elif name in _AROUND:
                self._listed(node, name)
            elif name == "table:table":
                self._table(node)
            elif not name or name in _UNSEEN or value(node, "text:display") == "none":
                continue
            elif name == "text:section-source":
                where = value(node, "xlink:href").rpartition("/")[2][:80]
                if where:
                    self.faults.append((0, f"'{where}' is linked to and read as it stands here"))
            elif name.startswith("draw:"):
                self._boxes([node])
            elif name.startswith(("text:", "office:")):
                self._blocks(node, kind)

    def _listed(self, node: Element, name: str) -> None:
        """A list, or what stands in one."""
        if name == "text:list":
            self._lists.begin(node)
        elif name == "text:list-item":
            self._lists.begin_item(node)
        self._blocks(node, "list")
        if name == "text:list":
            self._lists.end()

    def _paragraph(self, node: Element, name: str, kind: Kind) -> None:
        meaning = self._styles.meaning(value(node, "text:style-name"))
        if meaning.contents or meaning.hidden:
            return
        if name == "text:h":
            said_level = value(node, "text:outline-level")
            level = int(said_level) if said_level.isdecimal() and len(said_level) < 3 else 1
            kind = "heading"
        else:
            level = meaning.level
            kind = meaning.kind if meaning.kind != "text" else kind
        said = SeenText()
        self._runs.read(node, said)
        if meaning.indented and kind == "text" and not self._deep:
            self.flow.add_indented(said)
        else:
            self.flow.add(said, kind, level, self._lists.take())
        boxes, self._runs.boxes = self._runs.boxes, []
        notes, self._runs.notes = self._runs.notes, []
        self._boxes(boxes)
        for label, body in notes:
            if label.startswith("e"):
                self._endnotes.append((label, body))
            else:
                self._note(label, body)

    def _boxes(self, boxes: list[Element]) -> None:
        for box in boxes:
            if name_of(box) == "table:table":
                self._table(box)
            else:
                self._blocks(box, "text")

    def _note(self, label: str, body: Element) -> None:
        outer, self.flow.label = self.flow.label, label
        self._blocks(body, "footnote")
        self.flow.label = outer

    def _table(self, table: Element) -> None:
        before = self.flow.taken()
        self._deep += 1
        rows = [self._row(row) for row in _rows(table)]
        self._deep -= 1
        self.flow.extend(before)
        self.flow.table_or_layout(rows)

    def _row(self, row: Element) -> list[list[Block]]:
        found: list[list[Block]] = []
        for cell in row:
            name = name_of(cell)
            if name == "table:table-cell":
                self._blocks(cell, "text")
                inside = self.flow.taken()
                found.append(inside)
            elif name == "table:covered-table-cell":
                found.append([])
        return found


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    for node in table:
        name = name_of(node)
        if name == "table:table-row" and value(node, "table:visibility") != "collapse":
            found.append(node)
        elif name in _ROWS and is_element(node):
            found += _rows(node)
    return found
