"""A large change, spread over one process a core: each reads files and writes segments of its own.

What they wrote is only seen when the parent commits it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import Any

from sinorus.engines.port import Ingested, Read, ingested
from sinorus.engines.whoosh.commit import SegmentState
from sinorus.engines.whoosh.indexer.prepared import (
    DocumentRow,
    ParagraphColumns,
    packed,
    prepared,
)
from sinorus.engines.whoosh.indexer.segment_writer import NewSegments
from sinorus.engines.workers import Answer, Pool
from sinorus.files import Folder
from sinorus.model import Fault, Fingerprint, Reading

_CHARACTERS = 400_000
"""Of text that a message with ready documents holds at least."""
_FILES = 32
"""Files that a message names."""

Noted = tuple[Ingested, Fingerprint, tuple[Fault, ...]]
"""What became of a file, its fingerprint, and the faults it is skipped for."""


class Shards:
    """Processes that index what they are told; `finish` has their segments."""

    def __init__(self, folder: Folder) -> None:
        self._pool = Pool(serve, (folder.path, folder.handle), [folder.handle])
        self._under_way = 0
        self._ready: list[DocumentRow] = []
        self._columns: list[ParagraphColumns] = []
        self._size = 0
        self._where: dict[str, int] = {}
        """Which process has the document of a file."""
        self._given: set[str] = set()
        """Files whose ready document was sent, and not yet answered for."""

    def add(self, reading: Reading) -> None:
        """Hands over a document; waits while all processes have enough to do."""
        row, columns = prepared(reading)
        self._given.add(row.path)
        self._ready.append(row)
        self._columns.append(columns)
        self._size += sum(map(len, columns.texts))
        if self._size >= _CHARACTERS:
            self._send_ready()
            list(self._answered(wait=False))

    def _send_ready(self) -> None:
        if self._ready:
            self._send("add", self._ready, packed(self._columns))
        self._ready, self._columns, self._size = [], [], 0

    def _send(self, *message: Any) -> None:
        self._pool.send(*message)
        self._under_way += 1

    def ingest(self, read: Read, place: Any, items: Sequence[Any], start: int) -> Iterator[Noted]:
        """Has the items from `start` on read; yields what became of each, in any order."""
        self._send_ready()
        sent, answered = start, start
        while answered < len(items):
            if sent < len(items):
                some = items[sent : sent + _FILES]
                numbered = [(read, place, sent + at, item) for at, item in enumerate(some)]
                self._send("read", numbered)
                sent += len(some)
            for noted in self._answered(wait=sent >= len(items)):
                answered += 1
                yield noted

    def _answered(self, wait: bool) -> Iterator[Noted]:
        """What became of files that were read, where that is known by now."""
        for number, answer in self._pool.answers(wait):
            self._under_way -= 1
            for one in answer:
                if isinstance(one, str):  # the document of this file was added
                    self._given.discard(one)
                    self._where[one] = number
                    continue
                if one[0].document is not None:
                    self._where[one[0].path] = number
                yield one

    def delete_path(self, path: str) -> None:
        """Deletes the document that was added for a file before."""
        if path in self._given:  # hardly ever: else each document would be a message of its own
            self._send_ready()
            while self._under_way:
                list(self._answered(wait=True))
        number = self._where.pop(path, None)
        if number is not None:
            self._pool.send_to(number, "delete", [path])

    def finish(self) -> list[SegmentState]:
        """The segments written, once all processes are done. Raises if one of them failed."""
        self._send_ready()
        return [state for states in self._pool.finish("finish") for state in states]

    def abandon(self) -> None:
        """Ends the processes without a result."""
        self._pool.kill()


def serve(path: str, handle: int) -> Answer:
    """In one of the processes: what answers the messages, over the folder of the index."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # most of what a run makes has no cycles and stays
    segments = NewSegments(Folder(path, handle))

    def answer(what: str, *content: Any) -> Any:
        if what == "read":
            return [_read(segments, *item) for item in content[0]]
        if what == "add":
            segments.add_packed(*content)
            return [row.path for row in content[0]]
        if what == "delete":
            for one in content[0]:
                segments.delete_path(one)
            return []
        return segments.finish()

    return answer


def _read(segments: NewSegments, read: Any, place: Any, number: int, item: Any) -> Noted:
    reading = read(place, item)
    segments.add(reading)
    faults = () if reading.document else tuple(reading.faults)
    return ingested(number, reading), reading.fingerprint, faults
