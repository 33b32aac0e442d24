"""Prints sinorus/cli/completing/commands.txt, the table that completing reads, from the commands.

Run it from the repository:
`python docs/generate_completion.py > sinorus/cli/completing/commands.txt`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from sinorus.cli.app import COMMANDS, sinorus
from sinorus.cli.completing.table import HIDDEN, MANY, PROGRAM, TAKES

HEAD = "# Made by docs/generate_completion.py from the commands. Do not edit it by hand.\n"


def table() -> Iterator[str]:
    """The table, a block a command."""
    yield HEAD
    helps = ["-h", "--help"]
    with click.Context(sinorus, info_name=PROGRAM, help_option_names=helps) as group:
        yield from block(PROGRAM, "", sinorus, group)
        for name, summary in COMMANDS.items():
            command = sinorus.get_command(group, name)
            if command is None:
                raise ValueError(f"{name} is listed but cannot be loaded")
            with click.Context(command, parent=group, help_option_names=helps) as context:
                yield from block(name, summary, command, context)


def block(name: str, summary: str, command: click.Command, context: click.Context) -> Iterator[str]:
    """A command with its options and arguments, a line each."""
    yield f"\n{name}\t{summary}\n"
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            offered = offers(parameter, context)
            yield row(option_names(parameter), marks(parameter), offered, about(parameter))
        else:
            yield row("", MANY if parameter.nargs < 0 else "", offers(parameter, context))


def row(*fields: str) -> str:
    """A line of the table."""
    if any(set(field) & set("\t\n") for field in fields):
        raise ValueError(f"{fields} cannot stand in a line")
    return "\t".join(fields) + "\n"


def option_names(option: click.Option) -> str:
    """Each way to write an option."""
    return " ".join(name for name in (*option.opts, *option.secondary_opts) if name.strip())


def marks(option: click.Option) -> str:
    """What the table says of an option."""
    takes = not option.is_flag and not option.count
    said = {TAKES: takes, MANY: option.multiple or option.count, HIDDEN: option.hidden}
    return " ".join(mark for mark, holds in said.items() if holds)


def about(option: click.Option) -> str:
    """What the help page says of an option, in one line."""
    return " ".join((option.help or "").split())


def offers(parameter: click.Parameter, context: click.Context) -> str:
    """What is offered for a value, as `cli/offers.py` and click's own types say it."""
    if isinstance(parameter, click.Option) and (parameter.is_flag or parameter.count):
        return ""
    items = parameter.shell_complete(context, "")
    if not items:
        return ""
    if items[0].type == "plain":
        return " ".join(["words", *(str(item.value) for item in items)])
    return f"{items[0].type} {items[0].value}".strip()


if __name__ == "__main__":
    sys.stdout.writelines(table())
