"""How output is to look: everything a renderer may know of where its text goes."""

from __future__ import annotations

from collections.abc import Callable

from sinorus.model import Grouping
from sinorus.model.value import value


def _as_it_is(path: str) -> str:
    return path


def _no_link(path: str, line: int) -> str:
    return ""


@value(frozen=True)
class Look:
    """The surroundings of one rendering, found out once by the command line.

    `width` and `height` are in terminal cells. `colour` allows escape codes at all: without it
    there are none, so `hyperlinks` matters only with it. `encoding` is that of the stream;
    what it cannot spell is written as a backslash escape. `paths` gives the path to print for
    a path of the library, `uri` the link to a path and line (empty: none). `group_by` sets
    headings between hits. `batch` makes each record name its query; `header` is False for all
    but the first of several CSV outputs.
    """

    width: int = 80
    height: int = 24
    terminal: bool = False
    colour: bool = False
    hyperlinks: bool = False
    encoding: str = "utf-8"
    paths: Callable[[str], str] = _as_it_is
    uri: Callable[[str, int], str] = _no_link
    group_by: Grouping | None = None
    batch: bool = False
    header: bool = True
