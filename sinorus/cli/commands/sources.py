"""`sinorus sources`: the documents of the library."""

from __future__ import annotations

from typing import Any

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command

_MISSABLE = ("title", "author", "publisher", "date", "url", "lang")


@make_command("sources")
@options.filters
@click.option(
    "--missing",
    type=click.Choice(_MISSABLE),
    multiple=True,
    help="Only documents without this (repeat: without any of these).",
)
@click.option("-c", "--count", is_flag=True, help="Only their number.")
@options.output(
    ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown", "template:"),
    "json",
    "jsonl",
    "csv",
)
@options.freshness
@options.quiet
@pass_app
def command(app: App, /, filters: dict[str, list[str]], **flags: Any) -> int:
    """List documents with what is known of them, and what is missing.

    \b
    Examples:
      sinorus sources                             all of them
      sinorus sources --lang ru --since 2025
      sinorus sources --missing date --missing author
      sinorus sources --format 'template:{id}\\t{title}'
    """
    from sinorus.cli import output
    from sinorus.render import renderer
    from sinorus.render.view import missing

    app.quiet = flags["quiet"]
    form = output.format_name(flags["form"])
    render = renderer("sources", form)
    library = app.library(flags["wait"])
    found = library.sources(update=False if flags["no_update"] else None, **filters)
    if flags["missing"]:
        wanted = flags["missing"]
        found = [one for one in found if any(name in missing(one) for name in wanted)]
    if flags["count"]:
        output.write([f"{len(found)}\n"])
        return 0 if found else 1
    look = output.look(app, library.root, color=flags["color"])
    output.page(app, render(found, look), look, form, wanted=not flags["no_pager"])
    return 0 if found else 1
