"""How the files of a library differ from what its index knows of them. Reads no file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from sinorus.model.documents import DIGITS, Fingerprint
from sinorus.sources.entry import Entry
from sinorus.sources.stamps import as_before

if TYPE_CHECKING:
    from sinorus.sources.bibliography.table import Table


@dataclass(slots=True)
class Changes:
    """How the files differ from what is indexed, each list sorted by path.

    `suspect` files have another size, mtime, ctime or inode than the index knows; only their digest
    can tell whether their bytes have changed. `unknown` are those of which nothing can be said now,
    as the folder they are in cannot be read. `unchanged` counts the rest.
    """

    new: list[Entry] = field(default_factory=list)
    suspect: list[tuple[Entry, Fingerprint]] = field(default_factory=list)
    removed: list[Fingerprint] = field(default_factory=list)
    unknown: list[Fingerprint] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything to look into."""
        return bool(self.new or self.suspect or self.removed)


def diff(
    entries: Iterable[Entry],
    fingerprints: Iterable[Fingerprint],
    unread: Collection[str] = (),
    table: Table | None = None,
) -> Changes:
    """What is new, suspect, removed and unchanged, with a bibliography as its `table` has it.

    What lies at or below the paths `unread` is unknown and not removed.

    Either side may come in any order (engines sort by document id); sorting what is sorted
    already costs next to nothing.
    """
    changes = Changes()
    indexed = sorted(fingerprints, key=itemgetter(1))
    at, end = 0, len(indexed)
    for entry in sorted(entries):
        path = entry[0]
        while at < end and (known := indexed[at])[1] < path:
            changes.removed.append(known)
            at += 1
        if at == end or known[1] != path:
            changes.new.append(entry)
            continue
        at += 1
        # Size, mtime, ctime, inode; and what others say of it.
        if known[2:6] == entry[2:6] and (
            (table is None and known[6][DIGITS:] == entry[6][0])
            or as_before(known[6][DIGITS:], entry[6], path, table)
        ):
            changes.unchanged += 1
        else:
            changes.suspect.append((entry, known))
    changes.removed.extend(indexed[at:])
    if unread:
        gone, changes.removed = changes.removed, []
        below = tuple(f"{path}/" if path else "" for path in unread)
        for known in gone:
            hidden = known.path in unread or known.path.startswith(below)
            (changes.unknown if hidden else changes.removed).append(known)
    return changes
