"""Which blocks of a page are its main text.

What trafilatura extracts has lost its borders and styles, and has more beside the text than readers
want. So it only votes: a block of which most is extracted stays. Then what reads like the things
around a text goes, and what was left out between blocks that stay comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from lxml import etree

from sinorus.sources.formats.html import boilerplate
from sinorus.sources.formats.html.writer import Piece

Element: TypeAlias = etree._Element

_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_]+")
_CELL_END = re.compile("[\t\n]")
_RUN = 4
"""Words in a row that are hardly the same by chance."""
_ENOUGH = 0.5
"""Share of a block's runs that an extracted text has before the block is in it."""
_PART = 0.3
"""Share of the text that may stand in an element that is called navigation; more of it is text."""
_LITTLE = 0.05
"""Share of links and of what stands beside the text, on a page that is all text."""
_ALL = 0.5
"""Share of the prose of a page that must stay; less means that the page is no article."""
_LONG, _SHORT, _INTRODUCTION, _GAP = 250, 120, 60, 25  # characters


class Sight:
    """A block as it is judged: its text with single blanks, what of it is linked, its element."""

    __slots__ = ("element", "heading", "kind", "level", "linked", "note", "size", "text")

    def __init__(self, piece: Piece) -> None:
        draft = piece.draft
        self.text = " ".join(draft.text.split())
        self.size = max(1, len(self.text))
        self.linked = min(1.0, piece.linked / self.size)
        self.kind, self.level, self.note = draft.kind, draft.level, bool(draft.label)
        self.heading = draft.kind == "heading"
        self.element = piece.element


def main_text(pieces: list[Piece], extracted: str) -> list[Piece]:
    """The blocks of the main text; of a page that is all text, all but what leads to others."""
    page = _Page([Sight(piece) for piece in pieces])
    page.vote(votes(extracted, pieces))
    page.choose()
    notes = {
        label
        for piece, kept in zip(pieces, page.kept, strict=True)
        if kept
        for label in piece.draft.notes
    }
    return [
        piece
        for piece, kept in zip(pieces, page.kept, strict=True)
        if (piece.draft.label in notes if piece.draft.label else kept)
    ]


def votes(extracted: str, pieces: list[Piece]) -> list[float]:
    """For each block, which share of it is in an extracted text, from 0 to 1."""
    lines = [_WORD.findall(part) for line in extracted.split("\n") for part in line.split("|")]
    whole = {" ".join(line) for line in lines if line}
    runs = {run for line in lines for run in _runs(line)}
    found = []
    for piece in pieces:
        text = piece.draft.text
        parts = _CELL_END.split(text) if piece.draft.kind == "table" else [text]
        size = inside = 0
        for part in parts:
            words = _WORD.findall(part)
            mine = list(_runs(words))
            size += len(words)
            if len(mine) > 1:
                inside += len(words) * sum(run in runs for run in mine) // len(mine)
            elif words:
                inside += len(words) * (" ".join(words) in whole)
        found.append(inside / size if size else 0.0)
    return found


def _runs(words: list[str]) -> Iterable[int]:
    return (hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1))


def _holder(one: Sight) -> Element | None:
    """The element that holds a block beside others; a figure is held with its caption."""
    above = one.element.getparent()
    if one.kind == "caption" and above is not None and above.tag == "figure":
        above = above.getparent()
    return above


