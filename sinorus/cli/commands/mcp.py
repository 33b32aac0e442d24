"""`sinorus mcp`: a server for assistants that speak the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from pathlib import Path

    from sinorus.config import Settings
    from sinorus.library import Library
    from sinorus.library.searching import Understood
    from sinorus.mcp.session import Session
    from sinorus.model import Notice, SearchResult


@make_command("mcp")
@click.option(
    "--allow-index",
    is_flag=True,
    help="Index what has changed before an answer; else nothing is written.",
)
@click.option(
    "--text-only",
    is_flag=True,
    help="Answers as text alone, of half the size; else also as JSON.",
)
@pass_app
def command(app: App, allow_index: bool, text_only: bool) -> int:
    """Serve an assistant that speaks the Model Context Protocol, on standard input and output.

    \b
    Examples:
      sinorus --library ~/sources mcp             what an assistant's settings are to start
      claude mcp add sources -- sinorus --library ~/sources mcp
      sinorus mcp --allow-index                   keep the index up to date as well

    The assistant gets the tools search, show, quote, check, compare and sources, each with a
    budget for its answers, addresses sinorus://ID and a prompt on how to cite. It sees one library
    and can write nothing. docs/assistants.md has the settings of the usual assistants. It needs
    pip install 'sinorus[mcp]'.
    """
    from sinorus.cli.query_page import query_page
    from sinorus.mcp.run import serve

    def prepare() -> Session:
        return session(app.root(), app.settings, indexing=allow_index, text_only=text_only)

    serve(prepare, "\n".join([*query_page()][2:]))
    return 0


def session(
    root: Path, settings: Settings, *, indexing: bool = False, text_only: bool = False
) -> Session:
    """What a server asks: the library in a folder, with the voice of the other commands."""
    from sinorus.mcp.session import Session

    def open_library(heard: Callable[[Notice], None]) -> Library:
        from sinorus.library import Library

        return Library(root, settings, notify=heard, read_only=not indexing)

    return Session(open_library, _Voice(), indexing=indexing, text_only=text_only)


class _Voice:
    """What the other commands say on standard error."""

    def answer(self, library: Library, asked: Understood, result: SearchResult) -> Iterator[str]:
        from sinorus.cli import outcome

        yield from outcome.of_names(asked.names)
        yield from outcome.of_terms(asked.terms)
        yield from outcome.of_answer(
            library, asked, result, on_page=True, tells_hits=False, terminal=False
        )

    def nothing(self, library: Library, asked: Understood) -> Iterable[str]:
        from sinorus.cli import outcome

        return outcome.of_nothing(library, asked)

    def notice(self, notice: Notice) -> str:
        from sinorus.cli.advice import ADVICE

        return f"{notice}: {ADVICE[notice.reason]}" if notice.reason else str(notice)

    def fault(self, fault: Exception) -> tuple[str, str] | None:
        from sinorus.cli.advice import explained
        from sinorus.shortage import shortage

        short = shortage(fault)
        if short is not None or isinstance(fault, SinorusError):
            return explained(short or fault)  # type: ignore[arg-type]
        if isinstance(fault, OSError) and fault.filename is not None:
            return f"{fault.filename}: {fault.strerror}", ""
        return None
