"""By what sources may be grouped: the keys of their metadata, and what is made of their dates."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from sinorus.errors import UnknownKeyError
from sinorus.model import GROUPINGS, Grouping
from sinorus.model.documents import OWN_KEYS
from sinorus.query.bounds import shortened

ALIASES = {
    **dict.fromkeys(("language", "languages"), "lang"),
    **dict.fromkeys(("authors", "author"), "author"),
    **dict.fromkeys(("tags", "keywords"), "tag"),
    **dict.fromkeys(("source", "doc", "documents"), "document"),
    **dict.fromkeys(("years",), "year"),
    **dict.fromkeys(("decades",), "decade"),
    **dict.fromkeys(("folders", "directory", "dir"), "folder"),
    **dict.fromkeys(("publishers",), "publisher"),
}
"""What some keys are also called, as in front matter."""
_NEAREST = 100


def known_grouping(name: Grouping, extra: Collection[str]) -> Grouping:
    """The grouping of this name; `extra` are the library's own keys.

    Raises UnknownKeyError for a key that no document has.
    """
    if name in GROUPINGS or name in OWN_KEYS:
        return name
    if name in extra:
        return name
    folded = name.casefold()
    every: list[str] = [*GROUPINGS, *OWN_KEYS, *extra]
    for own in every:
        if own.casefold() == folded:
            return own
    if folded in ALIASES:
        return ALIASES[folded]
    near: list[str] = get_close_matches(folded[:_NEAREST], [*every, *ALIASES], 1, 0.6)
    known = ", ".join([*GROUPINGS, *list(extra)[:8]])
    hint = f"did you mean {ALIASES.get(near[0], near[0])}?" if near else f"there are {known}"
    raise UnknownKeyError(f"no document has a key {shortened(name)!r} to group by", hint)
