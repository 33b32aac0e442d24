"""Files on their way to a cluster: read and encoded in processes, sent by threads in bulk requests.

Both have a bounded number of files and requests under way, which bounds the memory of a run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from time import sleep
from typing import Any, NamedTuple

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import (
    Counts,
    Piece,
    encode,
    piece_id,
    routing_of,
    stored_fingerprint,
    version_of,
)
from sinorus.engines.opensearch.errors import BUSY, explained, http_error, reason_of
from sinorus.engines.port import Ingested, Read, ingested
from sinorus.engines.workers import Answer, Pool, worker_count
from sinorus.model import Fingerprint, Reading

_ALONE = 64
"""Files up to which starting other processes costs more than it saves."""
_FILES = 16
"""Files that a process is told of at once."""

_BODY = 1_000_000
"""Bytes of a request, about: a cluster takes up to 100 MB, but keeps them all in memory. Four times
as many made two nodes with small heaps refuse so often that a run took three times as long."""
_SENDERS = 3
_UNDER_WAY = 6
"""Requests that are sent or queued; whoever makes more of them waits."""
_OWN_FAULT = (400, 413)
"""Statuses that reject this piece, and not the next."""
_ATTEMPTS = 8
_json = json.JSONEncoder(separators=(",", ":")).encode


class FileLines(NamedTuple):
    """The lines of a bulk request for one file: its version, and the bytes for each of its pieces.

    The last are those of the file itself.
    """

    version: str
    lines: list[bytes]


def file_lines(version: str, pieces: Iterable[Piece]) -> FileLines:
    """The lines that index all pieces of a file: an action and a source each."""
    return FileLines(
        version,
        [
            f'{{"index":{{"_id":{_json(one.id)},"routing":"{one.routing}"}}}}\n'
            f"{_json(one.source)}\n".encode()
            for one in pieces
        ],
    )


def touch_lines(library: str, version: str, fingerprint: Fingerprint) -> FileLines:
    """The lines that replace the fingerprint of a file that is indexed."""
    name, routing = piece_id(library, version), routing_of(version)
    action = f'{{"update":{{"_id":{_json(name)},"routing":"{routing}"}}}}'
    fields = {"doc": {"stored": stored_fingerprint(fingerprint)}}
    return FileLines(version, [f"{action}\n{_json(fields)}\n".encode()])


class Refusal(NamedTuple):
    """A piece of a file that the cluster rejects."""

    version: str
    reason: str


class Destination(NamedTuple):
    """Where files go: a library, a change of it, and which versions were sent for that before."""

    library: str
    born: int
    sent: Mapping[str, Counts]


class Prepared(NamedTuple):
    """A file that was read: its lines, or None where nothing is to be sent of it."""

    ingested: Ingested
    fingerprint: Fingerprint
    version: str
    lines: FileLines | None
    counts: Counts


def prepare(to: Destination, number: int, reading: Reading) -> Prepared:
    """The lines of a file that was read; None for one that was sent before or is the same."""
    one = ingested(number, reading)
    if reading.same or reading.passing:
        return Prepared(one, reading.fingerprint, "", None, (0, 0, 0))
    version = version_of(reading, to.born)
    if version in to.sent:
        return Prepared(one, reading.fingerprint, version, None, to.sent[version])
    pieces, counts = encode(to.library, reading, to.born)
    return Prepared(one, reading.fingerprint, version, file_lines(version, pieces), counts)


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


class Sender:
    """Sends files to one index in bulk requests; `refused` has what the cluster rejected.

    `check` is called before each request, and raises if nothing more may be sent.
    """

    def __init__(self, connection: Connection, index: str, check: Callable[[], None]) -> None:
        self._connection, self._index, self._check = connection, index, check
        self._pool = ThreadPoolExecutor(_SENDERS, "sinorus-bulk")
        self._waiting: list[FileLines] = []
        self._size = 0
        self._under_way: list[Future[list[Refusal]]] = []
        self.refused: list[Refusal] = []

    def send(self, one: FileLines) -> None:
        """Queues a file; waits while there is too much under way. Raises what sending raised."""
        self._waiting.append(one)
        self._size += sum(map(len, one.lines))
        if self._size >= _BODY:
            self.flush()

    def flush(self) -> None:
        """Starts to send what is queued."""
        if self._waiting:
            while len(self._under_way) >= _UNDER_WAY:
                self._wait_for_oldest()
            self._under_way.append(self._pool.submit(self._deliver, self._waiting))
        self._waiting, self._size = [], 0

    def _wait_for_oldest(self) -> None:
        self.refused += self._under_way.pop(0).result()

    def finish(self) -> None:
        """Waits until the cluster has indexed or rejected all."""
        self.flush()
        while self._under_way:
            self._wait_for_oldest()

    def close(self) -> None:
        """Drops what was not sent, and ends the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, files: Sequence[FileLines]) -> list[Refusal]:
        """Sends all paragraphs, then the files: one that is there says that its paragraphs are."""
        refused = self._portions([(one.version, line) for one in files for line in one.lines[:-1]])
        gone = {refusal.version for refusal in refused}
        last = [(one.version, one.lines[-1]) for one in files if one.version not in gone]
        return refused + self._portions(last)

    def _portions(self, lines: Sequence[tuple[str, bytes]]) -> list[Refusal]:
        refused: list[Refusal] = []
        start = size = 0
        for at, (_, line) in enumerate(lines):
            size += len(line)
            if size >= _BODY or at == len(lines) - 1:
                refused += self._request(lines[start : at + 1])
                start, size = at + 1, 0
        return refused

    def _request(self, lines: Sequence[tuple[str, bytes]]) -> list[Refusal]:
        """Sends some lines in one request, and those that did not pass one by one."""
        refused = []
        answers = self._bulk([line for _, line in lines])
        for (version, line), answer in zip(lines, answers, strict=True):
            item = self._alone(line, answer)
            if item["status"] in _OWN_FAULT:
                refused.append(Refusal(version, reason_of(item["error"])))
            elif item["status"] >= 300:
                error = http_error(item["status"], item["error"])
                raise explained(error, self._connection.address) from error
        return refused

    def _bulk(self, lines: Sequence[bytes]) -> list[dict[str, Any]]:
        self._check()
        body = b"".join(lines)
        answer = self._connection.ask(lambda client: client.bulk(body=body, index=self._index))
        if not answer["errors"]:
            return _INDEXED * len(lines)
        return [one for item in answer["items"] for one in item.values()]

    def _alone(self, line: bytes, item: dict[str, Any]) -> dict[str, Any]:
        wait = 0.1
        for _ in range(_ATTEMPTS):
            if item["status"] not in BUSY or "block" in item["error"]["type"]:
                break
            sleep(wait)
            wait *= 2
            (item,) = self._bulk([line])
        return item


_INDEXED: list[dict[str, Any]] = [{"status": 201}]
