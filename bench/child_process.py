"""What runs inside a measured child process: ready-made paragraphs, the clock, answers in JSON.

Only the standard library is imported, so that a Python which has no sinorus can run it too. A
child writes one JSON object a line: first that it is ready, then an answer to each line it gets.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

Row = tuple[str, int, str, str, str, str]
"""A paragraph: its document, its number, its text; the document's author, place and day."""

LEAST_RUNS = 3
"""So often a query is timed even if it is too slow for the runs that were asked for."""


def say(**facts: object) -> None:
    """One answer to the parent."""
    print(json.dumps(facts), flush=True)


def read_pickles(path: Path, step: int = 1) -> Iterator[Any]:
    """Every `step`-th object of a file of pickles, one for each document."""
    with path.open("rb") as file:
        number = 0
        while True:
            try:
                one = pickle.load(file)
            except EOFError:
                return
            if number % step == 0:
                yield one
            number += 1


def read_rows(path: Path, step: int = 1) -> list[Row]:
    """All paragraphs of every `step`-th document."""
    return [row for rows in read_pickles(path, step) for row in rows]


def text_bytes(rows: list[Row]) -> int:
    """The bytes of all texts in UTF-8."""
    return sum(len(row[2].encode("utf-8", "surrogatepass")) for row in rows)


def cpu_seconds() -> float:
    """The CPU time of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(action: Callable[[], object], **facts: object) -> None:
    """Says that all is loaded, waits for the parent's word, and times `action`.

    What loading took at its height is forgotten first, so that the peak is that of the action.
    """
    say(ready=True)
    sys.stdin.readline()
    with suppress(OSError):  # where it cannot be, ru_maxrss includes the loading
        Path("/proc/self/clear_refs").write_text("5")
    cpu, started = cpu_seconds(), perf_counter()
    action()
    wall = perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    largest = max(one.ru_maxrss for one in used) * 1024
    say(wall=wall, cpu=cpu_seconds() - cpu, largest=largest, **facts)


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
        samples: list[float] = []
        while len(samples) < task["runs"] and (len(samples) < LEAST_RUNS or perf_counter() < end):
            started = perf_counter()
            matches = action()
            samples.append((perf_counter() - started) * 1000)
        say(matches=matches, samples=samples)
