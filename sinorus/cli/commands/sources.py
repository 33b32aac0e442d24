"""`sinorus sources`: the documents of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from sinorus.cli import offers, options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import SinorusError
from sinorus.model import SOURCE_SORTS, Document, Lacking, SourceSort
from sinorus.model.documents import DESCRIPTIVE_FIELDS
from sinorus.model.status import lacks
from sinorus.model.value import value
from sinorus.model.wording import counted
from sinorus.query.bounds import shortened

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.model import SourcePage

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
class SourcesOptions(options.Filters, options.Output, options.Freshness, silence.Quiet):
    """What `sources` is told."""

    words: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    count: bool
    limit: int | Literal["all"] | None
    offset: int
    sort: SourceSort


@make_command("sources")
@click.argument("words", nargs=-1)
@options.filters
@click.option(
    "--missing",
    type=Keys(),
    multiple=True,
    metavar="KEY,…",
    help="Only documents without this (several: without any of these).",
    shell_complete=offers.from_library("keys"),
)
@options.listed("documents")
@click.option(
    "--sort",
    type=options.OneOf(SOURCE_SORTS),
    default="id",
    help="By what; with a minus the latest or longest first. [id]",
)
@options.every_output
@options.freshness
@silence.quiet
@pass_app
@options.typed(SourcesOptions)
def command(app: App, given: SourcesOptions) -> int:
    """List documents with what is known of them, and what is missing.

    WORDS narrow the list: documents with all of them in id, title, author, publisher or tags.

    \b
    Examples:
      sinorus sources                             all of them
      sinorus sources xinhua energy               those with both words in their metadata
      sinorus sources --sort -date -n 10          the latest ten
      sinorus sources --lang ru --since 2025
      sinorus sources --missing date,author       path:1:id:without …, a line each
      sinorus sources --missing volume --vimgrep  for an editor's list of places
      sinorus sources --format 'template:{id}\\t{title}'
    """
    from sinorus.cli import output
    from sinorus.cli.named import Named
    from sinorus.model import SourcePage
    from sinorus.render import check_keys, formats, renderer

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form, {"-c": given.count})
    form = output.format_name(given.form)
    render = renderer("sources", form)
    library = app.library(given.wait)
    with output.Working("listing", app.quiet):
        library.refresh(given.update)
        filters = Named(app, library).filters(given.filters)
        found = library.sources(*given.words, sort=given.sort, update=False, **filters)
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
    limit = None if given.limit == "all" else given.limit
    page = SourcePage.of(found, given.offset, limit)
    code = 0 if given.offset < page.total else 1
    if code:
        _tell_nothing(app, library, page, given.words)
    if given.count:
        output.write([f"{page.total}\n"])
        return code
    look = output.look(app, library.root, color=given.color)
    if keys and form in formats("lacking"):
        shown = lacking[page.offset : page.offset + len(page)]
        lines = renderer("lacking", form)(shown, look)
    else:
        lines = render(page, look)
    output.page(app, lines, look, form, wanted=not given.no_pager)
    return code


def _tell_nothing(app: App, library: Library, page: SourcePage, words: Sequence[str]) -> None:
    """Says why no document is listed."""
    from sinorus.cli.outcome import of_empty

    if page.total:
        verb = "is" if page.total == 1 else "are"
        app.notice(f"there {verb} only {counted(page.total, 'document')}")
    elif library.is_empty():
        for line in of_empty(library):
            app.notice(line)
    else:
        said = " ".join(words)
        app.notice(f"no document has {shortened(said)!r}" if said else "no document is like that")
