"""The table of builds: one index for each engine, each built by a child process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bench.child import Child, ChildFailedError
from bench.collection import Collection, Home
from bench.common import folder_bytes, table, tell

ENGINES = {
    "fts5": "SQLite FTS5",
    "whoosh": "stock Whoosh, a sample",
    "tantivy-1": "tantivy, 1 thread",
    "tantivy-2": "tantivy, 2 threads",
    "xapian": "Xapian",
    "sinorus-ready": "sinorus, ready paragraphs",
    "sinorus": "sinorus, from files",
}
"""What an engine is called in the tables."""
SYSTEM_PYTHON = "/usr/bin/python3"


class Build(NamedTuple):
    """What one build took, and what it left. Memory: before the clock started, and at its peak.

    `largest` is the ru_maxrss of the largest process, in bytes as all sizes.
    """

    wall: float
    cpu: float
    text: int
    paragraphs: int
    size: int
    before: int
    peak: int
    largest: int


def unavailable(engine: str) -> str:
    """Why an engine is not there; empty if it is."""
    if engine.startswith("tantivy") and find_spec("tantivy") is None:
        return "`pip install tantivy` gives no `import tantivy` here"
    if engine == "xapian" and xapian_python() is None:
        return f"neither this Python nor {SYSTEM_PYTHON} can `import xapian` (python3-xapian)"
    return ""


def xapian_python() -> str | None:
    """A Python that can import Xapian; the Debian package is for the system's own."""
    for python in (sys.executable, SYSTEM_PYTHON):
        with suppress(OSError, subprocess.CalledProcessError):
            subprocess.run([python, "-c", "import xapian"], check=True, capture_output=True)
            return python
    return None


def child(task: str, engine: str, home: Home, seconds: float, step: int = 1) -> Child:
    """The child that builds the index of an engine, or that searches it."""
    python = xapian_python() if engine == "xapian" else None
    line: list[str | Path] = [python or sys.executable, "-m", "bench.engine_child", task, engine]
    if task == "build":
        line.append({"sinorus": home.library, "sinorus-ready": home.ready}.get(engine, home.rows))
    line.append(home.index(engine))
    return Child([*line, str(step)] if engine == "whoosh" else line, seconds)


def build(
    engine: str, home: Home, seconds: float, of: Collection | None = None, step: int = 1
) -> Build:
    """Builds an index anew, of `of` where the child does not say. Raises ChildFailedError."""
    tell(f"build: {ENGINES[engine]} …")
    home.mark(engine).unlink(missing_ok=True)
    shutil.rmtree(home.index(engine), ignore_errors=True)
    home.index(engine).mkdir(parents=True)
    with child("build", engine, home, seconds, step) as builder:
        builder.answer()
        os.sync()  # so that no build waits for what the one before has not written yet
        before = builder.peak = builder.memory()
        found = builder.ask({}, watched=True)
    home.mark(engine).touch()
    size = folder_bytes(home.index(engine))
    text, paragraphs = (of.text, of.paragraphs) if of else (0, 0)
    text, paragraphs = found.get("text", text), found.get("paragraphs", paragraphs)
    measures = (found["wall"], found["cpu"], text, paragraphs, size)
    return Build(*measures, before, max(builder.peak, before), found["largest"])


def report(runs: dict[str, Build | str]) -> str:
    """The table of builds, and a line for each that was not made."""
    base = runs.get("fts5")
    rows = []
    for engine, run in runs.items():
        if isinstance(run, str):
            continue
        ratio = "–"
        if isinstance(base, Build):
            ratio = f"{(run.wall / run.text) / (base.wall / base.text):.2f}"
        sizes = (f"{size / 1e6:.0f}" for size in (run.size, run.before, run.peak, run.largest))
        index, *memory = sizes
        rate = (f"{run.wall:.1f}", f"{run.cpu:.1f}", f"{run.text / 1e6 / run.wall:.2f}")
        name, given, share = ENGINES[engine], f"{run.text / 1e6:.1f}", f"{run.size / run.text:.2f}"
        rows.append([name, given, *rate, index, share, *memory, ratio])
    head = ("build", "text MB", "s", "CPU s", "MB/s", "index MB", "index ÷ text")
    heads = ("MB before", "peak MB", "ru_maxrss MB", "time per MB ÷ FTS5")
    lines = [table((*head, *heads), rows), ""]
    lines += [f"- {ENGINES[name]}: {run}." for name, run in runs.items() if isinstance(run, str)]
    return "\n".join(lines)


def measure(
    home: Home, engines: Sequence[str], of: Collection, sample: int, seconds: float
) -> dict[str, Build | str]:
    """The builds by engine, or why there is none. Whoosh gets `sample` bytes of text."""
    runs: dict[str, Build | str] = {}
    for engine in engines:
        reason = unavailable(engine)
        if not reason:
            try:
                runs[engine] = build(engine, home, seconds, of, -(-of.text // sample))
                continue
            except ChildFailedError as error:
                reason = str(error)
        tell(f"{ENGINES[engine]}: {reason}")
        runs[engine] = reason
    return runs
