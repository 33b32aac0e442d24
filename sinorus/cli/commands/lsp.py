"""`sinorus lsp`: a language server, by which editors check, show and complete."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
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
    from sinorus.model import Notice


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
    of each draft's folder or one above it, else of a folder that is open. It needs
    pip install 'sinorus[lsp]'; docs/editors.md has the settings of editors.
    """
    from sinorus.lsp.run import serve

    return serve(_Libraries(app, given.wait), given.update)


class _Libraries:
    """The library that was named for all drafts, else that of the folder of each."""

    def __init__(self, app: App, wait: float | None) -> None:
        self._app, self._wait = app, wait

    def find(self, folders: Sequence[Path]) -> Path:
        """The library of a draft in some folders. Raises SinorusError with what to do."""
        from sinorus.cli.advice import advised
        from sinorus.library.location import find_library

        if not self._app.folder and not os.environ.get("SINORUS_LIBRARY"):
            for folder in folders:
                with suppress(NoLibraryError):
                    return find_library(folder)
        try:
            return self._app.root()
        except SinorusError as fault:
            raise SinorusError(fault.message, advised(fault.hint, fault.reason)) from None

    def open(self, root: Path) -> Library:
        """The library in a folder, whose notices are said. Raises SinorusError with what to do."""
        from sinorus.cli.advice import advised
        from sinorus.library import Library

        try:
            settings = App(str(root), self._app.engine).settings
        except SinorusError as fault:
            raise SinorusError(fault.message, advised(fault.hint, fault.reason)) from None
        if self._wait is not None:
            settings = settings.having("wait", self._wait, "--wait")

        def heard(notice: Notice) -> None:
            self._app.notice(notice, notice.reason)

        return Library(root, settings, notify=heard)
