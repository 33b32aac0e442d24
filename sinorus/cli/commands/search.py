"""`sinorus search`: paragraphs that match."""

from __future__ import annotations

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.cli.commands.search_options import SearchOptions
from sinorus.model import SORTS


@make_command("search")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@options.filters
@click.option(
    "-n", "--limit", type=options.Limit(), metavar="N", help="At most N paragraphs, or all. [20]"
)
@click.option(
    "--offset", type=options.Amount(0), default=0, metavar="N", help="Leave out the first N."
)
@click.option("--max-per-doc", type=options.Amount(1), metavar="N", help="At most N of a document.")
@click.option("--sort", type=options.OneOf(SORTS), default="relevance", help="[relevance]")
@options.neighbours
@click.option("--group-by", type=options.grouping, help="Hits of a group together.")
@click.option(
    "-l", "--files-with-matches", "files", is_flag=True, help="Only paths of files that match."
)
@click.option(
    "-L", "--files-without-match", "files_without", is_flag=True, help="Only of those that do not."
)
@click.option("-c", "--count", is_flag=True, help="Only the number of paragraphs (of each group).")
@click.option("-0", "--null", is_flag=True, help="With -l and -L: paths end in a NUL.")
@click.option("-q", "silent", is_flag=True, help="Nothing but the exit code.")
@click.option("-o", "--only-matching", is_flag=True, help="Only the words that match, a line each.")
@click.option("--kwic", is_flag=True, help="Each match in the middle of its line.")
@options.reading
@click.option("--explain", is_flag=True, help="Say on stderr how the query was read.")
@click.option("--queries", metavar="FILE", help="One query a line; - is standard input.")
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
      sinorus search alliance --vimgrep          for an editor's quickfix list

    Words are joined by AND. OR, NOT, -word, ( ), "phrase", "a b"~5, a NEAR/5 b, a ADJ/5 b, pre*,
    wom?n, fuzz~1, =exact, field:value and date:2022..2023 are in docs/query-language.md. Every
    filter has a twin that excludes: --not-author, --not-lang …
    """
    from sinorus.cli.commands.search_run import Run, read_queries

    app.quiet = given.quiet or given.silent
    given.check()
    text = given.text()
    library = app.library(given.wait)
    run = Run(app, library, given)
    if given.queries:
        return run.many(read_queries(given.queries))
    return run.one(text)
