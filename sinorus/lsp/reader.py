"""A library on a thread of its own, which is asked from the loop of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sinorus.library import Library

Answer = TypeVar("Answer")
_LOOK = 1.0
"""Seconds for which an index is taken to fit the files."""


class Reader:
    """Opens a library when it is first asked, by `open_library`, and has one thread ask it.

    The library is made again by the next question if it could not be opened.
    """

    def __init__(self, name: str, open_library: Callable[[], Library]) -> None:
        self._open, self._library = open_library, None
        self._looked = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"sinorus-{name}")

    _library: Library | None

    async def ask(self, question: Callable[[Library], Answer]) -> Answer:
        """What a question gives or raises; SinorusError where there is no library."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: question(self._opened())
        )

    def look(self, update: bool | None, *, now: bool = False) -> None:
        """Has the index brought up to date behind what is being asked.

        Not if that was done just before, unless it is to be done `now`.
        """
        self._thread.submit(self._look, update, now)

    def close(self) -> None:
        """Closes the library behind what it is being asked; what waits is not asked any more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self, update: bool | None, now: bool) -> None:
        if now or monotonic() - self._looked > _LOOK:
            self._opened().look_again(update)
            self._looked = monotonic()

    def _opened(self) -> Library:
        if self._library is None:
            self._library = self._open()
        return self._library
