"""`sinorus show`: paragraphs and documents by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from sinorus.cli import options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sinorus.model import Shown


@value(frozen=True)
class ShowOptions(
    options.Sets, options.Neighbours, options.Output, options.Freshness, silence.Quiet
):
    """What `show` is told."""

    query: str | None


@make_command("show")
@options.paragraphs_or_sets
@options.neighbours
@click.option("--query", metavar="QUERY", help="Highlight what it matches.")
@options.every_output
@options.freshness
@silence.quiet
@pass_app
@options.typed(ShowOptions)
def command(app: App, given: ShowOptions) -> int:
    """Print a document, a paragraph or a range of them; - reads ids from standard input.

    \b
    Examples:
      sinorus show background/energy              a whole document
      sinorus show energy#4 -C 1                  a paragraph and its neighbours
      sinorus show d0005#3-7                      a range
      sinorus show 3 5-7                          hits of the last search in this terminal
      sinorus show energy#4@9f2c41aa              is it still the same paragraph?
      sinorus show --set gas                      the marks of a set
      sinorus search pipeline --jsonl | sinorus show -
      sinorus show energy --format 'template:{id} {author}[, {date}]'

    An id may be shortened to any end of it that only one document has; a path, as it was printed,
    is one too. The hash after @ is that of search --json; a paragraph that moved is found, one
    that changed is said to have changed.
    """
    from sinorus.cli import output
    from sinorus.cli.named import Named, tell_changed, tell_missing
    from sinorus.model.wording import counted
    from sinorus.render import check_keys, renderer

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form)
    given.require_any()
    form = output.format_name(given.form)
    render = renderer("show", form)
    library = app.library(given.wait)
    before, after = given.counts
    with output.Working("looking up", app.quiet):
        library.refresh(given.update)
        check_keys("show", form, library.keys)
        ids, sound = Named(app, library).chosen(given)
        found = library.select(
            ids,
            before=before,
            after=after,
            query=given.query,
            update=False,
            lenient=True,
        )
    look = output.look(app, library.root, color=given.color)
    shown = cast("Sequence[Shown]", found)  # renderers go through it, and hold none of it
    output.page(app, render(shown, look), look, form, wanted=not given.no_pager)
    if form == "vimgrep" and (out := sum(not one.paragraph.line for one in shown)):
        app.notice(f"{counted(out, 'paragraph')} left out: an editor cannot open such files")
    tell_changed(app, found.checked())
    tell_missing(app, found)
    return 0 if found and sound and not found.checked() and not found.missing else 1
