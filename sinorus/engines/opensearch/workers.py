"""Reading and tokenising files in other processes, one a core, with some lots under way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sinorus.engines.opensearch.bulk import Parcel, parcel
from sinorus.engines.opensearch.documents import encode, version_of
from sinorus.engines.opensearch.entry import Counts
from sinorus.engines.port import Ingested, Read, ingested
from sinorus.engines.workers import Answer, Pool, worker_count
from sinorus.model import Fingerprint, Reading

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
    """A file that was read: its parcel, or None where nothing is to be sent of it."""

    taken: Ingested
    mark: Fingerprint
    version: str
    parcel: Parcel | None
    counts: Counts


def prepare(to: Destination, number: int, reading: Reading) -> Prepared:
    """The parcel of a file that was read."""
    one = ingested(number, reading)
    if reading.same or reading.passing:
        return Prepared(one, reading.fingerprint, "", None, (0, 0, 0))
    version = version_of(reading, to.born)
    if version in to.sent:
        return Prepared(one, reading.fingerprint, version, None, to.sent[version])
    pieces, counts = encode(to.library, reading, to.born)
    return Prepared(one, reading.fingerprint, version, parcel(version, pieces), counts)


def prepared(to: Destination, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Prepared]:
    """All files, in any order; in several processes where there are many."""
    if len(items) <= _ALONE:
        for number, item in enumerate(items):
            yield prepare(to, number, read(place, item))
        return
    pool = Pool(_begin, (to, read, place))
    try:
        lots = iter(range(0, len(items), _FILES))
        under_way = 0
        for at in islice(lots, 2 * worker_count()):  # one is done while the next is sent
            pool.send(at, items[at : at + _FILES])
            under_way += 1
        while under_way:
            for _, found in pool.answers(wait=True):
                under_way -= 1
                for at in islice(lots, 1):
                    pool.send(at, items[at : at + _FILES])
                    under_way += 1
                yield from found
    finally:
        pool.kill()


def _begin(to: Destination, read: Read, place: Any) -> Answer:
    """What answers in a process: files of the numbers from `start` on are read and encoded."""

    def answer(start: int, items: Sequence[Any]) -> list[Prepared]:
        return [prepare(to, number, read(place, item)) for number, item in enumerate(items, start)]

    return answer
