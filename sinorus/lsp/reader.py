"""A library on a thread of its own, which is asked from the loop of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sinorus.library import Library

Answer = TypeVar("Answer")
_LOOK = 1.0
"""Seconds for which an index is taken to fit the files."""


class Reader:
    """Opens a library when it is first asked, by `open_library`, and has one thread ask it.

    It is tried again by the next question if it could not be opened. `update` says whether what
    changed in its files is indexed, None: as the settings say. Of those that share a `turn` one at
    a time does that: two would be in each other's way.
    """

    def __init__(
        self, name: str, open_library: Callable[[], Library], update: bool | None, turn: Lock
    ) -> None:
        self._open, self._update, self._turn = open_library, update, turn
        self._library: Library | None = None
        self._looked = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"sinorus-{name}")

    async def ask(self, question: Callable[[Library], Answer], *, fresh: bool = False) -> Answer:
        """What a question gives or raises; `fresh`: after a look at the files.

        SinorusError where there is no library.
        """

        def answered() -> Answer:
            if fresh:
                self._look(now=True)
            return question(self._opened())

        return await asyncio.get_running_loop().run_in_executor(self._thread, answered)

    def look(self, *, now: bool = False) -> None:
        """Has files looked at behind what is being asked.

        Not if that was done just before or is being done, unless it is to be done `now`.
        """
        self._thread.submit(self._look, now=now)

    def close(self) -> None:
        """Ends the thread behind what it is being asked; what waits is not asked any more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self, *, now: bool) -> None:
        if not now and monotonic() - self._looked < _LOOK:
            return
        if self._turn.acquire(blocking=now):
            try:
                self._opened().look_again(self._update)
                self._looked = monotonic()
            finally:
                self._turn.release()

    def _opened(self) -> Library:
        if self._library is None:
            self._library = self._open()
        return self._library
