"""`sinorus open`: from a paragraph to its line in the editor, its page in the viewer, the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from sinorus.cli import options, silence
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.errors import SinorusError
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.cli.programs import Call, Place, Program
    from sinorus.config import Settings
    from sinorus.library.opening import Opening

_MOST = 100
"""Programs that are started at once: more is a slip."""


@value(frozen=True)
class OpenOptions(options.Freshness, silence.Notices):
    """What `open` is told."""

    ids: tuple[str, ...]
    url: bool
    print_only: bool


@make_command("open")
@options.paragraphs
@click.option("--url", is_flag=True, help="The document's page on the web, at the paragraph.")
@click.option(
    "--print", "print_only", is_flag=True, help="Print the command, quoted for a shell; run none."
)
@options.freshness
@silence.no_notices
@pass_app
@options.typed(OpenOptions)
def command(app: App, given: OpenOptions) -> int:
    """Open a document at a paragraph; - reads ids from standard input.

    \b
    Examples:
      sinorus open energy#4               the editor, at the line of the paragraph
      sinorus open 3                      the third hit of the last search in this terminal
      sinorus open book#31                a PDF at its page
      sinorus open energy#4 --url         the browser, at the paragraph
      sinorus open energy#4 --print       how it would be called
      sinorus search -l treaty -n 3 | sinorus open -

    What has lines opens in the editor: the setting editor, else $VISUAL, else $EDITOR. Anything
    else opens in the viewer that is set, else in what the system opens such files with; --url in
    $BROWSER, else in the system's. See docs/editors.md.
    """
    from sinorus.cli import output, programs
    from sinorus.cli.named import Named, tell_changed

    app.quiet = given.quiet
    library = app.library(given.wait)
    with output.Working("looking up", app.quiet):
        library.refresh(given.update)
        wanted = list(Named(app, library).ids(given.ids))
        found = library.openings(*wanted, update=False)
    tell_changed(app, [opening.part for opening in found])
    calls = list(_addresses(found) if given.url else file_calls(app.settings, found, app.notice))
    if given.print_only:
        output.write(f"{programs.shell_quoted(call.words)}\n" for call, _ in calls)
        return 0
    if len(calls) > _MOST:
        raise SinorusError(f"{len(calls):,} programs would be started", f"open {_MOST} at most")
    library.close()  # an editor may be open all day, and others want to write
    for call, origin in calls:
        programs.run(call, origin)
    return 0


def _addresses(found: Sequence[Opening]) -> Iterator[tuple[Call, str]]:
    """What opens the documents on the web, one after the other."""
    from sinorus.cli.viewers import browser_call, browser_of
    from sinorus.library.opening import web_address

    addresses = [web_address(opening) for opening in found]
    program = browser_of()
    for address in dict.fromkeys(addresses):
        yield browser_call(program, address), program.origin


def file_calls(
    settings: Settings, found: Sequence[Opening], notify: Callable[[str], None]
) -> Iterator[tuple[Call, str]]:
    """What opens the files: viewers first, which do not keep us, then the editor.

    `notify` is told where to look, if a program is not known to go there.
    """
    from sinorus.cli.editors import editor_calls, editor_of
    from sinorus.cli.programs import has_display
    from sinorus.cli.viewers import viewer_call, viewer_of

    places = [(opening, _place(opening)) for opening in found]
    texts: dict[Place, Opening] = {}
    for opening, place in places:
        if place.line:
            texts.setdefault(place, opening)
            continue
        viewer = viewer_of(settings, place)
        call = viewer_call(viewer, place)
        _say_where(notify, [call], viewer, [opening])
        yield call, viewer.origin
    if texts:
        editor = editor_of(settings)
        calls = editor_calls(editor, list(texts), display=has_display())
        _say_where(notify, calls, editor, list(texts.values()))
        yield from ((call, editor.origin) for call in calls)


def _say_where(
    notify: Callable[[str], None],
    calls: Sequence[Call],
    program: Program,
    openings: Sequence[Opening],
) -> None:
    """Says on which line or page paragraphs are, if the program is not sent there."""
    from sinorus.render.spans import standing

    if all(call.arrives for call in calls):
        return
    for opening in openings:
        if opening.paragraph and (where := standing(opening.paragraph)):
            place = where if where.startswith("p.") else f"line {where}"
            name = program.words[0]
            notify(f"{opening.part.asked} is on {place}, to which {name} is not known to go")


def _place(opening: Opening) -> Place:
    """Where in the file a paragraph is; what stands in a file beside others has no place there."""
    from sinorus.cli.programs import Place
    from sinorus.render.spans import place

    paragraph = opening.paragraph
    if paragraph is None or opening.inside:
        return Place(opening.file)
    if paragraph.line:
        return Place(opening.file, *place(paragraph, 0), paragraph.page or 0)
    return Place(opening.file, page=paragraph.page or 0)
