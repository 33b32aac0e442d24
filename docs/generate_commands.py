"""Prints docs/commands.md, the reference of all commands, from the help that they print.

Run it from the repository: `python docs/generate_commands.py > docs/commands.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from sinorus.cli.app import COMMANDS, sinorus

WIDTH = 96

HEAD = """\
<!-- Made by docs/generate_commands.py from the help of the commands. Do not edit it by hand. -->

# Commands

Every page below is what `sinorus COMMAND --help` prints. `-h` is short for `--help`.
`--library DIR` stands before the command or after it. `--` ends the options: what follows is
text, also where it begins with a minus.

| command | what it does |
|---|---|
"""

TWINS = """\
The twins of the filters, one by one:
"""


def page() -> Iterator[str]:
    """The page, piece by piece."""
    yield HEAD
    for name, summary in COMMANDS.items():
        yield f"| [`{name}`](#sinorus-{name}) | {summary} |\n"
    yield "\nMore: [query language](query-language.md), [output](output.md), "
    yield "[configuration](configuration.md).\n\n"
    yield section("sinorus", sinorus, None)
    with click.Context(sinorus, info_name="sinorus", terminal_width=WIDTH) as group:
        for name in COMMANDS:
            command = sinorus.get_command(group, name)
            if command is None:
                raise ValueError(f"{name} is listed but cannot be loaded")
            yield "\n" + section(name, command, group)


def section(name: str, command: click.Command, group: click.Context | None) -> str:
    """A heading, the help page of a command, and the options that the help hides."""
    with click.Context(
        command,
        parent=group,
        info_name=name,
        terminal_width=WIDTH,
        help_option_names=["-h", "--help"],
    ) as context:
        usage = command.get_help(context)
        hidden = [
            f"`{option.opts[0]}`"
            for option in command.get_params(context)
            if isinstance(option, click.Option) and option.hidden
        ]
    title = f"sinorus {name}" if group else name
    text = f"## {title}\n\n```text\n{usage.rstrip()}\n```\n"
    return text + (f"\n{TWINS}{', '.join(hidden)}.\n" if hidden else "")


if __name__ == "__main__":
    sys.stdout.writelines(page())
