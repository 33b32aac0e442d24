"""What a search says on stderr beside its answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sinorus.cli.app import App
from sinorus.library import Library
from sinorus.library.understanding import Understood
from sinorus.model import NameUse, Query, SearchResult
from sinorus.query.bounds import NAMED, shortened

_QUOTED = 200
"""Characters of a part of a query that a notice quotes."""
_FORMS = 5
"""Forms of a name that a notice lists; --explain has them all."""


def names_notice(use: NameUse) -> str:
    """The line that says which other forms of a name were searched."""
    shown = list(use.others[:_FORMS])
    more = len(use.others) - len(shown)
    if more:
        shown.append(f"{more} more")
    return f"{use.form}: also {', '.join(shown)} (--no-names: only as written)"


def tell_names(app: App, names: Sequence[NameUse]) -> None:
    """Says which names were searched in all their forms."""
    for use in names[:NAMED]:
        app.notice(names_notice(use))
    if len(names) > NAMED:
        app.notice(f"{len(names) - NAMED} more names also in other forms (--explain lists them)")


def tell_outcome(app: App, library: Library, asked: Understood, result: SearchResult) -> None:
    """Says what a reader of the answer must know: it is partial, cut off, or empty, and why."""
    if app.quiet:
        return
    if result.partial:
        parts = (result.explanation or library.explain(asked)).parts
        nowhere = [shortened(part.shown, _QUOTED) for part in parts if not part.paragraphs]
        if len(nowhere) > NAMED:
            nowhere[NAMED:] = [f"{len(nowhere) - NAMED} more"]
        why = f" ({', '.join(nowhere)}: nowhere in the library)" if nowhere else ""
        app.notice(f"no paragraph has all of the words{why}; these have some of them")
    elif not result.total:
        tell_nothing(app, library, asked)
        return
    if not result.hits and result.offset >= result.total:
        app.notice(f"the offset {result.offset:,} is past the last of {result.total:,} paragraphs")
    elif len(result.hits) < result.total or sys.stdout.isatty():
        app.notice(_total(result))


def _total(result: SearchResult) -> str:
    shown = len(result.hits)
    paragraphs = "1 paragraph" if result.total == 1 else f"{result.total:,} paragraphs"
    documents = "1 document" if len(result.tally) == 1 else f"{len(result.tally):,} documents"
    part = "" if shown == result.total else f"{shown:,} of "
    more = "" if result.offset + shown >= result.total else "; -n all shows the rest"
    return f"{part}{paragraphs} in {documents}{more}"


def tell_nothing(app: App, library: Library, asked: Query | Understood) -> None:
    """Says which part of a query finds nothing by itself, and how it may have been meant."""
    if app.quiet:
        return
    if library.is_empty():
        folder = library.settings["sources"][0]
        app.notice(f"the library is empty: put documents into {folder}/ or run sinorus add FILE…")
        return
    said = ["nothing found"]
    explanation = library.explain(asked, most=NAMED, suggest=True)
    for part in explanation.parts:
        paragraphs = "paragraph" if part.paragraphs == 1 else "paragraphs"
        line = f"{shortened(part.shown, _QUOTED)}: {part.paragraphs:,} {paragraphs}"
        said.append(f"{line} (did you mean {part.suggestion}?)" if part.suggestion else line)
    if explanation.more:
        said.append("and more words")
    app.notice("; ".join(said))
