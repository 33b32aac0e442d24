"""What a library says of a document elsewhere than in its file: `[[folder]]` tables, sidecars."""

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
    """What others say of a document: tables of the folders that it lies below, files beside it.

    `levels` are the tables, the nearest first; `beside` the paths of files that describe it, the
    strongest first; `claim` is the entry of a bibliography that names its file. The `stamp` tells
    other tables and files from these; it is empty where nothing is said. `describes` of a file that
    may be one of those `beside` another.
    """

    stamp: str = ""
    levels: tuple[Level, ...] = ()
    beside: tuple[str, ...] = ()
    claim: str = ""
    describes: bool = False


NO_DEFAULTS = Defaults()
