"""`sinorus show`: paragraphs and documents by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sinorus.model import Shown


@value(frozen=True)
class ShowOptions(options.Neighbours, options.Output, options.Freshness, options.Quiet):
    """What `show` is told."""

    ids: tuple[str, ...]
    query: str | None


@make_command("show")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@options.neighbours
@click.option("--query", metavar="QUERY", help="Highlight what it matches.")
@options.output(
    ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown"), "json", "jsonl", "csv"
)
@options.freshness
@options.quiet
@pass_app
@options.typed(ShowOptions)
def command(app: App, given: ShowOptions) -> int:
    """Print a document, a paragraph or a range of them; - reads ids from standard input.

    \b
    Examples:
      sinorus show background/energy              a whole document
      sinorus show energy#4 -C 1                  a paragraph and its neighbours
      sinorus show d0005#3-7                      a range
      sinorus show energy#4@9f2c41aa              is it still the same paragraph?
      sinorus search pipeline --jsonl | sinorus show -

    An id may be shortened to any end of it that only one document has. The hash after @ is that
    of search --json; a paragraph that moved is found, one that changed is said to have changed.
    """
    from sinorus.cli import output
    from sinorus.cli.streams import ids_given
    from sinorus.render import renderer

    app.quiet = given.quiet
    form = output.format_name(given.form)
    render = renderer("show", form)
    library = app.library(given.wait)
    library.refresh(given.update)
    before, after = given.counts
    found = library.select(
        ids_given(library, given.ids),
        before=before,
        after=after,
        query=given.query,
        update=False,
        lenient=True,
    )
    look = output.look(app, library.root, color=given.color)
    shown = cast("Sequence[Shown]", found)  # renderers go through it, and hold none of it
    output.page(app, render(shown, look), look, form, wanted=not given.no_pager)
    for part in found.checked():
        if part.check == "moved":
            now = part.document.id if part.elsewhere else ""
            app.notice(f"{part.asked}: moved, now {now}#{part.first}")
        else:
            app.notice(f"{part.asked}: the text has changed since (now @{part.hash})")
    for fault in found.missing:
        app.notice("; ".join(filter(None, (fault.message, fault.hint))), fault.reason)
    return 0 if found and not found.checked() and not found.missing else 1
