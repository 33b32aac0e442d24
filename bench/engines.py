"""sinorus beside stock Whoosh, SQLite FTS5, tantivy and Xapian on the same paragraphs.

    python bench/engines.py [FOLDER] [--times N] [--only builds,queries,fresh,update] [--slope]

All engines are measured in one run. Builds: each in a process of its own, which has the paragraphs
in memory before its clock starts. Queries: a warm process for each engine, taking turns by query.
Then fresh processes, one changed document, and with --slope ever larger libraries.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import engine_builds
import engine_queries
import engine_slope
import fresh_process
from child_process import read_pickles
from common import environment, tell
from engine_builds import ENGINES
from engine_collection import REPEATED, TIMES, Collection, Home, prepare
from watched_process import ChildFailedError

from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.errors import SinorusError
from sinorus.text.tokens import FINGERPRINT

TABLES = ("builds", "queries", "fresh", "update", "slope")
SEARCHED = ("sinorus", "fts5", "tantivy-1", "xapian")
"""The engines that are asked; Whoosh has only a sample, and the others have the same index."""


def choice(known: Sequence[str]) -> Callable[[str], list[str]]:
    """A list of names with commas between them, for argparse."""

    def read(text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(known)}")
        return [name for name in known if name in names]

    return read


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REPEATED)
    parser.add_argument("--times", type=int, help=f"copies of it; {TIMES}, of a folder given 1")
    parser.add_argument("--only", type=choice(TABLES), help=f"some of {','.join(TABLES)}")
    parser.add_argument("--slope", action="store_true", help="also the table of growing sizes")
    parser.add_argument("--engines", type=choice([*ENGINES]), default=[*ENGINES])
    parser.add_argument("--keep", type=Path, help="a folder for files and indexes, used again")
    parser.add_argument("--runs", type=int, default=30, help="of each warm query")
    parser.add_argument("--fresh-runs", type=int, default=15, help="of each fresh process")
    parser.add_argument("--sample", type=float, default=8, help="MB of text for stock Whoosh")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds for a build")
    parser.add_argument("--sizes", help="paragraphs for --slope, with commas")
    options = parser.parse_args()
    options.folder = options.folder.resolve()
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder: name one that holds texts")
    options.times = options.times or (TIMES if options.folder == REPEATED else 1)
    options.only = options.only or [*TABLES[:4], *(["slope"] if options.slope else [])]
    options.sizes = [int(size) for size in (options.sizes or "").split(",") if size]
    return options


@contextmanager
def home_of(keep: Path | None, name: str) -> Iterator[Home]:
    """The folder of a run: one that is kept, or a temporary one."""
    if keep is not None:
        (keep / name).mkdir(parents=True, exist_ok=True)
        yield Home((keep / name).resolve())
    else:
        with TemporaryDirectory(prefix="sinorus-bench-") as folder:
            yield Home(Path(folder).resolve())


def complete(home: Home, engines: Sequence[str], of: Collection, seconds: float) -> list[str]:
    """The engines that have an index, after those that lack one got it."""
    found = []
    for engine in engines:
        if engine_builds.unavailable(engine):
            continue
        try:
            if not home.mark(engine).is_file() or (engine == "sinorus" and outdated(home)):
                engine_builds.build(engine, home, of, 1, seconds)
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


def builds(home: Home, of: Collection, options: argparse.Namespace) -> None:
    """Prints the table of builds."""
    sample = int(options.sample * 1e6)
    runs = engine_builds.measure(home, options.engines, of, sample, options.timeout)
    print(f"\n## Builds\n\n{engine_builds.report(runs)}", flush=True)


def searches(home: Home, of: Collection, options: argparse.Namespace) -> None:
    """Prints the tables of warm queries, fresh processes and a changed document."""
    wanted = [engine for engine in SEARCHED if engine in options.engines]
    if "tantivy-1" not in wanted and "tantivy-2" in options.engines:
        wanted.insert(2, "tantivy-2")
    engines = complete(home, wanted, of, options.timeout)
    texts = (row[2] for rows in read_pickles(home.rows) for row in rows)
    rare = engine_queries.rare_words(texts)
    if "queries" in options.only:
        asked = engine_queries.classes(rare)
        found = engine_queries.measure(home, engines, asked, options.runs, options.timeout)
        print(f"\n## Queries\n\n{engine_queries.report(found)}", flush=True)
    if not {"fresh", "update"} & set(options.only):
        return
    if "sinorus" not in engines:
        tell("no fresh processes without sinorus")
        return
    common = engine_queries.CLASSES["common word"][0]["words"][0]
    with fresh_process.installed(home) as (python, script):
        if "fresh" in options.only:
            chosen = fresh_process.commands(
                home, python, script, rare[0], common, fts5="fts5" in engines
            )
            samples = fresh_process.measure(home, chosen, options.fresh_runs)
            print(f"\n## Fresh processes\n\n{fresh_process.report(samples)}", flush=True)
        if "update" in options.only:
            seconds = fresh_process.measure_update(home, script)
            print(
                f"\n## One changed document\n\n{fresh_process.report_update(seconds)}", flush=True
            )


def slope(options: argparse.Namespace) -> None:
    """Prints the table of growing sizes, whose library is a new one every time."""
    with home_of(None, "slope") as home:
        sizes = options.sizes or engine_slope.SIZES
        steps = engine_slope.measure(home, options.folder, sizes, options.runs, options.timeout)
    print(f"\n## Growing sizes, from files\n\n{engine_slope.report(steps)}", flush=True)


def main() -> None:
    """Prints the tables, one after the other as they are ready."""
    options = arguments()
    load = os.getloadavg()[0]
    machine = f"{environment(('numpy', 'tantivy'))}, load {load:.1f}"
    if set(options.only) == {"slope"}:
        print(machine, flush=True)
    else:
        with home_of(options.keep, f"{options.folder.name}-{options.times}") as home:
            collection = prepare(home, options.folder, options.times)
            print(f"{machine}; {collection}", flush=True)
            if "builds" in options.only:
                builds(home, collection, options)
            if {"queries", "fresh", "update"} & set(options.only):
                searches(home, collection, options)
    if "slope" in options.only:
        slope(options)


if __name__ == "__main__":
    main()