class _Page:
    """The blocks of a page and which are kept."""

    def __init__(self, sights: Sequence[Sight]) -> None:
        self.sights = sights
        self.kept = [False] * len(sights)
        self._junk: dict[Element, tuple[Element, ...]] = {}
        self._sizes: dict[Element, int] = {}
        self._names: dict[Element, str] = {}
        self._size = 1

    def vote(self, shares: Sequence[float]) -> None:
        """Keeps what an extractor took for text."""
        self.kept = [share >= _ENOUGH for share in shares]

    def choose(self) -> None:
        """Corrects the vote, unless nothing would be left."""
        voted = list(self.kept)
        self._correct()
        if not any(self.kept):
            self.kept = voted if any(voted) else [one.linked < 0.5 for one in self.sights]
        if not any(self.kept):
            self.kept = [True for _ in self.sights]

    def _correct(self) -> None:
        self._measure()
        if self._is_all_text():
            self.kept = [self._belongs(one) for one in self.sights]
            self._drop_empty_headings()
            return
        self._drop()
        self._fill()
        self._drop_empty_headings()
        self._cut()

    # What stands beside

    def _measure(self) -> None:
        """How much of what is kept stands in each element that may be beside the text."""
        kept = [one for one, stays in zip(self.sights, self.kept, strict=True) if stays]
        self._size = sum(one.size for one in kept) or 1
        for one in kept or self.sights:
            for element in self._junk_around(one.element):
                self._sizes[element] = self._sizes.get(element, 0) + one.size
        if not kept:
            self._size = sum(one.size for one in self.sights) or 1

    def _junk_around(self, element: Element) -> tuple[Element, ...]:
        """The elements with names of junk that an element stands in."""
        above: list[Element] = []
        at: Element | None = element
        while at is not None and at not in self._junk:
            above.append(at)
            at = at.getparent()
        known = self._junk[at] if at is not None else ()
        for one in reversed(above):
            linked = one.tag == "a" and one.get("href") is not None
            named = one.tag in boilerplate.JUNK_TAGS or boilerplate.is_junk(self._named(one))
            if (linked or named) and len(known) < 8:
                known = (*known, one)
            self._junk[one] = known
        return known

    def _named(self, element: Element) -> str:
        known = self._names.get(element)
        if known is None:
            known = boilerplate.names_of(element.get("class"), element.get("id"))
            self._names[element] = known
        return known

    def _is_beside(self, one: Sight) -> bool:
        return any(
            self._sizes.get(element, 0) < _PART * self._size
            for element in self._junk_around(one.element)
        )

    def _is_foreign(self, one: Sight) -> bool:
        """Whether a block does not read like a part of the text."""
        if one.note:
            return False
        return (
            self._is_beside(one)
            or boilerplate.leads_away(one.text, one.linked, one.heading)
            or boilerplate.calls(one.text, one.linked)
            or boilerplate.is_credit(one.text)
            or (one.kind == "caption" and boilerplate.is_press_photo(one.text))
        )

    def _belongs(self, one: Sight) -> bool:
        """Whether a block of a page that is all text is part of it."""
        if one.linked >= 0.5 or self._is_beside(one):
            return False
        return one.size > _SHORT or not self._is_foreign(one)

    # The steps

    def _is_all_text(self) -> bool:
        """Whether a page has next to nothing beside its text, or most of that was not taken."""
        prose = linked = size = beside = 0
        for one in self.sights:
            size += one.size
            linked += int(one.linked * one.size)
            if self._is_beside(one):
                beside += one.size
            elif one.linked < 0.3 and one.size > 40:
                prose += one.size
        if not any(self.kept) or linked + beside < _LITTLE * size:
            return True
        return linked < 0.2 * size and self._size < _ALL * prose

    def _drop(self) -> None:
        front = True
        for at, one in enumerate(self.sights):
            if not self.kept[at]:
                continue
            links = one.linked >= 0.6 and one.size < 300 and one.kind != "table" and not one.note
            dated = front and boilerplate.is_date(one.text)
            self.kept[at] = not (links or dated or self._is_foreign(one))
            front = front and one.size < _LONG

    def _fill(self) -> None:
        """Takes back what stands between kept blocks, the title, and what introduces the text."""
        kept = [at for at, stays in enumerate(self.kept) if stays]
        if not kept:
            return
        first = kept[0]
        ends: dict[Element, list[int]] = {}
        for at in kept:
            above = _holder(self.sights[at])
            if above is not None:
                ends.setdefault(above, [at, at])[1] = at
        for at in range(first, kept[-1]):
            one = self.sights[at]
            above = _holder(one)
            if self.kept[at] or above is None:
                continue
            start, end = ends.get(above, (at, at))
            least = 1 if one.kind in ("list", "table", "code", "quote", "heading") else _GAP
            if start < at < end and self._may_be_text(one, least):
                self.kept[at] = True
        self._introduce(first)

    def _may_be_text(self, one: Sight, least: int) -> bool:
        return (
            one.size >= least
            and one.linked <= 0.2
            and not self._is_foreign(one)
            and not boilerplate.is_date(one.text)
        )

    def _introduce(self, first: int) -> None:
        titles = [
            at
            for at, one in enumerate(self.sights[: first + 2])
            if one.heading and one.level == 1 and not self._is_beside(one)
        ]
        title = titles[-1] if titles else first - 1
        if titles and self.sights[title].linked <= 0.5:
            self.kept[title] = True
        for at in range(max(0, min(title + 1, first)), first):
            one = self.sights[at]
            if one.kind in ("text", "heading", "quote", "list") and self._may_be_text(
                one, _INTRODUCTION
            ):
                around: Element | None = one.element
                for _ in range(4):
                    if around is None:
                        break
                    if boilerplate.introduces(self._named(around)):
                        self.kept[at] = True
                    around = around.getparent()

    def _drop_empty_headings(self) -> None:
        """Drops headings that nothing stands under any more."""
        below: Sight | None = None
        for at in range(len(self.sights) - 1, -1, -1):
            one = self.sights[at]
            if not self.kept[at]:
                continue
            empty = below is None or (below.heading and below.level < one.level)
            if one.heading and one.size < 150 and empty:
                self.kept[at] = False
            else:
                below = one

    def _cut(self) -> None:
        """Drops what follows a heading that leads away, up to the next long block."""
        kept = [at for at, stays in enumerate(self.kept) if stays]
        if len(kept) < 5:
            return
        total, size, cutting = sum(self.sights[at].size for at in kept), 0, False
        for at in range(kept[0], len(self.sights)):
            one = self.sights[at]
            size += one.size if self.kept[at] else 0
            if not cutting:
                short = one.heading or one.size < 60
                cutting = (
                    size > 0.6 * total
                    and short
                    and boilerplate.leads_away(one.text, one.linked, heading=True)
                )
            elif self.kept[at] and not one.note:
                cutting = one.size <= _LONG or one.linked > 0.1
                self.kept[at] = not cutting
