"""`sinorus status`: the state of the library."""

from __future__ import annotations

import click

from sinorus.cli import options
from sinorus.cli.app import App, pass_app
from sinorus.cli.app import command as make_command
from sinorus.model.value import value


@value(frozen=True)
class StatusOptions(options.Output):
    """What `status` is told."""

    check: bool


@make_command("status")
@click.option("--check", is_flag=True, help="Read the whole index and say what is wrong with it.")
@options.output(("rich", "plain", "json"), "json")
@pass_app
@options.typed(StatusOptions)
def command(app: App, given: StatusOptions) -> int:
    """Counts by language, dates, missing metadata, size, versions, and whether files changed.

    \b
    Examples:
      sinorus status
      sinorus status --check        exit code 2 if the index is damaged
      sinorus status --json
    """
    from sinorus.cli import output
    from sinorus.render import renderer

    render = renderer("status", output.format_name(given.form))
    library = app.library()
    with output.Working("checking" if given.check else "counting", app.quiet):
        found = library.status(check=given.check)
    look = output.look(app, library.root, color=given.color)
    output.write(render(found, look))
    if found.damage:
        app.notice(found.damage[0], "damaged index")
        return 2
    return 0
