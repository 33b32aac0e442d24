"""How output is to look: where it goes, and the one list of colours, by what they mean.

Only the sixteen colours of the user's own palette: they suit light and dark terminals alike.
"""

from __future__ import annotations

from collections.abc import Callable

from sinorus.model import Grouping
from sinorus.model.value import value

STYLES = {
    "title": "bold",
    "byline": "none",
    "place": "dim",
    "heading": "dim",
    "context": "dim",
    "match": "bold red",
    "strong": "bold",
    "emphasis": "italic",
    "code": "cyan",
    "struck": "strike",
    "speaker": "dim",
    "missing": "yellow",
    "note": "dim",
    "group": "bold cyan",
    "number": "green",
    "label": "dim",
    "bar": "cyan",
    "removed": "red strike",
    "added": "green underline",
    "moved": "yellow",
    "warning": "bold yellow",
}
"""On a terminal, in rich's style language."""

ANSI = {"match": "1;31", "path": "35", "line": "32"}
"""On plain lines, as ripgrep colours them: parameters of a CSI m sequence (SGR)."""


def _unchanged(path: str) -> str:
    return path


def _no_link(path: str, line: int) -> str:
    return ""


@value(frozen=True)
class Look:
    """The surroundings of one rendering, found out once by the command line.

    `width` and `height` are in terminal cells. `colour` allows escape codes at all: without it
    there are none, so `hyperlinks` matters only with it. `encoding` is that of the stream;
    what it cannot encode is written as a backslash escape. `paths` gives the path to print for
    a path of the library, `uri` the link to a path and line (empty: none). `group_by` sets
    headings between hits. `batch` makes each record name its query.
    """

    width: int = 80
    height: int = 24
    terminal: bool = False
    colour: bool = False
    hyperlinks: bool = False
    encoding: str = "utf-8"
    paths: Callable[[str], str] = _unchanged
    uri: Callable[[str, int], str] = _no_link
    group_by: Grouping | None = None
    batch: bool = False

    def styled(self, text: str, style: str) -> str:
        """The text in a style of `ANSI`, or as it is without colour."""
        return f"\x1b[{ANSI[style]}m{text}\x1b[0m" if self.colour and text else text
