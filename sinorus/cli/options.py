"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sinorus.cli import offers
from sinorus.model import FILTER_NAMES, GROUPINGS, KINDS, Query
from sinorus.model.value import value
from sinorus.query.bounds import shortened

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from sinorus.cli.app import App

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
_DIGITS = 18
"""Of a number: what is longer is no amount of anything."""

_FILTER_HELP = {
    "author": ("NAME", "Words of an author's name."),
    "publisher": ("NAME", "Words of the publisher's name."),
    "source": ("ID", "A document, by id or the end of one."),
    "lang": ("CODE", "A language: ru, Russian, русский, zh-Hant …"),
    "tag": ("TAG", "A tag of the front matter."),
    "kind": ("KIND", f"Paragraphs of a kind: {', '.join(KINDS)}."),
    "speaker": ("NAME", "Words of the name of who speaks."),
    "path": ("GLOB", "Files below the library: 'seeds/frus/*'."),
    "since": ("DATE", "Dated then or later: 2023, 2023-05-04, '3 days ago'."),
    "until": ("DATE", "Dated then or earlier."),
    "where": ("KEY=VALUE", "Words of any other key: 'volume=12'; of several keys, each."),
}


class Amount(click.IntRange):
    """A whole number in a range, of as many digits as a number can have that means something."""

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, str) and len(value) > _DIGITS:
            self.fail(f"{shortened(value, _DIGITS)!r} is too long for a number", param, ctx)
        if isinstance(value, str) and not value.strip().lstrip("+-").isdecimal():
            self.fail(f"{value!r} is not a number", param, ctx)
        number = int(value)
        if self.min is not None and number < self.min:
            self.fail(f"{number} is too little: it is {self.min} at least", param, ctx)
        if self.max is not None and number > self.max:
            self.fail(f"{number} is too much: it is {self.max:,.0f} at most", param, ctx)
        return number


class OneOf(click.Choice):  # type: ignore[type-arg]
    """One of a few words, whatever its capitals; of a wrong one it is said which was meant.

    `meant` names a table of `foreign.py`: what users of other programs type.
    """

    def __init__(self, choices: Sequence[str], meant: str = "") -> None:
        super().__init__(choices, case_sensitive=False)
        self.meant = meant

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        known = [str(choice) for choice in self.choices]
        given = str(value)
        if given.lower() not in known:
            from sinorus.cli import foreign, mistakes

            meant = getattr(foreign, self.meant) if self.meant else {}
            mistakes.refuse(given, known, meant, param, ctx)
        return given.lower()


class Format(click.ParamType):  # type: ignore[type-arg]
    """A format that a command has, or a template."""

    name = "format"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        given = str(value)
        if given in self.known or given.startswith("template:"):
            return given
        from sinorus.cli import foreign, mistakes

        shown = [f"{name}…" if name.endswith(":") else name for name in self.known]
        mistakes.refuse(given, shown, foreign.FORMATS_MEANT, param, ctx)


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
            lines = "; lines are numbered without it" if value[:1].isalpha() else ""
            self.fail(f"{text!r} is neither a number nor 'all'{lines}", param, ctx)
        return int(text)


class Key(click.ParamType):  # type: ignore[type-arg]
    """By what sources are grouped: a key of their metadata; the library says which there are."""

    name = "key"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return shortened(str(value))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(GROUPINGS)}|KEY]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return offers.from_library("grouping")(ctx, param, incomplete)


grouping = Key()
_OFFERED = {"source": "document", "path": "path", "where": "where"}
"""Filters whose values are not those of a field of the same name."""
_FREE = ("kind", "speaker", "since", "until")
"""Filters for which nothing is looked up in the library."""
_FILTER_TYPES = {"kind": OneOf(KINDS, "KINDS_MEANT")}


@value(frozen=True)
class Filters:
    """`--author` and the other filters: their values by the names of `FILTER_NAMES`."""

    filters: Mapping[str, Sequence[str]]


@value(frozen=True)
class Reading:
    """How a query is read."""

    exact: bool
    case_sensitive: bool
    any_word: bool
    literal: bool
    no_names: bool
    across: bool | None

    def query_of(self, text: str | None, filters: Mapping[str, Sequence[str]]) -> Query:
        """A query of this text, read so."""
        return Query(
            text,
            filters,
            exact=self.exact,
            case_sensitive=self.case_sensitive,
            any_word=self.any_word,
            literal=self.literal,
            names=not self.no_names,
            across=self.across,
        )


@value(frozen=True)
class Output:
    """What the answer looks like: a format (None: by where it goes), colour, the pager."""

    form: str | None
    color: str | None
    no_pager: bool


@value(frozen=True)
class Freshness:
    """Whether files are looked at first, and how many seconds another writer is waited for."""

    no_update: bool
    wait: float | None

    @property
    def update(self) -> bool | None:
        """False: not; None: as the settings say."""
        return False if self.no_update else None


@value(frozen=True)
class Neighbours:
    """Paragraphs around each: `-A`, `-B`, and `-C` for those of the two that are not given."""

    after: int | None
    before: int | None
    around: int | None

    @property
    def counts(self) -> tuple[int, int]:
        """How many before and how many after."""
        both = self.around or 0
        return (
            both if self.before is None else self.before,
            both if self.after is None else self.after,
        )


