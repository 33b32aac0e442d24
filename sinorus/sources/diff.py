"""What changed since the index was made: a merge of two lists that are sorted by path."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from sinorus.model.documents import Fingerprint
from sinorus.sources.walk import Entry


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
    entries: Iterable[Entry], fingerprints: Iterable[Fingerprint], unread: Collection[str] = ()
) -> Changes:
    """What is new, suspect, removed and unchanged. Reads no file.

    What lies at or below the paths `unread` is unknown and not removed.

    Either side may come in any order (engines sort by document id); sorting what is sorted
    already costs next to nothing.
    """
    changes = Changes()
    indexed = sorted(fingerprints, key=attrgetter("path"))
    at, end = 0, len(indexed)
    for entry in sorted(entries):
        while at < end and indexed[at].path < entry.path:
            changes.removed.append(indexed[at])
            at += 1
        if at == end or indexed[at].path != entry.path:
            changes.new.append(entry)
            continue
        known = indexed[at]
        at += 1
        if known[2:6] == entry[2:6]:  # size, mtime, ctime, inode
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
