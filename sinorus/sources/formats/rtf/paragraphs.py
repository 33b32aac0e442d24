"""Paragraphs, tables and notes of RTF in the making."""

from __future__ import annotations

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.flow import Flow, is_layout
from sinorus.sources.formats.rtf.destinations import State
from sinorus.sources.formats.rtf.stylesheet import Stylesheet
from sinorus.sources.formats.seen_text import SeenText


class _Story:
    """A text in the making: the main one, or that of a note. `state` is of its last text."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.said = SeenText()
        self.state = State()
        self.listed = False
        self.cell = Flow()
        self.row: list[list[Block]] = []
        self.rows: list[list[list[Block]]] = []
        self.behind: list[Block] = []
        self.is_endnote = False


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

    def mark_item(self) -> None:
        """Says that the paragraph in hand has the mark of an item of a list."""
        self._open[-1].listed = True

    def end(self, state: State) -> None:
        """Ends the paragraph in hand."""
        story = self._open[-1]
        said, story.said = story.said, SeenText()
        listed, story.listed = story.listed or state.listed, False
        behind, story.behind = story.behind, []
        if not state.in_table:
            self._end_table(story)
        meaning = self._styles.meaning(state.style)
        if meaning.contents:
            return
        kind: Kind = meaning.kind
        level = meaning.level
        if 0 <= state.outline < 9 and kind in ("text", "heading"):
            kind, level = "heading", state.outline + 1
        elif listed and kind == "text":
            kind = "list"
        flow = story.cell if state.in_table else story.flow
        flow.add(said, kind, level)
        flow.extend(behind)

    def end_cell(self, state: State) -> None:
        """Ends a cell of a table, with the paragraph in it."""
        story = self._open[-1]
        self.end(state._replace(in_table=True))
        story.row.append(story.cell.taken())

    def end_row(self, _: State) -> None:
        """Ends a row of a table."""
        story = self._open[-1]
        if story.row:
            story.rows.append(story.row)
        story.row = []

    def _end_table(self, story: _Story) -> None:
        """Adds the table that ended before this paragraph, if any."""
        cell = story.cell.taken()
        if cell:
            story.row.append(cell)
        if story.row:
            story.rows.append(story.row)
        rows, story.rows, story.row = story.rows, [], []
        if not rows:
            return
        if is_layout(rows):
            for row in rows:
                for one in row:
                    story.flow.extend(one)
        else:
            story.flow.table(rows)

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
