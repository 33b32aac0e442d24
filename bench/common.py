"""What the tables share: where things are, the clock, and how samples and tables are printed.

Only the standard library is imported, so that a Python which has no sinorus can run it too.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
PACKAGES = ("sinorus", "whoosh3", "click", "rich", "PyStemmer", "PyYAML", "python-frontmatter")
TIMES = ("least ms", "median ms", "p95 ms", "CPU ms")
"""The heads of what `times` gives."""


class Sample(NamedTuple):
    """Milliseconds of one run: on the clock, and of CPU by the process and those it started."""

    wall: float
    cpu: float


def cpu_seconds() -> float:
    """The CPU time of this process and of those it started that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def clocked(action: Callable[[], object]) -> Sample:
    """What one call of `action` takes."""
    cpu, started = cpu_seconds(), perf_counter()
    action()
    wall = perf_counter() - started
    return Sample(wall * 1000, (cpu_seconds() - cpu) * 1000)


def medians(samples: Sequence[Sample]) -> Sample:
    """The medians of both times."""
    return Sample(median(one.wall for one in samples), median(one.cpu for one in samples))


def percentile(samples: Sequence[Sample], part: float = 0.95) -> float:
    """The least wall time that `part` of all do not exceed (nearest rank)."""
    walls = sorted(one.wall for one in samples)
    return walls[max(0, math.ceil(part * len(walls)) - 1)]


def times(samples: Sequence[Sample], digits: int = 0) -> list[str]:
    """The cells under TIMES: least, median and 95th percentile on the clock, median of CPU."""
    middle = medians(samples)
    found = (min(samples).wall, middle.wall, percentile(samples), middle.cpu)
    return [f"{one:.{digits}f}" for one in found]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are aligned to the right."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = []
    for row in [head, rule, *rows]:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def tell(text: str) -> None:
    """Progress, on stderr: stdout has the results alone."""
    print(text, file=sys.stderr, flush=True)


def parser(about: str | None) -> argparse.ArgumentParser:
    """A parser of arguments, with the first line of a module's docstring."""
    return argparse.ArgumentParser(description=(about or "").split("\n")[0])


def environment(more: Sequence[str] = ()) -> str:
    """One line: cores, Python, SQLite and the versions of the packages that matter, and `more`."""
    found = []
    for name in (*PACKAGES, *more):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} absent")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    base = f"{cores} cores, {platform.system()}, Python {platform.python_version()}"
    return ", ".join([base, f"SQLite {sqlite3.sqlite_version}", *found])


def folder_bytes(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def temporary_library() -> Iterator[Path]:
    """An empty library in a temporary folder, with `seeds/`; removed afterwards."""
    with TemporaryDirectory(prefix="sinorus-bench-") as name:
        root = Path(name).resolve()
        (root / "seeds").mkdir()
        yield root


def library_arguments(arguments: argparse.ArgumentParser) -> None:
    """Adds what `indexed_library` needs to be told."""
    shared = REPOSITORY.parent / "shared" / "library"
    arguments.add_argument("--folder", type=Path, default=shared, help="of texts")
    arguments.add_argument("--library", type=Path, help="an indexed library, in place of a folder")


@contextmanager
def indexed_library(given: argparse.Namespace) -> Iterator[Path]:
    """The library that was named, else one that is made of a folder and removed afterwards."""
    if given.library is not None:
        yield given.library.resolve()
        return
    with temporary_library() as library:
        shutil.copytree(given.folder, library / "seeds", dirs_exist_ok=True)
        index = [sys.executable, "-m", "sinorus", "--library", str(library), "index"]
        subprocess.run(index, check=True, cwd=REPOSITORY, stdout=sys.stderr)
        yield library


def plain_environment(home: Path) -> dict[str, str]:
    """The environment without the user's sinorus settings and without a terminal's wishes."""
    dropped = ("SINORUS_", "PYTHON", "NO_COLOR", "FORCE_COLOR", "PAGER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "XDG_CONFIG_HOME": str(home)}
