"""What a library says of all documents below a folder: the `[[folder]]` tables of its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Said = str | tuple[str, ...]
"""A value as front matter has it: a text, or a list of texts."""
Level = tuple[tuple[str, Said], ...]
"""The keys of one table with their values."""


class FolderTable(NamedTuple):
    """One table: the folder as it is written, what is said of documents below it, and where.

    `lines` has the lines of the keys in `file`, `line` that of the table.
    """

    path: str
    said: Level
    file: str
    line: int | None = None
    lines: Mapping[str, int] = {}


class Defaults(NamedTuple):
    """What is said of the documents in one folder, the nearest table first.

    The `stamp` tells other defaults from these; it is empty where nothing is said.
    """

    stamp: str = ""
    levels: tuple[Level, ...] = ()


NO_DEFAULTS = Defaults()
