"""What is said where a file of the index is cut while it is mapped.

Reading what is gone raises no exception: the system sends SIGBUS, on which no line of Python runs
any more. So a function of the C library has it call the few that say what happened.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

_SAID = (
    b"error: the index is damaged: a file of it was cut while it was read\n"
    b"  run sinorus index --rebuild\n"
)
_kept: list[Any] = []
"""The handler, which must live as long as the process."""


def say_when_cut() -> None:
    """From now on such a process ends with exit code 2 and a sentence."""
    if _kept or sys.platform not in ("linux", "darwin"):
        return
    import ctypes

    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(_end)
    system = ctypes.CDLL(None).signal
    system.argtypes, system.restype = [ctypes.c_int, ctypes.c_void_p], ctypes.c_void_p
    system(signal.SIGBUS, ctypes.cast(handler, ctypes.c_void_p))
    _kept.append(handler)


def _end(_: int) -> None:
    os.write(2, _SAID)
    os._exit(2)
