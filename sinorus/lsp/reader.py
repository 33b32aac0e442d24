"""The libraries of drafts on a thread of their own, asked from the loop of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from sinorus.library import Library

Answer = TypeVar("Answer")
_LOOK = 1.0
"""Seconds for which an index is taken to fit the files."""


class Libraries(Protocol):
    """Which library a draft belongs to, and how it is opened."""

    def find(self, folders: Sequence[Path]) -> Path:
        """The library of a draft in some folders, the first that has one. Raises SinorusError."""

    def open(self, root: Path) -> Library:
        """That library. Raises SinorusError."""


@dataclass
class _Opened:
    """A library, and when it was looked whether its index fits its files."""

    library: Library
    looked: float = 0.0


class Reader:
    """Opens a library when it is first asked, and has one thread ask all of them.

    It is tried again by the next question if it could not be opened. `update` says whether what
    changed in its files is indexed, None: as the settings say. Of those that share a `turn` one at
    a time does that: two would be in each other's way.
    """

    def __init__(self, name: str, libraries: Libraries, update: bool | None, turn: Lock) -> None:
        self._libraries, self._update, self._turn = libraries, update, turn
        self._open: dict[Path, _Opened] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"sinorus-{name}")

    async def ask(
        self,
        folders: Sequence[Path],
        question: Callable[[Library], Answer],
        *,
        fresh: bool = False,
    ) -> Answer:
        """What a question to the library of some folders gives or raises; `fresh`: after a look at
        its files.

        SinorusError where there is no library.
        """

        def answered() -> Answer:
            if fresh:
                self._look(folders, now=True)
            return question(self._opened(folders).library)

        return await asyncio.get_running_loop().run_in_executor(self._thread, answered)

    def look(self, folders: Sequence[Path], *, now: bool = False) -> None:
        """Has files looked at behind what is being asked.

        Not if that was done just before or is being done, unless it is to be done `now`.
        """
        self._thread.submit(self._look, folders, now=now)

    def close(self) -> None:
        """Ends the thread behind what it is being asked; what waits is not asked any more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self, folders: Sequence[Path], *, now: bool) -> None:
        opened = self._opened(folders)
        if not now and monotonic() - opened.looked < _LOOK:
            return
        if self._turn.acquire(blocking=now):
            try:
                opened.library.look_again(self._update)
                opened.looked = monotonic()
            finally:
                self._turn.release()

    def _opened(self, folders: Sequence[Path]) -> _Opened:
        root = self._libraries.find(folders)
        if root not in self._open:
            self._open[root] = _Opened(self._libraries.open(root))
        return self._open[root]
