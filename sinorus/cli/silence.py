"""`-q` and `--no-notices`: how little a command is to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from sinorus.model.value import value

F = TypeVar("F", bound=Callable[..., Any])


@value(frozen=True)
class Notices:
    """Whether notices are dropped."""

    no_notices: bool

    @property
    def quiet(self) -> bool:
        """Whether there is nothing on standard error but errors."""
        return self.no_notices


@value(frozen=True)
class Quiet(Notices):
    """Whether notices are dropped, or the answer with them: `silent` wants the exit code alone."""

    silent: bool

    @property
    def quiet(self) -> bool:
        return self.no_notices or self.silent

    def check_silent(self, form: str | None, flags: Mapping[str, bool] | None = None) -> None:
        """Raises UsageError where the exit code alone is wanted, and with it a format, or one of
        the `flags` that say how or what to print: as each is written, whether it was given.
        """
        if self.silent and form:
            raise click.UsageError(f"-q prints nothing and takes no format ({form})")
        for flag, given in (flags or {}).items():
            if self.silent and given:
                raise click.UsageError(f"{flag} and -q cannot be used together: choose one")


no_notices = click.option("--no-notices", is_flag=True, help="No notices on stderr, only errors.")
_silent = click.option(
    *("-q", "--quiet", "silent"), is_flag=True, help="Nothing but the exit code; errors are said."
)


def quiet(function: F) -> F:
    """`-q` and `--no-notices`: see `Quiet`."""
    return _silent(no_notices(function))
