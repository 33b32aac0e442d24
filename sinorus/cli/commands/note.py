"""`sinorus note`: a note at a paragraph, which marks it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sinorus.cli import offers, options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import SinorusError
from sinorus.model.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sinorus.library import Library
    from sinorus.library.marks import Noted

_LONGEST = 100_000
"""Characters of a note."""


@value(frozen=True)
class NoteOptions(options.Freshness, silence.Quiet):
    """What `note` is told; `name` None: the set that has the paragraph, or `notes`."""

    id: str
    words: tuple[str, ...]
    name: str | None
    remove: bool


@make_command("note")
@click.argument("id", metavar="N|ID", shell_complete=offers.from_library("paragraph"))
@click.argument("words", nargs=-1, metavar="[NOTE|-]...")
@click.option(
    "--set",
    "name",
    metavar="NAME",
    help="The set of marks. [the one that has it, or notes]",
    shell_complete=offers.from_library("set"),
)
@click.option("--remove", is_flag=True, help="Take the note away.")
@options.freshness
@silence.quiet
@pass_app
@options.typed(NoteOptions)
def command(app: App, given: NoteOptions) -> int:
    """Write a note at a paragraph or a range; without words in your editor, - reads it.

    \b
    Examples:
      sinorus note 3 'the figure for 2023'         at a hit of the last search
      sinorus note energy#4-6 --set gas 'compare'  at a range, in a set
      sinorus note energy#4                        in your editor
      git log -1 --format=%B | sinorus note energy#4 -
      sinorus note energy#4 --remove

    The paragraph is marked by it, if it was not: sinorus marks lists the sets. A note that is
    there is replaced. Taken away, it takes a mark along that was made for it; one that a search
    saved stays.
    """
    from sinorus.cli.named import Named

    app.quiet, app.silent = given.quiet, given.silent
    if given.remove and given.words:
        raise click.UsageError("--remove takes a note away: write no words, or leave it out")
    library = app.library(given.wait)
    library.refresh(given.update)
    ids = list(Named(app, library).ids([given.id]))
    if given.remove:
        gone = library.marks.unnote(ids, given.name)
        for mark in gone:
            app.notice(f"the note at {mark.id} is gone (set {mark.set!r})")
        if not gone:
            app.notice(f"there is no note at {given.id}")
        return 0 if gone else 1
    note = _words(app, library, ids, given)
    if not note:
        app.notice("there is no word in the note: nothing was written")
        return 1
    try:
        done = _noted(library, ids, note, given.name)
    except SinorusError as fault:
        if not given.words:  # it was written just now, and is nowhere else
            from sinorus.cli.written import kept

            fault.message += f"; what you wrote is in {kept(note)}"
        raise
    for mark, new in done:
        how = "marked with a note" if new else "the note was written"
        app.notice(f"{mark.id}: {how} (set {mark.set!r})")
    return 0


def _noted(library: Library, ids: Sequence[str], note: str, name: str | None) -> list[Noted]:
    if len(note) > _LONGEST:
        raise SinorusError(f"a note has at most {_LONGEST:,} characters", "put it into a file")
    return library.marks.note(ids, note, name)


def _words(app: App, library: Library, ids: Sequence[str], given: NoteOptions) -> str:
    """The words of a note: of the command line, of standard input, or out of an editor."""
    if given.words == ("-",):
        from sinorus.cli.streams import piped_in

        raw = piped_in("reads a note from standard input", 4 * _LONGEST)
        text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    elif given.words:
        text = " ".join(given.words)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        from sinorus.cli.written import written

        before = [mark.note for mark in library.marks.at(ids, given.name) if mark.note]
        text = written(app.settings, before[0] if before else "")
    else:
        raise click.UsageError("the note has no words: write them, or - to read them")
    return text.strip()
