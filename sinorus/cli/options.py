"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from sinorus.model import GROUPINGS
from sinorus.query.bounds import shortened
from sinorus.query.fields import FILTER_NAMES

F = TypeVar("F", bound=Callable[..., Any])
_DIGITS = 18
"""Of a number: what is longer is no amount of anything."""

_FILTER_HELP = {
    "author": ("NAME", "Words of an author's name."),
    "publisher": ("NAME", "Words of the publisher's name."),
    "source": ("ID", "A document, by id or the end of one."),
    "lang": ("CODE", "A language: en, ru, zh (also zh-Hant …)."),
    "tag": ("TAG", "A tag of the front matter."),
    "path": ("GLOB", "Files below the library: 'seeds/frus/*'."),
    "since": ("DATE", "Dated then or later: 2023, 2023-05, 2023-05-04."),
    "until": ("DATE", "Dated then or earlier."),
}


class Amount(click.IntRange):
    """A whole number in a range, of as many digits as a number can have that means something."""

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, str) and len(value) > _DIGITS:
            self.fail(f"{shortened(value, _DIGITS)!r} is too long for a number.", param, ctx)
        return int(super().convert(value, param, ctx))


class OneOf(click.Choice):  # type: ignore[type-arg]
    """One of a few words; a wrong one is quoted by its beginning."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(shortened(value) if isinstance(value, str) else value, param, ctx)


class Limit(click.ParamType):  # type: ignore[type-arg]
    """A number from 0, or `all`."""

    name = "limit"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        if value == "all":
            return "all"
        text = shortened(str(value), _DIGITS)
        if not text.isdecimal():
            self.fail(f"{text!r} is neither a number nor 'all'.", param, ctx)
        return int(text)


grouping = OneOf(GROUPINGS)


def filters(function: F) -> F:
    """`--author` and the other filters with their `--not-` twins, as one dict `filters`."""

    def wrapped(*args: Any, **values: Any) -> Any:
        names = [prefix + name for name in FILTER_NAMES for prefix in ("", "not_")]
        chosen = {name: values.pop(name) for name in names}
        values["filters"] = {name: list(value) for name, value in chosen.items() if value}
        return function(*args, **values)

    wrapped.__doc__ = function.__doc__
    wrapped.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for name in reversed(FILTER_NAMES):
        metavar, text = _FILTER_HELP[name]
        wrapped = click.option(
            f"--not-{name}", f"not_{name}", metavar=metavar, multiple=True, hidden=True
        )(wrapped)
        wrapped = click.option(f"--{name}", name, metavar=metavar, multiple=True, help=text)(
            wrapped
        )
    return wrapped  # type: ignore[return-value]


def reading(function: F) -> F:
    """How a query is read: `exact`, `any_word`, `literal`, `no_names`."""
    options = (
        click.option("--exact", is_flag=True, help="Words as they are written, no stemming."),
        click.option(
            "--any", "any_word", is_flag=True, help="Any of the words, the more the better."
        ),
        click.option("--literal", is_flag=True, help="Nothing in the query is an operator."),
        click.option("--no-names", is_flag=True, help="Names only as they are written."),
    )
    return _apply(function, options)


def output(formats: Sequence[str], *shorthands: str) -> Callable[[F], F]:
    """`--format` and its shorthands as `form`, `--color`, `--no-pager`."""
    listed = ", ".join("template:…" if name == "template:" else name for name in formats)
    options = [
        click.option("--format", "form", metavar="FORMAT", help=f"One of {listed}."),
        *(
            click.option(f"--{name}", "form", flag_value=name, help=f"Short for --format {name}.")
            for name in shorthands
        ),
        click.option(
            "--color", type=click.Choice(["auto", "always", "never"]), help="When to colour."
        ),
        click.option("--no-pager", is_flag=True, help="Never page what is longer than the screen."),
    ]
    return lambda function: _apply(function, options)


def freshness(function: F) -> F:
    """`--no-update`, `--wait` and `--quiet`."""
    options = (
        click.option("--no-update", is_flag=True, help="Do not look whether files have changed."),
        click.option(
            "--wait",
            type=click.FloatRange(min=0),
            metavar="SECONDS",
            help="For another writer (5).",
        ),
    )
    return _apply(function, options)


def neighbours(function: F) -> F:
    """`-A`, `-B` and `-C` as `after`, `before` and `around`."""
    count = Amount(0, 1000)
    options = (
        click.option("-A", "after", type=count, metavar="N", help="Also N paragraphs after."),
        click.option("-B", "before", type=count, metavar="N", help="Also N paragraphs before."),
        click.option("-C", "around", type=count, metavar="N", help="Both, N each."),
    )
    return _apply(function, options)


quiet = click.option("--quiet", is_flag=True, help="No notices on stderr, only errors.")


def _apply(function: F, options: Sequence[Callable[[Any], Any]]) -> F:
    for option in reversed(options):
        function = option(function)
    return function
