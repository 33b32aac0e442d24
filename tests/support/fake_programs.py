"""Programs that stand in for editors and viewers: scripts that write down how they are called."""

from __future__ import annotations

import time
from pathlib import Path

_SCRIPT = """#!/bin/sh
printf '%s\\0' "${{0##*/}}" "$@" >> '{record}'
printf '\\n\\0' >> '{record}'
{more}
exit {code}
"""


class FakePrograms:
    """A folder of such programs; in an environment with `path` nothing else is found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._record = folder.parent / "calls"
        folder.mkdir()

    def add(self, *names: str, code: int = 0, more: str = "") -> None:
        """Programs of these names, which run `more` and end with `code`."""
        for name in names:
            program = self.folder / name
            program.write_text(_SCRIPT.format(record=self._record, more=more, code=code))
            program.chmod(0o755)

    @property
    def path(self) -> str:
        """What PATH has to be."""
        return str(self.folder)

    @property
    def calls(self) -> list[list[str]]:
        """The words of each call, the name of the program first."""
        if not self._record.exists():
            return []
        words = self._record.read_bytes().decode("utf-8", "surrogateescape").split("\0")
        found: list[list[str]] = [[]]
        for word in words[:-1]:
            if word == "\n":
                found.append([])
            else:
                found[-1].append(word)
        return found[:-1]

    def awaited(self) -> list[list[str]]:
        """The same, once there is one."""
        deadline = time.monotonic() + 60
        while not self.calls and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.calls
