"""One writer at a time, and who it is."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sinorus.errors import IndexLockedError, SinorusError, UnwritableIndexError
from sinorus.files import Folder, NotRegular, Tree
from sinorus.shortage import shortage

_LOCK = "MAIN_WRITELOCK"
"""As Whoosh calls it, so that its writers and ours keep out of each other's way."""
_HOLDER = "writer.json"
_LARGEST = 4096
_PAUSE = 0.05


@contextmanager
def write_lock(tree: Tree, name: str, wait: float) -> Iterator[tuple[Folder, bool]]:
    """The folder of an index, made if need be, with its lock, which goes with the process.

    And whether another had the lock before.

    Raises IndexLockedError with the holder's process id after `wait` seconds, SinorusError if
    the folder cannot be written.
    """
    try:
        folder = tree.make_folder(name)
        handle = _opened(folder)
    except OSError as fault:
        raise unwritable(os.path.join(tree.root, name), fault) from None  # noqa: PTH118
    try:
        waited = _acquire(folder, handle, wait)
        holder = json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode()
        try:
            try:
                folder.write(_HOLDER, holder)
            except OSError as fault:
                raise unwritable(folder.path, fault) from None
            yield folder, waited
        finally:
            with suppress(OSError):
                folder.remove(_HOLDER)
    finally:
        os.close(handle)


def _opened(folder: Folder) -> int:
    try:
        return folder.open_or_create(_LOCK)
    except NotRegular:
        raise SinorusError(
            f"{folder.path}/{_LOCK} is not a regular file", "take it away and run sinorus again"
        ) from None


def _acquire(folder: Folder, handle: int, wait: float) -> bool:
    """Takes the lock; whether it had to be waited for."""
    waited = False
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise IndexLockedError(f"the index is being written by {_writer(folder)}") from None
            waited = True
            time.sleep(_PAUSE)
        except OSError as fault:
            raise unwritable(folder.path, fault) from None
        else:
            return waited


def beat(folder: Folder) -> None:
    """Shows those who wait that the holder of the lock goes on."""
    with suppress(OSError):
        os.utime(_HOLDER, dir_fd=folder.handle, follow_symlinks=False)


def signs_of_work(folder: Folder) -> object:
    """What changes while a writer goes on; None if nobody writes."""
    try:
        handle = folder.open(_LOCK)
    except OSError:
        return None
    try:
        # A shared lock keeps no writer waiting for longer than it takes to ask for it.
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return sorted(_states(folder))
    finally:
        os.close(handle)
    return None


def _states(folder: Folder) -> Iterator[tuple[str, int, int]]:
    for name in folder.names():
        with suppress(OSError):  # it goes while it is looked at: that is work too
            state = folder.stat(name)
            yield name, state.st_size, state.st_mtime_ns


def unwritable(path: str, fault: OSError) -> SinorusError:
    """The sentence about an index that cannot be written."""
    return shortage(fault) or UnwritableIndexError(
        f"cannot write the index in {path}: {fault.strerror}",
        "make room, or check the permissions of the folder",
    )


def _writer(folder: Folder) -> str:
    try:
        holder = json.loads(folder.read(_HOLDER, _LARGEST))
        here = "" if holder["host"] == socket.gethostname() else f" on {holder['host']}"
        return f"process {holder['pid']}{here}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
