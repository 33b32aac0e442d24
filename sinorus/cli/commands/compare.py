"""`sinorus compare`: groups of sources on a query, or two texts side by side."""

from __future__ import annotations

import re
from typing import Any

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command

_PARAGRAPHS = re.compile(r".+?#\d")


@make_command("compare")
@click.argument("words", nargs=-1, metavar="QUERY... | ID ID")
@options.filters
@click.option("--by", type=options.grouping, help="What makes a group. [document]")
@click.option("--among", metavar="ID,ID…", multiple=True, help="Only these documents.")
@click.option(
    "-n", "best", type=options.Amount(0), default=2, metavar="N", help="Paragraphs a group. [2]"
)
@options.reading
@options.output(("rich", "plain", "json", "jsonl", "markdown"), "json", "jsonl")
@options.freshness
@options.quiet
@pass_app
def command(app: App, /, words: tuple[str, ...], **flags: Any) -> int:
    """What each group of sources says of QUERY; or two documents or paragraphs, word by word.

    \b
    Examples:
      sinorus compare sanctions --by publisher    a column for each publisher
      sinorus compare 'SCO OR ШОС' --by lang -n 1
      sinorus compare alliance --among energy,treaty-2001
      sinorus compare energy trade-and-currency   two documents
      sinorus compare energy#3 energy#6           two paragraphs

    For each group: matches, paragraphs, rate per 1,000 words, first and last date, the words that
    set its paragraphs apart from the others' (log-likelihood), and its best paragraphs. Groups
    that never mention it are named at the end.
    """
    from sinorus.cli import output
    from sinorus.cli.commands.search_notices import tell_names
    from sinorus.render import renderer

    app.quiet = flags["quiet"]
    form = output.format_name(flags["form"])
    renders = renderer("compare", form), renderer("compare-texts", form)
    if not words and not flags["filters"]:
        raise click.UsageError("There is nothing to compare: write a query, or two ids.")
    library = app.library(flags["wait"])
    update = False if flags["no_update"] else None
    look = output.look(app, library.root, color=flags["color"])
    library.refresh(update)
    if _are_ids(library, words, flags):
        texts = library.compare_texts(*words, update=False)
        output.page(app, renders[1](texts, look), look, form, wanted=not flags["no_pager"])
        return 0
    found = _compare(library, words, flags)
    tell_names(app, found.names)
    output.page(app, renders[0](found, look), look, form, wanted=not flags["no_pager"])
    _tell(app, library, found)
    return 0 if found.groups else 1


def _tell(app: App, library: Any, found: Any) -> None:
    """Says that nothing was found, or that nothing tells the groups apart."""
    from sinorus.cli.commands.search_notices import tell_nothing
    from sinorus.library.searching import Query

    if not found.groups and found.query:
        tell_nothing(app, library, library.understand(Query(found.query)))
    elif found.by != "document" and all(one.key is None for one in (*found.groups, *found.silent)):
        app.notice(f"no document has a {found.by}: try --by lang, --by year or --by document")


def _are_ids(library: Any, words: tuple[str, ...], flags: dict[str, Any]) -> bool:
    """Whether two words are two texts: paragraph ids always are, document ids if both exist."""
    from sinorus.errors import UnknownIdError
    from sinorus.library.ids import Catalogue

    if len(words) != 2 or flags["by"] or flags["among"] or flags["filters"]:
        return False
    if any(_PARAGRAPHS.match(word) for word in words):
        return True
    catalogue = Catalogue(list(library.engine.documents()))
    faults: list[UnknownIdError] = []
    for word in words:
        try:
            catalogue.find(word)
        except UnknownIdError as fault:
            faults.append(fault)
    # Two words may be a query. Once one of them has the look of an id, a wrong one is an error.
    looks_like_ids = any("/" in word for word in words) or any(fault.several for fault in faults)
    if faults and looks_like_ids:
        raise faults[0]
    return not faults


def _compare(library: Any, words: tuple[str, ...], flags: dict[str, Any]) -> Any:
    from sinorus.library.searching import Query

    query = Query(
        " ".join(words) if words else None,
        flags["filters"],
        exact=flags["exact"],
        any_word=flags["any_word"],
        literal=flags["literal"],
        names=not flags["no_names"],
    )
    among = [name for part in flags["among"] for name in part.split(",") if name]
    return library.compare(
        query, by=flags["by"] or "document", among=among, best=flags["best"], update=False
    )
