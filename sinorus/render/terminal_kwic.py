"""A concordance: every match in the middle of its line, what stands around it to both sides."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from sinorus.model import Hit, SearchResult
from sinorus.render.as_plain import query_lead
from sinorus.render.look import Look
from sinorus.render.spans import Piece, flowing
from sinorus.render.styles import inked
from sinorus.render.visible import harmless, one_line

PIPED_WIDTH = 120
"""Cells of a line where no terminal says how wide it is: a concordance must be cut somewhere."""


def kwic(result: SearchResult, look: Look, width: int | None = None) -> Iterator[str]:
    """`[ru 2023-03-21 id] … left  MATCH  right …`, a line for every match, aligned in cells."""
    width = width or (look.width if look.terminal else PIPED_WIDTH)
    labels = [_label(hit) for hit in result.hits]
    widest = max(map(cell_len, labels), default=0)
    # The context gets half of the line at least; of a label too long the end is what tells.
    label_width = min(widest, width // 2)
    side = max((width - label_width - 1) * 2 // 5, 4)
    for hit, label in zip(result.hits, labels, strict=True):
        head = query_lead(result.query, look) + inked(
            _last(label, label_width), "line", look.colour
        )
        parts = flowing(hit.paragraph.text, hit.spans)
        places = [at for at, (_, marked) in enumerate(parts) if marked]
        for at in places or [-1]:
            left, match, right = _around(parts, at)
            room = max(width - label_width - 1 - side - 4 - cell_len(match), 0)
            shown = inked(match, "match", look.colour)
            line = f"{head} {_end(left, side)}  {shown}  {_start(right, room)}"
            yield line.rstrip() + "\n"


def _label(hit: Hit) -> str:
    document = hit.document
    date = one_line(document.date.text) if document.date else ""
    known = (one_line(document.lang or ""), date, harmless(hit.paragraph.id))
    return f"[{' '.join(part for part in known if part)}]"


def _around(parts: list[Piece], at: int) -> tuple[str, str, str]:
    if at < 0:
        return "", "", "".join(part for part, _ in parts)
    left = "".join(part for part, _ in parts[:at])
    right = "".join(part for part, _ in parts[at + 1 :])
    return left.strip(), parts[at][0].strip(), right.strip()


def _last(label: str, width: int) -> str:
    short = label if cell_len(label) <= width else "…" + _tail(label, width - 1)
    return set_cell_size(short, width)


def _end(text: str, width: int) -> str:
    if cell_len(text) > width:
        text = "…" + _tail(text, width - 1)
    return " " * (width - cell_len(text)) + text


def _start(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width else ""


def _tail(text: str, width: int) -> str:
    if width <= 0:
        return ""
    # Each character takes at least no cell and at most two, so this many hold the end of it.
    tail = text[-2 * width - 40 :]
    while cell_len(tail) > width:
        tail = tail[1:]
    return tail
