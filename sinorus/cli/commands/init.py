"""`sinorus init`: make a folder a library."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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


def _made(root: Path, trusted: Sequence[str]) -> list[str]:
    """What was made of what a library needs. Raises OSError, also for what leads out of it."""
    from contextlib import closing

    from sinorus.files import Tree

    tree = Tree(str(root), trusted)
    made = [name for name in ("seeds", "index") if not (root / name).is_dir()]
    for folder, name, text in (
        ("", "sinorus.toml", _SETTINGS),
        ("seeds", "", ""),
        ("index", ".gitignore", _IGNORE),
    ):
        with closing(tree.make_folder(folder) if folder else tree.folder(folder)) as there:
            if name and not there.has(name):
                there.write(name, text.encode())
                made.append(f"{folder}/{name}".lstrip("/"))
    return made


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
        made = _made(root, app.settings["trusted"])
    except OSError as fault:
        raise SinorusError(f"{chosen} cannot be made a library: {fault.strerror}") from None
    what = f"made {', '.join(made)}" if made else "it was one already"
    sys.stdout.write(f"{harmless(str(root.absolute()))} is a library: {what}\n")
    if made:
        app.notice("put documents into seeds/ or run sinorus add FILE…, then sinorus search WORD")
    return 0
