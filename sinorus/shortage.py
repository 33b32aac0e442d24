"""What the system may be short of, whatever program asks: open files and memory."""

from __future__ import annotations

import errno

from sinorus.errors import ShortageError

_FILES, _MEMORY = "too many open files", "not enough memory"
_OF_MEMORY = ("cannot allocate memory", "failed to map", "can't start new thread")
_ROOM = 96 << 20
"""Bytes that numpy may ask for when it is loaded. The linear algebra in it does not return an error
when it gets none: it ends the process."""


def shortage(fault: BaseException) -> ShortageError | None:
    """The error that says so, if the system is short of open files or memory; else None."""
    short = None
    if isinstance(fault, ShortageError):
        return fault
    if isinstance(fault, MemoryError):
        short = _MEMORY
    elif isinstance(fault, OSError):
        files = fault.errno in (errno.EMFILE, errno.ENFILE)
        short = _FILES if files else _MEMORY if fault.errno == errno.ENOMEM else None
    elif isinstance(fault, (ImportError, RuntimeError)):
        # The loader of extension modules and the start of a thread say it in words.
        said = str(fault).lower()
        files, memory = _FILES in said, any(words in said for words in _OF_MEMORY)
        short = _FILES if files else _MEMORY if memory else None
    if short is None:
        return None
    limit = "ulimit -n" if short == _FILES else "ulimit -v"
    return ShortageError(short, f"close other programs, or allow more: {limit} shows how much")


def require_room_for_numpy() -> None:
    """Raises ShortageError where loading numpy would end the process."""
    try:
        import mmap  # here, since what says that memory is short must need none itself

        mmap.mmap(-1, _ROOM).close()
    except (OSError, MemoryError, ImportError) as fault:
        raise shortage(fault) or fault from None
