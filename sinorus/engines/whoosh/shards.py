"""A large change, spread over one process a core: each writes a segment of its own.

The processes read documents from a pipe and end when it closes, so none outlives its parent. What
they wrote is only seen when the parent commits it.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from sinorus.errors import SinorusError
from sinorus.model import Document, Paragraph

_BATCH = 100_000
"""Characters of text a message holds at least."""
_WAITING = 4
"""Messages that may wait for a process: bounds the memory of a run."""

Item = tuple[Document, Sequence[Paragraph], int]


class Shards:
    """Processes that index what they are given; `finish` has their segments."""

    def __init__(self, folder: Path) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        count = max(1, min(cores or 1, 16))
        self._batches: queue.Queue[list[Item] | None] = queue.Queue(maxsize=_WAITING * count)
        self._batch: list[Item] = []
        self._size = 0
        self._shards = [_Shard(folder, self._batches) for _ in range(count)]

    def add(self, document: Document, paragraphs: Sequence[Paragraph], ordinal: int) -> None:
        """Hands over a document; waits while all processes have enough to do."""
        self._batch.append((document, paragraphs, ordinal))
        self._size += sum(len(paragraph.text) for paragraph in paragraphs)
        if self._size >= _BATCH:
            self._send(self._batch)
            self._batch, self._size = [], 0

    def _send(self, batch: list[Item] | None) -> None:
        while True:
            if not any(shard.is_alive() for shard in self._shards):
                raise SinorusError("the indexing processes ended too soon", "run it again")
            try:
                self._batches.put(batch, timeout=0.5)
            except queue.Full:
                continue
            return

    def finish(self) -> list[Any]:
        """The segments written, once all processes are done. Raises if one of them failed."""
        if self._batch:
            self._send(self._batch)
        for _ in self._shards:
            self._send(None)
        return [segment for shard in self._shards if (segment := shard.segment()) is not None]

    def abandon(self) -> None:
        """Ends the processes without a result."""
        for shard in self._shards:
            shard.kill()


class _Shard(threading.Thread):
    """Feeds one process from the common queue, so that the faster one gets more."""

    def __init__(self, folder: Path, batches: queue.Queue[list[Item] | None]) -> None:
        super().__init__(daemon=True)
        self._batches = batches
        self._fault: BaseException | None = None
        self._segment: Any = None
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
            with suppress(BrokenPipeError), entry:  # what broke it is in the result
                while (batch := self._batches.get()) is not None:
                    pickle.dump(batch, entry, pickle.HIGHEST_PROTOCOL)
                pickle.dump(None, entry)
            with result:
                self._segment = pickle.load(result)  # noqa: S301 - from our own process
        except BaseException as fault:
            self._fault = fault

    def segment(self) -> Any:
        """The segment this process wrote; None if it was given nothing."""
        self.join()
        if isinstance(self._segment, str):
            raise SinorusError(self._segment, "make room, or check the rights of the index folder")
        if self._process.wait() or self._fault is not None:
            raise SinorusError("an indexing process failed; see above", "run it again")
        return self._segment

    def kill(self) -> None:
        """Ends the process; its pipe closes, and with it the thread."""
        self._process.kill()
        self._process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    return process.stdin, process.stdout
