"""Reading and tokenising files in other processes, one a core, with a bounded number waiting."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from time import sleep
from typing import Any, NamedTuple

from sinorus.engines.opensearch.bulk import Parcel, parcel
from sinorus.engines.opensearch.encode import encode, version_of
from sinorus.engines.opensearch.entry import Counts
from sinorus.engines.port import Read, Reading, Taken
from sinorus.errors import SinorusError
from sinorus.model import Fingerprint

_ALONE = 64
"""Files up to which starting other processes costs more than it saves."""
_FILES = 16
"""Files that a process is told of at once."""
_AHEAD = 3
"""Lots of files a process that are read or wait to be: bounds the memory of a run."""


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
    """All files, in any order; in several processes where there are many."""
    if len(items) <= _ALONE:
        for number, item in enumerate(items):
            yield prepare(to, number, read(root, item))
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    count = max(1, min(cores or 1, 16))
    context = multiprocessing.get_context("spawn")  # this process has threads, which no fork bears
    pool = ProcessPoolExecutor(count, context, _begin, (os.getpid(), to, read, root))
    try:
        yield from _spread(pool, _AHEAD * count, items)
    except BrokenProcessPool as fault:
        raise SinorusError("a process that read files was ended from outside", "") from fault
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _spread(pool: ProcessPoolExecutor, ahead: int, items: Sequence[Any]) -> Iterator[Prepared]:
    waiting: set[Future[list[Prepared]]] = set()
    at = 0
    while at < len(items) or waiting:
        while at < len(items) and len(waiting) < ahead:
            some = list(enumerate(items[at : at + _FILES], at))
            waiting.add(pool.submit(_lot, some))
            at += _FILES
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for one in done:
            yield from one.result()


_work: list[tuple[Destination, Read, str]] = []
"""What a process that reads was told when it began."""


def _begin(parent: int, to: Destination, read: Read, root: str) -> None:
    _work.append((to, read, root))

    def end_with_parent() -> None:  # which may be killed, and then tells nobody
        while os.getppid() == parent:
            sleep(1)
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def _lot(items: Sequence[tuple[int, Any]]) -> list[Prepared]:
    to, read, root = _work[0]
    return [prepare(to, number, read(root, item)) for number, item in items]
