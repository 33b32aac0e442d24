"""The table of commands and options that completing reads in place of the commands themselves.

`commands.txt` is made of them by docs/generate_completion.py, so that a key that is pressed while
a line is typed pays neither for click nor for the modules of all commands. A block a command, the
program itself first; the fields of a line stand between tabulators.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("commands.txt")
TAKES, MANY, HIDDEN = "value", "many", "hidden"
"""What is said of an option: a value follows it, it may be repeated, it is not offered itself."""
PROGRAM = "sinorus"


class Option(NamedTuple):
    """An option: how it is written, what is said of it, what is offered for its value.

    `offers` is empty, a word alone (`file`, `dir`), or a word and what it is about: `library tag`,
    `words plain json`.
    """

    names: Sequence[str]
    marks: Sequence[str]
    offers: str
    about: str


class Argument(NamedTuple):
    """A place for words that are no options; `many`: for all that follow."""

    many: bool
    offers: str


class Command(NamedTuple):
    """A command with what may stand behind it."""

    name: str
    about: str
    options: Sequence[Option]
    arguments: Sequence[Argument]

    def option(self, name: str) -> Option | None:
        """The option that is written so; None if there is none."""
        return next((one for one in self.options if name in one.names), None)


def summaries() -> dict[str, str]:
    """What each command does, by name, in the order in which they are listed."""
    heads = (block.partition("\n")[0].split("\t") for block in _blocks())
    return {name: about for name, about in heads if name != PROGRAM}


def command(name: str) -> Command | None:
    """The command of that name, which may be `PROGRAM` itself; None if there is none."""
    for block in _blocks():
        head, *rows = block.split("\n")
        if head.startswith(f"{name}\t"):
            fields = [row.split("\t") for row in rows]
            options = [_option(row) for row in fields if row[0]]
            arguments = [Argument(row[1] == MANY, row[2]) for row in fields if not row[0]]
            return Command(name, head.partition("\t")[2], options, arguments)
    return None


def _option(row: Sequence[str]) -> Option:
    names, marks, offers, about = row
    return Option(names.split(), marks.split(), offers, about)


@cache
def _blocks() -> Sequence[str]:
    text = _FILE.read_text("utf-8")
    return [block for block in text.rstrip("\n").split("\n\n") if not block.startswith("#")]
