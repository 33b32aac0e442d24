"""Blocks in the making: what a reader of marked text has open, and what stands above it."""

from __future__ import annotations

from collections.abc import Mapping

from sinorus.model import Kind
from sinorus.sources.formats import wiki
from sinorus.sources.formats.blocks import Block, Draft, LineTable
from sinorus.sources.formats.prose import prose_apart
from sinorus.sources.formats.tables import tables_apart

_LONGEST_HEADING = 200
"""Characters; what is longer was underlined by accident, or is no heading."""


_TABLED = frozenset({"text", "list", "quote", "footnote"})


class Builder:
    """Is told where blocks and containers begin and end; `blocks` has what came out.

    `draft` is the block in hand, if any. `inside` are the kinds of the open containers, `labels` of
    the open footnotes.
    """

    def __init__(self, stood_in: Mapping[str, str]) -> None:
        self._stood_in = stood_in
        self.draft: Draft | None = None
        self.inside: list[Kind] = []
        self.labels: list[str] = []
        self._trail: list[tuple[int, str]] = []
        self._heading: tuple[str, ...] = ()
        self._done: list[Draft | Block] = []
        self._headings: list[tuple[str, ...]] = []
        self._notes = 0

    def kind_here(self) -> Kind:
        """The kind of a paragraph in the innermost container."""
        if self.labels:
            return "footnote"
        return self.inside[-1] if self.inside else "text"

    def begin(self, kind: Kind | None = None) -> Draft:
        """Ends the block in hand and begins another, by default of the innermost container."""
        self.flush()
        if self.labels:
            kind = "footnote"
        elif kind is None:
            kind = self.kind_here()
        self.draft = Draft(kind, self.labels[-1] if self.labels else "")
        return self.draft

    def writing(self) -> Draft:
        """The block in hand, or a new one where text stands in none."""
        return self.draft or self.begin()

    def flush(self) -> None:
        """Ends the block in hand."""
        draft, self.draft = self.draft, None
        if draft is None or not draft.size:
            return
        for sign, meant in self._stood_in.items():
            if sign in draft.text:
                draft.parts = [draft.text.replace(sign, meant)]
        notes: list[Draft] = []
        if draft.kind != "code" and wiki.may_hide(draft.text):
            notes = self._inline_notes(draft)
            draft.cut(wiki.hidden(draft.text))
        if draft.kind == "heading":
            self._enter(draft)
        else:
            for one in tables_apart(draft) if draft.kind in _TABLED else [draft]:
                self._keep(one)
        for note in notes:
            note.cut(wiki.hidden(note.text))
            self._keep(note)

    def _keep(self, one: Draft | Block) -> None:
        self._done.append(one)
        self._headings.append(self._heading)

    def _enter(self, one: Draft | Block) -> None:
        """Keeps a heading; what comes is below it, unless it is quoted or no heading."""
        text = " ".join(one.text.split())
        if isinstance(one, Draft) and len(text) > _LONGEST_HEADING:
            one.kind = "text"
        if one.kind != "heading" or "quote" in self.inside:
            self._keep(one)
            return
        self._trail = [above for above in self._trail if above[0] < one.level]
        self._heading = tuple([above for _, above in self._trail])
        self._keep(one)
        if text:
            self._trail.append((one.level, text))
            self._heading = (*self._heading, text)

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

    def add_simple(self, run: list[Block]) -> None:
        """Adds blocks that need no reading."""
        self.flush()
        for one in run:
            if one.kind == "heading":
                self._enter(one)
            else:  # as `_keep` does
                self._done.append(one)
                self._headings.append(self._heading)

    def here(self) -> int:
        """How many blocks are ended; `made` has them by their number."""
        return len(self._done)

    def keep_place(self) -> None:
        """Keeps a block without text, which `made` can give some later."""
        self._keep(Draft("list"))

    def made(self, number: int) -> Draft | None:
        """An ended block that can still be changed."""
        one = self._done[number] if number < len(self._done) else None
        return one if isinstance(one, Draft) else None

    def blocks(self, lines: LineTable) -> list[Block]:
        """All blocks in the order of the text."""
        self.flush()
        found: list[Block] = []
        for one, heading in zip(self._done, self._headings, strict=True):
            if isinstance(one, Block):
                found.append(one.below(heading) if heading else one)
            elif (block := one.block(lines, heading)) is not None:
                found += prose_apart(block) if one.prose else [block]
        return found
