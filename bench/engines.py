"""sinorus beside stock Whoosh, SQLite FTS5, tantivy and Xapian on the same paragraphs.

All engines are measured in one run. Builds: each in a process of its own, which has the paragraphs
in memory before its clock starts. Queries: a warm process for each engine, taking turns by query.
Then fresh processes, one changed document, and with --slope ever larger libraries.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import engine_builds, engine_fresh, engine_queries, engine_slope
from bench.child import ChildFailedError, read_pickles
from bench.collection import REPEATED, TIMES, Collection, Home, prepare
from bench.common import environment, parser, tell
from bench.engine_builds import ENGINES
from bench.queries import CLASSES, classes, rare_words
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.errors import SinorusError
from sinorus.text.tokens import FINGERPRINT

TABLES = ("builds", "queries", "fresh", "update", "slope")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    known = parser(__doc__)
    known.add_argument("folder", nargs="?", type=Path, default=REPEATED)
    known.add_argument("--times", type=int, help=f"copies of it; {TIMES}, of a folder given 1")
    known.add_argument("--only", action="append", choices=TABLES, help="may be repeated")
    known.add_argument("--slope", action="store_true", help="also the table of growing sizes")
    known.add_argument("--engine", action="append", choices=ENGINES, help="may be repeated")
    known.add_argument("--keep", type=Path, help="a folder for files and indexes, used again")
    known.add_argument("--runs", type=int, default=30, help="of each warm query")
    known.add_argument("--fresh-runs", type=int, default=15, help="of each fresh process")
    known.add_argument("--sample", type=float, default=8, help="MB of text for stock Whoosh")
    known.add_argument("--timeout", type=float, default=3600, help="seconds for a build")
    known.add_argument("--sizes", default="", help="paragraphs for --slope, with commas")
    options = known.parse_args()
    options.folder = options.folder.resolve()
    if not options.folder.is_dir():
        known.error(f"{options.folder} is not a folder: name one that holds texts")
    options.times = options.times or (TIMES if options.folder == REPEATED else 1)
    options.engines = [one for one in ENGINES if one in (options.engine or ENGINES)]
    options.only = options.only or [*TABLES[:4], *(["slope"] if options.slope else [])]
    return options


@contextmanager
def home_of(keep: Path | None, name: str) -> Iterator[Home]:
    """The folder of a run: one that is kept, or a temporary one."""
    with TemporaryDirectory(prefix="sinorus-bench-") as folder:
        home = Home((keep / name if keep else Path(folder)).resolve())
        home.folder.mkdir(parents=True, exist_ok=True)
        yield home


def complete(home: Home, engines: Sequence[str], of: Collection, seconds: float) -> list[str]:
    """The engines that have an index, after those that lack one got it."""
    found = []
    for engine in engines:
        if engine_builds.unavailable(engine):
            continue
        try:
            if not home.mark(engine).is_file() or (engine == "sinorus" and outdated(home)):
                engine_builds.build(engine, home, seconds, of)
            found.append(engine)
        except ChildFailedError as error:
            tell(f"{ENGINES[engine]}: {error}")
    return found


def outdated(home: Home) -> bool:
    """Whether a kept index of sinorus is of another version than this one."""
    with closing(WhooshEngine(home.index("sinorus"))) as engine:
        try:
            return engine.info().analysis != FINGERPRINT
        except SinorusError:
            return True


def show(title: str, text: str) -> None:
    """Prints a table as soon as it is ready."""
    print(f"\n## {title}\n\n{text}", flush=True)


def searches(home: Home, of: Collection, options: argparse.Namespace) -> None:
    """Prints the tables of warm queries, fresh processes and a changed document."""
    # Whoosh has only a sample, and those with two names have one index.
    tantivy = [engine for engine in options.engines if engine.startswith("tantivy")][:1]
    wanted = [engine for engine in ("sinorus", "fts5", "xapian") if engine in options.engines]
    engines = complete(home, [*wanted, *tantivy], of, options.timeout)
    rare = rare_words(row[2] for rows in read_pickles(home.rows) for row in rows)
    if "queries" in options.only:
        asked = classes(rare)
        found = engine_queries.measure(home, engines, asked, options.runs, options.timeout)
        show("Queries", engine_queries.report(found))
    if not {"fresh", "update"} & set(options.only):
        return
    if "sinorus" not in engines:
        tell("no fresh processes without sinorus")
        return
    common = CLASSES["common word"][0]["words"][0]
    with engine_fresh.installed(home) as python:
        if "fresh" in options.only:
            chosen = engine_fresh.commands(home, python, rare[0], common, "fts5" in engines)
            show("Fresh processes", engine_fresh.measure(home, chosen, options.fresh_runs))
        if "update" in options.only:
            show("One changed document", engine_fresh.measure_update(home, python))


def main() -> None:
    """Prints the tables, one after the other as they are ready."""
    options = arguments()
    machine = f"{environment(('numpy', 'tantivy'))}, load {os.getloadavg()[0]:.1f}"
    print(machine, flush=True)
    if set(options.only) != {"slope"}:
        with home_of(options.keep, f"{options.folder.name}-{options.times}") as home:
            collection = prepare(home, options.folder, options.times)
            print(collection, flush=True)
            if "builds" in options.only:
                sample = int(options.sample * 1e6)
                runs = engine_builds.measure(
                    home, options.engines, collection, sample, options.timeout
                )
                show("Builds", engine_builds.report(runs))
            if {"queries", "fresh", "update"} & set(options.only):
                searches(home, collection, options)
    if "slope" in options.only:
        with home_of(None, "slope") as home:  # a new library every time
            sizes = [int(size) for size in options.sizes.split(",") if size] or engine_slope.SIZES
            found = engine_slope.measure(home, options.folder, sizes, options.runs, options.timeout)
            show("Growing sizes, from files", found)
