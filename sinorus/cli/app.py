"""The one place that wires things: where the library is, how its words reach the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sinorus import __version__
from sinorus.engines import kind_of, usage

if TYPE_CHECKING:
    from sinorus.config import Settings
    from sinorus.errors import Reason
    from sinorus.library import Library
    from sinorus.model import Notice

COMMANDS = {
    "search": "find paragraphs",
    "show": "print paragraphs and documents by id",
    "open": "open a document in your editor, viewer or browser",
    "quote": "a paragraph or part of it for a draft, with its source",
    "bib": "a bibliography of documents, or of what a draft cites",
    "compare": "what groups of sources say, or two texts side by side",
    "check": "hold the quotations of a draft against the library",
    "sources": "list and filter documents",
    "status": "counts, coverage and freshness of the library",
    "index": "bring the index up to date",
    "add": "copy documents into the library",
    "init": "make a folder a library",
    "completion": "print a script for your shell",
}


_MEANT = {
    **dict.fromkeys(("find", "grep", "query", "s"), "search"),
    **dict.fromkeys(("cat", "get", "view"), "show"),
    **dict.fromkeys(("edit", "goto", "visit"), "open"),
    **dict.fromkeys(("verify", "lint", "proof"), "check"),
    **dict.fromkeys(("cite", "quotation", "excerpt"), "quote"),
    **dict.fromkeys(("bibliography", "bibtex", "references", "refs"), "bib"),
    **dict.fromkeys(("list", "ls", "documents"), "sources"),
    **dict.fromkeys(("update", "reindex", "build"), "index"),
    **dict.fromkeys(("import", "cp"), "add"),
    **dict.fromkeys(("info", "stats", "doctor"), "status"),
    **dict.fromkeys(("diff", "cmp"), "compare"),
    "help": "--help",
}
"""What users of other programs type, and our command for it."""


class LazyGroup(click.Group):
    """Commands by name, each imported when it is called: one must not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"sinorus.cli.commands.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = [_MEANT[args[0]]] if args[0] in _MEANT else []
            near = near or get_close_matches(args[0], COMMANDS, 1, 0.6)
            hint = f"Did you mean {near[0]!r}?" if near else f"To search: sinorus search {args[0]}"
            raise click.UsageError(f"There is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


class App:
    """What every command needs: the library, its settings, and a voice on stderr."""

    def __init__(self, folder: str | None, engine: str | None = None) -> None:
        self.folder, self.engine = folder, engine
        self.quiet = False
        self._settings: Settings | None = None

    @property
    def settings(self) -> Settings:
        """All settings, with those of the library if there is one at or above this folder."""
        if self._settings is None:
            self._settings = self._load(self._root_or_none())
        return self._settings

    def _load(self, root: Path | None) -> Settings:
        from sinorus.config import load_settings, read_setting
        from sinorus.library.location import FILE

        home = os.environ.get("XDG_CONFIG_HOME") or str(Path("~/.config").expanduser())
        user = Path(home) / "sinorus" / "config.toml"
        settings = load_settings(root / FILE if root else None, user, os.environ)
        if self.engine is not None:
            chosen = read_setting("engine", self.engine, "--engine")
            settings = settings.having("engine", chosen, "--engine")
        kind_of(settings)  # says at once that there is no such engine, whatever the command
        return settings

    def _named(self) -> str | None:
        """The library that was named by the flag or the environment."""
        if self.folder or os.environ.get("SINORUS_LIBRARY"):
            return self.folder or os.environ["SINORUS_LIBRARY"]
        return None

    def _root_or_none(self) -> Path | None:
        from sinorus.errors import NoLibraryError

        try:
            return self.root()
        except NoLibraryError:
            return None

    def root(self) -> Path:
        """The folder of the library. Raises NoLibraryError."""
        from sinorus.errors import NoLibraryError
        from sinorus.library.location import find_library, named_library

        named = self._named()
        try:
            return named_library(Path(named)) if named else find_library(Path.cwd())
        except FileNotFoundError:
            raise NoLibraryError("the current folder is gone", "change to another one") from None

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

    def notice(self, text: str, reason: Reason = "") -> None:
        """A sentence on stderr that is not an error, with what to type about it.

        `--quiet` drops it.
        """
        if not self.quiet:
            from sinorus.cli.advice import ADVICE
            from sinorus.cli.output import clear_line
            from sinorus.render.visible import one_line

            told = f"{text}: {ADVICE[reason]}" if reason else text
            sys.stderr.write(f"{clear_line()}sinorus: {one_line(told)}\n")

    def _heard(self, notice: Notice) -> None:
        self.notice(notice, notice.reason)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
    epilog="sinorus COMMAND --help explains one. Exit codes: 0 found, 1 nothing found, 2 error.",
)
@click.option(
    "--library", "folder", metavar="DIR", help="The library; else the one at or above here."
)
@click.option("--engine", metavar="ENGINE", help=f"{usage()}.")
@click.version_option(__version__, "-V", "--version", message="sinorus %(version)s")
@click.pass_context
def sinorus(ctx: click.Context, folder: str | None, engine: str | None) -> None:
    """Search a library of sources by paragraph, in English, Russian and Chinese.

    \b
    Examples:
      sinorus search alliance                    paragraphs that mention it
      sinorus search '"Power of Siberia"'        a phrase
      sinorus compare sanctions --by publisher   who says what, side by side
      sinorus show background/energy#4 -C 1      a paragraph and its neighbours
    """
    ctx.obj = App(folder, engine)


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A decorator that makes a function the command `name`, with `-h` and our help layout."""
    return click.command(name, context_settings={"help_option_names": ["-h", "--help"]})


pass_app = click.make_pass_decorator(App)
