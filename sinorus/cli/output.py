"""Where output goes and how it is to look there: colour, width, paths, links, pager, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sinorus.render import Look
from sinorus.render.palette import themed

if TYPE_CHECKING:
    from sinorus.cli.app import App
    from sinorus.model import Progress


T = TypeVar("T")
_END: Any = object()
_EVERY = 0.1
_PATHS = 10_000
"""Paths that are made once for all lines that begin with them."""
_PATIENCE = 0.4
"""Seconds: what is done sooner needs no line."""
_began = monotonic()
_shown = False
_progressed = 0.0
"""When progress was last told in numbers, which tell more than that something is being done."""
_WIDEST = 100
"""Cells of the longest line above an answer, as in `render/terminal/layout.py`."""
_PAGED = {"rich", "plain", "markdown", "kwic", "only-matching"}


def wants_colour(flag: str | None, setting: str) -> bool:
    """Whether to colour: flag > NO_COLOR > FORCE_COLOR > setting > a terminal that can."""
    if flag in ("always", "never"):
        return flag == "always"
    if flag is None:
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        if setting in ("always", "never"):
            return setting == "always"
    return sys.stdout.isatty() and os.environ.get("TERM", "") != "dumb"


def format_name(flag: str | None) -> str:
    """The format asked for, else `rich` on a terminal and `plain` elsewhere."""
    return flag or ("rich" if sys.stdout.isatty() else "plain")


def look(app: App, root: Path, *, color: str | None = None, **changes: Any) -> Look:
    """How the output of this run looks on this standard output."""
    columns, lines = _size()
    terminal = sys.stdout.isatty()
    colour = wants_colour(color, app.settings["color"])
    if colour and terminal and app.settings["links"] != "none":
        from sinorus.cli.links import linked_by

        changes = {"hyperlinks": True, "uri": linked_by(app.settings, root), **changes}
    return Look(
        width=columns,
        height=lines,
        terminal=terminal,
        colour=colour,
        encoding=sys.stdout.encoding or "utf-8",
        colors=themed(app.settings["colors"], app.settings.origin("colors")),
        paths=lru_cache(_PATHS)(partial(shown_path, root)),
        **changes,
    )


def room_for_notes() -> int:
    """Cells that a note above an answer has in one line of this terminal."""
    return min(_size()[0], _WIDEST) - len("note: ")


def _size() -> tuple[int, int]:
    """Columns and lines: COLUMNS and LINES > the terminal > 80 by 24.

    This is `shutil.get_terminal_size`, whose module takes 3 ms to import.
    """
    named = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    told = [int(number) if number.isdecimal() else 0 for number in named]
    try:
        known = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        known = os.terminal_size((80, 24))
    return told[0] or known.columns or 80, told[1] or known.lines or 24


def shown_path(root: Path, path: str) -> str:
    """A path of the library as it is reached from the current folder."""
    try:
        return os.path.relpath(root / path)
    except FileNotFoundError:  # the current folder is gone
        return str(root / path)


def write(chunks: Iterable[str]) -> None:
    """Writes text to standard output as it comes."""
    for chunk in chunks:
        sys.stdout.write(chunk)


def page(app: App, chunks: Iterable[str], look: Look, form: str, *, wanted: bool) -> None:
    """Writes text, through the user's pager if it is longer than the screen of a terminal.

    Formats for programs are never paged, nor is a terminal that cannot be written over. Where the
    exit code alone is wanted, nothing is written.
    """
    if app.silent:
        return
    able = look.terminal and os.environ.get("TERM", "") != "dumb"
    command = _pager(app) if wanted and able and form in _PAGED else ""
    if not command:
        write(chunks)
        return
    waiting = iter(chunks)
    held: list[str] = []
    lines = 0
    for chunk in waiting:
        held.append(chunk)
        lines += chunk.count("\n")
        if lines >= look.height:
            _through(command, held, waiting)
            return
    write(held)


def _pager(app: App) -> str:
    """The pager's command line; empty for none. `SINORUS_PAGER` > `PAGER` > less."""
    if app.settings.origin("pager") != "default":
        command = str(app.settings["pager"])
    else:
        command = os.environ.get("PAGER", "less -FIRX")
    return "" if command.strip() in ("", "cat") else command


def _through(command: str, held: Iterable[str], rest: Iterable[str]) -> None:
    import shlex
    import subprocess

    environment = {"LESSCHARSET": "utf-8", "LESS": "FIRX", **os.environ}
    try:
        process = subprocess.Popen(
            shlex.split(command),
            stdin=subprocess.PIPE,
            encoding=sys.stdout.encoding,
            env=environment,
        )
    except (OSError, ValueError):
        write(held)
        write(rest)
        return
    if process.stdin is None:
        return
    try:
        with process.stdin as pipe:
            for part in (held, rest):
                for chunk in part:
                    pipe.write(chunk)
    except BrokenPipeError:
        pass  # the reader has seen enough
    except KeyboardInterrupt:
        pass
    while True:
        try:
            process.wait()
            return
        except KeyboardInterrupt:
            continue  # the pager decides what Ctrl-C means while it has the screen


def clear_line() -> str:
    """What wipes the progress line away, if there is one."""
    global _shown  # noqa: PLW0603 - there is one terminal
    if not _shown:
        return ""
    _shown = False
    return "\r\x1b[K"


class ProgressLine:
    """Shows progress where stderr is a terminal, and nowhere else."""

    def __init__(self, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._started = monotonic()
        self._last = 0.0

    def show(self, step: Progress) -> None:
        """Rewrites the line, ten times a second at most."""
        global _shown, _progressed
        now = monotonic()
        if not self._wanted or now - self._last < _EVERY or now - self._started < _PATIENCE:
            return
        self._last = now
        share = step.bytes_done / step.bytes_total if step.bytes_total else 1.0
        seconds = now - self._started
        rate = f"{step.done / seconds:,.0f} a second"
        left = f", {seconds / share - seconds:.0f} s left" if share > 0.05 else ""
        sys.stderr.write(
            f"\r\x1b[K{step.doing} {step.done:,} of {step.total:,} {step.unit}, {share:.0%}, "
            f"{rate}{left}"
        )
        sys.stderr.flush()
        _shown, _progressed = True, now

    def clear(self) -> None:
        """Takes the line away."""
        sys.stderr.write(clear_line())


class Working:
    """Says what is being done, and for how long, where it takes longer than half a second.

    Only where stderr is a terminal; the line is gone when the work is done.
    """

    def __init__(self, doing: str, quiet: bool) -> None:
        self._doing = doing
        self._wanted = not quiet and sys.stderr.isatty()
        self._thread: Any = None

    def __enter__(self) -> None:
        if self._wanted:
            from threading import Event, Thread

            self._done = Event()
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            self._done.set()
            self._thread.join()
            sys.stderr.write(clear_line())
            sys.stderr.flush()

    def _show(self) -> None:
        global _shown  # noqa: PLW0603
        # What was done before this has taken of the user's patience already.
        wait = max(_PATIENCE - (monotonic() - _began), _EVERY)
        while not self._done.wait(wait):
            wait = _EVERY * 5
            if monotonic() - _progressed < 2 * wait:
                continue
            sys.stderr.write(f"\r\x1b[K{self._doing} … {monotonic() - _began:.0f} s")
            sys.stderr.flush()
            _shown = True


def waited_for(steps: Iterable[T], doing: str, quiet: bool) -> Iterator[T]:
    """The steps of something; while one is waited for it is said what is being done."""
    left = iter(steps)
    while True:
        with Working(doing, quiet):
            step = next(left, _END)
        if step is _END:
            return
        yield step
