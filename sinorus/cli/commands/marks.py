"""`sinorus marks`: evidence sets, their marks, and what became of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sinorus.cli import offers, options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.model.marks import MarkSet


@value(frozen=True)
class MarksOptions(options.Output, options.Freshness, silence.Quiet):
    """What `marks` is told."""

    name: str | None
    ids: tuple[str, ...]
    remove: bool


@make_command("marks")
@click.argument("name", required=False, shell_complete=offers.from_library("set"))
@click.argument(
    "ids", nargs=-1, metavar="[N|ID]...", shell_complete=offers.from_library("paragraph")
)
@click.option("--remove", is_flag=True, help="Take the set away, or of it what IDs name.")
@options.output(
    ("rich", "plain", "json", "jsonl", "markdown", "vimgrep"), "json", "jsonl", "vimgrep"
)
@options.freshness
@silence.quiet
@pass_app
@options.typed(MarksOptions)
def command(app: App, given: MarksOptions) -> int:
    """List the sets of marks, or the marks of one with what became of each.

    \b
    Examples:
      sinorus search '"largest supplier"' --save gas   put what is found into a set
      sinorus marks                                    all sets
      sinorus marks gas                                one of them: notes, what moved or changed
      sinorus marks gas --format markdown > gas.md     a page of quotations, sources and notes
      sinorus quote --set gas --style latex            the same for a draft
      sinorus marks gas energy#4 --remove              take one out; without an id the whole set

    On a terminal the numbers of a set's marks can be used as those of hits: sinorus show 3. The
    marks are in marks.toml of the library, which you may edit. Exit code 0: all of it is as it
    was marked; 1: something has moved, changed or gone, or nothing is marked; 2: error.
    """
    from sinorus.cli import output
    from sinorus.render import renderer

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form)
    form = output.format_name(given.form)
    if given.remove and given.form:
        raise click.UsageError("--remove prints nothing and takes no format")
    if given.ids and not given.remove:
        raise click.UsageError("ids name what --remove takes out: add that")
    if given.remove and given.name is None:
        raise click.UsageError("--remove takes a set away: write its name")
    render = renderer("marks" if given.name or form not in ("rich", "plain") else "mark-sets", form)
    library = app.library(given.wait)
    with output.Working("looking up", app.quiet):
        library.refresh(given.update)
    if given.remove:
        return _remove(app, library, given)
    with output.Working("looking up", app.quiet):
        names = () if given.name is None else (given.name,)
        sets = library.marks.find(*names, quoted=form == "markdown")
    if not sets:
        app.notice("nothing is marked", "no marks")
        if form != "json":
            return 1
    if given.name and not app.silent:
        _remember(library, sets)
    look = output.look(app, library.root, color=given.color)
    output.page(app, render(sets, look), look, form, wanted=not given.no_pager)
    return 0 if sets and all(one.sound for one in sets) else 1


def _remove(app: App, library: Library, given: MarksOptions) -> int:
    from sinorus.cli.named import Named
    from sinorus.model.wording import counted

    name = given.name or ""
    ids = list(Named(app, library).ids(given.ids))
    gone = library.marks.remove(name, ids) if ids or not given.ids else []
    if not gone:
        app.notice(f"nothing of that is in the set {name!r}")
        return 1
    app.notice(f"taken out of the set {gone[0].set!r}: {counted(len(gone), 'mark')}")
    return 0


def _remember(library: Library, sets: list[MarkSet]) -> None:
    """Keeps which marks stand on the screen, so that their numbers name them."""
    if sets and sys.stdout.isatty():
        from sinorus.cli.remembered import remember

        found = [one.id or one.mark.id for one in sets[0].marks]
        parted = (name.rpartition("@") for name in found)
        hits = [(name or text_hash, text_hash if name else "0") for name, _, text_hash in parted]
        remember(library.root, hits, 1)
