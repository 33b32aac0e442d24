"""Which source files a library has now.

Every search asks this, so it imports next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from errno import ELOOP
from operator import itemgetter
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from sinorus.files import LeadsOut, Tree
from sinorus.model.documents import Fault
from sinorus.model.folders import NO_DEFAULTS, Defaults
from sinorus.sources import beside
from sinorus.sources.entry import Entry
from sinorus.sources.ignore_files import (
    IGNORE_FILE,
    OUTSIDE,
    IgnoreFiles,
    Unreadable,
    cannot_be_read,
    folders_above,
    left_out,
)
from sinorus.sources.kinds import is_kind_read, without_parts_of_pages

if TYPE_CHECKING:  # imported where there is something to leave out
    from sinorus.sources.ignore import Chain, Rules

_COMMONEST = (".md", ".txt")
_NEVER = "node_modules"
"""The folder that is never entered, as are those whose names begin with a dot."""

_DANGLING = "a link to something that does not exist"
_SPECIAL = "a socket, pipe or device is not read"


class Selection(NamedTuple):
    """What settings say of the files below source folders.

    `exclude` are patterns of paths to leave out; `defaults` what is said of documents, by the
    folder they lie below.
    """

    exclude: Rules | None = None
    defaults: Mapping[str, Defaults] = {}


ALL = Selection()


@dataclass(slots=True)
class Walk:
    """The sources of a library, sorted by path, and what was found but cannot be one.

    `others` are the paths of files of kinds that are not read. `unread` are the paths of files and
    folders that could not be looked at: whether what lies there has changed is not known. `lost` is
    the first source folder that is not there, or none.
    """

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: Fault | None = None


def walk(tree: Tree, folders: Sequence[str], chosen: Selection = ALL) -> Walk:
    """The text files below `folders` of a library that are not left out; nothing is raised.

    No file is opened but those that say what is left out. Names that begin with a dot and
    `node_modules` are passed over in silence; what should be a source and cannot be read is a
    skipped `Fault`. A link is followed if it stays in the library, after all that is really there,
    so that a file or folder that can be reached twice is listed once, under its own name.
    """
    found = Walk()
    visit = _Visit(tree, found, chosen)
    for folder in folders:
        visit.start(folder)
    visit.follow_links()
    found.entries.sort()
    found.others.sort()
    found.faults.sort(key=lambda fault: fault.path)
    return found


class _Place(NamedTuple):
    """What holds for all files of one folder: the source folder, defaults, what is left out."""

    folder: str
    defaults: Defaults
    chain: Chain | None


class _Visit:
    """One walk: the folders seen so far and the links kept for the end."""

    def __init__(self, tree: Tree, found: Walk, chosen: Selection) -> None:
        self.tree, self.found, self.defaults = tree, found, chosen.defaults
        self.patterns = IgnoreFiles(tree, found.faults, chosen.exclude)
        self.seen: set[tuple[int, int]] = set()
        self.links: list[tuple[str, _Place]] = []
        self.beside: dict[str, beside.States] = {}
        """What describes the files that links may lead to."""

    def fault(self, path: str, reason: str) -> None:
        """Notes what cannot be a source, though it is named like one."""
        if is_kind_read(path.rpartition("/")[2]):
            self.found.faults.append(Fault(path, None, reason, skipped=True))
        else:
            self.found.others.append(path)

    def unread(self, path: str, reason: str) -> None:
        """Notes what cannot be looked at now, and perhaps another time."""
        self.found.faults.append(Fault(path, None, reason, skipped=True))
        self.found.unread.append(path)

    def start(self, written: str) -> None:
        """Walk one source folder, unless it is missing or not in the library."""
        try:
            folder = self.tree.locate(written)
            os.close(self.tree.open_folder(folder))
        except LeadsOut:
            self._lost(
                os.path.normpath(written),
                "the source folder lies outside the library; name where it leads in `trusted` of "
                "your own config.toml if it may be read",
            )
        except FileNotFoundError:
            reason = "does not exist; create it or correct `sources`"
            self._lost(folder, f"the source folder {reason}")
        except NotADirectoryError:
            self._lost(folder, "the source folder is not a folder")
        except OSError as error:
            if error.errno == ELOOP:
                self._lost(folder, "the source folder is a link to itself")
            else:
                self.unread(folder, cannot_be_read(error))
        else:
            self._enter(folder)

    def _enter(self, folder: str) -> None:
        """Walk a source folder with what holds in those that it lies in."""
        place = _Place(folder, NO_DEFAULTS, self.patterns.first)
        try:
            for above in folders_above(folder):
                place = self._within(place, above)
        except Unreadable as fault:
            self.unread(folder, str(fault))
        else:
            self.descend(folder, place)

    def _within(self, place: _Place, folder: str, ignores: bool = True) -> _Place:
        """What holds in a folder that lies in another; `ignores`: it has patterns of its own."""
        if folder in self.defaults:
            place = place._replace(defaults=self.defaults[folder])
        return place._replace(chain=self.patterns.of(folder, place.chain)) if ignores else place

    def _lost(self, path: str, reason: str) -> None:
        self.found.faults.append(Fault(path, None, reason, skipped=True))
        self.found.lost = self.found.lost or self.found.faults[-1]

    def follow_links(self) -> None:
        """Follow what was put aside; links found on the way are put aside in their turn."""
        if not self.links:
            return
        known = {entry.path for entry in self.found.entries}
        self.links.sort(key=itemgetter(0), reverse=True)
        while self.links:
            path, place = self.links.pop()
            try:
                self._follow(path, place, known)
            except LeadsOut:
                self.fault(path, OUTSIDE)
            except FileNotFoundError:
                self.fault(path, _DANGLING)
            except OSError as error:
                if error.errno == ELOOP:
                    self.fault(path, _DANGLING)
                else:
                    self.unread(path, cannot_be_read(error))

    def _follow(self, path: str, place: _Place, known: set[str]) -> None:
        target = self.tree.settle(path)
        state = self.tree.stat(target)
        if S_ISDIR(state.st_mode):
            never = path.rpartition("/")[2] == _NEVER
            if not never and not left_out(place.chain, path, folder=True):
                self.descend(path, place)
        elif not S_ISREG(state.st_mode):
            self.fault(path, _SPECIAL)
        elif target not in known:
            known.add(target)
            if is_kind_read(path.rpartition("/")[2]):
                entry = _entry(path, place, state)
                if path in self.beside:
                    entry = beside.described(entry, self.beside[path])
                self.found.entries.append(entry)
            else:
                self.found.others.append(path)

    def descend(self, top: str, place: _Place) -> None:
        """Add everything below `top`, with a list of folders to do in place of recursion."""
        waiting = [(top, place)]
        while waiting:
            path, place = waiting.pop()
            try:
                handle = self.tree.open_folder(path)
            except (FileNotFoundError, LeadsOut):
                continue  # gone since its parent was listed, or a link in its place
            except OSError as error:
                self.unread(path, cannot_be_read(error))
                continue
            try:
                state = os.fstat(handle)
                if (state.st_dev, state.st_ino) in self.seen:
                    continue
                self.seen.add((state.st_dev, state.st_ino))
                with os.scandir(handle) as listing:
                    self._sort_out(listing, path, place, waiting, handle)
            except OSError as error:
                self.unread(path, cannot_be_read(error))
            except Unreadable as fault:
                self.unread(path, str(fault))
            finally:
                os.close(handle)

    def _sort_out(
        self,
        listing: Iterable[os.DirEntry[str]],
        folder: str,
        place: _Place,
        waiting: list[tuple[str, _Place]],
        handle: int,
    ) -> None:
        place = self._within(place, folder, ignores=False)
        met = _Met()
        met.meet(listing, folder + "/" if folder else "", place)
        if met.ignores:
            place = self._within(place, folder)
        if place.chain is not None:
            met.leave_out(place.chain)
        if met.uncommon or met.links or any(map(beside.may_describe, met.others)):
            self.beside |= beside.pair(met.files, met.others, met.links, handle)
        met.folders = without_parts_of_pages(met.folders, met.files)
        self.found.entries += met.files
        self.found.others += met.others
        self.links += [(path, place) for path in met.links]
        waiting += [(path, place) for path in met.folders]
        for path in met.special:
            self.fault(path, _SPECIAL)
        for path, reason in met.unread:
            self.unread(path, reason)


class _Met:
    """What a folder holds, until it is known what of it is left out."""

    def __init__(self) -> None:
        self.files: list[Entry] = []
        self.others: list[str] = []
        self.folders: list[str] = []
        self.links: list[str] = []
        self.special: list[str] = []
        self.unread: list[tuple[str, str]] = []
        self.ignores = self.uncommon = False
        """Whether there is a file of patterns, and a source that a note may describe."""

    def meet(self, listing: Iterable[os.DirEntry[str]], prefix: str, place: _Place) -> None:
        """Sorts out what is listed."""
        folder, defaults, _ = place
        files, new = self.files, tuple.__new__
        for entry in listing:
            name = entry.name
            if name[0] == ".":
                self.ignores = self.ignores or name == IGNORE_FILE
                continue
            path = prefix + name
            try:
                if entry.is_file(follow_symlinks=False):
                    common = name.endswith(_COMMONEST)
                    if common or is_kind_read(name):
                        self.uncommon = self.uncommon or not common
                        state = entry.stat(follow_symlinks=False)
                        times = state.st_mtime_ns, state.st_ctime_ns
                        known = path, folder, state.st_size, *times, state.st_ino, defaults
                        files.append(new(Entry, known))  # as Entry(…), in half the time
                    else:
                        self.others.append(path)
                elif entry.is_symlink():
                    self.links.append(path)
                elif not entry.is_dir(follow_symlinks=False):
                    self.special.append(path)
                elif name != _NEVER:
                    self.folders.append(path)
            except FileNotFoundError:
                continue  # gone since it was listed
            except OSError as error:
                self.unread.append((path, cannot_be_read(error)))

    def leave_out(self, chain: Chain) -> None:
        """Drops what is excluded."""
        from sinorus.sources.ignore import excluded

        def kept(path: str, folder: bool = False) -> bool:
            return not excluded(chain, path, folder=folder)

        self.files = [entry for entry in self.files if kept(entry.path)]
        self.others = [path for path in self.others if kept(path)]
        self.links = [path for path in self.links if kept(path)]
        self.special = [path for path in self.special if kept(path)]
        self.unread = [pair for pair in self.unread if kept(pair[0])]
        self.folders = [path for path in self.folders if kept(path, folder=True)]


def _entry(path: str, place: _Place, state: os.stat_result) -> Entry:
    times = state.st_mtime_ns, state.st_ctime_ns
    return Entry(path, place.folder, state.st_size, *times, state.st_ino, place.defaults)
