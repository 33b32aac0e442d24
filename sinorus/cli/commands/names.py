"""`sinorus names`: the names that a search knows, in all their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from sinorus.cli import offers, options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.names import NAME_SORTS, NameSort
from sinorus.model.value import value
from sinorus.model.wording import counted
from sinorus.query.bounds import shortened

if TYPE_CHECKING:
    from sinorus.model.names import NamePage


@value(frozen=True)
class NamesOptions(options.Output, options.Freshness, silence.Quiet):
    """What `names` is told."""

    words: tuple[str, ...]
    forms: bool
    count: bool
    limit: int | Literal["all"] | None
    offset: int
    sort: NameSort


@make_command("names")
@click.argument("words", nargs=-1, shell_complete=offers.from_library("name"))
@click.option("--forms", is_flag=True, help="Also in how many paragraphs each form is.")
@options.listed("names")
@click.option(
    "--sort",
    type=options.OneOf(NAME_SORTS),
    default="name",
    help="By what; -paragraphs has first what is found most often. [name]",
)
@options.output(
    ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown", "template:"),
    "json",
    "jsonl",
    "csv",
)
@options.freshness
@silence.quiet
@pass_app
@options.typed(NamesOptions)
def command(app: App, given: NamesOptions) -> int:
    """List the names that a search finds in all their forms, and how often each is found.

    WORDS narrow the list: names that have all of them in their forms, as they begin; or the name
    that they are, in any case and with initials.

    \b
    Examples:
      sinorus names putin                      how he is written, how often found
      sinorus names 习近平 --forms             also how often each form is there
      sinorus names Путина                     as a search reads it
      sinorus names --sort -paragraphs -n 20   what the library names most
      sinorus names ivanov --json
      sinorus names --format 'template:{name}\\t{paragraphs}'

    A form with = before it counts only as it is written; one that asks only finds the others and
    is not found by them; one that is ambiguous finds only itself. The names come with sinorus, and
    from the names.toml of the library, which the last column says.
    """
    from sinorus.cli import output
    from sinorus.render import check_keys, renderer

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form, {"-c": given.count})
    form = output.format_name(given.form)
    render = renderer("names", form)
    check_keys("names", form, tuple)
    library = app.library(given.wait)
    limit = 0 if given.count else None if given.limit == "all" else given.limit
    with output.Working("counting", app.quiet):
        library.refresh(given.update)
        found = library.names(
            *given.words,
            sort="name" if given.count else given.sort,
            offset=given.offset,
            limit=limit,
            counted=given.forms,
            update=False,
        )
    code = 0 if given.offset < found.total else 1
    if code:
        _tell_nothing(app, found, " ".join(given.words))
    if given.count:
        output.write([f"{found.total}\n"])
        return code
    look = output.look(app, library.root, color=given.color)
    output.page(app, render(found, look), look, form, wanted=not given.no_pager)
    return code


def _tell_nothing(app: App, page: NamePage, words: str) -> None:
    """Says why no name is listed."""
    if page.total:
        verb = "is" if page.total == 1 else "are"
        app.notice(f"there {verb} only {counted(page.total, 'name')}")
        return
    meant = f"; did you mean {page.meant}?" if page.meant else ""
    app.notice(f"no name has {shortened(words)!r}{meant}")
