"""`sinorus sources`: the documents of the library."""

from __future__ import annotations

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.documents import DESCRIPTIVE_FIELDS
from sinorus.model.value import value


@value(frozen=True)
class SourcesOptions(options.Filters, options.Output, options.Freshness, options.Quiet):
    """What `sources` is told."""

    missing: tuple[str, ...]
    count: bool


@make_command("sources")
@options.filters
@click.option(
    "--missing",
    type=click.Choice(DESCRIPTIVE_FIELDS),
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
@options.typed(SourcesOptions)
def command(app: App, given: SourcesOptions) -> int:
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

    app.quiet = given.quiet
    form = output.format_name(given.form)
    render = renderer("sources", form)
    library = app.library(given.wait)
    found = library.sources(update=given.update, **given.filters)
    if given.missing:
        found = [one for one in found if not set(given.missing).isdisjoint(one.missing)]
    if given.count:
        output.write([f"{len(found)}\n"])
        return 0 if found else 1
    look = output.look(app, library.root, color=given.color)
    output.page(app, render(found, look), look, form, wanted=not given.no_pager)
    return 0 if found else 1
