"""The answer to a shell that completes: never an error, for it would stand in the user's line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def answer(arguments: Sequence[str]) -> int:
    """Writes the candidates for a line to standard output; nothing where anything is wrong.

    The exit code is 1 where there are none.
    """
    from sinorus.cli.completing.candidates import SHELLS, completions

    shell = os.environ["_SINORUS_COMPLETE"]
    if shell not in SHELLS:
        return 1
    try:
        found = completions(shell, arguments, os.environ)
    except Exception:  # of whatever kind: there is nobody to tell
        return 1
    if found:
        sys.stdout.write(f"{found}\n")
    return 0 if found else 1
