"""Tagged files: paragraphs as their structure tree has them, where it can be believed.

Many trees are of no use: one paragraph for each line, or one for the whole text. They are told by
how much text they cover, and by how many of their paragraphs end in the middle of a sentence.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from sinorus.sources.formats.pdf.flow import Piece
from sinorus.sources.formats.pdf.lines import Line, fragments, has_ended
from sinorus.sources.formats.pdf.measures import Frame
from sinorus.sources.formats.pdf.notes import Note, beginning
from sinorus.sources.formats.pdf.passages import is_lower
from sinorus.sources.formats.pdf.runs import Run
from sinorus.sources.formats.pdf.structure import Element, Path
from sinorus.sources.formats.pdf.tables import Table

_COVERED = 0.9
"""Of the letters that are no furniture, those in elements of a tree that is believed."""
_TORN = 0.08
"""Of the paragraphs, those that end in mid-sentence and go on in the next, at most."""
_FEWEST, _MOST = 0.4, 2.5
"""Times as many paragraphs as by their looks, at least and at most."""


def tagged_pieces(
    pages: Sequence[Sequence[Run]], trees: Sequence[Mapping[int, Element]], looked: int
) -> list[Piece] | None:
    """The pieces of a document by its structure trees, or None where these are not to be believed.

    `pages` are the runs of each page that are no furniture, `looked` is how many paragraphs they
    are by their looks.
    """
    groups: dict[Path, list[tuple[Element, Line]]] = {}
    inside = total = 0
    for page, (runs, tree) in enumerate(zip(pages, trees, strict=True)):
        by_path: dict[tuple[Path, Path], list[Run]] = {}
        found: dict[tuple[Path, Path], Element] = {}
        for run in runs:
            total += len(run.text)
            element = tree.get(run.tag)
            if element is None:
                continue
            inside += len(run.text)
            key = element.path, element.cell
            by_path.setdefault(key, []).append(run)
            found[key] = element
        for key, some in by_path.items():
            lines = groups.setdefault(key[0], [])
            lines += [(found[key], line) for line in _lines(page, some)]
    if inside < _COVERED * total:
        return None
    pieces = _joined([_piece(groups[path]) for path in sorted(groups)])
    if not _FEWEST * looked <= len(pieces) <= _MOST * looked or _are_torn(pieces):
        return None
    return pieces


def _lines(page: int, runs: Sequence[Run]) -> Iterable[Line]:
    """Runs of one element as lines; what a wide gap parts is one line all the same."""
    group: list[Run] = []
    last: Line | None = None
    for line in fragments(page, runs):
        if last is not None and not (abs(line.y - last.y) < 0.1 * line.size and line.x0 >= last.x1):
            yield Line(page, group)
            group = []
        group = group + line.runs
        last = line
    if group:
        yield Line(page, group)


def _piece(found: Sequence[tuple[Element, Line]]) -> Piece:
    element = found[0][0]
    lines = [line for _, line in found]
    piece = Piece(element.kind, lines, Frame(0, 0))
    piece.level = element.level
    if element.kind == "table":
        table: dict[Path, dict[Path, list[Line]]] = {}
        for one, line in found:
            table.setdefault(one.row, {}).setdefault(one.cell, []).append(line)
        rows = [[cells[path] for path in sorted(cells)] for _, cells in sorted(table.items())]
        piece.table = Table(lines, rows)
    if element.kind == "footnote":
        mark, skip = beginning(lines[0]) or ("", -1)
        piece.note = Note(mark, lines[0].page, lines, skip)
    return piece


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those as one that some programs cut where a page ends."""
    found: list[Piece] = []
    text: Piece | None = None
    for piece in pieces:
        if piece.kind == "text" and text is not None:
            last, line = text.lines[-1], piece.lines[0]
            if line.page == last.page + 1 and not has_ended(last):
                text.lines += piece.lines
                continue
        if piece.kind in ("text", "heading"):
            text = piece if piece.kind == "text" else None
        found.append(piece)
    return found


def _are_torn(pieces: Sequence[Piece]) -> bool:
    texts = [piece for piece in pieces if piece.kind in ("text", "quote")]
    torn = sum(
        not has_ended(before.lines[-1]) and is_lower(after.lines[0].text)
        for before, after in itertools.pairwise(texts)
    )
    return torn > max(1, _TORN * len(texts))
