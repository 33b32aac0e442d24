"""The time to index a folder from nothing, beside stock Whoosh and SQLite FTS5.

    python bench/indexing.py [FOLDER] [--megabytes N]

Measures `Library.index(rebuild=True)` end to end: walking, decoding, front matter, splitting,
analysing, writing, committing. The two others get the same paragraphs ready made, which spares
them all but the last steps, and index no exact forms beside the stems. CPU seconds over wall
seconds says how many cores were at work.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from common import SHARED, environment, folder_bytes, table, tell, temporary_library

from sinorus import Library

MEGABYTE = 1_000_000
LIMIT = 20
"""Megabytes of text that are indexed at most, so that a run ends within three minutes."""

Row = tuple[str, int, str]
"""A paragraph: its document, its number, its text."""


class Build(NamedTuple):
    """What one run took in seconds, and the bytes it left."""

    wall: float
    cpu: float
    size: int


def cpu_seconds() -> float:
    """The CPU time of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def build(action: Callable[[], object], folder: Path) -> Build:
    """Times `action`, which leaves an index in `folder`."""
    cpu, started = cpu_seconds(), perf_counter()
    action()
    return Build(perf_counter() - started, cpu_seconds() - cpu, folder_bytes(folder))


def copy_texts(folder: Path, root: Path, limit: int) -> int:
    """Copies files into a library up to `limit` bytes, spread over all of `folder`; the bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    total = sum(path.stat().st_size for path in files)
    step = -(-total // limit) if total else 1
    copied = 0
    for path in files[::step]:
        target = root / "seeds" / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        copied += path.stat().st_size
    return copied


def paragraphs_of(root: Path) -> list[Row]:
    """All paragraphs of an indexed library."""
    with closing(Library.at(root)) as library:
        return [
            (document.id, paragraph.n, paragraph.text)
            for document in library.engine.documents()
            for paragraph in library.engine.paragraphs(document.id)
        ]


def index_sinorus(root: Path) -> None:
    """An index of a library, from its files."""
    with closing(Library.at(root)) as library:
        library.index(rebuild=True)


def index_whoosh(folder: Path, rows: Sequence[Row], stemming: bool) -> None:
    """A Whoosh index in one process: stored texts with positions."""
    from whoosh import index
    from whoosh.analysis import StandardAnalyzer, StemmingAnalyzer
    from whoosh.fields import ID, NUMERIC, TEXT, Schema

    analyzer = StemmingAnalyzer() if stemming else StandardAnalyzer()
    text = TEXT(analyzer=analyzer, phrase=True, stored=True)
    made = index.create_in(
        str(folder), Schema(id=ID(stored=True), n=NUMERIC(stored=True), text=text)
    )
    writer = made.writer()
    for name, n, content in rows:
        writer.add_document(id=name, n=n, text=content)
    writer.commit()


def index_sqlite(folder: Path, rows: Sequence[Row]) -> None:
    """An FTS5 table in a file: stored texts with positions."""
    with closing(sqlite3.connect(folder / "texts.db")) as base:
        base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5"
            "(id UNINDEXED, n UNINDEXED, text, tokenize = 'porter unicode61')"
        )
        base.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)
        base.commit()


def measure(root: Path) -> tuple[dict[str, Build], int]:
    """The runs by name, and how many paragraphs there are."""
    tell("sinorus …")
    runs = {"sinorus, from files": build(lambda: index_sinorus(root), root / "index")}
    rows = paragraphs_of(root)
    others: dict[str, Callable[[Path], None]] = {
        "Whoosh, ready paragraphs": lambda folder: index_whoosh(folder, rows, stemming=False),
        "Whoosh with stems": lambda folder: index_whoosh(folder, rows, stemming=True),
        "SQLite FTS5, ready paragraphs": lambda folder: index_sqlite(folder, rows),
    }
    for name, action in others.items():
        tell(f"{name} …")
        folder = root / "other"
        folder.mkdir()
        runs[name] = build(lambda act=action, to=folder: act(to), folder)  # type: ignore[misc]
        shutil.rmtree(folder)
    return runs, len(rows)


def report(runs: dict[str, Build], size: int) -> str:
    """A table of rates, and of wall time beside that of sinorus."""
    first = next(iter(runs.values()))
    rows = [
        [
            *(name, f"{run.wall:.1f}", f"{run.cpu:.1f}", f"{run.cpu / run.wall:.2f}"),
            *(f"{size / MEGABYTE / run.wall:.2f}", f"{run.size / MEGABYTE:.1f}"),
            *(f"{run.size / size:.2f}", f"{run.wall / first.wall:.2f}"),
        ]
        for name, run in runs.items()
    ]
    head = ("run", "wall s", "CPU s", "cores", "MB/s", "index MB", "index / text", "time ratio")
    return table(head, rows)


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "library")
    parser.add_argument("--megabytes", type=int, default=LIMIT, help="of text at most")
    options = parser.parse_args()
    if not options.folder.is_dir():
        raise SystemExit(f"{options.folder} is not a folder: name one that holds texts")
    with temporary_library() as root:
        size = copy_texts(options.folder, root, options.megabytes * MEGABYTE)
        runs, paragraphs = measure(root)
        print(f"{environment()}; {size / MEGABYTE:.1f} MB, {paragraphs:,} paragraphs\n")
        print(report(runs, size))


if __name__ == "__main__":
    main()
