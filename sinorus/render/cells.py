"""Values of a record as one piece of text each: for tables, templates and plain lines."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import combining, east_asian_width

from sinorus.render.visible import harmless, many_lines, one_line

EXACT_KEYS = frozenset({"id", "document", "path", "url", "left", "right", "asked"})
"""Names by which something is found: a newline in one of them is shown, not smoothed over."""


def cell(key: str, value: object, *, lines: bool = False) -> str:
    """The value in words: nothing for None, lists joined by `; `, spans as `12-17`.

    `lines` keeps the newlines of a text.
    """
    clean = harmless if key in EXACT_KEYS else many_lines if lines else one_line
    if isinstance(value, dict):
        return _named(value, clean)
    if isinstance(value, list):
        return "; ".join(cell(key, one, lines=lines) for one in value)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else clean(str(value))


def _named(value: dict[str, object], clean: Callable[[str], str]) -> str:
    if value.keys() == {"start", "end"}:
        return f"{value['start']}-{value['end']}"
    if "id" in value and "text" in value:  # a neighbouring paragraph: its id finds it again
        return harmless(str(value["id"]))
    return "; ".join(f"{clean(key)}={cell(key, one)}" for key, one in value.items())


def beginning(text: str, width: int) -> str:
    """As much of a line as fits into so many terminal cells; Han and Kana take two."""
    used = 0
    for at, character in enumerate(text):
        used += cells(character)
        if used > width:
            return text[:at]
    return text


def cells(text: str) -> int:
    """How many terminal cells a line takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
