"""How many processes an engine spreads a large change over."""

from __future__ import annotations

import os

_MOST = 16


def worker_count() -> int:
    """One a core that this process may use, and no more than sixteen."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _MOST))
