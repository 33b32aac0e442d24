"""A concordance: every match begins in one column, with what stands around it on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from sinorus.model import Hit, SearchResult
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.marks import sign
from sinorus.render.plain.hits import query_lead
from sinorus.render.spans import Piece, reflowed_pieces
from sinorus.render.terminal.headline import above, below
from sinorus.render.terminal.layout import (
    padded,
    truncate_end,
    truncate_middle,
    truncate_start,
)
from sinorus.render.visible import harmless, one_line

PIPED_WIDTH = 120
"""Cells of a line where no terminal says how wide it is: a concordance must be cut somewhere."""
LEAST = 24
"""Cells of a line at least, however long the query is that stands before it."""


def kwic(result: SearchResult, look: Look, width: int | None = None) -> Iterator[str]:
    """`[ru 2023-03-21 id] … left MATCH right …`, a line for every match, aligned in cells.

    On a terminal the number of the hit stands first, and above all how much was found. No line is
    wider than `width` (that of the look). What stands around the match is spaced as in the text.
    """
    width = width or (look.width if look.terminal else PIPED_WIDTH)
    page = look.terminal and not look.batch
    if page and result.hits:
        yield above(phrases.found(result), look)
    digits = max([len(f"{hit.rank}") for hit in result.hits], default=0) if page else 0
    width -= digits + 1 if page else 0
    lead = query_lead(result.query, look)
    if lead:  # a tab goes on to the next eighth cell
        width = max(width - (cell_len(lead[:-1]) // 8 + 1) * 8, LEAST)
    labels = [_label(hit, width // 3, look) for hit in result.hits]
    label_width = max(map(cell_len, labels), default=0)
    rest = width - label_width - 1
    side = rest * 2 // 5
    for hit, label in zip(result.hits, labels, strict=True):
        number = look.styled(f"{hit.rank:>{digits}}", "number") + " " if page else ""
        head = lead + number + look.styled(padded(label, label_width), "id")
        parts = reflowed_pieces(hit.paragraph.text, hit.matches)
        places = [at for at, (_, marked) in enumerate(parts) if marked]
        for at in places or [-1]:
            left, match, right = _around(parts, at)
            left, match = truncate_start(left, side), truncate_middle(match, rest - side)
            margin = " " * (side - cell_len(left))
            right = truncate_end(right, rest - side - cell_len(match))
            shown = look.styled(match, "match")
            yield f"{head} {margin}{left}{shown}{right}".rstrip() + "\n"
    if page and (more := below(result, look)):
        yield f"\n{more}"


def _label(hit: Hit, width: int, look: Look) -> str:
    document = hit.document
    date = one_line(document.date.text) if document.date else ""
    known = [part for part in (one_line(document.lang or ""), date) if part]
    id_ = harmless(hit.paragraph.id)
    begin = f"[{' '.join([*known, ''])}"
    end = f"{sign(hit.marks) if look.terminal else ''}]"
    room = width - cell_len(begin) - cell_len(end)
    # Of an id too long the end is what tells; without room for that the date has to go.
    if room < min(cell_len(id_), 4):
        return truncate_start(f"{begin}{id_}{end}", width)
    return f"{begin}{truncate_start(id_, room)}{end}"


def _around(parts: list[Piece], at: int) -> tuple[str, str, str]:
    if at < 0:
        return "", "", "".join(part for part, _ in parts).strip()
    left = "".join(part for part, _ in parts[:at])
    right = "".join(part for part, _ in parts[at + 1 :])
    return left.lstrip(), parts[at][0], right.rstrip()
