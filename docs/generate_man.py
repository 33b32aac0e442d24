"""Prints docs/man/sinorus.1, the manual page, from the help that the commands print.

Run it from the repository: `python docs/generate_man.py > docs/man/sinorus.1`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from textwrap import dedent

import click

from sinorus.cli.app import COMMANDS, sinorus
from sinorus.cli.pages import TWINS, Row, groups, has_twins
from sinorus.cli.query_page import NOTES, QUERY

HEAD = """\
.\\" Made by docs/generate_man.py from the help of the commands. Do not edit it by hand.
.TH SINORUS 1 "" "sinorus" "User Commands"
.SH NAME
sinorus \\- full-text search over a library of sources, by paragraph
.SH SYNOPSIS
.B sinorus
[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]...
"""
SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
"""Signs that roff would take for its own, or make others of that cannot be copied."""
TAIL: tuple[tuple[str, tuple[Row, ...]], ...] = (
    (
        "EXIT STATUS",
        (
            ("0", "Something was found, or done."),
            ("1", "It ran well, and nothing was found."),
            ("2", "An error: a wrong command line or query, no library, an unreadable index."),
            ("70", "A bug of sinorus."),
            ("130", "Interrupted."),
        ),
    ),
    (
        "ENVIRONMENT",
        (
            ("SINORUS_LIBRARY", "The library, where none is named."),
            ("SINORUS_LIMIT, SINORUS_COLOR, …", "Any setting: SINORUS_ and its name in capitals."),
            ("SINORUS_PAGER, PAGER", "What shows output that is longer than the screen."),
            ("VISUAL, EDITOR, BROWSER", "What sinorus open calls."),
            ("NO_COLOR, FORCE_COLOR", "Never colour, always colour."),
        ),
    ),
    (
        "FILES",
        (
            ("seeds/", "The sources of a library."),
            ("index/", "Its index, which can be made again at any time."),
            ("sinorus.toml, names.toml, terms.toml", "Its settings, names and terms."),
            ("~/.config/sinorus/config.toml", "The user's own settings."),
        ),
    ),
)


def roff(text: str) -> str:
    """A line as roff takes it for text: no escapes, no requests, hyphens to be copied."""
    for sign, written in SIGNS.items():
        text = text.replace(sign, written)
    return f"\\&{text}" if text.startswith(".") else text


def page() -> Iterator[str]:
    """The page, piece by piece."""
    yield HEAD
    with click.Context(sinorus, info_name="sinorus", help_option_names=["-h", "--help"]) as group:
        yield ".SH DESCRIPTION\n"
        yield from described(sinorus)
        yield ".SH OPTIONS\n"
        yield from options(sinorus, group)
        yield ".SH COMMANDS\n"
        for name in COMMANDS:
            command = sinorus.get_command(group, name)
            if command is None:
                raise ValueError(f"{name} is listed but cannot be loaded")
            yield from section(name, command, group)
    yield ".SH QUERY LANGUAGE\n"
    for heading, rows in QUERY:
        yield f".SS {roff(heading)}\n"
        yield from listed(rows)
    yield f".PP\n{roff(' '.join(NOTES))}\n"
    for heading, rows in TAIL:
        yield f".SH {heading}\n"
        yield from listed(rows)


def section(name: str, command: click.Command, group: click.Context) -> Iterator[str]:
    """A command: how it is called, what it does, its options."""
    with click.Context(
        command, parent=group, info_name=name, help_option_names=["-h", "--help"]
    ) as context:
        words = " ".join(command.collect_usage_pieces(context))
        yield f".SS sinorus {name} {roff(words)}\n"
        yield from described(command)
        yield from options(command, context)


def described(command: click.Command) -> Iterator[str]:
    """What a command says of itself; examples keep their lines."""
    for part in (command.help or "").replace("\f", "").split("\n\n"):
        if part.lstrip().startswith("\b"):
            lines = dedent(part.replace("\b", "").strip("\n")).rstrip().split("\n")
            yield ".PP\n.nf\n" + "".join(f"{roff(line)}\n" for line in lines) + ".fi\n"
        elif part.strip():
            yield f".PP\n{roff(' '.join(part.split()))}\n"


def options(command: click.Command, context: click.Context) -> Iterator[str]:
    """The options of a command under their headings."""
    for heading, rows in groups(command, context):
        if heading != "Options":
            yield f".PP\n\\fB{heading}\\fR\n"
        yield from listed(rows)
        if heading == "Filters" and has_twins(command):
            yield f".PP\n{roff(TWINS)}\n"


def listed(rows: tuple[Row, ...] | list[Row]) -> Iterator[str]:
    """Rows of what is written and what it means."""
    for written, meaning in rows:
        yield f".TP\n\\fB{roff(written)}\\fR\n{roff(meaning)}\n"


if __name__ == "__main__":
    sys.stdout.writelines(page())
