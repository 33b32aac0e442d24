"""The files of a library beside what its index knows of them: what is there to do?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sinorus.config import Settings
from sinorus.files import Tree
from sinorus.model import Fault, Fingerprint
from sinorus.model.documents import DIGITS, PART
from sinorus.sources.changes import Changes, diff
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.entry import Entry
from sinorus.sources.stamps import as_before
from sinorus.sources.walk import ALL, Selection, walk

if TYPE_CHECKING:
    from sinorus.sources.bibliography.table import Table

KEPT = "what is known of it is kept"
"""Said of what cannot be read now."""


@dataclass(slots=True)
class Survey:
    """The files of a library beside what the index knows of them, at one moment.

    `lost` names a source folder that is not there: then nothing is known of what has changed.
    `known` is what the index knew; `others` are the paths of files of kinds that are not read;
    `table` is what bibliographies say of which document.
    """

    changes: Changes
    faults: list[Fault]
    lost: Fault | None = None
    known: Sequence[Fingerprint] = ()
    others: Sequence[str] = ()
    table: Table | None = None

    @property
    def stale(self) -> int:
        """How many files may differ."""
        changes = self.changes
        return len(changes.new) + len(changes.suspect) + len(changes.removed)

    @property
    def looks_touched(self) -> list[Entry]:
        """The files that have the size and mtime that the index knows."""
        return [entry for entry, known in self.changes.suspect if self.looks_same(entry, known)]

    def looks_same(self, entry: Entry, known: Fingerprint) -> bool:
        """Whether a file has the size and mtime that are known, and the same is said of it."""
        times = (entry.size, entry.mtime) == (known.size, known.mtime)
        return times and as_before(known.digest[DIGITS:], entry.defaults, entry.path, self.table)

    def keeps(self, fault: Fault) -> bool:
        """Whether documents stay as they are because of a fault."""
        below = f"{fault.path}/"
        return any(
            fingerprint.path == fault.path or fingerprint.path.startswith(below)
            for fingerprint in self.changes.unknown
        )

    def put_aside(self, readable: Callable[[str], bool]) -> list[Fault]:
        """Takes files that cannot be read from what is stale; the faults of indexed ones."""
        changes, faults = self.changes, []
        changes.new = [entry for entry in changes.new if readable(entry.path)]
        for entry, known in changes.suspect:
            if known.document and not readable(entry.path):
                reason = f"cannot be read: permission denied; {KEPT}"
                faults.append(Fault(entry.path, None, reason, skipped=True))
        changes.suspect = [pair for pair in changes.suspect if readable(pair[0].path)]
        return faults


Look = Callable[[Sequence[Fingerprint]], Survey]
"""A survey of the files beside what is known of them."""


class LibraryFiles:
    """The files of a library as its settings have them."""

    def __init__(self, place: Conversions, settings: Settings) -> None:
        self._tree, self._settings, self._place = place.tree, settings, place
        self.quick_place = place.quickly()
        """The same place for a search."""
        self._chosen: Selection | None = None
        self.others: Sequence[str] = ()
        """The files of kinds that are not read, as last looked at."""

    def look(self, known: Sequence[Fingerprint], only: Collection[str] | None = None) -> Survey:
        """What differs between the files and what is `known` of them; of the paths `only`.

        Raises ConfigError for what settings may not say of files.
        """
        return self._look(self._place, known, only)

    def quick_look(self, known: Sequence[Fingerprint]) -> Survey:
        """The same for a search, which takes of large bibliographies what was read before."""
        return self._look(self.quick_place, known)

    def _look(
        self, place: Conversions, known: Sequence[Fingerprint], only: Collection[str] | None = None
    ) -> Survey:
        settings = self._settings
        if self._chosen is None:
            self._chosen = ALL
            if settings["exclude"] or settings["folder"]:
                from sinorus.library.selection import selection

                self._chosen = selection(self._tree, settings)
        files = place.bibliography
        table = files.bibliography().table if files is not None else None
        seen = survey(self._tree, settings["sources"], known, only, self._chosen, table)
        self.others = seen.others
        return seen

    def with_settings(self, faults: Sequence[Fault]) -> tuple[Fault, ...]:
        """The faults of files, and what is wrong with the settings' folders and bibliographies."""
        tables, files = self._settings["folder"], self._place.bibliography
        if not tables and files is None:
            return tuple(faults)
        from sinorus.library.selection import table_faults

        found = [*table_faults(self._tree, tables), *faults]
        found += files.bibliography().table.faults if files is not None else ()
        return tuple(sorted(found, key=lambda fault: (fault.path, fault.line or 0)))


