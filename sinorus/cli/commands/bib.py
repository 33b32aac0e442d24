"""`sinorus bib`: entries of a bibliography for the documents of the library."""

from __future__ import annotations

import click

from sinorus.cli import options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.citation import BIB_FORMS, BIB_STYLES, BibForm
from sinorus.model.value import value


@value(frozen=True)
class BibOptions(options.Freshness, silence.Quiet):
    """What `bib` is told."""

    words: tuple[str, ...]
    form: BibForm | None
    style: str | None
    drafts: tuple[str, ...]
    sets: tuple[str, ...]


@make_command("bib")
@click.argument("words", nargs=-1, metavar="[ID|QUERY]...")
@click.option(
    "--format",
    "form",
    type=options.OneOf(BIB_FORMS),
    help="[bibtex]",
)
@click.option(
    "--style",
    metavar="STYLE",
    help=f"Formatted entries: {', '.join(BIB_STYLES)}, another style of the CSL repository, or a "
    "file. Needs sinorus[cite].",
)
@click.option(
    "--draft",
    "drafts",
    multiple=True,
    metavar="FILE",
    help="What this draft cites, by key or by quotation; - is standard input. May be repeated.",
)
@options.of_sets
@options.freshness
@silence.quiet
@pass_app
@options.typed(BibOptions)
def command(app: App, given: BibOptions) -> int:
    """Print a bibliography: of documents by id or by a query, of a draft, or of all the library.

    \b
    Examples:
      sinorus bib > library.bib                          every document
      sinorus bib --draft paper.md --format csl-json     what a draft cites
      sinorus bib energy carnegie-pax-sinica             two documents
      sinorus bib --set gas                              the documents of a set of marks
      sinorus bib --draft paper.md --style gost          entries to print
      sinorus bib 'alliance date:2020..'                 those in which a query finds something

    A citation key is that of the document or of its entry in the library's bibliography, else one
    that is made of author, year and title and stays the same: gabuev2021pax.
    """
    from sinorus.cli import output
    from sinorus.cli.named import Named
    from sinorus.render.visible import many_lines

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form or given.style)
    if given.drafts and given.words:
        raise click.UsageError("--draft and a query or ids cannot be used together")
    if given.sets and (given.drafts or given.words):
        raise click.UsageError("--set stands for itself: leave out --draft, ids and queries")
    if given.style and given.form:
        raise click.UsageError("--format and --style cannot be used together")
    draft = "\n".join(map(_text, given.drafts)) if given.drafts else None
    library = app.library(given.wait)
    with output.Working("looking up", app.quiet):
        library.refresh(given.update)
    words, sound = [*_words(given.words)], True
    if given.sets:
        ids, sound = Named(app, library).chosen(options.Sets((), given.sets))
        words = list(dict.fromkeys(name.rpartition("#")[0] for name in ids))
        if not words:
            return 1
    form = given.form or "bibtex"
    found = library.bibliography(*words, draft=draft, form=form, style=given.style, update=False)
    if not app.silent:
        output.write([many_lines(found.text)])
    for warning in found.warnings:
        app.notice(f"pandoc: {warning}")
    for name in found.unknown:
        app.notice(f"the draft cites {name}, which is nothing in the library")
    if not found.keys and not found.unknown:
        app.notice("the draft cites nothing of the library" if given.drafts else "nothing found")
    return 1 if found.unknown or not found.keys or not sound else 0


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the command line, or of standard input in place of `-`, an id a line."""
    if "-" not in words:
        return words
    from sinorus.cli.streams import lines_piped_in

    piped = tuple(lines_piped_in("reads ids from standard input"))
    return tuple(one for word in words for one in (piped if word == "-" else (word,)))


def _text(name: str) -> str:
    from sinorus.cli.streams import draft_read

    text = draft_read(name).decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
