"""One index for each engine, each built by a child process of its own.

    python bench/engine_builds.py ENGINE ROWS|READY|LIBRARY FOLDER [STEP]

Started by `bench/engines.py`. A child loads its paragraphs before its clock starts; only `sinorus`
begins with the files of a library.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from child_process import Row, measured, read_pickles, read_rows, text_bytes
from common import folder_bytes, table, tell
from engine_collection import Collection, Home, Ready
from watched_process import Child, ChildFailedError

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

IMPORTED = {
    "whoosh": ("whoosh.index", "whoosh.analysis"),
    "tantivy-1": ("tantivy",),
    "tantivy-2": ("tantivy",),
    "sinorus-ready": ("sinorus.engines.whoosh.engine",),
    "sinorus": ("sinorus.library.library", "sinorus.engines.whoosh.engine"),
}
"""What a child imports before its clock starts."""

SYSTEM_PYTHON = "/usr/bin/python3"
HERE = Path(__file__).parent
HEAP = 256_000_000
"""Bytes of memory for each thread of tantivy: enough that it merges little."""


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


def index_fts5(folder: Path, rows: Sequence[Row]) -> None:
    """One transaction, stems as `porter` makes them; only the text is searched."""
    with closing(sqlite3.connect(folder / "texts.db")) as base:
        base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, n UNINDEXED, text,"
            " author UNINDEXED, place UNINDEXED, day UNINDEXED, tokenize = 'porter unicode61')"
        )
        base.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", rows)
        base.commit()


def index_whoosh(folder: Path, rows: Sequence[Row]) -> None:
    """Whoosh as it comes: one process, its own codec, stems, positions, stored texts."""
    from whoosh import index
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.fields import ID, NUMERIC, TEXT, Schema

    text = TEXT(analyzer=StemmingAnalyzer(), phrase=True, stored=True)
    schema = Schema(id=ID(stored=True), n=NUMERIC(stored=True), text=text)
    writer = index.create_in(str(folder), schema).writer()
    for name, n, content, *_ in rows:
        writer.add_document(id=name, n=n, text=content)
    writer.commit()


def index_tantivy(folder: Path, rows: Sequence[Row], threads: int) -> None:
    """English stems with positions, stored texts; the clock ends with the last merge."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("n", stored=True)
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem", index_option="position")
    for name in ("author", "place"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("day", stored=True, indexed=True, fast=True)
    made = tantivy.Index(builder.build(), path=str(folder))
    writer = made.writer(heap_size=HEAP * threads, num_threads=threads)
    for name, n, text, author, place, day in rows:
        document = tantivy.Document()
        document.add_text("id", name)
        document.add_unsigned("n", n)
        document.add_text("text", text)
        document.add_text("author", author)
        document.add_text("place", place)
        document.add_unsigned("day", int(day.replace("-", "") or 0))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def index_sinorus_ready(folder: Path, ready: Iterable[Ready]) -> None:
    """The engine alone: documents and paragraphs as the sources gave them."""
    from sinorus.engines.whoosh.engine import WhooshEngine
    from sinorus.model import Reading

    with closing(WhooshEngine(folder)) as engine, engine.writer(rebuild=True) as writer:
        for document, paragraphs, mark in ready:
            writer.add(Reading(mark, document, paragraphs))


def index_sinorus(root: Path) -> None:
    """All of it: walking, decoding, front matter, splitting, analysing, writing, committing."""
    from sinorus import Library

    with closing(Library.at(root)) as library:
        library.index(rebuild=True)


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
        if Path(python).exists():
            line = [python, "-c", "import xapian"]
            if subprocess.run(line, capture_output=True, check=False).returncode == 0:
                return python
    return None


def command(engine: str, home: Home, step: int) -> list[str | Path]:
    """What starts the child that builds an index."""
    if engine == "xapian":
        program = HERE / "xapian_engine.py"
        return [xapian_python() or "", program, "build", home.rows, home.index(engine)]
    given = {"sinorus": home.library, "sinorus-ready": home.ready}.get(engine, home.rows)
    line = [sys.executable, Path(__file__), engine, given, home.index(engine)]
    return [*line, str(step)] if engine == "whoosh" else line


def build(engine: str, home: Home, of: Collection, step: int, seconds: float) -> Build:
    """Builds an index anew. Raises ChildFailedError."""
    tell(f"build: {ENGINES[engine]} …")
    home.mark(engine).unlink(missing_ok=True)
    shutil.rmtree(home.index(engine), ignore_errors=True)
    home.index(engine).mkdir(parents=True)
    with Child(command(engine, home, step), seconds) as child:
        child.answer()
        os.sync()  # so that no build waits for what the one before has not written yet
        before = child.peak = child.memory()
        found = child.ask({}, watched=True)
    home.mark(engine).touch()
    size = folder_bytes(home.index(engine))
    text, paragraphs = found.get("text", of.text), found.get("paragraphs", of.paragraphs)
    measures = (found["wall"], found["cpu"], text, paragraphs, size)
    return Build(*measures, before, max(child.peak, before), found["largest"])


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
        index, before, peak, largest = sizes
        rate = (f"{run.wall:.1f}", f"{run.text / 1e6 / run.wall:.2f}", f"{run.cpu:.1f}")
        share = f"{run.size / run.text:.2f}"
        name, given = ENGINES[engine], f"{run.text / 1e6:.1f}"
        rows.append([name, given, *rate, index, share, before, peak, largest, ratio])
    head = ("build", "text MB", "s", "MB/s", "CPU s", "index MB", "index ÷ text")
    memory = ("MB before", "peak MB", "ru_maxrss MB", "time per MB ÷ FTS5")
    lines = [table((*head, *memory), rows), ""]
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
                runs[engine] = build(engine, home, of, -(-of.text // sample), seconds)
                continue
            except ChildFailedError as error:
                reason = str(error)
        tell(f"{ENGINES[engine]}: {reason}")
        runs[engine] = reason
    return runs


def main() -> None:
    """Builds one index, as a child."""
    engine, given, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for module in IMPORTED.get(engine, ()):
        with suppress(ImportError):  # what is missing is said where it is needed
            import_module(module)
    if engine == "sinorus":
        measured(lambda: index_sinorus(given))
    elif engine == "sinorus-ready":
        ready: list[Ready] = list(read_pickles(given))
        measured(lambda: index_sinorus_ready(folder, ready))
    else:
        rows = read_rows(given, int(sys.argv[4]) if len(sys.argv) > 4 else 1)
        size = text_bytes(rows)
        if engine.startswith("tantivy"):
            threads = int(engine.rpartition("-")[2])
            measured(lambda: index_tantivy(folder, rows, threads), text=size, paragraphs=len(rows))
        else:
            action = {"fts5": index_fts5, "whoosh": index_whoosh}[engine]
            measured(lambda: action(folder, rows), text=size, paragraphs=len(rows))


if __name__ == "__main__":
    main()
