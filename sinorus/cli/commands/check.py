"""`sinorus check`: the quotations and citations of a draft against the library."""

from __future__ import annotations

from pathlib import Path

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

_KINDS = ("markdown", "latex", "org", "typst", "html", "plain")


@value(frozen=True)
class CheckOptions(options.Output, options.Freshness, options.Quiet):
    """What `check` is told."""

    drafts: tuple[str, ...]
    markup: str | None
    least_words: int


@make_command("check")
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...|-")
@click.option(
    "--from",
    "markup",
    type=options.OneOf(_KINDS),
    help="What the draft is written in; else its suffix says it.",
)
@click.option(
    "--least-words",
    type=options.Amount(0),
    default=3,
    metavar="N",
    help="Quotations of up to N words are counted and not looked up. [3]",
)
@options.output(
    ("rich", "plain", "json", "jsonl", "vimgrep", "github"), "json", "jsonl", "vimgrep", "github"
)
@options.freshness
@options.quiet
@pass_app
@options.typed(CheckOptions)
def command(app: App, given: CheckOptions) -> int:
    """Look up every quotation, id and citation key of a draft in the library.

    \b
    Examples:
      sinorus check chapter.md                    what is to be looked at, with the source's words
      sinorus check chapter.tex --vimgrep         for vim's quickfix list and the like
      sinorus check *.md --github                 annotations in a GitHub workflow
      pandoc chapter.docx -t markdown | sinorus check -

    Drafts are Markdown (Pandoc's too), LaTeX, Org, Typst, HTML and plain text. Exit code 0: all of
    it is as in the sources; 1: something is to be looked at; 2: error.
    """
    from sinorus.cli import output
    from sinorus.render import renderer

    app.quiet = given.quiet
    form = output.format_name(given.form)
    render = renderer("check", form)
    drafts = [(name, _read(name)) for name in given.drafts]
    library = app.library(given.wait)
    library.refresh(given.update)
    look = output.look(app, library.root, color=given.color)
    with output.Working("checking", given.quiet):
        reports = [
            library.check(
                text, kind=given.markup, name=name, least_words=given.least_words, update=False
            )
            for name, text in drafts
        ]
    output.page(app, render(reports, look), look, form, wanted=not given.no_pager)
    return 0 if all(report.sound for report in reports) else 1


def _read(name: str) -> str:
    """The text of a draft. Raises SinorusError, UsageError."""
    from sinorus.cli.streams import piped_in
    from sinorus.errors import SinorusError

    if name == "-":
        return _text(piped_in("reads a draft from standard input"))
    try:
        return _text(Path(name).read_bytes())
    except OSError as fault:
        raise SinorusError(f"{name} cannot be read: {fault.strerror}") from None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
