"""The one place for colours, by what they mean and not by how they look.

Only the sixteen colours of the user's own palette: they suit light and dark terminals alike.
"""

from __future__ import annotations

STYLES = {
    "title": "bold",
    "byline": "none",
    "place": "dim",
    "heading": "dim",
    "context": "dim",
    "match": "bold red",
    "missing": "yellow",
    "note": "dim",
    "group": "bold cyan",
    "number": "green",
    "label": "dim",
    "removed": "red strike",
    "added": "green underline",
    "moved": "yellow",
    "warning": "bold yellow",
}
"""For rich, in its style language."""

ANSI = {"match": "1;31", "path": "35", "line": "32"}
"""For plain lines, as ripgrep colours them: parameters of a CSI m sequence."""


def inked(text: str, style: str, colour: bool) -> str:
    """The text in an `ANSI` style, or as it is without colour."""
    return f"\x1b[{ANSI[style]}m{text}\x1b[0m" if colour and text else text
