"""What the bench scripts share: where things are, how samples and tables are printed."""

from __future__ import annotations

import math
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
PACKAGES = ("sinorus", "whoosh3", "click", "rich", "PyStemmer", "PyYAML", "python-frontmatter")


def environment(more: Sequence[str] = ()) -> str:
    """One line: cores, Python, SQLite and the versions of the packages that matter, and `more`."""
    found = []
    for name in (*PACKAGES, *more):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} absent")
    base = f"{cores()} cores, {platform.system()}, Python {platform.python_version()}"
    return ", ".join([base, f"SQLite {sqlite3.sqlite_version}", *found])


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def percentile(samples: Sequence[float], part: float) -> float:
    """The nearest-rank percentile: the least sample that `part` of all do not exceed."""
    return sorted(samples)[max(0, math.ceil(part * len(samples)) - 1)]


def spread(samples: Sequence[float]) -> tuple[float, float, float]:
    """Least, median and 95th percentile."""
    return min(samples), median(samples), percentile(samples, 0.95)


def timed(action: Callable[[], object], runs: int) -> list[float]:
    """The milliseconds that each of `runs` calls of `action` takes."""
    samples = []
    for _ in range(runs):
        started = perf_counter()
        action()
        samples.append((perf_counter() - started) * 1000)
    return samples


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


def plain_environment(home: Path) -> dict[str, str]:
    """The environment without the user's sinorus settings and without a terminal's wishes."""
    dropped = ("SINORUS_", "PYTHON", "NO_COLOR", "FORCE_COLOR", "PAGER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "XDG_CONFIG_HOME": str(home)}
