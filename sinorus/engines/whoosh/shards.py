"""A large change, spread over one process a core: each reads files and writes segments of its own.

The processes get messages from a pipe and end when it closes, so none outlives its parent. What
they wrote is only seen when the parent commits it.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import IO, TYPE_CHECKING, Any

from sinorus.engines.cores import worker_count
from sinorus.engines.port import Read, Reading
from sinorus.engines.whoosh.contents import SegmentState
from sinorus.engines.whoosh.new_segments import prepared
from sinorus.engines.whoosh.shard import Noted
from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from sinorus.engines.whoosh.codec.records import Columns
    from sinorus.engines.whoosh.codec.tables import DocumentRow

_CHARACTERS = 400_000
"""Of text that a message with ready documents holds at least."""
_FILES = 32
"""Files that a message names."""
_WAITING = 4
"""Messages that may wait for a process: bounds the memory of a run."""
_MOMENT = 0.005
"""Seconds between two looks at whether the processes have done all they were told."""

Message = tuple[Any, ...]


class Shards:
    """Processes that index what they are told; `finish` has their segments."""

    def __init__(self, folder: Path) -> None:
        count = worker_count()
        self._messages: queue.Queue[Message | None] = queue.Queue(maxsize=_WAITING * count)
        self._answers: queue.Queue[list[Noted]] = queue.Queue()
        self._ready: list[DocumentRow] = []
        self._columns: list[Columns] = []
        self._given: set[str] = set()
        self._size = 0
        self._shards = [_Shard(folder, self._messages, self._answers) for _ in range(count)]

    def give(self, reading: Reading) -> None:
        """Hands over a document; waits while all processes have enough to do."""
        row, columns = prepared(reading)
        self._given.add(row.path)
        self._ready.append(row)
        self._columns.append(columns)
        self._size += sum(map(len, columns.texts))
        if self._size >= _CHARACTERS:
            self._send_ready()

    def _send_ready(self) -> None:
        if self._ready:
            from sinorus.engines.whoosh.codec.records import packed

            self._send(("put", self._ready, packed(self._columns)))
        self._ready, self._columns, self._size = [], [], 0

    def take(self, read: Read, root: str, items: Sequence[Any], start: int) -> Iterator[Noted]:
        """Has the items from `start` on read; yields what became of each, in any order."""
        self._send_ready()
        sent, answered = start, start
        while answered < len(items):
            if sent < len(items):
                some = items[sent : sent + _FILES]
                numbered = [(read, root, sent + at, item) for at, item in enumerate(some)]
                self._send(("read", numbered))
                sent += len(some)
            for noted in self._answered(wait=sent >= len(items)):
                answered += 1
                yield noted

    def _answered(self, wait: bool) -> Iterator[Noted]:
        while True:
            try:
                yield from self._answers.get(block=wait, timeout=0.5 if wait else None)
            except queue.Empty:
                if wait:
                    self._must_live()
                return
            wait = False

    def delete_path(self, path: str) -> None:
        """Takes out what was put in for a file before."""
        if path in self._given:  # hardly ever: else each document would be a message of its own
            self._given.discard(path)
            self._send_ready()
            self._settle()
        for shard in self._shards:
            shard.delete(path)

    def _settle(self) -> None:
        """Waits until it is known which process has which document."""
        while self._messages.unfinished_tasks:
            self._must_live()
            sleep(_MOMENT)

    def _send(self, message: Message | None) -> None:
        while True:
            self._must_live()
            try:
                self._messages.put(message, timeout=0.5)
            except queue.Full:
                continue
            return

    def _must_live(self) -> None:
        for shard in self._shards:
            shard.complain()

    def finish(self) -> list[SegmentState]:
        """The segments written, once all processes are done. Raises if one of them failed."""
        self._send_ready()
        for _ in self._shards:
            self._send(None)
        return [state for shard in self._shards for state in shard.states()]

    def abandon(self) -> None:
        """Ends the processes without a result."""
        for shard in self._shards:
            shard.kill()


class _Shard(threading.Thread):
    """Feeds one process from the common queue, so that the faster one gets more."""

    def __init__(
        self,
        folder: Path,
        messages: queue.Queue[Message | None],
        answers: queue.Queue[list[Noted]],
    ) -> None:
        super().__init__(daemon=True)
        self._messages, self._answers = messages, answers
        self._known: set[str] = set()
        self._deleted: list[str] = []
        self._fault: BaseException | None = None
        self._complaint: str | None = None
        self._states: list[SegmentState] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sinorus.engines.whoosh.shard", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self.start()

    def run(self) -> None:
        try:
            entry, result = _pipes(self._process)
            with suppress(BrokenPipeError), entry, result:  # what broke it is in the answer
                while (message := self._messages.get()) is not None:
                    self._send_deleted(entry, result)
                    noted = self._ask(entry, result, message)
                    if message[0] == "put":
                        self._known.update(row.path for row in message[1])
                    self._known.update(taken.path for taken, _, _ in noted if taken.document)
                    self._answers.put(noted)
                    self._messages.task_done()
                self._send_deleted(entry, result)
                self._states = self._ask(entry, result, ("finish",))
        except BaseException as fault:
            self._fault = fault

    def _send_deleted(self, entry: IO[bytes], result: IO[bytes]) -> None:
        if self._deleted:
            paths, self._deleted = self._deleted, []
            self._ask(entry, result, ("delete", paths))

    def _ask(self, entry: IO[bytes], result: IO[bytes], message: Message) -> Any:
        with suppress(BrokenPipeError):
            pickle.dump(message, entry, pickle.HIGHEST_PROTOCOL)
            entry.flush()
        answer = pickle.load(result)  # noqa: S301 - from our own process
        if isinstance(answer, str):
            self._complaint = answer
            raise SinorusError(answer)
        return answer

    def delete(self, path: str) -> None:
        """Has the process take out a file's document, if it put one in, before it goes on."""
        if path in self._known:
            self._known.discard(path)
            self._deleted.append(path)

    def complain(self) -> None:
        """Raises what went wrong in the process, if anything did."""
        if self._complaint is not None:
            raise SinorusError(
                self._complaint, "make room, or check the rights of the index folder"
            )
        if self._fault is not None:
            raise SinorusError("an indexing process failed; see above", "run it again")

    def states(self) -> list[SegmentState]:
        """The segments this process wrote."""
        self.join()
        self.complain()
        if self._process.wait():
            raise SinorusError("an indexing process failed; see above", "run it again")
        return self._states

    def kill(self) -> None:
        """Ends the process; its pipe closes, and with it the thread."""
        self._process.kill()
        self._process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    return process.stdin, process.stdout
