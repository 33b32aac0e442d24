"""Fresh processes on a large library: a search beside the command lines of others, and an update.

The package is installed, not editable, as `bench/startup.py` does it; all take turns.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from common import percentile, plain_environment, table, tell
from engine_collection import Home
from engine_searches import fts5_statement
from startup import BASE, LONGEST, Command, Sample, install
from startup import measure as take_turns

UPDATES = 5
WORDS = ("zhurnalist", "quartermile", "wyvernlike", "jackdawish", "xylophonic", "vexillary")
"""Words to append, one a run: none is in the collection, so that a hit shows that it is seen."""
_SQLITE = (
    "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]);"
    " [print(*row, sep='|') for one in sys.argv[2].split(';') for row in base.execute(one)]"
)


@contextmanager
def installed(home: Home) -> Iterator[tuple[str, str]]:
    """The Python and the `sinorus` of a virtual environment, which is removed afterwards."""
    folder = home.folder / "venv"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        python = install(folder)
        yield python, str(Path(python).with_name("sinorus"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commands(
    home: Home, python: str, script: str, rare: str, common: str, fts5: bool
) -> list[Command]:
    """What is timed; the second is what all are compared with."""
    search = [script, "search"]
    found = [
        Command("`python -c pass`", [python, "-c", "pass"]),
        Command(f'`python -c "{BASE}"`', [python, "-c", BASE]),
        Command(f"`sinorus search {rare}`", [*search, rare]),
        Command(f"`sinorus search {rare} --no-update`", [*search, rare, "--no-update"]),
        Command(f"`sinorus search {common} --no-update`", [*search, common, "--no-update"]),
    ]
    if fts5:
        found += [sqlite_command(home, python, word) for word in (rare, common)]
    if rg := shutil.which("rg"):
        seeds = str(home.library / "seeds")
        found += [Command(f"`rg -c {word}`", [rg, "-ciw", word, seeds]) for word in (rare, common)]
    else:
        tell("rg is not installed")
    return found


def sqlite_command(home: Home, python: str, word: str) -> Command:
    """The same search with FTS5: its command line, or Python where that is not installed."""
    text = ";".join(fts5_statement("words")).replace("?", f"'{word}'")
    base = str(home.index("fts5") / "texts.db")
    if tool := shutil.which("sqlite3"):
        return Command(f"`sqlite3`, FTS5, {word}", [tool, base, text])
    return Command(f"`python`, FTS5, {word}", [python, "-c", _SQLITE, base, text])


def measure(home: Home, chosen: Sequence[Command], runs: int) -> dict[str, list[Sample]]:
    """The samples of each command, run in the library."""
    tell("fresh processes …")
    return take_turns(chosen, home.library, runs)


def report(samples: dict[str, list[Sample]]) -> str:
    """Times, and their ratio to the imports."""
    base = median(sample.wall for sample in list(samples.values())[1])
    rows = []
    for name, found in samples.items():
        walls = [sample.wall for sample in found]
        cpu = median(sample.cpu for sample in found)
        times = (min(walls), median(walls), percentile(walls, 0.95), cpu)
        rows.append([name, *(f"{one:.0f}" for one in times), f"{median(walls) / base:.2f}"])
    return table(("process", "least ms", "median ms", "p95 ms", "CPU ms", "÷ imports"), rows)


def measure_update(home: Home, script: str) -> dict[str, list[float]]:
    """Seconds of a search after one file has changed, of the next, and without a look at files.

    The file is as it was afterwards, and the index too.
    """
    tell("one changed document …")
    changed = min((home.library / "seeds").rglob("*.md"))
    before = changed.read_bytes()
    lines = {
        "the search after one document has changed": [],
        "the search after that": [],
        "the same with --no-update": ["--no-update"],
    }
    found: dict[str, list[float]] = {name: [] for name in lines}
    try:
        for word in WORDS[: UPDATES + 1]:
            changed.write_bytes(changed.read_bytes() + f"\n\nOne {word} more.\n".encode())
            for name, options in lines.items():
                seconds = _search(home, script, word, options)
                if word != WORDS[0]:  # the first is not counted
                    found[name].append(seconds)
    finally:
        changed.write_bytes(before)
        _sinorus(home, [script, "index", "--quiet"])
    return found


def _search(home: Home, script: str, word: str, options: Sequence[str]) -> float:
    started = perf_counter()
    done = _sinorus(home, [script, "search", word, *options])
    seconds = perf_counter() - started
    if done.returncode or word not in done.stdout:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"a search does not find {word}, which was just written")
    return seconds


def _sinorus(home: Home, line: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line,
        cwd=home.library,
        env=plain_environment(home.folder),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )


def report_update(found: dict[str, list[float]]) -> str:
    """Seconds of fresh processes around a change."""
    rows = [
        [name, *(f"{one:.2f}" for one in (min(samples), median(samples), max(samples)))]
        for name, samples in found.items()
    ]
    return table(("fresh process", "least s", "median s", "most s"), rows)
