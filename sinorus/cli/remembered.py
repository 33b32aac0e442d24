"""Which hits the last search of this terminal printed, so that a number can stand for each.

A file a terminal in the user's own folder for such things, readable to him alone. It only saves
typing: where it cannot be written or read, or is damaged, nothing is remembered, and nothing in it
is believed but ids, which the index is asked for.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple
from zlib import crc32

from sinorus.model.documents import LONGEST_ID

_MOST = 2_000
"""Hits that are kept of a search."""
_LARGEST = 1 << 20
"""Bytes of a file: what is more is not kept, and not read."""
_OLDEST = 30 * 86_400
"""Seconds after which a search is forgotten."""
_FILES = 200
"""Terminals that are kept."""
_BOOT = "/proc/sys/kernel/random/boot_id"
_NAME = re.compile(r"[0-9a-f]+-[0-9a-f]+-[0-9a-f]+(?:\.[0-9]+)?")
_HASH = re.compile(r"\w{1,64}")
_LAST = 1 << 40
"""More than any number of a hit."""


class Remembered(NamedTuple):
    """The hits that a search of a library printed: ids and hashes, of numbers from `first` on."""

    library: str
    first: int
    hits: tuple[tuple[str, str], ...]

    def hit(self, number: int) -> tuple[str, str] | None:
        """The id and the hash of the hit of that number; None if it was not printed."""
        at = number - self.first
        return self.hits[at] if 0 <= at < len(self.hits) else None

    @property
    def last(self) -> int:
        """The number of the last hit."""
        return self.first + len(self.hits) - 1


def terminal() -> str:
    """A name for the terminal that this process has, safe for a file; empty if it has none.

    It is that of the device, the session in it (devices are given anew) and the run of the system.
    """
    for stream in (1, 2, 0):
        with suppress(OSError):
            if os.isatty(stream):
                device, session = os.fstat(stream).st_rdev, os.getsid(0)
                return f"{device:x}-{session:x}-{_of_this_run():x}"
    return ""


def _of_this_run() -> int:
    """A number that is another on another machine, and after this one was started again."""
    try:
        with open(_BOOT, "rb") as file:
            boot = file.read(64)
    except OSError:  # not every system tells
        boot = b""
    return crc32(boot + os.uname().nodename.encode("utf-8", "replace"))


def _folder() -> Path | None:
    """Where the files are; None where there is no such place."""
    named = os.environ.get("XDG_STATE_HOME", "")
    home = named if os.path.isabs(named) else os.path.expanduser("~/.local/state")
    return Path(home) / "sinorus" / "hits" if os.path.isabs(home) else None


def remember(root: Path, hits: Iterable[tuple[str, str]], first: int) -> None:
    """Keeps what a search of the library `root` printed on this terminal: ids with hashes, the
    number of the first. Where that cannot be, or there is no hit, what was kept stays.
    """
    kept: list[tuple[str, str]] = []
    size = 0
    for one in hits:
        size += len(one[0])
        if len(kept) == _MOST or size > _LARGEST // 16:
            break
        kept.append(one)
    folder, name = _folder(), terminal()
    if folder is None or not name or not kept:
        return
    text = json.dumps({"library": os.path.realpath(root), "first": first, "hits": kept})
    with suppress(OSError):
        _write(folder, name, text.encode("ascii"))


def _write(folder: Path, name: str, content: bytes) -> None:
    """Puts a file in the place of another, whole or not at all."""
    new = str(folder / f"{name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(new, flags, 0o600)
    except FileNotFoundError:
        os.makedirs(folder, 0o700, exist_ok=True)
        handle = os.open(new, flags, 0o600)
    try:
        with open(handle, "wb", buffering=0) as file:
            file.write(content)
        is_new = not (folder / name).exists()
        os.replace(new, folder / name)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise
    if is_new:
        _forget(folder)


def _forget(folder: Path) -> None:
    """Removes what is old, and what is too much."""
    now = time.time()
    with os.scandir(folder) as entries:
        ours = [entry for entry in entries if _NAME.fullmatch(entry.name)]
    dated = sorted((entry.stat(follow_symlinks=False).st_mtime, entry.path) for entry in ours)
    for at, (changed, path) in enumerate(reversed(dated)):
        if at >= _FILES or now - changed > _OLDEST:
            with suppress(OSError):
                os.unlink(path)


def remembered() -> Remembered | None:
    """What the last search of this terminal printed; None where nothing is known of it."""
    folder, name = _folder(), terminal()
    return read_back(folder / name) if folder is not None and name else None


def read_back(path: Path) -> Remembered | None:
    """What a file says that `remember` wrote; None if it is not there, not ours, or damaged."""
    try:
        return _checked(json.loads(_read(path)))
    except (OSError, ValueError, RecursionError):
        return None


def _read(path: Path) -> bytes:
    """The bytes of our own file. Raises OSError; ValueError for what is not one, or an old one."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(path, flags), "rb", buffering=0) as file:
        told = os.fstat(file.fileno())
        ours = S_ISREG(told.st_mode) and told.st_uid == os.geteuid() and told.st_size <= _LARGEST
        if not ours or time.time() - told.st_mtime > _OLDEST:
            raise ValueError
        return file.read(_LARGEST) or b""


def _checked(told: object) -> Remembered:
    """What a file says, if it says it as we write it. Raises ValueError."""
    if not isinstance(told, dict):
        raise ValueError
    library, first, hits = told.get("library"), told.get("first"), told.get("hits")
    if not isinstance(library, str) or type(first) is not int or not 1 <= first < _LAST:
        raise ValueError
    if not isinstance(hits, list) or not 1 <= len(hits) <= _MOST:
        raise ValueError
    return Remembered(library, first, tuple(map(_hit, hits)))


def _hit(told: object) -> tuple[str, str]:
    if not isinstance(told, list) or len(told) != 2 or not all(isinstance(x, str) for x in told):
        raise ValueError
    name, text_hash = told
    document, _, n = name.rpartition("#")
    number = n.isdecimal() and n.isascii() and len(n) <= 9
    if not document or not number or len(name) > LONGEST_ID or not _HASH.fullmatch(text_hash):
        raise ValueError
    return name, text_hash
