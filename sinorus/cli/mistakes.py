"""What is said of a wrong command line: what is wrong with it, and what was probably meant.

The messages of click are said in our own words, so that all errors sound alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NoReturn

import click

from sinorus.cli.foreign import COMMANDS_MEANT, option_meant
from sinorus.query.bounds import shortened

_COMPARED = 40
"""Characters of a wrong word that are compared with the right ones."""


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The one of the known words that is written most like this one, if any is like it."""
    from difflib import get_close_matches

    folded = {one.lower(): one for one in known}
    near = get_close_matches(word[:_COMPARED].lower(), folded, 1, least)
    return folded[near[0]] if near else None


class WrongChoice(click.BadParameter):
    """A value that is none of those that an option takes; `hint` says which one was meant."""

    def __init__(
        self,
        message: str,
        hint: str,
        param: click.Parameter | None = None,
        ctx: click.Context | None = None,
    ) -> None:
        super().__init__(message, ctx, param)
        self.hint = hint


def refuse(
    given: str,
    known: Sequence[str],
    meant: Mapping[str, str],
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> NoReturn:
    """Raises WrongChoice for a value that is none of the `known` ones.

    `meant` has our word, or what to write, for words of other programs.
    """
    told = meant.get(given.lower().strip("= "))
    near = told if told in known else None if told else nearest(given, known)
    if told and told not in known:
        hint = told
    elif near:
        hint = f"did you mean {near}?"
        rest = [one for one in known if one != near]
        hint += f" There {'are' if len(rest) > 1 else 'is'} also {_listed(rest)}" if rest else ""
    else:
        hint = f"write one of {_listed(known)}"
    raise WrongChoice(f"there is no {shortened(given)!r}", hint, param, ctx)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def misuse(
    fault: click.UsageError, arguments: Sequence[str], commands: Collection[str]
) -> tuple[str, str]:
    """The message and the hint for a command line that click or a command did not take."""
    called = next((f"sinorus {one}" for one in arguments if one in commands), "sinorus")
    command = fault.ctx.command_path if fault.ctx else called  # click does not always say it
    see = f"see {command} --help"
    if isinstance(fault, click.NoSuchOption):
        return _no_such_option(fault, command, arguments)
    if isinstance(fault, click.MissingParameter):
        return _missing(fault, command), see
    if isinstance(fault, WrongChoice):
        return f"{_name(fault)}: {fault.message}", fault.hint
    if isinstance(fault, click.BadParameter):
        return f"{_name(fault)}: {_own(fault.message)}", see
    if isinstance(fault, click.BadOptionUsage):
        if "does not take a value" in fault.message:
            return f"{fault.option_name} takes no value", see
        return f"{fault.option_name} wants a value", see
    if extra := re.match(r"Got unexpected extra arguments? \((.*)\)", fault.message):
        return f"too much for {command}: {shortened(extra[1])}", see
    return _own(fault.format_message()), getattr(fault, "hint", "") or see


def _own(text: str) -> str:
    """A sentence as ours are written: small at the beginning, open at the end."""
    text = text.strip()
    if text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _name(fault: click.BadParameter) -> str:
    """What the value is of, as it is written: `--limit`, or `FILE`."""
    parameter = fault.param
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    if parameter is not None:
        return str(parameter.metavar or parameter.name).strip("[].…").upper()
    return "a value"


def _missing(fault: click.MissingParameter, command: str) -> str:
    parameter = fault.param
    if parameter is None:
        return f"{command} wants more"
    shown = parameter.make_metavar(fault.ctx or click.get_current_context())
    return f"{command} wants {shown.removesuffix('...').strip('{}[]')}"


def _no_such_option(
    fault: click.NoSuchOption, command: str, arguments: Sequence[str]
) -> tuple[str, str]:
    name = fault.option_name
    written = _as_written(name, arguments)
    message = f"{command} has no option {shortened(written)}"
    verb = command.rpartition(" ")[2]
    queries = verb in ("search", "compare", "pick")
    if queries and not written.startswith("--") and len(written) > 3 and written[1:].isalpha():
        word = written[1:]
        return message, f"to leave out a word write NOT {word}, or {command} -- … {written}"
    if number := re.fullmatch(r"-(\d+)", written):
        many = number[1]
        return (
            message,
            f"write -n {many} for {many} paragraphs, -C {many} for {many} around each",
        )
    if name == "--library":
        return message, "it stands before the command: sinorus --library DIR search …"
    if told := option_meant(name, verb):
        return message, told
    if near := _near_option(name, fault.ctx):
        return message, f"did you mean {near}?"
    if queries and not name.startswith("--"):
        return message, f"a word that begins with - stands behind --: {command} -- {written}"
    return message, f"see {command} --help"


def _as_written(name: str, arguments: Sequence[str]) -> str:
    """The argument that the option was found in: of `-word` click names `-w` alone."""
    if name.startswith("--"):
        return name
    for argument in arguments:
        if argument == "--":
            break
        if argument.startswith("-") and not argument.startswith("--") and name[1:] in argument[1:]:
            return argument
    return name


def _near_option(name: str, context: click.Context | None) -> str | None:
    if context is None or not name.startswith("--"):
        return None
    known = [
        option.removeprefix("--")
        for parameter in context.command.get_params(context)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    ]
    given = name.removeprefix("--")
    begins = [one for one in known if one.startswith(given)]
    near = begins[0] if begins else nearest(given, known, 0.7)
    return f"--{near}" if near else None


class Unknown(click.UsageError):
    """Something that does not exist; `hint` says what was probably meant."""

    def __init__(self, message: str, hint: str, ctx: click.Context | None = None) -> None:
        super().__init__(message, ctx)
        self.hint = hint


def no_such_command(name: str, known: Sequence[str], ctx: click.Context) -> Unknown:
    """The error for a command that does not exist."""
    told = COMMANDS_MEANT.get(name)
    if told:
        hint = f"did you mean sinorus {told}?" if told in known else told
    elif near := nearest(name, known):
        hint = f"did you mean sinorus {near}?"
    else:
        hint = f"to search: sinorus search {shortened(name, _COMPARED)}"
    return Unknown(f"there is no command {shortened(name, _COMPARED)!r}", hint, ctx)
