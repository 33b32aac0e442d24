"""Paragraphs, tables and notes of RTF in the making."""

from __future__ import annotations

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.flow import Flow
from sinorus.sources.formats.rtf.destinations import State
from sinorus.sources.formats.rtf.stylesheet import Stylesheet
from sinorus.sources.formats.seen_text import SeenText

_LONGEST_MARK = 30


class _Table:
    """A table in the making: the cell in hand, the row that it is of, the rows above."""

    def __init__(self) -> None:
        self.cell = Flow()
        self.row: list[list[Block]] = []
        self.rows: list[list[list[Block]]] = []

    def end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def write(self, flow: Flow) -> None:
        """Adds the table to a text, with what was begun of it."""
        if cell := self.cell.taken():
            self.row.append(cell)
        self.end_row()
        flow.table_or_layout(self.rows)


class _Story:
    """A text in the making: the main one, or that of a note. `state` is of its last text.

    `tables` are those that are open, each but the first in a cell of the one before.
    """

    def __init__(self) -> None:
        self.flow = Flow()
        self.said = SeenText()
        self.state = State()
        self.listed = False
        self.mark = ""
        self.tables: list[_Table] = []
        self.behind: list[Block] = []
        self.is_endnote = False

    def at(self, level: int) -> Flow:
        """Where a paragraph stands that is in so many tables; deeper ones have ended."""
        while len(self.tables) > level:
            ended = self.tables.pop()
            ended.write(self.tables[-1].cell if self.tables else self.flow)
        while len(self.tables) < level:
            self.tables.append(_Table())
        return self.tables[-1].cell if self.tables else self.flow


class Paragraphs:
    """Is told of text and of the ends of paragraphs, cells, rows and notes."""

    def __init__(self, styles: Stylesheet) -> None:
        self._styles = styles
        self._open = [_Story()]
        self._count = {"footnote": 0, "endnote": 0}
        self._endnotes: list[Block] = []

    def add(self, text: str, state: State) -> None:
        """Adds text to the paragraph in hand."""
        story = self._open[-1]
        story.said.add(text, state.styles())
        if not text.isspace():
            story.state = state

    def mark_item(self, text: str) -> None:
        """Says that the paragraph in hand is an item of a list, with this more in its mark."""
        story = self._open[-1]
        story.listed = True
        story.mark = (story.mark + text)[:_LONGEST_MARK]

    def end(self, state: State) -> None:
        """Ends the paragraph in hand."""
        story = self._open[-1]
        said, story.said = story.said, SeenText()
        listed, story.listed = story.listed or state.listed, False
        mark, story.mark = story.mark.strip(), ""
        behind, story.behind = story.behind, []
        flow = story.at(state.level)
        meaning = self._styles.meaning(state.style)
        if meaning.contents:
            return
        kind: Kind = meaning.kind
        level = meaning.level
        if 0 <= state.outline < 9 and kind in ("text", "heading"):
            kind, level = "heading", state.outline + 1
        elif listed and kind == "text":
            kind = "list"
        flow.add(said, kind, level, mark if any(map(str.isalnum, mark)) else "")
        flow.extend(behind)

    def end_cell(self, state: State) -> None:
        """Ends a cell of a table, with the paragraph in it."""
        self._end_cell(state._replace(in_table=True, tables=1))

    def end_row(self, _: State) -> None:
        """Ends a row of a table."""
        self._end_row(1)

    def end_inner_cell(self, state: State) -> None:
        """Ends a cell of a table in a table."""
        self._end_cell(state._replace(in_table=True, tables=max(2, state.tables)))

    def end_inner_row(self, state: State) -> None:
        """Ends a row of a table in a table."""
        self._end_row(max(2, state.level, len(self._open[-1].tables)))

    def _end_cell(self, state: State) -> None:
        self.end(state)
        table = self._open[-1].tables[-1]
        table.row.append(table.cell.taken())

    def _end_row(self, level: int) -> None:
        story = self._open[-1]
        story.at(min(level, len(story.tables)))
        if story.tables:
            story.tables[-1].end_row()

    # Notes

    def begin_note(self) -> None:
        """A note begins, which the paragraph in hand refers to."""
        self._open.append(_Story())

    def is_endnote(self) -> None:
        """Says that the note in hand is one of those at the end."""
        self._open[-1].is_endnote = len(self._open) > 1

    def end_note(self) -> None:
        """The note in hand ends; it stands behind the paragraph that refers to it."""
        if len(self._open) < 2:
            return
        note = self._open[-1]
        kind = "endnote" if note.is_endnote else "footnote"
        self._count[kind] += 1
        label = f"{'e' if note.is_endnote else ''}{self._count[kind]}"
        note.flow.label = label
        self._finish(note)
        self._open.pop()
        blocks = [one._replace(kind="footnote", label=label) for one in note.flow.taken()]
        around = self._open[-1]
        around.said.notes.append(label)
        if note.is_endnote:
            self._endnotes += blocks
        else:
            around.behind += blocks

    def _finish(self, story: _Story) -> None:
        """Ends what is in hand, where a text ends without saying so."""
        self.end(story.state._replace(in_table=False))

    def finished(self) -> list[Block]:
        """All blocks of the file."""
        story = self._open[0]
        self._finish(story)
        story.flow.extend(self._endnotes)
        return story.flow.finished()
