"""The thread that has the library: it answers the newest question, and does what else is asked."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.errors import (
    FilterValueError,
    IndexDamagedError,
    NoIndexError,
    QueryError,
    SinorusError,
    UnknownIdError,
    UnknownKeyError,
    UnsupportedQuery,
)
from sinorus.model import Query, SearchResult
from sinorus.pick.desk import Answer, Question

if TYPE_CHECKING:
    from sinorus.library import Library

_PAUSE = 0.012
"""Seconds in which a newer question takes the place of one, before it is answered."""
_PATIENCE = 0.5
"""Seconds that whoever leaves waits for the thread: what it reads needs no end in order."""
_OPEN_WORD = re.compile(r"(?:^|[\s(\"«“])[^\W\d_][\w'’-]+$")
"""A word at the end of a query that may be the beginning of a longer one."""
_WARM = Query("China Россия 中国", any_word=True, limit=1)
"""A first question that nobody asked: it has what searching needs imported before somebody does."""
_WARM_DICTIONARY = Query("ъыъ OR ъыъ*", partial=False, limit=1)
"""A second one: a form that no text has needs the dictionary of Russian, which takes 60 ms to read.
So does what is typed of a Russian word before it is whole."""
_OF_THE_QUERY = (QueryError, FilterValueError, UnknownIdError, UnknownKeyError, UnsupportedQuery)


class Opened(NamedTuple):
    """The library is open; `empty`: there is nothing in it."""

    empty: bool


class Broken(NamedTuple):
    """The thread has ended by this."""

    fault: BaseException


class Done(NamedTuple):
    """What a job gave, or what was wrong, for the one that asked for it."""

    then: Callable[[Any], None]
    result: Any = None
    fault: SinorusError | None = None


Event = Opened | Broken | Done | Answer
Job = Callable[["Library"], Any]


class Asker:
    """Has the library on a thread of its own.

    `open_library` opens it there; `deliver` gets what happens and is called on that thread.
    `explain` says in one line what is wrong with a query.
    """

    def __init__(
        self,
        open_library: Callable[[], Library],
        deliver: Callable[[Event], None],
        explain: Callable[[SinorusError], str],
        *,
        update: bool | None,
    ) -> None:
        self._open, self._deliver, self._explain = open_library, deliver, explain
        self._update = update
        self._change = Condition()
        self._question: Question | None = None
        self._jobs: deque[tuple[Job, Callable[[Any], None]]] = deque()
        self._ended = False
        self._thread = Thread(target=self._run, name="sinorus-asking", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def ask(self, question: Question) -> None:
        """Has a question answered, in place of any that waits."""
        with self._change:
            self._question = question
            self._change.notify()

    def do(self, job: Job, then: Callable[[Any], None]) -> None:
        """Has something done with the library before any question; `then` is for its result."""
        with self._change:
            self._jobs.append((job, then))
            self._change.notify()

    def refresh(self, then: Callable[[Any], None]) -> None:
        """Has what changed in the files indexed, as it was when the library was opened."""
        self.do(lambda library: library.refresh(self._update), then)

    def close(self) -> None:
        """Ends the thread after what it is at, and closes the library there."""
        with self._change:
            self._ended = True
            self._change.notify()
        if self._thread.ident is not None:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            with self._open() as library:
                library.refresh(self._update)
                self._deliver(Opened(library.is_empty()))
                for query in (_WARM, _WARM_DICTIONARY):
                    if self._question is None:
                        library.search(query, update=False)
                while (task := self._next()) is not None:
                    self._deliver(self._answered(library, task))
        except BaseException as fault:  # whoever waits for an answer must know
            self._deliver(Broken(fault))

    def _next(self) -> Question | tuple[Job, Callable[[Any], None]] | None:
        """What to do next: a job, else the newest question; None when all is over."""
        with self._change:
            self._change.wait_for(lambda: self._ended or self._jobs or self._question)
            if self._ended:
                return None
            if self._jobs:
                return self._jobs.popleft()
            question = self._question
            while not self._is_over() and (question := self._question) is not None:
                if not self._change.wait_for(partial(self._is_late, question), _PAUSE):
                    break
            self._question = None
            return None if self._is_over() else question

    def _is_late(self, question: Question) -> bool:
        return self._ended or self._question is not question

    def _is_over(self) -> bool:
        return self._ended

    def _answered(
        self, library: Library, task: Question | tuple[Job, Callable[[Any], None]]
    ) -> Answer | Done:
        if not isinstance(task, Question):
            job, then = task
            try:
                return Done(then, job(library))
            except (NoIndexError, IndexDamagedError):
                raise
            except SinorusError as fault:
                return Done(then, fault=fault)
        try:
            result, star = found(library, task.query)
        except _OF_THE_QUERY as fault:
            return Answer(task.serial, fault=self._explain(fault))
        return Answer(task.serial, result, star)


def found(library: Library, query: Query) -> tuple[SearchResult, bool]:
    """The answer; where nothing has the words, that for the last as the beginning of a word.

    With it whether it is that: a query of somebody who is still typing is meant so.
    """
    from sinorus.library.searching import FEW  # not before the first frame is there

    whole = query.having(partial=False)
    result = library.search(whole, update=False)
    text = query.text or ""
    if result.total >= FEW or not text:
        return result, False
    plain = not (query.literal or query.exact or query.case_sensitive)
    if not result.total and plain and _OPEN_WORD.search(text):
        with suppress(*_OF_THE_QUERY):
            longer = library.search(whole.having(text=f"{text}*"), update=False)
            if longer.total:
                return longer, True
    return library.search(query, update=False), False  # few have all words: some have most
