"""`sinorus search`: paragraphs that match. Its options are checked before anything is opened."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from sinorus.cli import offers, options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import SinorusError
from sinorus.model import SORTS
from sinorus.model.value import value
from sinorus.query.bounds import CHARACTERS, shortened

if TYPE_CHECKING:
    from sinorus.model import Grouping, Query, Sort
    from sinorus.model.request import Beside

_PIPED = 10 * CHARACTERS
"""Bytes of a query on standard input."""
_QUOTED = 300
"""Characters of a message that quotes what was asked for."""
_SHAPES = {
    "files": "-l",
    "files_without": "-L",
    "count": "-c",
    "silent": "-q",
    "only_matching": "-o",
    "kwic": "--kwic",
    "quote": "--quote",
}
_ORDERS = (*SORTS, "left", "right")
"""How hits may be sorted, and the lines of a concordance by what stands beside the match."""
_TELLS_PARTIAL = ("rich", "json", "jsonl")
"""Formats that say which words a hit lacks; in others there are none that lack one."""


@value(frozen=True)
class SearchOptions(
    options.Filters,
    options.Reading,
    options.Neighbours,
    options.Output,
    options.Freshness,
    silence.Quiet,
):
    """The options of `search`; `limit` None: that of the settings."""

    words: tuple[str, ...]
    limit: int | Literal["all"] | None
    offset: int
    max_per_doc: int | None
    no_fold: bool
    sort: Sort | Beside
    group_by: Grouping | None
    files: bool
    files_without: bool
    count: bool
    null: bool
    only_matching: bool
    kwic: bool
    full: bool
    quote: bool
    explain: bool
    marked: bool
    not_marked: bool
    queries: str | None
    save: str | None

    @property
    def listing(self) -> bool:
        """Whether documents or counts are asked for, and not paragraphs."""
        return self.files or self.files_without or self.count or self.silent

    @property
    def beside(self) -> Beside | None:
        """On which side of a match what the lines of a concordance are sorted by stands."""
        match self.sort:
            case "left" | "right":
                return self.sort
            case _:
                return None

    @property
    def order(self) -> Sort:
        """What the hits are sorted by before some of them are taken."""
        match self.sort:
            case "left" | "right":
                return "relevance"
            case _:
                return self.sort

    @property
    def renderer(self) -> str:
        """The name of the renderer."""
        if self.kwic:
            return "kwic"
        if self.quote:
            return "plain"  # which has no hits that lack a word either
        from sinorus.cli import output

        return "only-matching" if self.only_matching else output.format_name(self.form)

    @property
    def on_page(self) -> bool:
        """Whether what is said beside the answer stands on a page, above it."""
        plain = self.listing or self.queries
        return self.renderer in ("rich", "kwic") and not plain and sys.stdout.isatty()

    def check(self) -> None:
        """Raises UsageError for options that exclude each other, SinorusError for a bad format."""
        from sinorus.cli import output
        from sinorus.render import renderer

        shapes = [flag for name, flag in _SHAPES.items() if getattr(self, name)]
        if len(shapes) > 1:
            raise click.UsageError(
                f"{shapes[0]} and {shapes[1]} cannot be used together: choose one"
            )
        if self.marked and self.not_marked:
            raise click.UsageError("--marked and --not-marked cannot be used together: choose one")
        if self.save is not None and self.listing:
            raise click.UsageError(f"--save keeps paragraphs, and {shapes[0]} shows none")
        if self.beside and not self.kwic:
            raise click.UsageError(f"--sort {self.sort} sorts the lines of --kwic: add that")
        self.check_silent(self.form, {"--explain": self.explain})
        if shapes and self.form:
            what = f"{shapes[0]} prints in its own way and takes no other format ({self.form})"
            raise click.UsageError(what)
        try:
            renderer("search", output.format_name(self.form))
        except SinorusError as fault:
            fault.message = shortened(fault.message, _QUOTED)
            raise

    def text(self) -> str | None:
        """The query of the command line or of standard input; None where only filters are given."""
        if self.queries:
            if self.words:
                raise click.UsageError("a query and --queries cannot be used together")
            if self.quote:
                raise click.UsageError("--quote and --queries cannot be used together")
            return None
        if self.words == ("-",):
            return _piped_query()
        if self.words:
            return " ".join(self.words)
        if not (self.filters or self.marked or self.not_marked):
            raise click.UsageError("there is nothing to search for: write a word or a filter")
        return None

    def query(self, text: str | None, limit: int) -> Query:
        """What is asked of the library; `limit` is that of the settings."""
        before, after = self.counts
        chosen = limit if self.limit is None else self.limit
        return self.query_of(text, self.filters).having(
            limit=None if chosen == "all" else chosen,
            offset=self.offset,
            sort=self.order,
            max_per_doc=self.max_per_doc,
            fold=not self.no_fold,
            before=before,
            after=after,
            group_by=self.group_by,
            partial=self.renderer in _TELLS_PARTIAL,
            explain=self.explain,
            elsewhere=self.renderer == "json" or not (self.quiet or self.queries),
        )


def _piped_query() -> str:
    from sinorus.cli.streams import piped_in

    raw = piped_in("reads a query from standard input", _PIPED)
    if len(raw) > _PIPED:
        raise SinorusError(
            f"a query has at most {CHARACTERS:,} characters, standard input has many more",
            "ask with the words that matter; for one query a line write --queries -",
        )
    return " ".join(raw.decode("utf-8-sig", "replace").split())


@make_command("search")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@options.filters
@click.option("--marked", is_flag=True, help="Only what is in your sets of marks.")
@click.option("--not-marked", is_flag=True, hidden=True, help="Only what is in none of them.")
@click.option(
    "-n", "--limit", type=options.Limit(), metavar="N", help="At most N paragraphs, or all. [20]"
)
@click.option(
    "--offset", type=options.Amount(0), default=0, metavar="N", help="Leave out the first N."
)
@click.option("--max-per-doc", type=options.Amount(1), metavar="N", help="At most N of a document.")
@click.option("--no-fold", is_flag=True, help="Each of the paragraphs with the same words.")
@click.option(
    "--sort",
    type=options.OneOf(_ORDERS, "SORTS_MEANT"),
    default="relevance",
    help="Before -n counts; left and right: the lines of --kwic, by what stands there. [relevance]",
)
@options.neighbours
@click.option(
    "--group-by",
    type=options.grouping,
    help="Hits of a group together; -n counts over all groups.",
)
@click.option(
    "-l", "--files-with-matches", "files", is_flag=True, help="Only paths of files that match."
)
@click.option(
    "-L", "--files-without-match", "files_without", is_flag=True, help="Only of those that do not."
)
@click.option("-c", "--count", is_flag=True, help="Only the number of paragraphs (of each group).")
@click.option("-0", "--null", is_flag=True, help="With -l and -L: paths end in a NUL.")
@click.option("-o", "--only-matching", is_flag=True, help="Only the words that match, a line each.")
@click.option("--kwic", is_flag=True, help="Each match in the middle of its line.")
@click.option("--full", is_flag=True, help="On a terminal all of each paragraph, not five lines.")
@click.option("--quote", is_flag=True, help="Each paragraph as a quotation for a draft.")
@options.reading
@click.option("--explain", is_flag=True, help="Say on stderr how the query was read.")
@click.option("--queries", metavar="FILE", help="One query a line; - is standard input.")
@click.option(
    "--save",
    metavar="NAME",
    help="Also put what is shown into a set of marks, see sinorus marks.",
    shell_complete=offers.from_library("set"),
)
@options.every_output
@options.freshness
@silence.quiet
@pass_app
@options.typed(SearchOptions)
def command(app: App, given: SearchOptions) -> int:
    """Find the paragraphs that match QUERY; - reads it from standard input.

    \b
    Examples:
      sinorus search alliance treaty             both words in one paragraph
      sinorus search '"no limits" OR безлимитн*' a phrase, or a prefix
      sinorus search 'Putin NEAR/5 Xi' --since 2022
      sinorus search 上合组织 --lang zh --json
      sinorus search -l --author Gabuev          files by an author
      sinorus search alliance --save chapter-2   put what is found into a set of marks
      sinorus search alliance --vimgrep          for an editor's quickfix list

    Words are joined by AND; sinorus help query has the query language on one screen.
    """
    from sinorus.cli.commands.search_run import Run, read_queries

    app.quiet, app.silent = given.quiet, given.silent
    given.check()
    text = given.text()
    with app.hold(given.on_page):
        library = app.library(given.wait)
        run = Run(app, library, given)
        if given.queries:
            return run.many(read_queries(given.queries))
        return run.one(text)
