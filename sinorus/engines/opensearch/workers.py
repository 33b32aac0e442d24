"""Reading and tokenising files in other processes, one a core, each with one lot at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from time import sleep
from typing import Any, NamedTuple

from sinorus.engines.cores import worker_count
from sinorus.engines.opensearch.bulk import Parcel, parcel
from sinorus.engines.opensearch.encode import encode, version_of
from sinorus.engines.opensearch.entry import Counts
from sinorus.engines.port import Read, Reading, Taken
from sinorus.errors import SinorusError
from sinorus.model import Fingerprint

_ALONE = 64
"""Files up to which starting other processes costs more than it saves."""
_FILES = 16
"""Files that a process is told of at once: bounds the memory of a run."""


class Destination(NamedTuple):
    """Where files go: a library, a change of it, and which versions were sent for that before."""

    library: str
    born: int
    sent: Mapping[str, Counts]


class Prepared(NamedTuple):
    """A file that was read: its parcel, or None for one that is the `same` or was sent before."""

    taken: Taken
    mark: Fingerprint
    version: str
    parcel: Parcel | None
    counts: Counts


def prepare(to: Destination, number: int, reading: Reading) -> Prepared:
    """The parcel of a file that was read."""
    name = reading.document.id if reading.document else None
    taken = Taken(number, name, reading.mark.path, reading.same)
    if reading.same:
        return Prepared(taken, reading.mark, "", None, (0, 0, 0))
    version = version_of(reading, to.born)
    if version in to.sent:
        return Prepared(taken, reading.mark, version, None, to.sent[version])
    pieces, counts = encode(to.library, reading, to.born)
    return Prepared(taken, reading.mark, version, parcel(version, pieces), counts)


def prepared(to: Destination, read: Read, root: str, items: Sequence[Any]) -> Iterator[Prepared]:
    """All files, in any order; in several processes where there are many.

    Raises SinorusError if one of the processes is ended by somebody else.
    """
    if len(items) <= _ALONE:
        for number, item in enumerate(items):
            yield prepare(to, number, read(root, item))
        return
    workers = [_Worker((to, read, root)) for _ in range(worker_count())]
    try:
        yield from _spread(workers, items)
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process and the pipe to it, which nobody else holds: it breaks when the process ends."""

    def __init__(self, work: tuple[Destination, Read, str]) -> None:
        context = multiprocessing.get_context("spawn")  # forking would copy the senders' locks
        self.pipe, end = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(end, os.getpid(), work), daemon=True
        )
        self._process.start()
        end.close()

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()


def _spread(workers: Sequence[_Worker], items: Sequence[Any]) -> Iterator[Prepared]:
    lots = iter(range(0, len(items), _FILES))
    busy: list[Connection[Any, Any]] = []

    def give(pipe: Connection[Any, Any]) -> None:
        at = next(lots, None)
        if at is not None:
            pipe.send(list(enumerate(items[at : at + _FILES], at)))
            busy.append(pipe)

    try:
        for worker in workers:
            give(worker.pipe)
        while busy:
            ready = wait(busy)
            for pipe in [one for one in busy if one in ready]:
                found = pipe.recv()
                busy.remove(pipe)
                if isinstance(found, BaseException):
                    raise found
                give(pipe)
                yield from found
    except (EOFError, BrokenPipeError, ConnectionResetError) as fault:
        raise SinorusError(
            "a process that read files was ended from outside", "is there enough memory?"
        ) from fault


def _serve(pipe: Connection[Any, Any], parent: int, work: tuple[Destination, Read, str]) -> None:
    """Does what the pipe says until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told as well, and ends this
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    to, read, root = work
    while True:
        try:
            lot = pipe.recv()
        except EOFError:
            return
        try:
            found: Any = [prepare(to, number, read(root, item)) for number, item in lot]
        except Exception as fault:
            found = fault
        pipe.send(found)


def _end_with(parent: int) -> None:
    """Ends this process when its parent was killed, and so told nobody."""
    while os.getppid() == parent:
        sleep(1)
    os._exit(1)
