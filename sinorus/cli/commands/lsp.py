"""`sinorus lsp`: a language server, by which editors check, show and complete."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import NoLibraryError, SinorusError
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.library import Library


@value(frozen=True)
class LspOptions(options.Freshness):
    """What `lsp` is told."""

    stdio: bool


@make_command("lsp")
@click.option("--stdio", is_flag=True, hidden=True, help="As some editors say.")
@options.freshness
@pass_app
@options.typed(LspOptions)
def command(app: App, given: LspOptions) -> int:
    """Serve an editor while a draft is open in it (a language server).

    \b
    Examples:
      sinorus lsp                          what an editor starts: it speaks on standard input
      sinorus --library ~/china lsp        with this library, whatever folder the draft is in

    Quotations, ids and citation keys are checked as a draft is opened, changed and saved. Hovering
    shows the paragraph, going to the definition opens the source, completion behind [@ and sinorus:
    offers keys and hits for the sentence so far, code actions mend and quote. The library is that
    of the draft's folder or one above it, else of the folder that is open. It needs
    pip install 'sinorus[lsp]'; docs/editors.md has the settings of editors.
    """
    from sinorus.lsp.run import serve

    return serve(lambda folders: _library(app, folders, given.wait), given.update)


def _library(app: App, folders: list[Path], wait: float | None) -> Library:
    """The library that was named, else that of the first of the folders that has one.

    Raises SinorusError with what to do where there is none.
    """
    from sinorus.cli.advice import advised
    from sinorus.library import Library
    from sinorus.library.location import find_library

    try:
        if not app.folder and not os.environ.get("SINORUS_LIBRARY"):
            for folder in folders:
                try:
                    app = App(str(find_library(folder)), app.engine)
                    break
                except NoLibraryError:
                    continue
        root, settings = app.root(), app.settings
    except SinorusError as fault:
        raise SinorusError(fault.message, advised(fault.hint, fault.reason)) from None
    if wait is not None:
        settings = settings.having("wait", wait, "--wait")
    return Library(root, settings, notify=lambda notice: app.notice(notice, notice.reason))
