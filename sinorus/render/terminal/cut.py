"""Lines made to fit by leaving something out, with `…` in its place; counted in cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

_SPARE = 40
"""Characters that may take no cell (accents, joiners) and still be kept in a cut line."""


def ending_cut(text: str, width: int) -> str:
    """The text, or as much of its beginning as fits into so many cells, and `…`."""
    if _fits(text, width):
        return text
    return f"{_head(text, width - 1).rstrip()}…" if width > 0 else ""


def beginning_cut(text: str, width: int) -> str:
    """The text, or `…` and as much of its end as fits into so many cells."""
    if _fits(text, width):
        return text
    return f"…{_tail(text, width - 1)}" if width > 0 else ""


def middle_cut(text: str, width: int) -> str:
    """The text, or its beginning and its end with `…` between them."""
    if _fits(text, width):
        return text
    after = (width - 1) // 2
    return f"{_head(text, width - 1 - after)}…{_tail(text, after)}" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """The text filled up with spaces to so many cells."""
    return text + " " * (width - cell_len(text))


def _fits(text: str, width: int) -> bool:
    return len(text) <= 2 * width + _SPARE and cell_len(text) <= width


def _head(text: str, width: int) -> str:
    return set_cell_size(text[: 2 * width + _SPARE], width).rstrip() if width > 0 else ""


def _tail(text: str, width: int) -> str:
    if width <= 0:
        return ""
    tail = text[-2 * width - _SPARE :]
    while cell_len(tail) > width:
        tail = tail[1:]
    return tail
