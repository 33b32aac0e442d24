"""Blocks of a file that has no lines, one behind the other, with the headings above each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sinorus.model import Kind, Styled
from sinorus.sources.formats.blocks import Block, LineTable
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.seen_text import SeenText, cleaned, tidied

_LONGEST_HEADING = 200
"""Characters; what is longer was styled by accident, or is no heading."""
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-zA-Zа-яА-Я]|[ivxIVX]{1,5})[.)]|[-–—•*]\s")
_LONG_CELL = 1_500  # characters; with several paragraphs it is no cell of a table but a column


class Flow:
    """Takes paragraphs and gives blocks; `label` is that of the footnote they are part of."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.label = ""
        self._indented: set[int] = set()
        self._code: list[str] = []
        self._empty = 0

    def add_indented(self, said: SeenText) -> None:
        """Adds a paragraph that stands further in than others: a quotation, if most do not."""
        before = len(self.blocks)
        self.add(said)
        for at in range(before, len(self.blocks)):
            if not _ITEM.match(self.blocks[at].text):
                self._indented.add(at)

    def add(self, said: SeenText, kind: Kind = "text", level: int = 0, mark: str = "") -> list[str]:
        """Adds what a paragraph says, in one block or, where it has empty lines, in several.

        The notes that it refers to. The first block of an item of a list gets its `mark`.
        """
        notes = list(dict.fromkeys(said.notes))
        kind = "footnote" if self.label else kind
        if kind == "code":
            self._add_code(said.text)
            return notes
        if kind == "heading":
            pieces = [said.seen(lines=False)]
            if len(pieces[0][0]) > _LONGEST_HEADING:
                kind, level, pieces = "text", 0, said.paragraphs()
        else:
            pieces, level = said.paragraphs(), 0
        pieces = [one for one in pieces if one[0]]
        if not pieces and notes and self.blocks:  # a mark that stands alone is of what is above
            above = self.blocks[-1]
            self.blocks[-1] = above._replace(notes=_labels([*above.notes, *notes]))
        for number, (text, spans) in enumerate(pieces):
            own = _labels(notes) if number == len(pieces) - 1 else ()
            counted = mark if kind == "list" and not number else ""
            self.put(text, kind, spans, own, level, (said.page, said.end_page), counted)
        if not pieces:
            self._empty += 1
        return notes

    def put(
        self,
        text: str,
        kind: Kind,
        spans: tuple[Styled, ...] = (),
        notes: tuple[str, ...] = (),
        level: int = 0,
        pages: tuple[int | None, int | None] = (None, None),
        mark: str = "",
    ) -> None:
        """Adds a block as it is."""
        self._end_code()
        self.blocks.append(
            Block(
                *(text, 0, 0, kind, (), (), spans, notes, self.label, level),
                page=pages[0],
                end_page=pages[1],
                mark=mark or None,
            )
        )

    def extend(self, blocks: Iterable[Block]) -> None:
        """Adds blocks that another reader made."""
        self._end_code()
        self.blocks += blocks

    def table_or_layout(self, rows: list[list[list[Block]]]) -> None:
        """Adds a table, or what stands in one that only places it, cell by cell."""
        if not is_layout(rows):
            self.table(rows)
            return
        for row in rows:
            for cell in row:
                self.extend(cell)

    def table(self, rows: list[list[list[Block]]]) -> None:
        """Adds a table of rows of cells of blocks; what cannot stand in a cell comes behind."""
        self._end_code()
        shown: list[str] = []
        spans: list[Styled] = []
        notes: list[str] = []
        behind: list[Block] = []
        pages: list[int] = []
        size = 0
        for row in rows:
            begun, before = len(shown), size
            for number, cell in enumerate(row):
                inside = [one for one in cell if self._is_of_cell(one)]
                behind += [one for one in cell if not self._is_of_cell(one)]
                if number:
                    shown.append("\t")
                    size += 1
                for place, one in enumerate(inside):
                    if place:
                        shown.append(" ")
                        size += 1
                    spans += [x._replace(start=x.start + size, end=x.end + size) for x in one.spans]
                    notes += one.notes
                    pages += [page for page in (one.page, one.end_page) if page]
                    shown.append(one.text.replace("\t", " "))
                    size += len(one.text)
            if any(part.strip() for part in shown[begun:]):
                shown.append("\n")
                size += 1
            else:
                del shown[begun:]
                size = before
        self._put_table("".join(shown).rstrip(), spans, notes, pages)
        self.blocks += behind

    def _put_table(
        self, text: str, spans: list[Styled], notes: list[str], pages: list[int]
    ) -> None:
        blanks = len(text) - len(text.lstrip())
        if not text.strip():
            return
        moved = tuple(one._replace(start=one.start - blanks, end=one.end - blanks) for one in spans)
        kind: Kind = "footnote" if self.label else "table"
        first, last = (min(pages), max(pages)) if pages else (None, None)
        self.put(text[blanks:], kind, moved, _labels(notes), 0, (first, last))

    def _is_of_cell(self, one: Block) -> bool:
        return one.kind not in ("table", "footnote") or (bool(self.label) and one.kind != "table")

    def _add_code(self, text: str) -> None:
        if not text.strip():
            self._empty += 1
            return
        if self._code:
            self._code += [""] * self._empty
        self._code.append(cleaned(text).rstrip())
        self._empty = 0

    def _end_code(self) -> None:
        """Paragraphs of code that follow one another are one block."""
        lines, self._code, self._empty = self._code, [], 0
        if lines:
            self.put("\n".join(lines).strip("\n"), "code")

    def taken(self) -> list[Block]:
        """The blocks so far, which are gone from here: those of a cell, for one."""
        self._end_code()
        found, self.blocks = self.blocks, []
        return found

    def finished(self) -> list[Block]:
        """All blocks, each with the headings above it."""
        self._end_code()
        texts = sum(one.kind == "text" for one in self.blocks)
        if len(self._indented) * 2 <= texts:
            for at in self._indented:
                if self.blocks[at].kind == "text":
                    self.blocks[at] = self.blocks[at]._replace(kind="quote")
        return below_headings(self.blocks)


def is_layout(rows: list[list[list[Block]]]) -> bool:
    """Whether a table only places text: one column, or headings and long texts in its cells."""
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    for row in rows:
        for cell in row:
            if any(one.kind == "heading" for one in cell):
                return True
            own = [one for one in cell if one.kind not in ("table", "footnote")]
            if len(own) > 2 and sum(len(one.text) for one in own) > _LONG_CELL:
                return True
    return False


def below_headings(blocks: list[Block]) -> list[Block]:
    """The blocks, each with the headings above it."""
    builder = Builder()
    builder.add_simple(blocks)
    return builder.blocks(LineTable((), ()))


def simple_block(text: str, kind: Kind = "text", **known: object) -> Block | None:
    """A block of a text without styles, with single blanks; None if there is nothing to see."""
    shown = tidied(cleaned(text))[0]
    return Block(shown, 0, 0, kind, **known) if shown else None  # type: ignore[arg-type]


def _labels(notes: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(notes)))
