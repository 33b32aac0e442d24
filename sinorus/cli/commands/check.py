"""`sinorus check`: the quotations and citations of a draft against the library."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

import click

from sinorus.cli import options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

_HEAD = 1_000
"""Bytes in which a file that is no text has a zero."""
_KINDS = ("markdown", "latex", "org", "typst", "html", "plain")


@value(frozen=True)
class CheckOptions(options.Output, options.Freshness, silence.Quiet):
    """What `check` is told."""

    drafts: tuple[str, ...]
    markup: str | None
    least_words: int
    fix: bool
    in_place: bool


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
@click.option("--fix", is_flag=True, help="Mend what can be, in a copy: NAME.fixed.md; show how.")
@click.option("--in-place", is_flag=True, help="Mend the draft itself; show how before.")
@options.output(
    ("rich", "plain", "json", "jsonl", "vimgrep", "github"), "json", "jsonl", "vimgrep", "github"
)
@options.freshness
@silence.quiet
@pass_app
@options.typed(CheckOptions)
def command(app: App, given: CheckOptions) -> int:
    """Look up every quotation, id and citation key of a draft in the library.

    \b
    Examples:
      sinorus check chapter.md                    what is to be looked at, with the source's words
      sinorus check chapter.tex --vimgrep         for vim's quickfix list and the like
      sinorus check *.md --github                 annotations in a GitHub workflow
      sinorus check chapter.md --fix              the sources' words in chapter.fixed.md
      pandoc chapter.rst -t markdown | sinorus check -

    Drafts are Markdown (Pandoc's too), LaTeX, Org, Typst, HTML, plain text, and files of Word and
    OpenDocument, whose lines are their paragraphs. Exit code 0: all of it is as in the sources; 1:
    something is to be looked at; 2: error.
    """
    from sinorus.cli import output
    from sinorus.cli.streams import draft_read
    from sinorus.render import renderer

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(given.form, {"--fix": given.fix, "--in-place": given.in_place})
    form = output.format_name(given.form)
    render = renderer("check", form)
    drafts = [(name, draft_read(name)) for name in given.drafts]
    if given.fix or given.in_place:
        return _mend(app, given, drafts)
    library = app.library(given.wait)
    with output.Working("looking for changes", given.quiet):
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


def _mend(app: App, given: CheckOptions, drafts: Sequence[tuple[str, bytes]]) -> int:
    """Shows what is mended of each draft as a diff, and writes it; 1 if something is left."""
    from sinorus.cli import output
    from sinorus.render.difference import unified

    if "-" in given.drafts:
        raise click.UsageError("a draft that is piped in cannot be mended: name a file")
    library = app.library(given.wait)
    library.refresh(given.update)
    sound = True
    for name, raw in drafts:
        text = _text(name, raw)
        ask = {"kind": given.markup, "name": name, "least_words": given.least_words}
        report, new = library.mend(text, **ask, update=False)  # type: ignore[arg-type]
        if new != text:
            report = library.check(new, **ask, update=False)  # type: ignore[arg-type]
        sound = report.sound and sound
        path = Path(name)
        to = path if given.in_place else path.with_name(f"{path.stem}.fixed{path.suffix}")
        if new == text:
            app.notice(f"{name}: there is nothing that can be mended")
            continue
        output.write(
            unified(text, new, name, str(to), output.look(app, library.root, color=given.color))
        )
        if given.in_place and sys.stdin.isatty() and not click.confirm(f"Write {name}?", err=True):
            continue
        _write(to, new, raw)
    return 0 if sound else 1


def _text(name: str, raw: bytes) -> str:
    """The text of a draft that is to be written again; SinorusError if some of it would be lost."""
    from sinorus.errors import SinorusError

    if b"\0" in raw[:_HEAD]:
        raise SinorusError(f"{name} is no text, and cannot be mended")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SinorusError(f"{name} is not in UTF-8", "save it in UTF-8 first") from None
    if text.count("\r") not in (0, text.count("\n")) or text.count("\r") != text.count("\r\n"):
        what = f"the lines of {name} end in several ways"
        raise SinorusError(what, "save it with one kind of line ends first")
    return text.replace("\r\n", "\n")


def _write(path: Path, text: str, like: bytes) -> None:
    """Writes a draft, whole or not at all, with the byte order mark and line ends it had."""
    from tempfile import NamedTemporaryFile

    from sinorus.errors import SinorusError

    if b"\r\n" in like:
        text = text.replace("\n", "\r\n")
    raw = text.encode("utf-8-sig" if like.startswith(BOM_UTF8) else "utf-8")
    path = path.resolve()  # of a link its target is written, and the link stays
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(raw)
        beside = Path(file.name)
        try:
            beside.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
            beside.replace(path)
        except OSError:
            beside.unlink()
            raise
    except OSError as fault:
        raise SinorusError(f"{path} cannot be written: {fault.strerror}") from None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
