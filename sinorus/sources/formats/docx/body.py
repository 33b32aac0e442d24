"""The paragraphs, tables and text boxes of a Word file, in reading order."""

from __future__ import annotations

import re

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.docx.chunks import Chunks
from sinorus.sources.formats.docx.notes import Note, Notes
from sinorus.sources.formats.docx.numbering import Before, Numbering
from sinorus.sources.formats.docx.package import W, child, name_of, related, value
from sinorus.sources.formats.docx.runs import Pages, Runs, alternative
from sinorus.sources.formats.docx.styles import Styles, indent_of, numbered, outline_level
from sinorus.sources.formats.flow import Flow
from sinorus.sources.formats.seen_text import SeenText
from sinorus.sources.formats.style_names import Meaning
from sinorus.sources.formats.xml_tree import Element

_AROUND = frozenset(
    (
        *("w:ins", "w:moveTo", "w:customXml", "w:sdtContent", "w:smartTag", "w:body"),
        "w:customXmlMoveToRangeStart",
    )
)
_HAN = re.compile("[\u3000-\u9fff]")  # between Han characters there is no blank
_INDENT = (280, 2_900)  # twentieths of a point: from half a centimetre to five
_PLACED = frozenset(("text", "list"))  # what a numbered paragraph may be
_TITLE_BLOCK = ("author", "date", "authors")


