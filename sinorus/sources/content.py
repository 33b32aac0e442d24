"""The bytes of a file with the state of the file that they were read from."""

from __future__ import annotations

import hashlib
import os
from time import sleep, time_ns
from typing import NamedTuple

from sinorus.files import Tree, read_all
from sinorus.model import Fingerprint

LARGEST = 1 << 28
"""Bytes that a source file may have."""
_TICK = 20_000_000
"""Nanoseconds between two times that a file system tells apart, at most, where it takes them from
the clock of the kernel. One that counts seconds, or as FAT pairs of them, is known by its times."""
_COARSE_TICK = 2_000_000_000


class FileContent(NamedTuple):
    """The bytes of a file, their digest, and the state of the file that they were read from."""

    raw: bytes
    digest: str
    mtime: int
    ctime: int
    """In nanoseconds, as is `mtime`; 0 where it was written so shortly before that later writing
    may leave no trace."""
    inode: int

    def fingerprint(self, document: str, path: str, stamp: str = "") -> Fingerprint:
        """What is known of the file from now on; `stamp` is of what others say of it."""
        times = self.mtime, self.ctime
        return Fingerprint(document, path, len(self.raw), *times, self.inode, self.digest + stamp)


def read_content(tree: Tree, path: str, most: int = LARGEST) -> FileContent:
    """The bytes of a file, all of the same opened one. Raises LeadsOut, NotRegular, TooLarge,
    OSError.
    """
    handle = tree.open_file(path)
    age = time_ns() - os.fstat(handle).st_ctime_ns
    if 0 <= age < _TICK:  # then it need not be read again at the next look
        sleep((_TICK - age) / 1e9)
    now, state = time_ns(), os.fstat(handle)
    raw = read_all(handle, path, most)
    counts_seconds = not (state.st_ctime_ns % 1_000_000_000 or state.st_mtime_ns % 1_000_000_000)
    tick = _COARSE_TICK if counts_seconds else _TICK
    racy = state.st_ctime_ns > now - tick or len(raw) != state.st_size
    ctime = 0 if racy else state.st_ctime_ns
    return FileContent(raw, digest_of(raw), state.st_mtime_ns, ctime, state.st_ino)


def digest_of(raw: bytes) -> str:
    """What tells bytes from others: `DIGITS` hexadecimal digits."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()
