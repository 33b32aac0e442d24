"""`sinorus status`: the state of the library."""

from __future__ import annotations

from typing import Any

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command


@make_command("status")
@click.option("--check", is_flag=True, help="Read the whole index and say what is wrong with it.")
@options.output(("rich", "plain", "json"), "json")
@pass_app
def command(app: App, /, **flags: Any) -> int:
    """Counts by language, dates, missing metadata, size, versions, and whether files changed.

    \b
    Examples:
      sinorus status
      sinorus status --check        exit code 2 if the index is damaged
      sinorus status --json
    """
    from sinorus.cli import output
    from sinorus.render import renderer

    render = renderer("status", output.format_name(flags["form"]))
    library = app.library()
    found = library.status(check=flags["check"])
    look = output.look(app, library.root, color=flags["color"])
    output.write(render(found, look))
    if found.damage:
        app.notice(f"{found.damage[0]}; sinorus index --rebuild makes the index anew")
        return 2
    return 0
