"""`sinorus init`: make a folder a library."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command

_SETTINGS = """\
# The settings of this library: docs/configuration.md has them all.
sources = ["seeds"]    # the folders with your documents
"""
_IGNORE = """\
# What sinorus makes from the sources; it can be deleted and made again at any time.
*
!.gitignore
"""


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
    from sinorus.errors import SinorusError
    from sinorus.render.visible import harmless

    chosen = app.folder if app.folder and folder == "." else folder
    root = Path(chosen)
    try:
        root.mkdir(parents=True, exist_ok=True)
        made = [name for name in ("seeds", "index") if not (root / name).is_dir()]
        for name in made:
            (root / name).mkdir()
        for path, text in (
            (root / "sinorus.toml", _SETTINGS),
            (root / "index/.gitignore", _IGNORE),
        ):
            if not path.exists():
                path.write_text(text, "utf-8")
                made.append(str(path.relative_to(root)))
    except OSError as fault:
        raise SinorusError(f"{chosen} cannot be made a library: {fault.strerror}") from None
    what = f"made {', '.join(made)}" if made else "it was one already"
    sys.stdout.write(f"{harmless(str(root.absolute()))} is a library: {what}\n")
    if made:
        app.notice("put documents into seeds/ or run sinorus add FILE…, then sinorus search WORD")
    return 0
