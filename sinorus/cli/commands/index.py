"""`sinorus index`: bring the index up to date."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sinorus.cli import options, silence, voice
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value
from sinorus.model.wording import kinds, to_install

if TYPE_CHECKING:
    from sinorus.model import IndexReport


@value(frozen=True)
class IndexOptions(silence.Quiet):
    """What `index` is told."""

    rebuild: bool
    to: str | None
    strict: bool
    files_from: str | None
    null: bool
    wait: float | None
    verbose: bool


@make_command("index")
@click.option("--rebuild", is_flag=True, help="Rebuild it from all files.")
@click.option("--to", metavar="URL", help="Copy the embedded index to the cluster at URL.")
@click.option("--strict", is_flag=True, help="Exit code 1 if any file was skipped or at fault.")
@click.option("--files-from", metavar="FILE", help="Only files named there; - is standard input.")
@click.option("-0", "--null", is_flag=True, help="Their names end in a NUL.")
@click.option(
    "--wait", type=click.FloatRange(min=0), metavar="SECONDS", help="For another writer (5)."
)
@click.option("-v", "--verbose", is_flag=True, help="Also name files of kinds that are not read.")
@silence.quiet
@pass_app
@options.typed(IndexOptions)
def command(app: App, given: IndexOptions) -> int:
    """Index new and changed files, forget removed ones, and name every file at fault.

    Files of kinds that are not read are summed up in one line, and are no fault for --strict.

    \b
    Examples:
      sinorus index
      sinorus index --strict                     for a script that checks a library
      git diff --name-only | sinorus index --files-from -
      sinorus index --to https://search.example:9200
    """
    from itertools import chain

    from sinorus.cli.output import ProgressLine, Working
    from sinorus.errors import SinorusError
    from sinorus.model import IndexReport
    from sinorus.model.wording import counted

    app.quiet, app.silent = given.quiet, given.silent
    given.check_silent(None, {"--verbose": given.verbose})
    library = app.library(given.wait)
    only = _named(given.files_from, given.null, library.root) if given.files_from else None
    line = ProgressLine(app.quiet)
    report, last = None, None
    if given.to and (given.rebuild or given.files_from):
        raise click.UsageError("--to copies all of the index: without --rebuild and --files-from")
    indexing = library.indexing(rebuild=given.rebuild, only=only)
    steps = library.copying(given.to) if given.to else indexing
    try:
        with Working("preparing the index", app.quiet):
            first = next(steps)
        for step in chain([first], steps):
            if isinstance(step, IndexReport):
                report = step
            else:
                last = step
                line.show(step)
    except KeyboardInterrupt:
        line.clear()
        where = f" at {last.done:,} of {counted(last.total, 'file')}" if last else ""
        app.notice(f"interrupted{where}: {library.kept()}", "interrupted")
        raise
    line.clear()
    if report is None:
        raise SinorusError("the index run ended without a report")
    _tell(report, app.silent)
    _tell_kinds(app, report, given.verbose)
    return 1 if given.strict and report.faults else 0


def _tell(report: IndexReport, silent: bool) -> None:
    from sinorus.model.wording import counted

    for fault in report.faults:
        where = f"{fault.path}:{fault.line}" if fault.line else fault.path
        voice.place(where, f"skipped: {fault.reason}" if fault.skipped else fault.reason)
    if not silent:
        sys.stdout.write(
            f"{report.new:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged, "
            f"{report.removed:,} removed, {report.skipped:,} skipped: "
            f"{counted(report.documents, 'document')}, {counted(report.paragraphs, 'paragraph')} "
            f"in {report.seconds:.1f} s\n"
        )


def _tell_kinds(app: App, report: IndexReport, verbose: bool) -> None:
    """Sums up the files of kinds that are not read, or names them."""
    if verbose:
        for path in report.others:
            voice.place(path, "skipped: not a kind of file that is read")
    if report.others:
        more = "" if verbose else "; --verbose names them"
        app.notice(f"skipped {kinds(report.other_kinds)}{more}")
    for line in to_install(report.other_kinds, report.extras):
        app.notice(line)


def _named(file: str, null: bool, root: Path) -> set[str]:
    """The paths of `--files-from`, relative to the library. Raises SinorusError."""
    from sinorus.cli.streams import piped_in
    from sinorus.errors import SinorusError

    if file == "-":
        raw = piped_in("reads file names from standard input")
    else:
        try:
            raw = Path(file).read_bytes()
        except OSError as fault:
            raise SinorusError(f"{file} cannot be read: {fault.strerror}") from None
    parts = raw.split(b"\0" if null else b"\n")
    names = [os.fsdecode(part if null else part.rstrip(b"\r")) for part in parts]
    found = (os.path.relpath(Path.cwd() / part, root) for part in names if part)
    return {path.replace(os.sep, "/") for path in found}
