"""Measured child processes: what runs inside one, and the parent's side of it.

A child writes one JSON object a line: first that it is ready, then an answer to each line it gets.
Memory is the sum over the child and all that it started: the proportional share of each (Pss) as
`/proc/PID/smaps_rollup` has it, or the resident size where there is none.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any

from bench.common import REPOSITORY, Sample, clocked

Row = tuple[str, int, str, str, str, str]
"""A paragraph: its document, its number, its text; the document's author, place and day."""

LEAST_RUNS = 3
"""So often a query is timed even if it is too slow for the runs that were asked for."""
PAUSE = 0.05
"""Seconds from one look at the memory to the next."""
SHARE = 20
"""Looking is slow where memory is large: the pause is at least so many times as long."""
_PSS = re.compile(r"^(?:Pss|VmRSS):\s+(\d+) kB", re.MULTILINE)


def say(**facts: object) -> None:
    """One answer to the parent."""
    print(json.dumps(facts), flush=True)


def read_pickles(path: Path, step: int = 1) -> Iterator[Any]:
    """Every `step`-th object of a file of pickles, one for each document."""
    with path.open("rb") as file, suppress(EOFError):
        number = 0
        while True:
            one = pickle.load(file)
            if number % step == 0:
                yield one
            number += 1


def text_bytes(rows: Sequence[Row]) -> int:
    """The bytes of all texts in UTF-8."""
    return sum(len(row[2].encode("utf-8", "surrogatepass")) for row in rows)


def measured(action: Callable[[], object], **facts: object) -> None:
    """Says that all is loaded, waits for the parent's word, and times `action`.

    What loading took at its height is forgotten first, so that the peak is that of the action.
    """
    say(ready=True)
    sys.stdin.readline()
    with suppress(OSError):  # where it cannot be, ru_maxrss includes the loading
        Path("/proc/self/clear_refs").write_text("5")
    sample = clocked(action)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    largest = max(one.ru_maxrss for one in used) * 1024
    say(wall=sample.wall / 1000, cpu=sample.cpu / 1000, largest=largest, **facts)


def answer_queries(prepare: Callable[[dict[str, Any]], Callable[[], int] | str]) -> None:
    """Times one query for each line of the parent, until there is none.

    `prepare` turns a query into what runs it and returns its number of matches, or into the
    reason why this engine cannot express it.
    """
    say(ready=True)
    for line in sys.stdin:
        task = json.loads(line)
        action = prepare(task["query"])
        if isinstance(action, str):
            say(reason=action)
            continue
        end = perf_counter() + task["seconds"]
        for _ in range(task["warm"]):
            matches = action()
            if perf_counter() > end:
                break
        samples: list[Sample] = []
        while len(samples) < task["runs"] and (len(samples) < LEAST_RUNS or perf_counter() < end):
            samples.append(clocked(action))
        say(matches=matches, samples=samples)


class ChildFailedError(Exception):
    """A child that ended without an answer, or did not give it in time."""


class Child(AbstractContextManager["Child"]):
    """A running child. `peak` is the most memory that was seen while an answer was awaited."""

    def __init__(self, line: Sequence[str | Path], seconds: float) -> None:
        self.seconds = seconds
        self.peak = 0
        self._process = subprocess.Popen(
            [str(part) for part in line],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # what is read ahead, `select` would not see
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._questions, self._answers = self._process.stdin, self._process.stdout

    def __exit__(self, *_: object) -> None:
        self.close()

    def memory(self) -> int:
        """The bytes that it and its children hold now."""
        return sum(_memory_of(pid) for pid in _tree(self._process.pid))

    def answer(self, watched: bool = False) -> dict[str, Any]:
        """Its next answer; its memory is `watched` meanwhile. Raises ChildFailedError."""
        end = monotonic() + self.seconds
        pause = PAUSE if watched else self.seconds
        while (left := end - monotonic()) > 0:
            if not select.select([self._answers], [], [], min(pause, left))[0]:
                if watched:
                    started = perf_counter()
                    self.peak = max(self.peak, self.memory())
                    pause = max(PAUSE, SHARE * (perf_counter() - started))
                continue
            line = self._answers.readline()
            if not line:
                raise ChildFailedError(f"it ended with exit code {self._process.wait()}")
            if line.startswith(b"{"):
                return dict(json.loads(line))
        raise ChildFailedError(f"it did not end within {self.seconds:.0f} s")

    def ask(self, question: dict[str, Any], watched: bool = False) -> dict[str, Any]:
        """Its answer to a question. Raises ChildFailedError."""
        try:
            self._questions.write(json.dumps(question).encode() + b"\n")
        except (BrokenPipeError, ValueError):
            raise ChildFailedError("it had ended before it was asked") from None
        return self.answer(watched)

    def close(self) -> None:
        """Lets it come to its end, or ends it and all that it started if it does not."""
        self._questions.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):  # it ended by itself meanwhile
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._answers.close()


def _tree(pid: int) -> list[int]:
    """A process and all below it that are alive."""
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):  # the thread has ended since
                found += [int(child) for child in path.read_text().split()]
    return found


def _memory_of(pid: int) -> int:
    for name in ("smaps_rollup", "status"):
        with suppress(OSError):
            if found := _PSS.search(Path(f"/proc/{pid}/{name}").read_text()):
                return int(found[1]) * 1024
    return 0
