"""What is said of all documents below a folder, beside what a document says of itself."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sinorus.model import Fault
from sinorus.model.folders import Defaults, FolderTable, Level
from sinorus.sources.describe import Described, describe

_UNREADABLE = {
    "date": ("date", "published", "year", "created", "created_at", "date_published"),
    "lang": ("lang", "language"),
}
"""Where what a document says of its date and language is kept if it cannot be read."""


def with_defaults(known: Described, defaults: Defaults) -> Described:
    """What is `known` of a document, and for what it does not say itself the nearest default.

    A date or language that it gives and that cannot be read is none, and no other takes its place.
    """
    for level in defaults.levels:
        known = filled(known, _described(level))
    return known


def table_faults(table: FolderTable, file: str) -> list[Fault]:
    """What is wrong with the values of a table, as faults of `file`."""
    return describe(_fields(table.said), file, table.lines)[1]


@lru_cache(maxsize=256)
def _described(level: Level) -> Described:
    return describe(_fields(level), "")[0]


def _fields(level: Level) -> dict[str, object]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in level}


def filled(known: Described, other: Described) -> Described:
    """What is `known`, and of `other` what that lacks."""
    said = {name.lower() for name in known.extra}
    more = {name: value for name, value in other.extra.items() if name.lower() not in said}
    unreadable = {name for name, keys in _UNREADABLE.items() if not said.isdisjoint(keys)}
    return replace(
        known,
        **{
            name: getattr(known, name) or (None if name in unreadable else getattr(other, name))
            for name in ("title", "publisher", "date", "url", "lang", "id", "citekey")
        },
        authors=known.authors or other.authors,
        tags=known.tags or other.tags,
        extra={**more, **known.extra},
    )
