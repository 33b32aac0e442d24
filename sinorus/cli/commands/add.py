"""`sinorus add`: copy documents into the library."""

from __future__ import annotations

import sys

import click

from sinorus.cli import offers, options, output, silence, voice
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model import Added
from sinorus.model.value import value


@value(frozen=True)
class AddOptions(silence.Quiet):
    """What `add` is told."""

    files: tuple[str, ...]
    folder: str | None
    name: str | None
    as_markdown: bool


@make_command("add")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE|FOLDER|-...",
    shell_complete=offers.files(),
)
@click.option(
    "--to", "folder", metavar="FOLDER", help="A source folder of the library. [the first]"
)
@click.option("--name", metavar="NAME", help="What to call it there; for one file or -.")
@click.option(
    "--as-markdown", is_flag=True, help="Write what it says as Markdown, once, to be corrected."
)
@silence.quiet
@pass_app
@options.typed(AddOptions)
def command(app: App, given: AddOptions) -> int:
    """Copy files into the library, with what can be known of them.

    \b
    Examples:
      sinorus add article.md notes/*.txt
      sinorus add --to papers report.pdf           and report.pdf.yaml beside it
      sinorus add ~/Downloads/collection           a folder with all below it
      pbpaste | sinorus add - --name speech.md
      sinorus add --as-markdown report.docx        to report.md

    Nothing is asked, guessed or overwritten, and what is there already is no fault. A text becomes
    UTF-8 with front matter: a title from its first heading, a date from its name, an address if
    it names one as its own. Any other file keeps its bytes and gets a sidecar NAME.yaml with what
    the file says of itself; what it does not say stands there in comments, for you to write in.
    The folder of a page that a browser saved whole goes with it.
    """
    from sinorus.cli.named import Named
    from sinorus.errors import SinorusError
    from sinorus.render.visible import one_line

    app.quiet, app.silent = given.quiet, given.silent
    if given.name and len(given.files) > 1:
        raise click.UsageError("--name is for one file")
    library = app.library()
    to = given.folder and Named(app, library).folder(given.folder)
    library.add_to(to)
    failed = False
    for file in given.files:
        what = _standard_input() if file == "-" else file
        how = {"name": given.name, "as_markdown": given.as_markdown}
        steps = library.adding(what, to=to, **how)
        for one in output.waited_for(steps, "copying", given.quiet):
            if isinstance(one, SinorusError):
                failed = True
                named = "" if one.message.startswith(file) or file == "-" else f"{file}: "
                voice.error(named + one.message, one.hint)
            elif not app.silent:
                sys.stdout.write(f"{one_line(_told(one))}\n")
    return 2 if failed else 0


def _standard_input() -> bytes:
    from sinorus.errors import SinorusError

    most = 1 << 28
    raw = sys.stdin.buffer.read(most + 1)
    if len(raw) > most:
        raise SinorusError("standard input is larger than 256 MiB", "split it")
    return raw


def _told(added: Added) -> str:
    known = [f"{name}: {text}" for name, text in added.fields.items()]
    return f"{added.path} ({', '.join(known)})" if known else added.path
