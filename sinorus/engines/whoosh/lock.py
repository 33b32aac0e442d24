"""One writer at a time, and who it is."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sinorus.errors import IndexLockedError, SinorusError

_HOLDER = "writer.json"
_PAUSE = 0.05


@contextmanager
def write_lock(folder: Path, wait: float) -> Iterator[None]:
    """Holds the lock of the index; it goes with the process, however that ends.

    Raises IndexLockedError with the holder's process id after `wait` seconds, SinorusError if
    the folder cannot be written.
    """
    from whoosh.filedb.filestore import FileStorage

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(folder)).lock("MAIN_WRITELOCK")
        deadline = time.monotonic() + wait
        while not lock.acquire():
            if time.monotonic() >= deadline:
                raise IndexLockedError(
                    f"the index is being written by {_holder(folder)}",
                    "wait for it to end, or allow more time with --wait SECONDS",
                )
            time.sleep(_PAUSE)
    except OSError as fault:
        raise _unwritable(folder, fault) from None
    holder = folder / _HOLDER
    try:
        try:
            holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
        except OSError as fault:
            raise _unwritable(folder, fault) from None
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _unwritable(folder: Path, fault: OSError) -> SinorusError:
    return SinorusError(
        f"cannot write the index in {folder}: {fault.strerror}",
        "make room, or check the folder's rights",
    )


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / _HOLDER).read_text("utf-8"))
        here = "" if holder["host"] == socket.gethostname() else f" on {holder['host']}"
        return f"process {holder['pid']}{here}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
