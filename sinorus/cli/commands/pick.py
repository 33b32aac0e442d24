"""`sinorus pick`: search as you type, read, open, copy, and print the ids of what was marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sinorus.cli import offers, options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import QueryError, SinorusError
from sinorus.model.value import value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sinorus.library import Library
    from sinorus.library.opening import Opening
    from sinorus.model import Notice, Progress
    from sinorus.pick.outside import Way
    from sinorus.pick.run import Session


@value(frozen=True)
class PickOptions(options.Filters, options.Reading, options.Freshness):
    """What `pick` is told."""

    words: tuple[str, ...]
    save: str


@make_command("pick")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@options.filters
@options.reading
@click.option(
    "--save",
    metavar="NAME",
    default="notes",
    help="The set of marks that Ctrl-S puts into, see sinorus marks. [notes]",
    shell_complete=offers.from_library("set"),
)
@options.freshness
@pass_app
@options.typed(PickOptions)
def command(app: App, given: PickOptions) -> int:
    """Search as you type, with the paragraph beside the list.

    \b
    Examples:
      sinorus pick                               an empty line to type in
      sinorus pick alliance --lang ru            a first query, and filters
      sinorus show $(sinorus pick)               print what was picked
      sinorus pick | sinorus show - --format markdown >> draft.md

    Enter opens the document and comes back, Tab marks, Ctrl-T leaves and prints the ids of what
    is marked, Ctrl-Y copies quotations, Ctrl-S saves into a set of marks, Ctrl-X asks in all three
    languages, F2 to F6 narrow by language, kind, years, publisher and author, F1 explains the keys.
    Exit code 1: left without having taken, opened, copied or saved anything. It needs pip install
    'sinorus[pick]'.
    """
    from sinorus.cli.output import write
    from sinorus.pick.run import pick

    query = given.query_of(" ".join(given.words), given.filters)
    found = pick(query, lambda: _session(app, given))
    write(f"{name}\n" for name in found.ids)
    return 0 if found.ids or found.used else 1


def _session(app: App, given: PickOptions) -> Session:
    """What a session needs. Raises NoLibraryError."""
    from sinorus.cli.cut_files import say_when_cut
    from sinorus.pick.run import Session
    from sinorus.render.palette import themed

    say_when_cut()
    root, settings = app.root(), app.settings
    if given.wait is not None:
        settings = settings.having("wait", given.wait, "--wait")

    def open_library(
        notify: Callable[[Notice], None], progress: Callable[[Progress], None]
    ) -> Library:
        from sinorus.library import Library

        return Library(root, settings, notify=notify, progress=progress)

    across = bool(settings["across"] if given.across is None else given.across)
    colors = themed(settings["colors"], settings.origin("colors"))
    ways = _Ways(app)
    return Session(across, given.update, open_library, ways, _explained, colors, given.save)


def _explained(fault: SinorusError) -> str:
    """What is wrong with a query in one line; a bad word of it stands there already."""
    from sinorus.cli.advice import explained

    message, hint = explained(fault)
    at = f" (at {fault.column + 1})" if isinstance(fault, QueryError) and fault.column else ""
    return f"{message}{at}: {hint}" if hint else f"{message}{at}"


class _Ways:
    """How documents are opened: as `sinorus open` does it."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, opening: Opening) -> Way:
        from sinorus.cli import programs
        from sinorus.cli.commands.open import file_calls
        from sinorus.pick.outside import Way

        notices: list[str] = []
        calls = list(file_calls(self._app.settings, [opening], notices.append))

        def run() -> None:
            for call, origin in calls:
                programs.run(call, origin)

        return Way(run, any(call.attached for call, _ in calls), tuple(notices))
