"""`sinorus compare`: groups of sources on a query, or two texts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.model import Comparison, Grouping, Query


@value(frozen=True)
class CompareOptions(
    options.Filters, options.Reading, options.Output, options.Freshness, options.Quiet
):
    """What `compare` is told."""

    words: tuple[str, ...]
    by: Grouping | None
    among: tuple[str, ...]
    best: int

    @property
    def pair(self) -> tuple[str, str] | None:
        """Two words that may name two texts: there are no others, and nothing else is asked."""
        if len(self.words) != 2 or self.by or self.among or self.filters:
            return None
        return self.words[0], self.words[1]

    @property
    def query(self) -> Query:
        """What is asked of the groups."""
        return self.query_of(" ".join(self.words) if self.words else None, self.filters)


@make_command("compare")
@click.argument("words", nargs=-1, metavar="QUERY... | ID ID")
@options.filters
@click.option("--by", type=options.grouping, help="What makes a group. [document]")
@click.option("--among", metavar="ID,ID…", multiple=True, help="Only these documents.")
@click.option(
    "-n", "best", type=options.Amount(0), default=2, metavar="N", help="Paragraphs a group. [2]"
)
@options.reading
@options.output(("rich", "plain", "json", "jsonl", "markdown"), "json", "jsonl")
@options.freshness
@options.quiet
@pass_app
@options.typed(CompareOptions)
def command(app: App, given: CompareOptions) -> int:
    """What each group of sources says of QUERY; or two documents or paragraphs, word by word.

    \b
    Examples:
      sinorus compare sanctions --by publisher    a column for each publisher
      sinorus compare 'SCO OR ШОС' --by lang -n 1
      sinorus compare alliance --among energy,treaty-2001
      sinorus compare energy trade-and-currency   two documents
      sinorus compare energy#4 energy#8           two paragraphs

    For each group: matches, paragraphs, rate per 1,000 words, first and last date, the words that
    set its paragraphs apart from the others' (log-likelihood), and its best paragraphs. Groups
    that never mention it are named at the end.
    """
    from sinorus.cli import output
    from sinorus.cli.commands.search_run import tell_names, tell_terms
    from sinorus.render import renderer

    app.quiet = given.quiet
    form = output.format_name(given.form)
    renders = renderer("compare", form), renderer("compare-texts", form)
    if not given.words and not given.filters:
        raise click.UsageError("There is nothing to compare: write a query, or two ids.")
    library = app.library(given.wait)
    look = output.look(app, library.root, color=given.color)
    state = library.refresh(given.update)
    if given.pair and library.are_texts(*given.pair):
        texts = library.compare_texts(*given.pair, update=False)
        output.page(app, renders[1](texts, look), look, form, wanted=not given.no_pager)
        return 0
    asked = library.understand(given.query)
    among = [name for part in given.among for name in part.split(",") if name]
    found = library.compare(
        asked, by=given.by or "document", among=among, best=given.best, state=state
    )
    tell_names(app, found.names)
    tell_terms(app, asked.terms)
    output.page(app, renders[0](found, look), look, form, wanted=not given.no_pager)
    _tell(app, library, given, found)
    return 0 if found.groups else 1


def _tell(app: App, library: Library, given: CompareOptions, found: Comparison) -> None:
    """Says that nothing was found, or that nothing tells the groups apart."""
    from sinorus.cli.commands.search_run import tell_nothing

    if not found.groups and found.query:
        tell_nothing(app, library, given.query)
        return
    keys = {one.key for one in found.groups} | {one.key for one in found.silent}
    if found.by != "document" and keys <= {None}:
        app.notice(f"no document has a {found.by}: try --by lang, --by year or --by document")
