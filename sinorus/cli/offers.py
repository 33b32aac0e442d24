"""What options and arguments say of the values that a shell may offer for them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def from_library(kind: str) -> Offer:
    """Names of a kind from the library: see `completing.values.KINDS`."""

    def offer(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        # Named and not imported, as commands are: what looks a library up needs all of them.
        values = import_module("sinorus.cli.completing.values")
        found: list[CompletionItem] = values.offered(ctx, kind, incomplete)
        return found

    return offer


def words(*those: str) -> Offer:
    """Some words; one that ends with a sign is gone on with, as `template:`."""

    def offer(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in those if word.startswith(incomplete)]

    return offer


def files(kind: str = "file") -> Offer:
    """Names of files, as the shell itself knows them; of folders alone with `dir`."""

    def offer(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=kind)]

    return offer
