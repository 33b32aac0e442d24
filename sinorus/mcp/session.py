"""The library behind a server: opened once, read anew when its index is another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.searching import Understood
    from sinorus.model import IndexState, Notice, SearchResult

Found = TypeVar("Found")


class Voice(Protocol):
    """What is said of an answer and of what goes wrong, in the words a person would read."""

    def answer(self, library: Library, asked: Understood, result: SearchResult) -> Iterable[str]:
        """What a reader of the answer to a search must know."""

    def nothing(self, library: Library, asked: Understood) -> Iterable[str]:
        """Why nothing was found."""

    def notice(self, notice: Notice) -> str:
        """A notice, with what can be done about it."""

    def fault(self, fault: Exception) -> tuple[str, str] | None:
        """The sentence and the hint of a fault; None for a bug."""


class Session:
    """One library, asked by one call after the other.

    `open_library` opens it, and is given who hears its notices. With `indexing` what has changed in
    the files is indexed before an answer, as a command would do; without it nothing is written.
    With `text_only` answers are text to read, without the JSON of the commands.
    """

    def __init__(
        self,
        open_library: Callable[[Callable[[Notice], None]], Library],
        voice: Voice,
        *,
        indexing: bool = False,
        text_only: bool = False,
    ) -> None:
        self.voice, self.indexing, self.text_only = voice, indexing, text_only
        self.generation = ""
        """The commit of the index that answers come from."""
        self._open = open_library
        self._library: Library | None = None
        self._notes: list[str] = []
        self._lock = Lock()

    def ask(self, question: Callable[[Library, IndexState, list[str]], Found]) -> Found:
        """What a question gets: it is given the library, the state of its index, and the notices
        so far, to which it may add.
        """
        with self._lock:
            self._notes = []
            library = self._current()
            state = library.refresh(None if self.indexing else False)
            if library.generation() != self.generation:  # it was brought up to date just now
                library = self._current()
            return question(library, state, self._notes)

    def close(self) -> None:
        """Closes the library, unless it is being asked: that ends with the process."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._library is not None:
                self._library.close()
            self._library = None
        finally:
            self._lock.release()

    def _current(self) -> Library:
        """The library with the index that is there now."""
        library = self._library or self._open(self._heard)
        self._library = library
        there = library.generation()
        if there != self.generation:
            library.reopen()
            self.generation = there
        return library

    def _heard(self, notice: Notice) -> None:
        self._notes.append(self.voice.notice(notice))
