"""All measurements behind one command: `python -m bench TABLE [arguments of the table]`.

Each table says on stderr, when it ends, how many seconds it took and how many of CPU, its own and
that of the processes it started: machines are shared, and the two tell how busy this one was.
"""

from __future__ import annotations

import sys
from importlib import import_module

from bench.common import clocked, tell

TABLES = {
    "builds": ("engines", "--only", "builds"),
    "queries": ("engines", "--only", "queries"),
    "fresh": ("engines", "--only", "fresh", "--only", "update"),
    "slope": ("engines", "--only", "slope"),
    "engines": ("engines",),
    "start": ("startup",),
    **{name: (name,) for name in ("across", "freshness", "html", "judged", "relevance", "cluster")},
    **{
        name: (name,)
        for name in ("lookups", "mcp", "midsentence", "office", "passage", "pdf", "pick")
    },
    **{name: (name,) for name in ("mixed", "quotations", "reading", "shapes", "shuffle")},
}
"""The module of each table and the arguments that choose it there."""


def main() -> None:
    """Runs one table with the rest of the arguments."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    if chosen not in TABLES:
        sys.exit(f"usage: python -m bench TABLE [--help | …]\ntables: {', '.join(TABLES)}")
    name, *arguments = TABLES[chosen]
    sys.argv = [f"python -m bench {chosen}", *arguments, *sys.argv[2:]]
    taken = clocked(import_module(f"bench.{name}").main)
    tell(f"{chosen}: {taken.wall / 1000:.1f} s, of CPU {taken.cpu / 1000:.1f} s")


if __name__ == "__main__":
    main()
