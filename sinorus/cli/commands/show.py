"""`sinorus show`: paragraphs and documents by id."""

from __future__ import annotations

import sys
from typing import Any

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command


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
def command(app: App, /, ids: tuple[str, ...], **flags: Any) -> int:
    """Print a document, a paragraph or a range of them; - reads ids from standard input.

    \b
    Examples:
      sinorus show background/energy              a whole document
      sinorus show energy#3 -C 1                  a paragraph and its neighbours
      sinorus show d0005#3-7                      a range
      sinorus show energy#3@9f2c41aa              is it still the same paragraph?
      sinorus search pipeline --jsonl | sinorus show -

    An id may be shortened to any end of it that only one document has. The hash after @ is that
    of search --json; a paragraph that moved is found, one that changed is said to have changed.
    """
    from sinorus.cli import output
    from sinorus.library.ids import id_in_line
    from sinorus.model import Shown
    from sinorus.render import renderer

    app.quiet = flags["quiet"]
    form = output.format_name(flags["form"])
    render = renderer("show", form)
    library = app.library(flags["wait"])
    update = False if flags["no_update"] else None
    known: set[str] = set()
    if "-" in ids:
        known = {document.id for document in library.sources(update=update)}
    wanted: list[str] = []
    for text in ids:
        if text == "-":
            if sys.stdin.isatty():
                raise click.UsageError("Nothing is piped in: - reads ids from standard input.")
            lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace").split("\n")
            wanted += [id_in_line(line.strip(), known) for line in lines if line.strip()]
        else:
            wanted.append(text)
    around = flags["around"] or 0
    found: list[Shown] = library.show(
        *wanted,
        before=around if flags["before"] is None else flags["before"],
        after=around if flags["after"] is None else flags["after"],
        query=flags["query"],
        update=update,
    )
    look = output.look(app, library.root, color=flags["color"])
    output.page(app, render(found, look), look, form, wanted=not flags["no_pager"])
    for shown in found:
        if shown.check == "moved":
            app.notice(f"{shown.asked}: moved, now #{shown.paragraph.n}")
        elif shown.check == "changed":
            app.notice(f"{shown.asked}: the text has changed since (now @{shown.paragraph.hash})")
    return 0 if found else 1
