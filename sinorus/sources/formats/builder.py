"""Blocks in the making: what a reader of marked text has open, and what stands above it."""

from __future__ import annotations

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Block, Draft, LineTable
from sinorus.sources.formats.prose import prose_apart

_LONGEST_HEADING = 200
"""Characters; what is longer was underlined by accident, or is no heading."""


class Builder:
    """Is told where blocks and containers begin and end; `blocks` has what came out.

    `draft` is the block in hand, if any. `mark` is that of the item of which the next block is the
    first. `inside` are the kinds of the open containers, `labels` of
    the open footnotes.
    """

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.mark: str | None = None
        self.inside: list[Kind] = []
        self.labels: list[str] = []
        self._trail: list[tuple[int, str]] = []
        self._heading: tuple[str, ...] = ()
        self._done: list[Draft | Block] = []
        self._headings: list[tuple[str, ...]] = []

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
        mark, self.mark = self.mark, None
        if kind == "list":
            self.draft.mark = mark
        return self.draft

    def writing(self) -> Draft:
        """The block in hand, or a new one where text stands in none."""
        return self.draft or self.begin()

    def flush(self) -> None:
        """Ends the block in hand."""
        draft, self.draft = self.draft, None
        if draft is None or not draft.size:
            return
        for one in self.refined(draft):
            if one.kind == "heading":
                self._enter(one)
            else:
                self._keep(one)

    def refined(self, draft: Draft) -> list[Draft]:
        """What an ended block is, when all of its text is there."""
        return [draft]

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

    def blocks(self, lines: LineTable | None) -> list[Block]:
        """All blocks in the order of the text; without `lines` they stand on none."""
        self.flush()
        found: list[Block] = []
        for one, heading in zip(self._done, self._headings, strict=True):
            if isinstance(one, Block):
                found.append(one.below(heading) if heading else one)
            elif (block := one.block(lines, heading)) is not None:
                found += prose_apart(block) if one.prose else [block]
        return found
