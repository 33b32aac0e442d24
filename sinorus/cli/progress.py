"""Progress of an index run on a terminal's stderr: one line that rewrites itself."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinorus.model import Progress

_EVERY = 0.1
_PATIENCE = 0.4
"""Seconds: what is done sooner needs no line."""
_shown = False


def clear_line() -> str:
    """What wipes the progress line away, if there is one."""
    global _shown  # noqa: PLW0603 - there is one terminal
    if not _shown:
        return ""
    _shown = False
    return "\r\x1b[K"


class ProgressLine:
    """Shows progress where stderr is a terminal, and nowhere else."""

    def __init__(self, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._started = monotonic()
        self._last = 0.0

    def show(self, step: Progress) -> None:
        """Rewrites the line, ten times a second at most."""
        global _shown  # noqa: PLW0603
        now = monotonic()
        if not self._wanted or now - self._last < _EVERY or now - self._started < _PATIENCE:
            return
        self._last = now
        share = step.bytes_done / step.bytes_total if step.bytes_total else 1.0
        seconds = now - self._started
        rate = f"{step.done / seconds:,.0f} a second"
        left = f", {seconds / share - seconds:.0f} s left" if share > 0.05 else ""
        sys.stderr.write(
            f"\r\x1b[Kindexing {step.done:,} of {step.total:,} files, {share:.0%}, {rate}{left}"
        )
        sys.stderr.flush()
        _shown = True

    def clear(self) -> None:
        """Takes the line away."""
        sys.stderr.write(clear_line())
