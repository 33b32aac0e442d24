"""An answer that keeps to its budget: the JSON of a command, as text to read and as a value.

Entries are taken in their order while they fit. The first that does not is left to the next answer,
or, where half of the room would stay empty, cut as `cutting.py` says; the cursor leads to the very
character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sinorus.errors import SinorusError
from sinorus.mcp.budget import TOKEN, serialised, units
from sinorus.mcp.cursor import Place, Position, encoded
from sinorus.mcp.cutting import from_on, shortened
from sinorus.mcp.quoted import RULE, joined

Record = dict[str, Any]


class Entry(NamedTuple):
    """One record of an answer, which list of the JSON it is in, and how it reads.

    `whole`: it is of no use in part.
    """

    key: str
    record: Record
    read: Callable[[Record], Iterable[str]]
    whole: bool = False


@dataclass
class Answer:
    """What a tool found. `entries` are those from `first` on, read as they are wanted.

    `record` is the JSON of the command with its lists empty; `head` says what was found, `notes`
    what a person would be told beside it. `more`: the library has others behind these.
    """

    record: Record
    entries: Iterator[Entry]
    head: str
    notes: Sequence[str] = ()
    first: int = 0
    more: bool = False


class Fitted(NamedTuple):
    """An answer as it is given."""

    text: str
    record: Record


@dataclass
class Frame:
    """What an answer is fitted into; `question` and `generation` are what a cursor is bound to.

    With `text_only` the value is not sent, and has no share in the budget.
    """

    most: int
    question: str
    generation: str
    place: Place
    text_only: bool = False
    _taken: list[Entry] = field(default_factory=list)

    def fit(self, answer: Answer) -> Fitted:
        """As much of the answer as the budget has room for.

        Raises SinorusError where there is none even for the frame.
        """
        self._taken = []
        frame = self._fitted(answer, _longest(answer.first), more=True)
        room = self.most * TOKEN - units(serialised(result(frame, text_only=self.text_only)))
        if room < 0:
            raise self._too_small(self.most - room // TOKEN)
        more, stopped, half = answer.more, 0, room // 2
        for entry in answer.entries:
            one = entry
            if not self._taken and self.place.position.characters and "text" in entry.record:
                one = entry._replace(record=from_on(entry.record, self._start(entry)))
            cost = self._cost(one)
            if cost <= room:
                room -= cost
                self._taken.append(one)
                continue
            more = True
            if not self._taken or room > half:
                stopped = self._cut(one, room)
            break
        return self._fitted(answer, self._position(answer.first, stopped), more=more)

    def _start(self, entry: Entry) -> int:
        """From where a paragraph goes on: from its beginning, if it is not the one that was cut."""
        position = self.place.position
        if self.place.changed and entry.record.get("hash") != position.last:
            return 0
        return min(position.characters, len(entry.record["text"]))

    def _cut(self, entry: Entry, room: int) -> int:
        """Takes what has room of an entry; up to which character of its text, 0 for all of it.

        Raises SinorusError where nothing has, and there is nothing else either.
        """

        def fits(record: Record) -> bool:
            return self._cost(entry._replace(record=record)) <= room

        part = None if entry.whole else shortened(entry.record, fits)
        if part is None:
            if self._taken:
                return 0
            raise self._too_small(self.most + (self._cost(entry) - room) // TOKEN + 1)
        self._taken.append(entry._replace(record=part))
        cut: dict[str, int] = part.get("cut", {})
        return cut["end"] if cut and cut["end"] < cut["of"] else 0

    def _position(self, first: int, stopped: int) -> Position:
        last = str(self._taken[-1].record.get("hash", "")) if self._taken else ""
        done = len(self._taken) - (1 if stopped else 0)
        return Position(first + done, stopped, last)

    def _fitted(self, answer: Answer, position: Position, *, more: bool) -> Fitted:
        cursor = encoded(self.question, self.generation, position) if more else None
        record = dict(answer.record)
        for entry in self._taken:
            record[entry.key] = [*record[entry.key], entry.record]
        record |= {"truncated": more, "cursor": cursor, "index_changed": self.place.changed}
        return Fitted("\n".join(self._lines(answer, position, cursor)), record)

    def _lines(self, answer: Answer, position: Position, cursor: str | None) -> Iterator[str]:
        yield f"{answer.head} {RULE}"
        yield from (joined([f"note: {note}"]) for note in answer.notes)
        if self.place.changed:
            yield (
                "The index has changed since the cursor was given: this may repeat something or "
                "leave it out. Ask without cursor to be sure."
            )
        for number, entry in enumerate(self._taken, answer.first + 1):
            yield from _lines_of(number, entry)
        if cursor:
            yield f"truncated: for what follows, the same arguments with cursor={cursor}"

    def _cost(self, entry: Entry) -> int:
        """The units that an entry takes, with what stands between entries."""
        text = units(serialised("\n".join(_lines_of(999_999, entry)) + "\n"))
        return text if self.text_only else text + units(serialised(entry.record) + ",")

    def _too_small(self, wanted: int) -> SinorusError:
        return SinorusError(
            f"an answer needs {wanted:,} tokens, and {self.most:,} are allowed",
            "give more as max_tokens, or ask for less",
        )


def _longest(first: int) -> Position:
    """A position whose cursor is as long as one of these will be."""
    return Position(first + 1_000, 100_000_000, "f" * 8)


def _lines_of(number: int, entry: Entry) -> Iterator[str]:
    lines = [line for line in entry.read(entry.record) if line]
    yield f"[{number}] {entry.key}" if entry.key != "results" else f"[{number}]"
    yield from lines


def result(fitted: Fitted, *, text_only: bool) -> Record:
    """An answer as it goes over the wire: what its budget holds for."""
    found: Record = {"content": [{"type": "text", "text": fitted.text}], "isError": False}
    return found if text_only else found | {"structuredContent": fitted.record}
