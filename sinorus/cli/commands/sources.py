"""`sinorus sources`: the documents of the library."""

from __future__ import annotations

from collections.abc import Sequence

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import SinorusError
from sinorus.model import Document, Lacking
from sinorus.model.documents import DESCRIPTIVE_FIELDS
from sinorus.model.status import lacks
from sinorus.model.value import value

_ALIASES = {
    "authors": "author",
    "language": "lang",
    "year": "date",
    "citation-key": "citekey",
    "tags": "tag",
    "keywords": "tag",
}


class Keys(click.ParamType[tuple[str, ...]]):
    """Names of fields with commas between them."""

    name = "KEY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names, those that have several spellings as documents have them."""
        keys = [key.strip() for key in str(value).split(",") if key.strip()]
        if not keys:
            self.fail("it names no field: write --missing date,author", param, ctx)
        return tuple(_ALIASES.get(key.lower(), key) for key in keys)


def _refuse_slips(keys: Sequence[str], found: Sequence[Document]) -> None:
    """Raises SinorusError for a field that no document has and that is nearly a common one."""
    known = (*DESCRIPTIVE_FIELDS, "citekey", "tag")
    for key in keys:
        if key in known or not all(lacks(one, key) for one in found):
            continue
        from difflib import get_close_matches

        if near := get_close_matches(key[:40].lower(), known, 1, 0.75):
            raise SinorusError(f"no document has a field {key[:40]!r}", f"did you mean {near[0]}?")


@value(frozen=True)
class SourcesOptions(options.Filters, options.Output, options.Freshness, options.Quiet):
    """What `sources` is told."""

    missing: tuple[tuple[str, ...], ...]
    count: bool


@make_command("sources")
@options.filters
@click.option(
    "--missing",
    type=Keys(),
    multiple=True,
    metavar="KEY,…",
    help="Only documents without this (several: without any of these).",
)
@click.option("-c", "--count", is_flag=True, help="Only their number.")
@options.output(
    ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown", "vimgrep", "template:"),
    "json",
    "jsonl",
    "csv",
    "vimgrep",
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
      sinorus sources --missing date,author       path:1:id:without …, a line each
      sinorus sources --missing volume --vimgrep  for an editor's list of places
      sinorus sources --format 'template:{id}\\t{title}'
    """
    from sinorus.cli import output
    from sinorus.cli.named import Named
    from sinorus.render import check_keys, formats, renderer

    app.quiet = given.quiet
    form = output.format_name(given.form)
    render = renderer("sources", form)
    library = app.library(given.wait)
    with output.Working("listing", app.quiet):
        library.refresh(given.update)
        found = library.sources(update=False, **Named(app, library).filters(given.filters))
    check_keys("sources", form, library.keys)
    keys = tuple(dict.fromkeys(key for keys in given.missing for key in keys))
    _refuse_slips(keys, found)
    lacking = (
        [Lacking(one, tuple(key for key in keys if lacks(one, key))) for one in found]
        if keys
        else []
    )
    lacking = [one for one in lacking if one.without]
    if keys:
        found = [one.document for one in lacking]
    if given.count:
        output.write([f"{len(found)}\n"])
        return 0 if found else 1
    look = output.look(app, library.root, color=given.color)
    if keys and form in formats("lacking"):
        lines = renderer("lacking", form)(lacking, look)
    else:
        lines = render(found, look)
    output.page(app, lines, look, form, wanted=not given.no_pager)
    return 0 if found else 1
