"""Which source files a library has now. Every search asks this, so it imports next to nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from sinorus.model.documents import Fault

SUFFIXES = frozenset({"", ".md", ".markdown", ".mkd", ".txt", ".text"})
_COMMONEST = (".md", ".txt")
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd"})

_OUTSIDE = "a link that leaves the library is not followed"
_DANGLING = "a link to something that does not exist"
_SPECIAL = "a socket, pipe or device is not read"


class Entry(NamedTuple):
    """A source file as the file system shows it, without opening it.

    `path` is relative to the library with `/` (undecodable bytes as surrogates), `folder` the
    source folder it was found through; `size` in bytes, `mtime` in nanoseconds.
    """

    path: str
    folder: str
    size: int
    mtime: int


@dataclass(slots=True)
class Walk:
    """The sources of a library, sorted by path, and what was found but cannot be one."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def suffix_of(name: str) -> str:
    """The lower-case suffix of a file name with its dot, or `""`.

    What contains a space is a sentence and no suffix (`Mr. Smith`), nor is a lone dot at the end.
    """
    _, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if dot and suffix and " " not in suffix else ""


def walk(root: str, folders: Sequence[str]) -> Walk:
    """The text files below `folders` of the library `root`; nothing is opened, nothing raised.

    Names that start with a dot are passed over in silence; everything else that is not a source
    is a skipped `Fault`. A link is followed if it stays in the library, after all that is really
    there, so that a file or folder that can be reached twice is listed once, under its own name.
    """
    found = Walk()
    visit = _Visit(root, found)
    for folder in folders:
        visit.start(folder)
    visit.follow_links()
    found.entries.sort()
    found.faults.sort(key=lambda fault: fault.path)
    return found


class _Visit:
    """One walk: the folders seen so far and the links kept for the end."""

    def __init__(self, root: str, found: Walk) -> None:
        self.root = root
        self.base = os.path.join(root, "")  # noqa: PTH118 - pathlib costs more than the walk
        self.found = found
        self.seen: set[tuple[int, int]] = set()
        self.links: list[tuple[str, str]] = []
        self._real_root = ""

    def fault(self, path: str, reason: str) -> None:
        self.found.faults.append(Fault(path, None, reason, skipped=True))

    def start(self, folder: str) -> None:
        """Walk one source folder, unless it is missing or not in the library."""
        path = os.path.normpath(folder).replace(os.sep, "/")
        full = self.base + path
        if not os.path.isdir(full):  # noqa: PTH112
            there = os.path.lexists(full)
            reason = (
                "is not a folder" if there else "does not exist; create it or correct `sources`"
            )
            self.fault(path, f"the source folder {reason}")
        elif self._inside(full) is None:
            self.fault(path, "the source folder lies outside the library")
        else:
            self.descend("" if path == "." else path, path)

    def follow_links(self) -> None:
        """Follow what was put aside; links found on the way are put aside in their turn."""
        if not self.links:
            return
        known = {entry.path for entry in self.found.entries}
        self.links.sort(reverse=True)
        while self.links:
            path, folder = self.links.pop()
            target = self._inside(self.base + path)
            if target is None:
                there = os.path.exists(self.base + path)  # noqa: PTH110
                self.fault(path, _OUTSIDE if there else _DANGLING)
            elif os.path.isdir(self.base + path):  # noqa: PTH112
                self.descend(path, folder)
            elif target not in known:
                known.add(target)
                self._linked_file(path, folder)

    def _linked_file(self, path: str, folder: str) -> None:
        from stat import S_ISREG

        try:
            state = os.stat(self.base + path)  # noqa: PTH116
        except OSError as error:
            self.fault(path, _reason(error))
            return
        if not S_ISREG(state.st_mode):
            self.fault(path, _SPECIAL)
        elif self._is_source(path.rpartition("/")[2], path):
            self.found.entries.append(Entry(path, folder, state.st_size, state.st_mtime_ns))

    def descend(self, top: str, folder: str) -> None:
        """Add everything below `top`, with a list of folders to do in place of recursion."""
        waiting = [top]
        while waiting:
            path = waiting.pop()
            try:
                state = os.stat(self.base + path)  # noqa: PTH116
                if (state.st_dev, state.st_ino) in self.seen:
                    continue
                self.seen.add((state.st_dev, state.st_ino))
                with _opened(self.base + path) as handle, os.scandir(handle) as listing:
                    self._sort_out(listing, path + "/" if path else "", folder, waiting)
            except FileNotFoundError:
                continue  # gone since its parent was listed
            except OSError as error:
                self.fault(path, _reason(error))

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
                        state = entry.stat(follow_symlinks=False)
                        append(Entry(path, folder, state.st_size, state.st_mtime_ns))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    self.fault(path, _SPECIAL)
            except FileNotFoundError:
                continue  # gone since it was listed
            except OSError as error:
                self.fault(path, _reason(error))

    def _is_source(self, name: str, path: str) -> bool:
        suffix = suffix_of(name)
        if suffix in SUFFIXES:
            return True
        reason = f"not a text file sinorus reads ({suffix}); save it as .md or .txt"
        self.fault(path, reason)
        return False

    def _inside(self, full: str) -> str | None:
        """The real path below the library with `/`, or None if it is not there."""
        self._real_root = self._real_root or os.path.realpath(self.root)
        try:
            real = os.path.realpath(full, strict=True)
        except OSError:
            return None
        if real == self._real_root:
            return ""
        below = os.path.join(self._real_root, "")  # noqa: PTH118
        return real[len(below) :].replace(os.sep, "/") if real.startswith(below) else None


@contextmanager
def _opened(folder: str) -> Iterator[int | str]:
    """A folder by its handle, where the system can list that.

    The files in it are then found without going through all folders above it again and again.
    """
    if os.scandir not in os.supports_fd:
        yield folder
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    """What the system says, as the user would put it."""
    return f"cannot be read: {(error.strerror or 'unknown error').lower()}"
