"""Which source files a library has now, and what differs from what is indexed.

Every search asks this, so it imports next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from errno import ELOOP
from operator import attrgetter
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from sinorus.files import LeadsOut, Tree
from sinorus.model.documents import Fault, Fingerprint

SUFFIXES = frozenset({"", ".md", ".markdown", ".mkd", ".txt", ".text"})
_COMMONEST = (".md", ".txt")
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd"})

_OUTSIDE = "a link that leaves the library is not followed"
_DANGLING = "a link to something that does not exist"
_SPECIAL = "a socket, pipe or device is not read"


class Entry(NamedTuple):
    """A source file as the file system shows it, without opening it.

    `path` is relative to the library with `/` (undecodable bytes as surrogates), or absolute in a
    folder outside that the user trusts; `folder` is the source folder it was found through; `size`
    in bytes, `mtime` and `ctime` in nanoseconds.
    """

    path: str
    folder: str
    size: int
    mtime: int
    ctime: int
    inode: int


@dataclass(slots=True)
class Walk:
    """The sources of a library, sorted by path, and what was found but cannot be one.

    `unread` are the paths of files and folders that could not be looked at: whether what lies there
    has changed is not known. `lost` is the first source folder that is not there, or none.
    """

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: Fault | None = None


def suffix_of(name: str) -> str:
    """The lower-case suffix of a file name with its dot, or `""`.

    What contains a space is a sentence and no suffix (`Mr. Smith`), nor is a lone dot at the end.
    """
    _, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if dot and suffix and " " not in suffix else ""


def walk(tree: Tree, folders: Sequence[str]) -> Walk:
    """The text files below `folders` of a library; no file is opened, nothing raised.

    Names that start with a dot are passed over in silence; everything else that is not a source
    is a skipped `Fault`. A link is followed if it stays in the library, after all that is really
    there, so that a file or folder that can be reached twice is listed once, under its own name.
    """
    found = Walk()
    visit = _Visit(tree, found)
    for folder in folders:
        visit.start(folder)
    visit.follow_links()
    found.entries.sort()
    found.faults.sort(key=lambda fault: fault.path)
    return found


class _Visit:
    """One walk: the folders seen so far and the links kept for the end."""

    def __init__(self, tree: Tree, found: Walk) -> None:
        self.tree, self.found = tree, found
        self.seen: set[tuple[int, int]] = set()
        self.links: list[tuple[str, str]] = []

    def fault(self, path: str, reason: str) -> None:
        self.found.faults.append(Fault(path, None, reason, skipped=True))

    def unread(self, path: str, error: OSError) -> None:
        """Notes what cannot be looked at now, and perhaps another time."""
        self.fault(path, cannot_be_read(error))
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
                self.unread(folder, error)
        else:
            self.descend(folder, folder)

    def _lost(self, path: str, reason: str) -> None:
        self.fault(path, reason)
        self.found.lost = self.found.lost or self.found.faults[-1]

    def follow_links(self) -> None:
        """Follow what was put aside; links found on the way are put aside in their turn."""
        if not self.links:
            return
        known = {entry.path for entry in self.found.entries}
        self.links.sort(reverse=True)
        while self.links:
            path, folder = self.links.pop()
            try:
                self._follow(path, folder, known)
            except LeadsOut:
                self.fault(path, _OUTSIDE)
            except FileNotFoundError:
                self.fault(path, _DANGLING)
            except OSError as error:
                if error.errno == ELOOP:
                    self.fault(path, _DANGLING)
                else:
                    self.unread(path, error)

    def _follow(self, path: str, folder: str, known: set[str]) -> None:
        target = self.tree.settle(path)
        state = self.tree.stat(target)
        if S_ISDIR(state.st_mode):
            self.descend(path, folder)
        elif not S_ISREG(state.st_mode):
            self.fault(path, _SPECIAL)
        elif target not in known:
            known.add(target)
            if self._is_source(path.rpartition("/")[2], path):
                self.found.entries.append(_entry(path, folder, state))

    def descend(self, top: str, folder: str) -> None:
        """Add everything below `top`, with a list of folders to do in place of recursion."""
        waiting = [top]
        while waiting:
            path = waiting.pop()
            try:
                handle = self.tree.open_folder(path)
            except (FileNotFoundError, LeadsOut):
                continue  # gone since its parent was listed, or a link in its place
            except OSError as error:
                self.unread(path, error)
                continue
            try:
                state = os.fstat(handle)
                if (state.st_dev, state.st_ino) in self.seen:
                    continue
                self.seen.add((state.st_dev, state.st_ino))
                with os.scandir(handle) as listing:
                    self._sort_out(listing, path + "/" if path else "", folder, waiting)
            except OSError as error:
                self.unread(path, error)
            finally:
                os.close(handle)

    def _sort_out(
        self, listing: Iterable[os.DirEntry[str]], prefix: str, folder: str, waiting: list[str]
    ) -> None:
        append = self.found.entries.append
        for entry in listing:
            name = entry.name
            if name[0] == ".":
                continue
            path = prefix + name
            try:
                if entry.is_symlink():
                    self.links.append((path, folder))
                elif entry.is_file(follow_symlinks=False):
                    if name.endswith(_COMMONEST) or self._is_source(name, path):
                        append(_entry(path, folder, entry.stat(follow_symlinks=False)))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    self.fault(path, _SPECIAL)
            except FileNotFoundError:
                continue  # gone since it was listed
            except OSError as error:
                self.unread(path, error)

    def _is_source(self, name: str, path: str) -> bool:
        suffix = suffix_of(name)
        if suffix in SUFFIXES:
            return True
        reason = f"not a text file sinorus reads ({suffix}); save it as .md or .txt"
        self.fault(path, reason)
        return False


def _entry(path: str, folder: str, state: os.stat_result) -> Entry:
    times = state.st_mtime_ns, state.st_ctime_ns
    return Entry(path, folder, state.st_size, *times, state.st_ino)


def cannot_be_read(error: OSError) -> str:
    """What the system says, as the user would put it."""
    return f"cannot be read: {(error.strerror or 'unknown error').lower()}"


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
