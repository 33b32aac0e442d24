"""`sinorus show`: paragraphs and documents by id."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sinorus.model import Shown


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
    from sinorus.library.searching import Query
    from sinorus.library.showing import Selection
    from sinorus.render import renderer

    app.quiet = flags["quiet"]
    form = output.format_name(flags["form"])
    render = renderer("show", form)
    library = app.library(flags["wait"])
    library.refresh(False if flags["no_update"] else None)
    around = flags["around"] or 0
    found = Selection(
        library.engine,
        _wanted(library, ids),
        before=around if flags["before"] is None else flags["before"],
        after=around if flags["after"] is None else flags["after"],
        node=library.understand(Query(flags["query"])).node if flags["query"] else None,
    )
    look = output.look(app, library.root, color=flags["color"])
    shown = cast("Sequence[Shown]", found)  # renderers go through it, and hold none of it
    output.page(app, render(shown, look), look, form, wanted=not flags["no_pager"])
    for part in found.checked():
        if part.check == "moved":
            app.notice(f"{part.asked}: moved, now #{part.first}")
        else:
            app.notice(f"{part.asked}: the text has changed since (now @{part.hash})")
    return 0 if found else 1


def _wanted(library: Any, ids: tuple[str, ...]) -> Iterator[str]:
    """The ids of the command line, those of standard input in the place of `-`."""
    from sinorus.library.ids import id_in_line

    known = {document.id for document in library.engine.documents()} if "-" in ids else set()
    for text in ids:
        if text != "-":
            yield text
            continue
        if sys.stdin.isatty():
            raise click.UsageError("Nothing is piped in: - reads ids from standard input.")
        for number, raw in enumerate(sys.stdin.buffer):
            line = raw.decode("utf-8-sig" if number == 0 else "utf-8", "replace").strip()
            if line:
                yield id_in_line(line, known)
