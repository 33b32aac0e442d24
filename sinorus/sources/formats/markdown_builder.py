"""Blocks of Markdown in the making: what is no CommonMark is cut out, and tables are cut apart."""

from __future__ import annotations

from collections.abc import Mapping

from sinorus.sources.formats import wiki
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.tables import tables_apart

_LITERAL = "\0"
"""Stands for an escaped sign where marks are looked for: no part of a word, and no white space."""
_TABLED = frozenset({"text", "list", "quote", "footnote"})


class MarkdownBuilder(Builder):
    """`stood_in` are the signs that stand for others in the text, with what they stand for.

    `source` is what the blocks are read from, in UTF-8.
    """

    def __init__(self, source: bytes, stood_in: Mapping[str, str]) -> None:
        super().__init__()
        self._source = source
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
            for one in (draft, *notes):
                marked = self._unescaped(one)
                one.spans += wiki.raised_and_lowered(marked)
                one.cut(wiki.hidden(marked))
        found = tables_apart(draft) if draft.kind in _TABLED else [draft]
        return found + notes

    def _unescaped(self, draft: Draft) -> str:
        """The text without the signs that are none: an escape or an entity begins a stretch."""
        text, literal = draft.text, []
        for start, source in zip(draft.starts, draft.sources, strict=True):
            entity = self._source[source : source + 1] == b"&" and text[start] != "&"
            if entity or self._source[max(0, source - 1) : source] == b"\\":
                literal.append(start)
        if not literal:  # as nearly always
            return text
        signs = list(text)
        for start in literal:
            signs[start] = _LITERAL
        return "".join(signs)

    def _inline_notes(self, draft: Draft) -> list[Draft]:
        """Footnotes that stand within the text: each becomes a block of its own behind it."""
        found = []
        holes = []
        for start, end, first, last in wiki.inline_notes(self._unescaped(draft)):
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
