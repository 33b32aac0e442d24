"""All measurements behind one command: `python -m bench TABLE [arguments of the table]`.

Each table says on stderr, when it ends, how many seconds it took and how many of CPU, its own and
that of the processes it started: machines are shared, and the two tell how busy this one was.
"""

from __future__ import annotations

import resource
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

TABLES = {
    "builds": ("engines", ["--only", "builds"]),
    "queries": ("engines", ["--only", "queries"]),
    "fresh": ("engines", ["--only", "fresh,update"]),
    "slope": ("engines", ["--only", "slope", "--slope"]),
    "engines": ("engines", []),
    "start": ("startup", []),
    "freshness": ("freshness", []),
    "relevance": ("relevance", []),
    "cluster": ("cluster", []),
    "lookups": ("lookups", []),
    "passage": ("passage", []),
    "shapes": ("shapes", []),
}
"""The module of each table and the arguments that choose it there."""


def cpu_seconds() -> float:
    """CPU seconds of this process and of those it started and that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Runs one table with the rest of the arguments."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    if chosen not in TABLES:
        sys.exit(f"usage: python -m bench TABLE [--help | …]\ntables: {', '.join(TABLES)}")
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    name, arguments = TABLES[chosen]
    module = import_module(name)
    sys.argv = [f"python -m bench {chosen}", *arguments, *sys.argv[2:]]
    started = perf_counter()
    module.main()
    wall = perf_counter() - started
    print(f"{chosen}: {wall:.1f} s, of CPU {cpu_seconds():.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
