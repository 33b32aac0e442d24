"""The one place that wires things: where the library is, how its words reach the user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from sinorus import __version__
from sinorus.cli import offers, voice
from sinorus.cli.place import library_folder, settings_of
from sinorus.engines import engine_names, kind_of, usage

if TYPE_CHECKING:
    from pathlib import Path

    from sinorus.config import Settings
    from sinorus.errors import Reason
    from sinorus.library import Library
    from sinorus.model import Notice

COMMANDS = {
    "search": "find paragraphs",
    "show": "print paragraphs and documents by id",
    "pick": "search as you type, mark, open, copy",
    "open": "open a document in your editor, viewer or browser",
    "copy": "copy paragraphs to the clipboard",
    "quote": "a paragraph or part of it for a draft, with its source",
    "bib": "a bibliography of documents, or of what a draft cites",
    "compare": "what groups of sources say, or two texts side by side",
    "check": "hold the quotations of a draft against the library",
    "note": "write a note at a paragraph",
    "marks": "sets of what you saved and noted, and what became of it",
    "lsp": "serve an editor while a draft is open in it",
    "sources": "list and filter documents",
    "names": "the names that a search knows in all their forms",
    "mcp": "serve an assistant: search, quote and check for it",
    "status": "counts, coverage and freshness of the library",
    "index": "bring the index up to date",
    "add": "copy documents into the library",
    "init": "make a folder a library",
    "completion": "print a script for your shell",
    "help": "explain a command, or the query language",
}


class Paged(click.Command):
    """A command with a help page as `pages.py` lays it out."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from sinorus.cli.pages import write_options

        write_options(self, ctx, formatter)

    def get_help(self, ctx: click.Context) -> str:
        from sinorus.cli.pages import as_shown

        return as_shown(super().get_help(ctx), ctx)


class LazyGroup(Paged, click.Group):
    """Commands by name, each imported when it is called: one must not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"sinorus.cli.commands.{cmd_name}").command
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from sinorus.cli.mistakes import no_such_command

            raise no_such_command(args[0], [*COMMANDS], ctx)
        return super().resolve_command(ctx, args)


class App:
    """What every command needs: the library, its settings, and a voice on stderr."""

    def __init__(self, folder: str | None, engine: str | None = None) -> None:
        self.folder, self.engine = folder, engine
        self.quiet = self.silent = False
        """Whether notices are dropped, and whether the answer is."""
        self._held: list[str] | None = None
        self._settings: Settings | None = None

    @property
    def settings(self) -> Settings:
        """All settings, with those of the library if there is one at or above this folder."""
        if self._settings is None:
            self._settings = self._load(self._root_or_none())
            voice.prefer(self._settings)
        return self._settings

    def _load(self, root: Path | None) -> Settings:
        settings = settings_of(root, self.engine)
        kind_of(settings)  # says at once that there is no such engine, whatever the command
        return settings

    def _root_or_none(self) -> Path | None:
        from sinorus.errors import NoLibraryError

        try:
            return self.root()
        except NoLibraryError:
            return None

    def root(self) -> Path:
        """The folder of the library. Raises NoLibraryError."""
        return library_folder(self.folder)

    def library(self, wait: float | None = None) -> Library:
        """The library, opened for this command and closed with it. Raises NoLibraryError."""
        from sinorus.cli.cut_files import say_when_cut
        from sinorus.cli.output import ProgressLine
        from sinorus.library import Library

        say_when_cut()
        root = self.root()
        settings = self.settings if wait is None else self.settings.having("wait", wait, "--wait")
        line = ProgressLine(self.quiet)
        library = Library(root, settings, notify=self._heard, progress=line.show)
        context = click.get_current_context()
        context.call_on_close(library.close)
        context.call_on_close(line.clear)
        return library

    def notice(self, text: str, reason: Reason = "", *, wanted: bool = False) -> None:
        """A sentence on stderr that is not an error, with what to type about it.

        `--no-notices` drops it, and so does `-q`, unless it is what was `wanted`.
        """
        if not self.quiet or wanted:
            from sinorus.cli.advice import ADVICE

            told = f"{text}: {ADVICE[reason]}" if reason else text
            if self._held is not None:
                self._held.append(told)
            else:
                voice.note(told)

    @property
    def holding(self) -> bool:
        """Whether notices are held back, to stand above an answer."""
        return self._held is not None

    def held(self) -> tuple[str, ...]:
        """The notices that were held back until now; whoever asks says them."""
        told, self._held = tuple(self._held or ()), None
        return told

    @contextmanager
    def hold(self, wanted: bool) -> Iterator[None]:
        """Holds notices back if that is wanted; in the end those that nobody said are said."""
        self._held = [] if wanted else None
        try:
            yield
        finally:
            for text in self.held():
                self.notice(text, wanted=True)

    def _heard(self, notice: Notice) -> None:
        self.notice(notice, notice.reason)


def _chosen(ctx: click.Context, param: click.Parameter, chosen: str | None) -> str | None:
    """Takes what stands behind the command, where it counts before what stands before it."""
    app = ctx.find_object(App)
    if chosen is None:
        return None
    if app is not None:
        setattr(app, "folder" if param.name == "library" else "engine", chosen)
    return chosen


def _where(*, after: bool) -> list[click.Parameter]:
    """`--library` and `--engine`, which may stand before the command and `after` it."""
    how: dict[str, Any] = {"callback": _chosen, "expose_value": False} if after else {}
    folders, engines = offers.files("dir"), offers.words(*engine_names())
    return [
        click.Option(
            ["--library"],
            metavar="DIR",
            help="The library; else the one at or above here, else that of your config.toml.",
            shell_complete=folders,
            **how,
        ),
        click.Option(
            ["--engine"], metavar="ENGINE", help=f"{usage()}.", shell_complete=engines, **how
        ),
    ]


@click.group(
    cls=LazyGroup,
    params=_where(after=False),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
    epilog="sinorus COMMAND --help explains one. Exit codes: 0 found, 1 nothing found, 2 error.",
)
@click.version_option(__version__, "-V", "--version", message="sinorus %(version)s")
@click.pass_context
def sinorus(ctx: click.Context, library: str | None, engine: str | None) -> None:
    """Search a library of sources by paragraph, in English, Russian and Chinese.

    \b
    Examples:
      sinorus search alliance                    paragraphs that mention it
      sinorus search '"Power of Siberia"'        a phrase
      sinorus compare sanctions --by publisher   who says what, side by side
      sinorus show background/energy#4 -C 1      a paragraph and its neighbours
    """
    ctx.obj = App(library, engine)


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A decorator that makes a function the command `name`, with `-h` and our help layout, and
    the options that may also stand before it.
    """

    def made(function: Callable[..., Any]) -> click.Command:
        settings = {"help_option_names": ["-h", "--help"]}
        found = click.command(name, cls=Paged, context_settings=settings)(function)
        found.params += _where(after=True)
        return found

    return made


pass_app = click.make_pass_decorator(App)
