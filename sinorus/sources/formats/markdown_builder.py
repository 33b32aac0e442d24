"""Blocks of Markdown in the making: what is no CommonMark is cut out, and tables are cut apart."""

from __future__ import annotations

from collections.abc import Mapping

from sinorus.sources.formats import wiki
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.tables import tables_apart

_TABLED = frozenset({"text", "list", "quote", "footnote"})


class MarkdownBuilder(Builder):
    """`stood_in` are the signs that stand for others in the text, with what they stand for."""

    def __init__(self, stood_in: Mapping[str, str]) -> None:
        super().__init__()
        self._stood_in = stood_in
        self._notes = 0

    def refined(self, draft: Draft) -> list[Draft]:
        """The block without what nobody sees, tables apart, and the notes that stand in it."""
        for sign, meant in self._stood_in.items():
            if sign in draft.text:
                draft.parts = [draft.text.replace(sign, meant)]
        notes: list[Draft] = []
        if draft.kind != "code" and wiki.may_hide(draft.text):
            notes = self._inline_notes(draft)
            draft.spans += wiki.raised_and_lowered(draft.text)
            draft.cut(wiki.hidden(draft.text))
        for note in notes:
            note.spans += wiki.raised_and_lowered(note.text)
            note.cut(wiki.hidden(note.text))
        found = tables_apart(draft) if draft.kind in _TABLED else [draft]
        return found + notes

    def _inline_notes(self, draft: Draft) -> list[Draft]:
        """Footnotes that stand within the text: each becomes a block of its own behind it."""
        found = []
        holes = []
        for start, end, first, last in wiki.inline_notes(draft.text):
            self._notes += 1
            label = f"^[{self._notes}]"
            note = draft.piece(first, last)
            note.kind, note.label, note.notes = "footnote", label, []
            found.append(note)
            draft.notes.append(label)
            holes.append((start, end))
        if holes:
            draft.cut(holes)
        return found