def survey(
    tree: Tree,
    folders: Sequence[str],
    known: Iterable[Fingerprint],
    only: Collection[str] | None = None,
    chosen: Selection = ALL,
    table: Table | None = None,
) -> Survey:
    """What differs between the files and the index; of the paths `only`, where given."""
    found = walk(tree, folders, chosen)
    if table is not None:
        found.entries = _claimed(found.entries, table.claims(tree.root, _paths(found.entries)))
    entries, faults, all_known = found.entries, found.faults, list(known)
    others = found.others
    fingerprints, broken = _once([one for one in all_known if PART not in one.path])
    if only is not None:
        there = {entry.path for entry in entries} | {
            fingerprint.path for fingerprint in fingerprints
        }
        entries = [entry for entry in entries if entry.path in only]
        fingerprints = [fingerprint for fingerprint in fingerprints if fingerprint.path in only]
        faults = [fault for fault in faults if fault.path in only]
        others = [path for path in others if path in only]
        named = there | {fault.path for fault in faults} | set(others)
        faults += [
            Fault(path, None, "is not a file in a source folder", skipped=True)
            for path in sorted(only)
            if path not in named
        ]
    fingerprints = _read_again(fingerprints, broken)
    changes = diff(entries, fingerprints, found.unread, table)
    if heirs := _heirs(all_known, changes.removed):
        changes = diff(entries, _read_again(fingerprints, heirs), found.unread, table)
    seen = Survey(changes, faults, found.lost, all_known, others, table)
    seen.faults = [
        replace(fault, reason=f"{fault.reason}; {KEPT}") if seen.keeps(fault) else fault
        for fault in faults
    ]
    return seen


def _paths(entries: Sequence[Entry]) -> Iterator[str]:
    return (entry.path for entry in entries)


def _claimed(entries: list[Entry], claims: Mapping[str, str]) -> list[Entry]:
    """The files, those that an entry of a bibliography names with that entry."""
    if not claims:
        return entries
    return [
        entry._replace(defaults=entry.defaults._replace(claim=claims[entry.path]))
        if entry.path in claims
        else entry
        for entry in entries
    ]


def _once(known: Sequence[Fingerprint]) -> tuple[list[Fingerprint], set[str]]:
    """Each file once, and the paths of those of which the index has an id or a path twice.

    That was possible before writers decided under the lock; such a file is read again.
    """
    fingerprints = {fingerprint.path: fingerprint for fingerprint in known}
    named = [fingerprint.document for fingerprint in known if fingerprint.document]
    if len(fingerprints) == len(known) and len(set(named)) == len(named):
        return list(known), set()
    counts = Counter(fingerprint.path for fingerprint in known)
    broken, owners = {path for path, count in counts.items() if count > 1}, dict[str, str]()
    for fingerprint in sorted(known, key=lambda fingerprint: fingerprint.path):
        if (
            fingerprint.document
            and owners.setdefault(fingerprint.document, fingerprint.path) != fingerprint.path
        ):
            broken.add(fingerprint.path)
    return list(fingerprints.values()), broken


def _read_again(known: list[Fingerprint], paths: Collection[str]) -> list[Fingerprint]:
    """What is known of files, those at `paths` so that they are read whatever their state."""
    if not paths:
        return known
    return [one._replace(size=-1) if one.path in paths else one for one in known]


def _heirs(known: Sequence[Fingerprint], removed: Sequence[Fingerprint]) -> set[str]:
    """The files that go by `ID~2` since one that is now removed had the id that they give."""
    free = {one.document for one in removed if one.document}
    if not free:
        return set()
    parted = ((one, one.document.rpartition("~")) for one in known if "~" in one.document)
    return {
        one.path.partition(PART)[0]
        for one, (name, _, number) in parted
        if name in free and number.isdecimal()
    }


_TOUCHED_FILES, _TOUCHED_BYTES = 2_000, 50_000_000
"""Files that have the size and mtime that the index knows, as after copying a library, are only
read, which is done for so many in about a second."""


def few_touched(seen: Survey) -> bool:
    """Whether files that look touched are so few that they can be read on the way."""
    touched = seen.looks_touched
    size = sum(entry.size for entry in touched)
    return len(touched) <= _TOUCHED_FILES and size <= _TOUCHED_BYTES


def drop_touched(tree: Tree, seen: Survey) -> None:
    """Takes files from the suspect ones that hold what the index knows. Reads all that do so."""
    from sinorus.library.reading import holds_the_same

    changes = seen.changes
    suspect = [
        (entry, known)
        for entry, known in changes.suspect
        if not (seen.looks_same(entry, known) and holds_the_same(tree, (entry, known), seen.table))
    ]
    changes.unchanged += len(changes.suspect) - len(suspect)
    changes.suspect = suspect
