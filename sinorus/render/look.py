"""How output is to look: where it goes, how large that is, and in which colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from sinorus.model import Grouping
from sinorus.model.value import value
from sinorus.render.palette import PALETTE, escape


def _unchanged(path: str) -> str:
    return path


def _no_link(path: str, line: int | None) -> str:
    return ""


@value(frozen=True)
class Look:
    """The surroundings of one rendering, found out once by the command line.

    `width` and `height` are in terminal cells. `colour` allows escape codes at all: without it
    there are none, so `hyperlinks` matters only with it. `encoding` is that of the stream;
    what it cannot encode is written as a backslash escape. `paths` gives the path to print for
    a path of the library, `uri` the link to a path and line (empty: none). `group_by` sets
    headings between hits. `batch` makes each record name its query. `colors` is the palette, a
    style for every name of `PALETTE`. `notes` are sentences that a page has above its answer, and
    `full` whether it shows the whole of each paragraph.
    """

    width: int = 80
    height: int = 24
    terminal: bool = False
    colour: bool = False
    hyperlinks: bool = False
    encoding: str = "utf-8"
    paths: Callable[[str], str] = _unchanged
    uri: Callable[[str, int | None], str] = _no_link
    group_by: Grouping | None = None
    batch: bool = False
    colors: Mapping[str, str] = field(default_factory=lambda: PALETTE)
    notes: tuple[str, ...] = ()
    full: bool = False

    def styled(self, text: str, name: str) -> str:
        """The text as its meaning in the palette looks, or as it is without colour."""
        begin = escape(self.colors[name]) if self.colour and text else ""
        return f"{begin}{text}\x1b[0m" if begin else text
