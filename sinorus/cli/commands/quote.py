"""`sinorus quote`: words of the library for a draft, with their source."""

from __future__ import annotations

import click

from sinorus.cli import options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.citation import QUOTE_MARKS, QUOTE_STYLES, QuoteMarks, QuoteStyle
from sinorus.model.value import value


@value(frozen=True)
class QuoteOptions(options.Sets, options.Output, options.Freshness, silence.Quiet):
    """What `quote` is told; `block` None: by the length."""

    style: QuoteStyle | None
    marks: QuoteMarks | None
    block: bool | None
    sentence: tuple[str, ...]
    around: str
    sentences: int
    words: str
    copied: bool

    def check(self) -> None:
        """Raises UsageError for options that exclude each other, or where nothing is named."""
        self.require_any()
        cuts = {"--sentence": self.sentence, "--around": self.around, "--words": self.words}
        chosen = [flag for flag, given in cuts.items() if given]
        if len(chosen) > 1:
            what = f"{chosen[0]} and {chosen[1]} cannot be used together: choose one"
            raise click.UsageError(what)
        if self.sentences and not self.around:
            raise click.UsageError("--sentences widens --around 'words': give that too")


@make_command("quote")
@options.paragraphs_or_sets
@click.option(
    "--style",
    type=options.OneOf(QUOTE_STYLES),
    help="Of the draft. [markdown, or as set]",
)
@click.option(
    "--sentence",
    multiple=True,
    metavar="N",
    help="Only the Nth sentence, or N..M; repeatable.",
)
@click.option(
    "--around", default="", metavar="WORDS", help="Only the sentence that has these words."
)
@click.option(
    "--sentences",
    type=options.Amount(0, 1000),
    default=0,
    metavar="N",
    help="With --around: N more sentences on each side.",
)
@click.option(
    "--words",
    default="",
    metavar="FROM..TO",
    help="From these words to those, or from the Nth word to the Mth.",
)
@click.option(
    "--block/--inline", default=None, help="By itself, or within a sentence; else by the length."
)
@click.option(
    "--marks",
    type=options.OneOf(QUOTE_MARKS),
    help="Quotation marks of the draft's language. [auto: of the quotation's]",
)
@click.option("--copy", "copied", is_flag=True, help="Also to the clipboard.")
@options.output(("plain", "json", "jsonl"), "json", "jsonl")
@options.freshness
@silence.quiet
@pass_app
@options.typed(QuoteOptions)
def command(app: App, given: QuoteOptions) -> int:
    """Print a paragraph, a range or a part of one as a quotation; - reads ids from standard input.

    \b
    Examples:
      sinorus quote energy#4                               a paragraph, with its source
      sinorus quote energy#4-6 --style latex               a range, cited as one
      sinorus quote energy#4 --sentence 2 --style pandoc   a sentence, cited by its key
      sinorus quote energy#4 --around 'largest supplier'   the sentence with these words
      sinorus quote energy#4 --words 'in 2023..sea'        from some words to others
      sinorus quote --set gas --style org                  all marks of a set
      sinorus search pipeline --jsonl -n 1 | sinorus quote -

    Markdown, HTML and plain text spell the source out; Pandoc, LaTeX, Typst and Org cite the key
    that sinorus bib has the entry of. What is left out is shown as […]. A reader does not see the
    paragraph's id and hash, by which the quotation can be checked later; plain text has none.
    """
    from sinorus.cli import output
    from sinorus.cli.named import Named, tell_check, tell_missing
    from sinorus.render import renderer
    from sinorus.render.phrases import place_now

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form)
    given.check()
    form = given.form or "plain"
    render = renderer("quote", form)
    library = app.library(given.wait)
    with output.Working("looking up", app.quiet):
        library.refresh(given.update)
    ids, sound = Named(app, library).chosen(given)
    chosen = library.select(ids, update=False, lenient=True)
    found = library.quote(
        chosen=chosen,
        style=given.style or app.settings["quote_style"],
        marks=given.marks or app.settings["quote_marks"],
        block=given.block,
        keyed=form != "plain",
        sentence=given.sentence,
        around=given.around,
        sentences=given.sentences,
        words=given.words,
        update=False,
    )
    look = output.look(app, library.root, color=given.color)
    output.page(app, render(found, look), look, form, wanted=not given.no_pager)
    if given.copied and found:
        from sinorus.cli.clipboard import copy_text, pasted

        how = copy_text("\n\n".join(pasted(found)))
        app.notice(f"copied to the clipboard {how}")
    changed = [one for one in found if one.check not in (None, "exact")]
    for one in changed:
        first = one.paragraphs[0]
        tell_check(app, one.asked, one.check, place_now(one.asked, first), first.hash)
    tell_missing(app, chosen)
    return 1 if changed or not found or not sound or chosen.missing else 0
