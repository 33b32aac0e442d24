"""What options and arguments say of the values that a shell may offer for them.

It is read by docs/generate_completion.py alone, which writes it into the table that completing
reads: an item of the type `library` stands for names that are looked up there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def from_library(kind: str) -> Offer:
    """Names of a kind from the library: see `completing.values.KINDS`."""
    return lambda *_: [_item(kind, "library")]


def words(*those: str) -> Offer:
    """Some words; one that ends with a sign is gone on with, as `template:`."""
    return lambda *_: [_item(word, "plain") for word in those]


def files(kind: str = "file") -> Offer:
    """Names of files, as the shell itself knows them; of folders alone with `dir`."""
    return lambda *_: [_item("", kind)]


def _item(text: str, kind: str) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(text, type=kind)
