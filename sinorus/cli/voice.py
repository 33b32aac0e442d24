"""The one voice on standard error: errors, notes and hints.

Each begins with what it is, in colour where that is allowed, and is broken between words on a
terminal. In a pipe every sentence is one line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from sinorus.config import Settings
    from sinorus.errors import QueryError

_ERROR, _NOTE, _PLAIN = "\x1b[1;31m", "\x1b[2m", "\x1b[0m"
"""The same as in `render/palette.py`, which is not imported for this: memory may be short."""
_INDENT = "  "
_LEAST = 30
"""Columns of a terminal below which nothing is broken: the terminal does it no worse."""
_WIDEST = 100
_flag: str | None = None
_setting = "auto"
_begin = {"error": _ERROR, "note": _NOTE}


class Heard:
    """Standard error, of which what cannot be written is lost and the rest of the run is not."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost: OSError | None = None

    def write(self, text: str) -> int:
        """Writes what can be written."""
        try:
            return self._stream.write(text)
        except OSError as fault:
            self.lost = self.lost or fault
            return len(text)

    def flush(self) -> None:
        """Writes what waits, if that can be done."""
        try:
            self._stream.flush()
        except OSError as fault:
            self.lost = self.lost or fault

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def listen(arguments: Sequence[str]) -> None:
    """Notes what `--color` says: the voice is heard before the command line is understood."""
    global _flag  # noqa: PLW0603 - there is one standard error
    _flag = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            return
        if argument == "--color" and at + 1 < len(arguments):
            _flag = arguments[at + 1]
        elif argument.startswith("--color="):
            _flag = argument.removeprefix("--color=")


def prefer(settings: Settings) -> None:
    """Has the settings `color` and `colors` hold for what is said from now on.

    Raises ConfigError for a colour that there is not.
    """
    global _setting  # noqa: PLW0603
    _setting = settings["color"]
    if settings["colors"]:
        from sinorus.render.palette import escape, themed

        colors = themed(settings["colors"], settings.origin("colors"))
        _begin.update({name: escape(colors[name]) for name in _begin})


def error(message: str, hint: str = "", query: QueryError | None = None) -> None:
    """Says what is wrong, of a bad query with a caret under the fault, and what to do about it."""
    width = _width()
    lines = _spoken("error", message, width)
    if query is not None and query.query.strip():
        lines += _pointed_at(query, width)
    if hint:
        lines += _broken(_clean(hint), width, _INDENT, _INDENT)
    _say(lines)


def note(text: str) -> None:
    """Says what a user should know and what is no error."""
    _say(_spoken("note", text, _width()))


def place(where: str, text: str) -> None:
    """Says of a file what is wrong with it, as compilers do, for editors to go there."""
    from sinorus.render.visible import harmless

    _say([f"{harmless(where)}: {_clean(text)}"])


def _say(lines: Sequence[str]) -> None:
    output = sys.modules.get("sinorus.cli.output")
    wiped = output.clear_line() if output else ""
    sys.stderr.write(f"{wiped}{chr(10).join(lines)}\n")


def _spoken(kind: str, text: str, width: int) -> list[str]:
    label = f"{kind}:"
    first, *rest = _broken(_clean(text), width, f"{label} ", " " * (len(label) + 1))
    if coloured() and _begin[kind]:
        first = first.replace(label, f"{_begin[kind]}{label}{_PLAIN}", 1)
    return [first, *rest]


def coloured() -> bool:
    """Whether what is said may be in colour."""
    # As of standard output, in `output.py`, which is not imported for this: memory may be short.
    if _flag in ("always", "never"):
        return _flag == "always"
    if _flag is None:
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        if _setting in ("always", "never"):
            return _setting == "always"
    return sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"


def _clean(text: str) -> str:
    try:
        from sinorus.render.visible import one_line
    except (OSError, ImportError, MemoryError):  # where even that is too much
        return "".join(sign if sign.isprintable() else "?" for sign in text)
    return one_line(text)


def _width() -> int:
    """Columns to break lines at; 0 where nothing is broken."""
    if not sys.stderr.isatty():
        return 0
    told = os.environ.get("COLUMNS", "")
    try:
        columns = int(told) if told.isdecimal() else os.get_terminal_size(2).columns
    except (ValueError, OSError):
        columns = 80
    return min(columns, _WIDEST) if columns >= _LEAST else 0


def _broken(text: str, width: int, first: str, rest: str) -> list[str]:
    """The text in lines of so many cells, broken between words; a long word stays whole."""
    if not width or len(first) + 2 * len(text) <= width:
        return [first + text]
    from sinorus.render.visible import cell_width

    lines, line, used = [], first, len(first)
    for number, word in enumerate(text.split(" ")):
        cells = cell_width(word)
        if number and used + 1 + cells > width and line.strip():
            lines.append(line.rstrip())
            line, used = rest + word, len(rest) + cells
        else:
            gap = " " if number else ""
            line, used = line + gap + word, used + len(gap) + cells
    return [*lines, line]


def _pointed_at(query: QueryError, width: int) -> list[str]:
    """The query on a line and the caret below it; of one that is wider than the terminal, what is
    around the fault.
    """
    from sinorus.render.visible import cell_width

    before, text = _clean(query.query[: query.column]), _clean(query.query)
    at = cell_width(before)
    if width and cell_width(text) + len(_INDENT) > width:
        room = (width - len(_INDENT)) // 4  # of Chinese characters on each side
        cut = max(len(before) - room, 0)
        shown = text[cut : len(before) + room]
        at = cell_width(text[cut : len(before)]) + (1 if cut else 0)
        text = f"{'…' if cut else ''}{shown}{'…' if len(before) + room < len(text) else ''}"
    return [f"{_INDENT}{text}", f"{_INDENT}{' ' * at}^"]
