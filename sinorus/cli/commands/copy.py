"""`sinorus copy`: a paragraph to the clipboard, as its text or as what leads to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from sinorus.cli import options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.showing import Selection


@value(frozen=True)
class CopyOptions(options.Sets, options.Freshness, silence.Quiet):
    """What `copy` is told."""

    what: str


def _texts(library: Library, ids: Sequence[str], found: Selection) -> list[str]:
    from sinorus.render.visible import many_lines

    return [many_lines(one.paragraph.text) for one in found]


def _ids(library: Library, ids: Sequence[str], found: Selection) -> list[str]:
    from sinorus.render.visible import harmless

    return [
        harmless(part.document.id if part.whole else f"{part.document.id}#{n}")
        for part, _ in found.parts()
        for n in range(part.first, (part.first if part.whole else part.last) + 1)
    ]


def _links(library: Library, ids: Sequence[str], found: Selection) -> list[str]:
    from sinorus.library.opening import web_address

    return [web_address(one) for one in library.openings(*ids, update=False)]


def _quotations(library: Library, ids: Sequence[str], found: Selection) -> list[str]:
    from sinorus.cli.clipboard import pasted

    chosen = {name: library.settings[f"quote_{name}"] for name in ("style", "marks")}
    return pasted(library.quote(*ids, **chosen, keyed=False, update=False))


_WHAT: Mapping[str, Callable[[Library, Sequence[str], Selection], list[str]]] = {
    "quote": _quotations,
    "text": _texts,
    "id": _ids,
    "link": _links,
}
"""What can be copied: parts of text that are pasted one below the other."""
_ON_LINES = ("id", "link")


@make_command("copy")
@options.paragraphs_or_sets
@click.option(
    "--what",
    type=options.OneOf(list(_WHAT)),
    default="quote",
    help="A quotation with its source, as sinorus quote prints it; the text alone, the id, or the "
    "address on the web. [quote]",
)
@options.freshness
@silence.quiet
@pass_app
@options.typed(CopyOptions)
def command(app: App, given: CopyOptions) -> int:
    """Copy paragraphs to the clipboard; - reads ids from standard input.

    \b
    Examples:
      sinorus copy 3                      the third hit of the last search, with its source
      sinorus copy energy#4-5             two paragraphs as one quotation
      sinorus copy 3 --what text          its text and nothing else
      sinorus copy --set gas              all marks of a set, as quotations
      sinorus copy 3 --what link          the document's page on the web, at the paragraph

    The clipboard is that of tmux, macOS, Wayland (wl-copy), X11 (xclip, xsel), Windows (clip.exe)
    or Termux; where there is none, and over ssh, the terminal is asked to take it (OSC 52).
    """
    from sinorus.cli.clipboard import copy_text
    from sinorus.cli.named import Named, tell_changed
    from sinorus.model.wording import counted

    app.quiet, app.silent = given.quiet, given.silent
    given.require_any()
    library = app.library(given.wait)
    library.refresh(given.update)
    ids, sound = Named(app, library).chosen(given)
    found = library.select(ids, update=False)
    parts = _WHAT[given.what](library, ids, found)
    text = ("\n" if given.what in _ON_LINES else "\n\n").join(parts)
    tell_changed(app, found.checked())
    if not text:
        app.notice("there is nothing to copy")
        return 1
    how = copy_text(text)
    of = ids[0] if len(ids) == 1 else f"what {counted(len(ids), 'id')} name"
    size = counted(len(text), "character")
    app.notice(f"copied {of} ({given.what}, {size}) to the clipboard {how}")
    return 0 if sound else 1
