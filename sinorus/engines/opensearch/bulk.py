"""Sending documents: several requests under way at once, a bounded number waiting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep
from typing import Any, NamedTuple

from sinorus.engines.opensearch.connection import Connection
from sinorus.engines.opensearch.documents import Piece
from sinorus.engines.opensearch.errors import BUSY, explained, http_error, reason_of

_BODY = 1_000_000
"""Bytes of a request, about: a cluster takes up to 100 MB, but keeps them all in memory. Four times
as many made two nodes with small heaps refuse so often that a run took three times as long."""
_SENDERS = 3
_UNDER_WAY = 6
"""Requests that are sent or wait for a sender; who makes more of them waits."""
_OWN_FAULT = (400, 413)
"""Answers that mean: this piece, and not the next."""
_ATTEMPTS = 8
_encode = json.JSONEncoder(separators=(",", ":")).encode


class Parcel(NamedTuple):
    """One file as it is sent: its version, and for each piece its lines."""

    version: str
    lines: list[bytes]


class Refusal(NamedTuple):
    """A piece that the cluster does not take."""

    version: str
    reason: str


def parcel(version: str, pieces: Iterable[Piece]) -> Parcel:
    """The lines of the bulk format, two a piece."""
    return Parcel(
        version,
        [
            f'{{"index":{{"_id":{_encode(one.id)},"routing":"{one.routing}"}}}}\n'
            f"{_encode(one.source)}\n".encode()
            for one in pieces
        ],
    )


def update(version: str, name: str, routing: str, fields: dict[str, Any]) -> Parcel:
    """The lines that change some fields of a document."""
    action = f'{{"update":{{"_id":{_encode(name)},"routing":"{routing}"}}}}'
    return Parcel(version, [f"{action}\n{_encode({'doc': fields})}\n".encode()])


class Sender:
    """Sends parcels to one index; `refused` has what the cluster did not take.

    `check` is asked before each request, and raises if nothing more may be sent.
    """

    def __init__(self, connection: Connection, index: str, check: Callable[[], None]) -> None:
        self._connection, self._index, self._check = connection, index, check
        self._pool = ThreadPoolExecutor(_SENDERS, "sinorus-bulk")
        self._waiting: list[Parcel] = []
        self._size = 0
        self._under_way: list[Future[list[Refusal]]] = []
        self.refused: list[Refusal] = []

    def send(self, one: Parcel) -> None:
        """Takes a parcel; waits while there is too much under way. Raises what sending raised."""
        self._waiting.append(one)
        self._size += sum(map(len, one.lines))
        if self._size >= _BODY:
            self.flush()

    def flush(self) -> None:
        """Hands over what waits."""
        if self._waiting:
            while len(self._under_way) >= _UNDER_WAY:
                self._settle()
            self._under_way.append(self._pool.submit(self._deliver, self._waiting))
        self._waiting, self._size = [], 0

    def _settle(self) -> None:
        self.refused += self._under_way.pop(0).result()

    def finish(self) -> None:
        """Waits until all is taken or refused."""
        self.flush()
        while self._under_way:
            self._settle()

    def close(self) -> None:
        """Forgets what was not sent, and ends the senders."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, parcels: Sequence[Parcel]) -> list[Refusal]:
        """Sends all paragraphs, then the entries: an entry that is there says that its file is."""
        refused = self._portions(
            [(one.version, line) for one in parcels for line in one.lines[:-1]]
        )
        gone = {refusal.version for refusal in refused}
        entries = [(one.version, one.lines[-1]) for one in parcels if one.version not in gone]
        return refused + self._portions(entries)

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
                fault = http_error(item["status"], item["error"])
                raise explained(fault, self._connection.address) from fault
        return refused

    def _bulk(self, lines: Sequence[bytes]) -> list[dict[str, Any]]:
        self._check()
        body = b"".join(lines)
        answer = self._connection.ask(lambda client: client.bulk(body=body, index=self._index))
        if not answer["errors"]:
            return _TAKEN * len(lines)
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


_TAKEN: list[dict[str, Any]] = [{"status": 201}]
