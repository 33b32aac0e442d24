"""What lies on the desk: the words, the filters, what was found, what is marked. No screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sinorus.model import Hit, Query, SearchResult
from sinorus.pick.filters import SLOTS, Choice, Slot, without

_SPARE = 10
"""Hits that are asked for at first besides those in sight: each costs time at every key."""
_MORE = 40
"""Hits that are added when the cursor comes near the last."""
_NEAR = 10
_BEFORE, _AFTER = 1, 2
"""Paragraphs that stand around the one that is read."""


class Question(NamedTuple):
    """A query, and when it was asked: the larger the number, the later."""

    serial: int
    query: Query


class Answer(NamedTuple):
    """What a question found, or why it could not be asked.

    `star`: nothing has the words as they are, and the last was taken for the beginning of one.
    """

    serial: int
    result: SearchResult | None = None
    star: bool = False
    fault: str = ""


class Desk:
    """The state of one session; every change of it is a method.

    `base` is the query of the command line, `across` whether it is asked in all languages.
    """

    def __init__(self, base: Query, *, across: bool) -> None:
        self.base, self.across = base, across
        self.text = base.text or ""
        self.chosen: dict[str, Choice] = {}
        self.result: SearchResult | None = None
        self.star = False
        self.fault = ""
        self.message = ""
        self.doing = ""
        self.opened = self.empty = False
        self.helping = False
        self.cursor = self.top = self.scroll = 0
        self.marks: dict[str, Hit] = {}
        self.rows = 10  # as many hits are in sight: whoever draws them knows better
        self._limit = self.rows + _SPARE
        self._asked = self._answered = 0

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is in the list."""
        return self.result.hits if self.result else ()

    @property
    def current(self) -> Hit | None:
        """The hit that the cursor is on."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    @property
    def waiting(self) -> bool:
        """Whether the list is not yet that of what was asked last."""
        return self._answered < self._asked

    @property
    def query(self) -> Query:
        """What is to be asked now."""
        filters: dict[str, Sequence[str]] = dict(self.base.filters)
        for slot in SLOTS:
            if choice := self.chosen.get(slot.name):
                filters = {**without(filters, slot), **choice.filters}
        return self.base.having(
            text=self.text.strip() or None,
            filters=filters,
            across=self.across,
            limit=self._limit,
            before=_BEFORE,
            after=_AFTER,
        )

    def type(self, text: str) -> Question | None:
        """Other words: the question to ask, if there is one."""
        self.text = text
        self.message = ""
        return self.anew()

    def anew(self) -> Question | None:
        """The question from its beginning; None where there is nothing to ask."""
        self._limit = self.rows + _SPARE
        self.cursor = self.top = self.scroll = 0
        return self.ask()

    def ask(self) -> Question | None:
        """The question as it stands; without words and filters the list is emptied instead."""
        self._asked += 1
        query = self.query
        if query.text is None and not query.filters:
            self.accept(Answer(self._asked))
            return None
        return Question(self._asked, query)

    def accept(self, answer: Answer) -> None:
        """Takes an answer, unless a later one was taken. A fault leaves the list as it is."""
        if answer.serial <= self._answered:
            return
        self._answered = answer.serial
        self.fault = answer.fault
        if not self.waiting:
            self.doing = ""
        if not answer.fault:
            self.result, self.star = answer.result, answer.star
            self.cursor = max(min(self.cursor, len(self.hits) - 1), 0)

    def move(self, step: int) -> Question | None:
        """Moves the cursor; the question for more hits, when it comes near the last."""
        target = max(min(self.cursor + step, len(self.hits) - 1), 0)
        if target != self.cursor:
            self.cursor, self.scroll = target, 0
        self.message = ""
        near = self.cursor + _NEAR >= len(self.hits)
        if self.result is None or not self.result.more or not near or self.waiting:
            return None
        self._limit = len(self.hits) + _MORE
        return self.ask()

    def look(self, rows: int) -> range:
        """The hits that a list of so many rows shows: the one under the cursor is among them."""
        rows = max(rows, 1)
        self.top = min(self.top, self.cursor)
        self.top = max(self.top, self.cursor - rows + 1)
        return range(self.top, min(self.top + rows, len(self.hits)))

    def mark(self) -> None:
        """Marks the hit under the cursor, or takes its mark away."""
        if (hit := self.current) and self.marks.pop(hit.paragraph.id, None) is None:
            self.marks[hit.paragraph.id] = hit

    def taken(self) -> list[Hit]:
        """The hits that are marked, in the order in which they were; without marks the current."""
        if self.marks:
            return list(self.marks.values())
        return [self.current] if self.current else []

    def choose(self, slot: Slot, choice: Choice | None, told: str = "") -> Question | None:
        """Narrows by a choice, or no longer by that slot; the question to ask."""
        self.chosen.pop(slot.name, None)
        if choice:
            self.chosen[slot.name] = choice
        self.message = told
        return self.anew()

    def clear(self) -> Question | None:
        """Takes away what was narrowed by here; the filters of the command line stay."""
        self.chosen.clear()
        self.message = "no filters but those of the command line" if self.base.filters else ""
        return self.anew()

    def widen(self) -> Question | None:
        """Asks in all three languages, or no longer."""
        self.across = not self.across
        self.message = ""
        return self.anew()
