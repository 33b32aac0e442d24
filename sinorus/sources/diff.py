"""What changed since the index was made: a merge of two lists that are sorted by path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from sinorus.model.documents import Fingerprint
from sinorus.sources.walk import Entry


@dataclass(slots=True)
class Changes:
    """How the files differ from what is indexed, each list sorted by path.

    `suspect` files have another size or mtime than the index knows; only their digest can tell
    whether their bytes have changed. `unchanged` counts the rest.
    """

    new: list[Entry] = field(default_factory=list)
    suspect: list[tuple[Entry, Fingerprint]] = field(default_factory=list)
    removed: list[Fingerprint] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything to look into."""
        return bool(self.new or self.suspect or self.removed)


def diff(entries: Iterable[Entry], fingerprints: Iterable[Fingerprint]) -> Changes:
    """What is new, suspect, removed and unchanged. Reads no file.

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
        if known.size == entry.size and known.mtime == entry.mtime:
            changes.unchanged += 1
        else:
            changes.suspect.append((entry, known))
    changes.removed.extend(indexed[at:])
    return changes
