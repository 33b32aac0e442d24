"""One session, from a command line to the ids that were taken."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sinorus.errors import SinorusError
from sinorus.model import Query
from sinorus.model.value import value
from sinorus.pick.desk import Desk
from sinorus.pick.terminal import Terminal, the_terminal

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.model import Notice, Progress
    from sinorus.pick.outside import FindWay
    from sinorus.pick.screen import Leaving

OpenLibrary = Callable[["Callable[[Notice], None]", "Callable[[Progress], None]"], "Library"]
"""Opens the library; it is given to whom it tells notices and the steps of an index run."""


@value(frozen=True)
class Session:
    """What a session needs of the library and of the programs of the user.

    `across`: words are asked in all languages from the beginning. `explain` says in one line what
    is wrong with a query. `colors` is the palette, with what the user has changed in it; what is
    saved goes into the set of marks `saves_in`.
    """

    across: bool
    update: bool | None
    open_library: OpenLibrary
    find_way: FindWay
    explain: Callable[[SinorusError], str]
    colors: Mapping[str, str]
    saves_in: str


@value(frozen=True)
class Outcome:
    """The ids that were taken, and whether anything was opened, copied or saved."""

    ids: tuple[str, ...]
    used: bool


def pick(query: Query, prepare: Callable[[], Session]) -> Outcome:
    """Runs a session on the terminal of this process; it begins with a query that may be empty.

    `prepare` is called when the first frame is on the screen; what it raises is raised. Raises
    KeyboardInterrupt for Ctrl-C and signals, SinorusError where there is no terminal, no Textual,
    or a library that cannot be searched.
    """
    if find_spec("textual") is None:
        raise SinorusError("pick needs Textual", "pip install 'sinorus[pick]'")
    desk = Desk(query, across=bool(query.across))
    with the_terminal() as terminal:
        terminal.begin(_first_frame(desk, terminal))
        session = prepare()
        desk.across = session.across
        leaving, used = _on_screen(session, desk, terminal)
    if leaving.fault is not None:
        raise leaving.fault
    if leaving.how == "interrupt":
        raise KeyboardInterrupt
    if leaving.how.startswith("SIG"):
        raise KeyboardInterrupt(leaving.how)
    return Outcome(leaving.ids, used)


def _first_frame(desk: Desk, terminal: Terminal) -> str:
    """What is seen while Textual is being imported."""
    from sinorus.pick.panes import frame
    from sinorus.render.look import Look
    from sinorus.render.terminal.painter import Painter

    width, height = terminal.size()
    colour = not os.environ.get("NO_COLOR")
    look = Look(width=width, height=height, terminal=True, colour=colour)
    return Painter(look).paint(frame(desk, width, height)).rstrip("\n")


def _on_screen(session: Session, desk: Desk, terminal: Terminal) -> tuple[Leaving, bool]:
    from sinorus.pick.asking import Asker
    from sinorus.pick.screen import Picker

    def told(notice: Notice) -> None:
        app.tell(notice)

    def progress(step: Progress) -> None:
        app.tell(f"indexing {step.done:,} of {step.total:,} files …", doing=True)

    app = Picker(
        desk,
        lambda deliver: Asker(
            lambda: session.open_library(told, progress),
            deliver,
            session.explain,
            update=session.update,
        ),
        session.find_way,
        terminal,
        session.colors,
        session.saves_in,
    )
    terminal.hand_over()
    leaving = app.run()
    if leaving is None:  # an error of ours, of which Textual has told
        raise RuntimeError("the screen ended without saying how")
    return leaving, app.used