class Body:
    """Reads the main text and the notes. `said` has what styles name: an author, a date."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        notes: Notes,
        chunks: Chunks,
        pages: Pages,
    ) -> None:
        self.flow = Flow()
        self.said: dict[str, list[str]] = {}
        self.faults: list[tuple[int, str]] = []
        self._styles, self._notes, self._chunks, self._pages = styles, notes, chunks, pages
        self._numbering = numbering
        self._runs = self._new_runs("")
        self._endnotes: list[Note] = []
        self._deep = 0  # tables that are open
        self._open: tuple[SeenText, Meaning] | None = None

    def _new_runs(self, part: str) -> Runs:
        return Runs(self._styles, self._chunks.relations(part), self._notes, self._pages)

    def read(self, root: Element) -> list[Block]:
        """The blocks of the main part, each with the notes behind it, endnotes at the end."""
        for node in root:
            if name_of(node) == "w:body":
                self._blocks(node)
        self._close()
        self._runs.leave()
        for note in self._endnotes:
            self._note(note)
        if self._notes.missing:
            reason = f"{self._notes.missing} of its notes are missing in the file"
            self.faults.append((0, reason))
        return self.flow.finished()

    def _blocks(self, parent: Element) -> None:
        for node in parent:
            name = name_of(node)
            if name == "w:p":
                self._paragraph(node)
            elif name == "w:tbl":
                self._table(node)
            elif name == "w:sdt":
                content = child(node, "sdtContent")
                if content is not None and not _is_contents(node):
                    self._blocks(content)
            elif name in _AROUND:
                self._blocks(node)
            elif name == "mc:AlternateContent":
                chosen = alternative(node)
                if chosen is not None:
                    self._blocks(chosen)
            elif name in ("w:altChunk", "w:subDoc"):
                self._close()
                self.flow.extend(self._chunks.read(related(node), self.faults))

    # Paragraphs

    def _paragraph(self, node: Element) -> None:
        properties = child(node, "pPr")
        meaning = self._meaning(properties)
        said = SeenText()
        if self._open is not None:
            said, _ = self._open
            self._open = None
        if meaning.contents:
            said = SeenText()  # its fields have to be followed all the same
            self._runs.read(node, said)
            return
        before = self._before(properties)
        if before.words:
            said.add(f"{before.words} ")
        self._runs.read(node, said)
        if child(properties, "rPr", "del") is not None:  # its end was deleted: the next goes on
            if not _HAN.match(said.last):
                said.add(" ")
            self._open = (said, meaning)
            return
        frame = child(properties, "framePr")
        if frame is not None and value(frame, "dropCap") in ("drop", "margin"):
            self._open = (said, meaning)
            return
        self._end(said, meaning, before.mark, indented=self._is_indented(properties))

    def _before(self, properties: Element | None) -> Before:
        """What Word sets before a paragraph that it counts."""
        style = self._style_of(properties)
        numbering = properties if child(properties, "numPr") is not None else None
        return self._numbering.before(
            numbering if numbering is not None else self._styles.numbering(style), style
        )

    def _is_indented(self, properties: Element | None) -> bool:
        """Whether a paragraph stands further in than its style has it, as quotations do."""
        own = indent_of(properties)
        if own is None or not _INDENT[0] <= own <= _INDENT[1]:
            return False
        aligned = child(properties, "jc")
        if aligned is not None and value(aligned) in ("center", "right", "end"):
            return False
        return own - self._styles.indent(self._style_of(properties)) >= _INDENT[0]

    def _style_of(self, properties: Element | None) -> str:
        styled = child(properties, "pStyle")
        return (value(styled) or "") if styled is not None else self._styles.default

    def _end(
        self, said: SeenText, meaning: Meaning, mark: str = "", *, indented: bool = False
    ) -> None:
        if meaning.name in _TITLE_BLOCK and len(said.text) < 200:
            self.said.setdefault(meaning.name.rstrip("s"), []).append(said.text.strip())
        if indented and not self._deep and meaning.kind == "text":
            self.flow.add_indented(said)
        else:
            self.flow.add(said, meaning.kind, meaning.level, mark)
        boxes, self._runs.boxes = self._runs.boxes, []
        for box in boxes:
            if name_of(box) == "w:txbxContent":
                self._blocks(box)
                self._close()
            else:
                self._drawn(box)
        self._write_notes()

    def _drawn(self, node: Element) -> None:
        """What can be read of a diagram, and the titles of a chart."""
        kind: Kind = "caption" if name_of(node) == "chart" else "text"
        for text in self._chunks.drawn(related(node) or related(node, "dm")):
            said = SeenText()
            said.add(text)
            self.flow.add(said, kind)

    def _close(self) -> None:
        if self._open is not None:
            (said, meaning), self._open = self._open, None
            self._end(said, meaning)

    def _meaning(self, properties: Element | None) -> Meaning:
        meaning = self._styles.meaning(self._style_of(properties))
        level = outline_level(properties)
        if level is not None:
            kind: Kind = "heading" if level else "text"
            if meaning.kind in ("heading", "text", "list"):
                return meaning._replace(kind=kind, level=level)
        listed = numbered(properties)
        if listed is not None and meaning.kind in _PLACED:
            return meaning._replace(kind="list" if listed else "text")
        return meaning

    # Notes

    def _write_notes(self) -> None:
        """Footnotes stand behind the paragraph that refers to them."""
        for note in self._notes.take():
            if note.kind == "endnote":
                self._endnotes.append(note)
            else:
                self._note(note)

    def _note(self, note: Note) -> None:
        outer, self._runs = self._runs, self._new_runs(note.kind)
        label, self.flow.label = self.flow.label, note.label
        self._blocks(note.content)
        self._close()
        self._runs, self.flow.label = outer, label

    # Tables

    def _table(self, node: Element) -> None:
        self._close()
        before = self.flow.taken()
        self._deep += 1
        rows = [self._row(row) for row in _rows(node)]
        self._deep -= 1
        self.flow.extend(before)
        self.flow.table_or_layout(rows)

    def _row(self, row: Element) -> list[list[Block]]:
        found = []
        for cell in _cells(row):
            self._blocks(cell)
            self._close()
            found.append(self.flow.taken())
        return found


def _rows(table: Element) -> list[Element]:
    """The rows of a table, also where they stand in a content control, without deleted ones."""
    found = []
    for node in table:
        name = name_of(node)
        if name == "w:tr":
            if child(node, "trPr", "del") is None:
                found.append(node)
        elif name == "w:sdt":
            content = child(node, "sdtContent")
            found += _rows(content) if content is not None else []
        elif name in _AROUND:
            found += _rows(node)
    return found


def _cells(row: Element) -> list[Element]:
    found = []
    for node in row:
        name = name_of(node)
        if name == "w:tc":
            found.append(node)
        elif name == "w:sdt":
            content = child(node, "sdtContent")
            found += _cells(content) if content is not None else []
        elif name in _AROUND:
            found += _cells(node)
    return found


def _is_contents(node: Element) -> bool:
    """Whether a content control is the table of contents that Word makes."""
    gallery = node.find(f"{{{W}}}sdtPr/{{{W}}}docPartObj/{{{W}}}docPartGallery")
    return gallery is not None and value(gallery) == "Table of Contents"
