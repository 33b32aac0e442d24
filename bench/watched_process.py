"""A child process beside its parent: questions and answers, a deadline, and its memory.

Memory is the sum over the child and all that it started: the proportional share of each (Pss) as
`/proc/PID/smaps_rollup` has it, or the resident size where there is none.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import monotonic, perf_counter
from types import TracebackType
from typing import Any

PAUSE = 0.05
"""Seconds from one look at the memory to the next."""
SHARE = 20
"""Looking is slow where memory is large: the pause is at least so many times as long."""
_PSS = re.compile(r"^(?:Pss|VmRSS):\s+(\d+) kB", re.MULTILINE)


class ChildFailedError(Exception):
    """A child that ended without an answer, or did not give it in time."""


def tree(pid: int) -> list[int]:
    """A process and all below it that are alive."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in path.read_text().split()]
            except OSError:
                continue  # the thread has ended since
    return found


def memory(pid: int) -> int:
    """The bytes that a process and all below it hold now."""
    return sum(_memory_of(one) for one in tree(pid))


def _memory_of(pid: int) -> int:
    for name in ("smaps_rollup", "status"):
        try:
            found = _PSS.search(Path(f"/proc/{pid}/{name}").read_text())
        except OSError:
            continue
        if found:
            return int(found[1]) * 1024
    return 0


class Child:
    """A running child. `peak` is the most memory that was seen while an answer was awaited."""

    def __init__(self, line: Sequence[str | Path], seconds: float) -> None:
        self.seconds = seconds
        self.peak = 0
        self._process = subprocess.Popen(
            [str(part) for part in line],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: Queue[str | None] = Queue()
        Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def memory(self) -> int:
        """The bytes that it and its children hold now."""
        return memory(self._process.pid)

    def answer(self, watched: bool = False) -> dict[str, Any]:
        """Its next answer; its memory is `watched` meanwhile. Raises ChildFailedError."""
        end = monotonic() + self.seconds
        pause = PAUSE if watched else self.seconds
        while monotonic() < end:
            try:
                line = self._lines.get(timeout=min(pause, max(0.0, end - monotonic())))
            except Empty:
                if watched:
                    started = perf_counter()
                    self.peak = max(self.peak, self.memory())
                    pause = max(PAUSE, SHARE * (perf_counter() - started))
                continue
            if line is None:
                raise ChildFailedError(f"it ended with exit code {self._process.wait()}")
            if line.startswith("{"):
                return dict(json.loads(line))
        raise ChildFailedError(f"it did not end within {self.seconds:.0f} s")

    def ask(self, question: dict[str, Any], watched: bool = False) -> dict[str, Any]:
        """Its answer to a question. Raises ChildFailedError."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise ChildFailedError("it had ended before it was asked") from None
        return self.answer(watched)

    def close(self) -> None:
        """Lets it come to its end, or ends it and all that it started if it does not."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            for pid in reversed(tree(self._process.pid)):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue  # it ended by itself meanwhile
            self._process.wait()
