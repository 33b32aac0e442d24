"""The whole text in the order of reading: paragraphs over columns and pages, notes in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinorus.model import Kind
from sinorus.sources.formats.pdf.captions import is_caption
from sinorus.sources.formats.pdf.columns import Column
from sinorus.sources.formats.pdf.lines import Line, has_ended
from sinorus.sources.formats.pdf.measures import Frame, Measures
from sinorus.sources.formats.pdf.notes import Note, references, take_notes
from sinorus.sources.formats.pdf.passages import Passage, Splitter, is_lower
from sinorus.sources.formats.pdf.tables import Table, cut_tables

_ASIDE: frozenset[Kind] = frozenset(("caption", "table", "footnote"))
"""What may stand between two parts of a paragraph."""
_ALIKE = 0.03
"""Of a size: parts of a paragraph differ by less."""
_FLOATS: frozenset[Kind] = frozenset(("caption", "table"))
"""What ends a figure or a table that stands within a paragraph."""
_EARLY, _FEW = 4.0, 3
"""Times the leading above the foot of most pages, where a page ends early; lines of its columns,
where it may have no more than a slide."""
_LOOK_BACK, _MOST_ASIDE = 6, 80
"""Pieces of small print, and all pieces, that are passed over on the way back to the first part of
a paragraph."""


class Piece:
    """A paragraph, a table or a note with all its lines; `frame` is that of its first column.

    `above` is how far, in points, the line before stands, 0 at the top of a column. `level` is that
    of a heading, else 0.
    """

    __slots__ = ("above", "first", "frame", "kind", "last", "level", "lines", "note", "table")

    def __init__(self, kind: Kind, lines: list[Line], frame: Frame, above: float = 0.0) -> None:
        self.kind: Kind = kind
        self.lines = lines
        self.frame = frame
        self.above = above
        self.level = 0
        self.note: Note | None = None
        self.table: Table | None = None
        self.last: Passage | None = None
        self.first: Passage | None = None


def pieces(
    flow: Sequence[Column],
    frames: Sequence[Frame],
    usual: Measures,
    splitter: Splitter,
    marks: Mapping[int, set[str]],
) -> list[Piece]:
    """All of a document, cut into what will be paragraphs; `marks` are those of `marks_of`."""
    open_marks: set[str] = set()
    page = -1
    found: list[Piece] = []
    note: Note | None = None
    early = _early(flow, usual)
    for column, frame in zip(flow, frames, strict=True):
        if column.page != page:
            open_marks = (open_marks if column.page == page + 1 else set()) | marks[column.page]
            page = column.page
        body, notes = take_notes(column.lines, open_marks, usual, note)
        fresh = True
        for part in cut_tables(column._replace(lines=body), usual, splitter):
            if isinstance(part, Table):
                piece = Piece("table", part.lines, frame)
                piece.table = part
                found.append(piece)
                fresh = False
                continue
            passages = splitter.split(part, frame)
            for number, passage in enumerate(passages):
                if number == 0 and fresh and _continue(found, passage, splitter, early):
                    continue
                if found and found[-1].kind in _FLOATS and _rejoin(found, passage, splitter):
                    continue
                found.append(_piece(passage))
            fresh = False
        for one in notes:
            open_marks = open_marks - {one.mark}
            piece = Piece("footnote", one.lines, frame)
            piece.note = note = one
            found.append(piece)
    return found


def _rejoin(found: Sequence[Piece], passage: Passage, splitter: Splitter) -> bool:
    """Adds what goes on below a figure or table to the paragraph that stands before it.

    Between them may be a page break and the labels of the figure, each a short paragraph.
    """
    line = passage.lines[0]
    if not is_lower(line.runs[0].text):
        return False
    for piece in reversed(found[-_MOST_ASIDE:]):
        if piece.kind == "heading" or line.page - piece.lines[-1].page > 1:
            return False
        last = piece.last
        if piece.kind != "text" or last is None or len(piece.lines) < _FEW:
            continue
        if abs(last.lines[-1].size - line.size) > _ALIKE * line.size:
            continue
        if has_ended(last.lines[-1]) or not splitter.goes_over(last, passage):
            return False
        piece.lines += passage.lines
        piece.last = Passage([*last.lines[-2:], *passage.lines], last.kind, passage.frame)
        return True
    return False


def marks_of(flow: Sequence[Column]) -> dict[int, set[str]]:
    """The marks that may refer to notes, in the text of each page."""
    marks: dict[int, set[str]] = {}
    for column in flow:
        marks.setdefault(column.page, set()).update(references(column.lines))
    return marks


def _piece(passage: Passage) -> Piece:
    kind: Kind = "caption" if is_caption(passage.lines) else passage.kind
    piece = Piece(kind, list(passage.lines), passage.frame, passage.above)
    piece.first = piece.last = passage
    return piece


def _early(flow: Sequence[Column], usual: Measures) -> set[int]:
    """The pages whose text ends well above the foot of most others: nothing goes on there."""
    ends: dict[int, float] = {}
    for column in flow:
        ends[column.page] = max(ends.get(column.page, 0.0), column.lines[-1].y)
    ordered = sorted(ends.values())
    foot = ordered[len(ordered) * 4 // 5] if ordered else 0.0
    few = {column.page for column in flow} - {
        column.page for column in flow if len(column.lines) >= _FEW
    }
    return few | {page for page, y in ends.items() if y < foot - _EARLY * usual.leading}


def _continue(
    found: Sequence[Piece], passage: Passage, splitter: Splitter, early: set[int]
) -> bool:
    """Adds the first paragraph of a column to the one that goes on in it, if there is one."""
    if is_caption(passage.lines):
        return False
    passed = False
    left = _LOOK_BACK
    for piece in reversed(found[-_MOST_ASIDE:]):
        if piece.kind in _ASIDE:
            continue
        left -= 1
        if not left:
            break
        last = piece.last
        if last is None:
            return False
        if piece.kind == "text" and splitter.is_small_print(last, passage):
            passed = True
            continue
        line = last.lines[-1]
        broken = line.page in early and line.page != passage.lines[0].page
        if not splitter.goes_over(last, passage, broken=broken):
            return False
        if passed and has_ended(line):
            return False
        piece.lines += passage.lines
        piece.last = Passage([*last.lines[-2:], *passage.lines], last.kind, passage.frame)
        return True
    return False
