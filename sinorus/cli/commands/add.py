"""`sinorus add`: copy documents into the library."""

from __future__ import annotations

import sys

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value


@value(frozen=True)
class AddOptions(options.Quiet):
    """What `add` is told."""

    files: tuple[str, ...]
    folder: str | None


@make_command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--to", "folder", metavar="FOLDER", help="A source folder of the library. [the first]"
)
@options.quiet
@pass_app
@options.typed(AddOptions)
def command(app: App, given: AddOptions) -> int:
    """Copy FILEs into the library as UTF-8, with the front matter that can be known of them.

    \b
    Examples:
      sinorus add article.md notes/*.txt
      sinorus add --to papers report.txt

    Nothing is guessed: a title is taken from the first heading, a date from the file's name, an
    address if the beginning has just one. What is unknown stays absent, for you to write in.
    """
    from sinorus.errors import SinorusError
    from sinorus.render.visible import one_line

    app.quiet = given.quiet
    library = app.library()
    library.add_to(given.folder)
    failed = 0
    for file in given.files:
        try:
            added = library.add(file, to=given.folder)
        except SinorusError as fault:
            failed += 1
            named = "" if fault.message.startswith(file) else f"{file}: "
            sys.stderr.write(f"sinorus: {one_line(named + fault.message)}\n")
            continue
        known = ", ".join(f"{name}: {value}" for name, value in added.fields.items())
        sys.stdout.write(f"{one_line(added.path)}{' (' + one_line(known) + ')' if known else ''}\n")
    return 2 if failed else 0
