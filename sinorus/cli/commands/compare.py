"""`sinorus compare`: groups of sources on a query, or two texts side by side."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from sinorus.cli import offers, options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model import ONLY, ORDERS
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.model import Comparison, Grouping, IndexState, Order, Query, RowKinds
    from sinorus.render import Renderer


T = TypeVar("T")
_FORMATS = ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown")
_WHOLE = ("json", "jsonl", "csv", "tsv")
"""Formats that have all groups with all that is known of each."""


@value(frozen=True)
class CompareOptions(
    options.Filters, options.Reading, options.Output, options.Freshness, silence.Notices
):
    """What `compare` is told."""

    words: tuple[str, ...]
    by: Grouping | None
    among: tuple[str, ...]
    best: int
    order: Order | None
    least_words: int
    only: RowKinds | None

    @property
    def pair(self) -> tuple[str, str] | None:
        """Two words that may name two texts: there are no others, and nothing else is asked."""
        told = self.by or self.among or self.filters or self.order or self.least_words
        if len(self.words) != 2 or told:
            return None
        return self.words[0], self.words[1]

    @property
    def query(self) -> Query:
        """What is asked of the groups."""
        return self.query_of(" ".join(self.words) if self.words else None, self.filters)


@make_command("compare")
@click.argument(
    "words",
    nargs=-1,
    metavar="QUERY... | ID ID",
    shell_complete=offers.from_library("paragraph"),
)
@options.filters
@click.option("--by", type=options.grouping, help="What makes a group. [document]")
@click.option(
    "--among",
    metavar="ID,ID…",
    multiple=True,
    help="Only these documents.",
    shell_complete=offers.from_library("documents"),
)
@click.option(
    "-n", "best", type=options.Amount(0), default=2, metavar="N", help="Paragraphs a group. [2]"
)
@click.option(
    "--order",
    type=options.OneOf(ORDERS, "ORDERS_MEANT"),
    help="By paragraphs that match, by matches per 1,000 words, by name. [matches]",
)
@click.option(
    "--least-words",
    type=options.Amount(0),
    default=0,
    metavar="N",
    help="Leave out groups of fewer words.",
)
@click.option(
    "--only",
    type=options.OneOf(ONLY, "ONLY_MEANT"),
    help="Of two texts only the paragraphs that differ so.",
)
@options.reading
@options.output(_FORMATS, "json", "jsonl", "csv")
@options.freshness
@silence.no_notices
@pass_app
@options.typed(CompareOptions)
def command(app: App, given: CompareOptions) -> int:
    """What each group of sources says of QUERY; or two documents or paragraphs, word by word.

    \b
    Examples:
      sinorus compare sanctions --by publisher    a column for each publisher
      sinorus compare 'SCO OR ШОС' --by lang -n 1
      sinorus compare alliance --among energy,treaty-2001
      sinorus compare energy#6 energy#8           two paragraphs, word by word
      sinorus compare 3 5                         two hits of the last search in this terminal
      sinorus compare draft final --only changed  two documents: what was changed

    For each group: matches (a phrase is one), paragraphs, rate per 1,000 words, first and last
    date, the words that set its documents apart from the others' (log-likelihood over documents),
    and its best paragraphs. Groups that never mention it are named at the end. Years come in their
    order, other groups by the paragraphs that match; by rate, groups of fewer than 1,000 words
    come last.
    """
    from sinorus.cli import output
    from sinorus.cli.named import Named
    from sinorus.render import renderer

    app.quiet = given.quiet
    form = output.format_name(given.form)
    renders = renderer("compare", form), renderer("compare-texts", form)
    if not given.words and not given.filters:
        raise click.UsageError("there is nothing to compare: write a query, or two ids")
    with app.hold(form == "rich" and sys.stdout.isatty()):
        library = app.library(given.wait)
        look = output.look(app, library.root, color=given.color)
        with output.Working("looking for changes", given.quiet):
            state = library.refresh(given.update)
        named = Named(app, library)

        def page(renders: Renderer[T], found: T, some: bool = True) -> None:
            """Shows what was found, below what is to know of it where there is some."""
            at = replace(look, notes=app.held()) if app.holding and some else look
            output.page(app, renders(found, at), at, form, wanted=not given.no_pager)

        pair = given.pair and named.pair(given.pair)
        if pair and library.are_texts(*pair):
            with output.Working("comparing", given.quiet):
                texts = library.compare_texts(*pair, only=given.only, update=False)
            page(renders[1], texts)
            return 0
        if given.only:
            raise click.UsageError("--only is for two texts: write their ids")
        among = [name for part in given.among for name in part.split(",") if name]
        filters, among = named.filters(given.filters), [*named.documents(among)]
        given = replace(given, filters=filters, among=tuple(among))

        def show(found: Comparison) -> None:
            page(renders[0], found, bool(found.groups))

        return _by_query(app, library, given, state, show)


def _by_query(
    app: App,
    library: Library,
    given: CompareOptions,
    state: IndexState,
    show: Callable[[Comparison], None],
) -> int:
    from sinorus.cli import outcome, output
    from sinorus.render.phrases import MOST_GROUPS

    with output.Working("comparing", given.quiet):
        asked = library.understand(given.query)
        found = library.compare(
            asked,
            by=given.by or "document",
            among=given.among,
            best=given.best,
            order=given.order,
            least_words=given.least_words,
            detailed=None if output.format_name(given.form) in _WHOLE else MOST_GROUPS,
            state=state,
        )
    if given.pair and not found.groups:
        library.are_texts(*given.pair, found=False)
    room = output.room_for_notes() if app.holding else 0
    for line in (*outcome.of_names(found.names, room), *outcome.of_terms(asked.terms, room)):
        app.notice(line)
    if app.holding:  # what is said beside the answer stands above it
        _tell(app, library, given, found)
        show(found)
    else:
        show(found)
        _tell(app, library, given, found)
    return 0 if found.groups else 1


def _tell(app: App, library: Library, given: CompareOptions, found: Comparison) -> None:
    """Says that nothing was found, or that nothing tells the groups apart."""
    from sinorus.cli import outcome
    from sinorus.model.wording import counted

    if found.small:
        small = counted(len(found.small), "group")
        app.notice(f"left out: {small} of fewer than {given.least_words:,} words")
    if not found.groups and found.query:
        if not app.quiet:
            for line in outcome.of_nothing(library, given.query):
                app.notice(line)
        return
    keys: set[str | None] = {one.key for one in found.groups}
    keys |= {one.key for one in found.silent} | {one.key for one in found.unasked}
    if found.by != "document" and keys <= {None} and not found.small:
        app.notice(f"no document has a {found.by}: try --by lang, --by year or --by document")
