"""`sinorus help`: the help page of a command, or the query language on one screen."""

from __future__ import annotations

import click

from sinorus.cli import offers
from sinorus.cli.app import COMMANDS
from sinorus.cli.app import command as make_command


@make_command("help")
@click.argument(
    "topic",
    required=False,
    metavar="[COMMAND|query]",
    shell_complete=offers.words(*COMMANDS, "query"),
)
@click.pass_context
def command(context: click.Context, /, topic: str | None) -> int:
    """Explain a command, or the query language.

    \b
    Examples:
      sinorus help              all commands
      sinorus help search       as sinorus search --help
      sinorus help query        the query language on one screen
    """
    from sinorus.cli import pages
    from sinorus.cli.app import sinorus
    from sinorus.cli.mistakes import Unknown, nearest
    from sinorus.cli.query_page import query_page

    parent = context.parent or context
    if topic is None:
        page = pages.as_shown(sinorus.get_help(parent), parent)
    elif topic == "query":
        page = pages.as_shown("\n".join(query_page()), context)
    elif found := sinorus.get_command(parent, topic):
        with click.Context(found, info_name=topic, parent=parent) as its:
            page = found.get_help(its)
    else:
        topics = [*COMMANDS, "query"]
        near = nearest(topic, topics)
        hint = f"did you mean sinorus help {near}?" if near else f"write one of {', '.join(topics)}"
        raise Unknown(f"there is no help on {topic[:80]!r}", hint, context)
    click.echo(page, color=context.color)
    return 0