@value(frozen=True)
class Sets:
    """Ids, or the names of sets of marks, or both."""

    ids: tuple[str, ...]
    sets: tuple[str, ...]

    def require_any(self) -> None:
        """Raises MissingParameter where there is neither."""
        if not self.ids and not self.sets:
            context = click.get_current_context()
            argument = next(one for one in context.command.params if one.name == "ids")
            raise click.MissingParameter(ctx=context, param=argument)


def typed(kind: type[T]) -> Callable[[Callable[[App, T], int]], Callable[..., int]]:
    """A decorator: the command gets its options, as click read them, as one value of a `kind`."""

    def decorated(function: Callable[[App, T], int]) -> Callable[..., int]:
        def command(app: App, /, **values: Any) -> int:
            given = {name: values.pop(name) for name in _FILTER_FLAGS if name in values}
            if given:
                values["filters"] = {name: list(value) for name, value in given.items() if value}
            return function(app, kind(**values))

        command.__doc__ = function.__doc__
        return command

    return decorated


_FILTER_FLAGS = [prefix + name for name in FILTER_NAMES for prefix in ("", "not_")]


def filters(function: F) -> F:
    """`--author` and the other filters with their `--not-` twins: see `Filters`."""
    options = []
    for name in FILTER_NAMES:
        metavar, text = _FILTER_HELP[name]
        made = partial(
            click.option,
            metavar=metavar,
            multiple=True,
            type=_FILTER_TYPES.get(name, str),
            shell_complete=None if name in _FREE else offers.from_library(_OFFERED.get(name, name)),
        )
        options.append(made(f"--{name}", name, help=text))
        options.append(made(f"--not-{name}", f"not_{name}", hidden=True))
    return _apply(function, options)


def reading(function: F) -> F:
    """`--exact`, `--case-sensitive`, `--any`, `--literal`, `--no-names` and `--across`: see
    `Reading`.
    """
    options = (
        click.option(
            "--exact",
            is_flag=True,
            help="Words as they are written, no stemming; with capitals where you write one.",
        ),
        click.option(
            *("-s", "--case-sensitive"),
            is_flag=True,
            help="Words as they are written, capitals and all: Us is neither US nor us.",
        ),
        click.option(
            "--any", "any_word", is_flag=True, help="Any of the words, the more the better."
        ),
        click.option("--literal", is_flag=True, help="Nothing in the query is an operator."),
        click.option("--no-names", is_flag=True, help="Names only as they are written."),
        click.option(
            "-x/ ",
            "--across/--no-across",
            default=None,
            help="Words in English, Russian and Chinese, by the terms that say the same.",
        ),
    )
    return _apply(function, options)


def output(formats: Sequence[str], *shorthands: str) -> Callable[[F], F]:
    """`--format` and its shorthands, `--color`, `--no-pager`: see `Output`."""
    listed = ", ".join("template:…" if name == "template:" else name for name in formats)
    options = [
        click.option(
            "--format",
            "form",
            type=Format(formats),
            metavar="FORMAT",
            help=f"One of {listed}.",
            shell_complete=offers.words(*formats),
        ),
        *(
            click.option(f"--{name}", "form", flag_value=name, help=f"Short for --format {name}.")
            for name in shorthands
        ),
        click.option(
            "--color",
            type=OneOf(["auto", "always", "never"], "COLORS_MEANT"),
            help="When to colour.",
        ),
        click.option("--no-pager", is_flag=True, help="Never page what is longer than the screen."),
    ]
    return lambda function: _apply(function, options)


def every_output(function: F) -> F:
    """`output` in all the forms that paragraphs and documents have."""
    forms = ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown", "vimgrep", "template:")
    return output(forms, "json", "jsonl", "csv", "vimgrep")(function)


def listed(what: str) -> Callable[[F], F]:
    """`--count`, `--limit` and `--offset` of a list of what is called so."""
    most = f"At most N {what}, or all. [all]"
    options = (
        click.option("-c", "--count", is_flag=True, help="Only their number."),
        click.option("-n", "--limit", type=Limit(), metavar="N", help=most),
        click.option(
            "--offset", type=Amount(0), default=0, metavar="N", help="Leave out the first N."
        ),
    )
    return lambda function: _apply(function, options)


def freshness(function: F) -> F:
    """`--no-update` and `--wait`: see `Freshness`."""
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
    """`-A`, `-B` and `-C`: see `Neighbours`."""
    count = Amount(0, 1000)
    options = (
        click.option("-A", "after", type=count, metavar="N", help="Also N paragraphs after."),
        click.option("-B", "before", type=count, metavar="N", help="Also N paragraphs before."),
        click.option("-C", "around", type=count, metavar="N", help="Both, N each."),
    )
    return _apply(function, options)


paragraphs = click.argument(
    "ids",
    nargs=-1,
    required=True,
    metavar="N|ID...",
    shell_complete=offers.from_library("paragraph"),
)
"""What `sinorus.cli.named.Named.ids` reads: ids, paths as printed, hits by their numbers."""


def paragraphs_or_sets(function: F) -> F:
    """The same, which may be left out where `--set` names sets of marks: see `Sets`."""
    options = (
        click.argument(
            "ids", nargs=-1, metavar="N|ID...", shell_complete=offers.from_library("paragraph")
        ),
        of_sets,
    )
    return _apply(function, options)


of_sets = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="NAME",
    help="The marks of a set, see sinorus marks; repeatable.",
    shell_complete=offers.from_library("set"),
)


def _apply(function: F, options: Sequence[Callable[[Any], Any]]) -> F:
    for option in reversed(options):
        function = option(function)
    return function
