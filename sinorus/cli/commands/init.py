"""`sinorus init`: make a folder a library."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command


@make_command("init")
@click.argument("folder", default=".", metavar="[DIR]")
@pass_app
def command(app: App, /, folder: str) -> int:
    """Make DIR (here, if not given) a library: seeds/ for sources, index/, sinorus.toml.

    \b
    Examples:
      sinorus init                     the current folder
      sinorus init ~/sources           another one
      sinorus --library ~/sources init

    What is there already is left as it is.
    """
    from sinorus.library.location import make_library
    from sinorus.render.visible import harmless

    root = Path(app.folder if app.folder and folder == "." else folder)
    made = make_library(root, app.settings["trusted"])
    what = f"made {', '.join(made)}" if made else "it was one already"
    sys.stdout.write(f"{harmless(str(root.absolute()))} is a library: {what}\n")
    if made:
        app.notice("put documents into seeds/ or run sinorus add FILE…, then sinorus search WORD")
    return 0
