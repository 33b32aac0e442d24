"""Fresh processes on a large library: a search beside the command lines of others, and an update.

The package is installed, not editable, as for `start`; all take turns.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench.collection import Home
from bench.common import TIMES, Sample, clocked, table, tell, times
from bench.engine_child import fts5_statement
from bench.startup import IMPORTS, Command, bases, compared, install, output, script, take_turns

WORDS = ("zhurnalist", "quartermile", "wyvernlike", "jackdawish", "xylophonic", "vexillary")
"""Words to append, one a run: none is in the collection, so that a hit shows that it is seen."""
_SQLITE = (
    "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]);"
    " [print(*row, sep='|') for one in sys.argv[2].split(';') for row in base.execute(one)]"
)


@contextmanager
def installed(home: Home) -> Iterator[str]:
    """The Python of a virtual environment, which is removed afterwards."""
    folder = home.folder / "venv"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield install(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commands(home: Home, python: str, rare: str, common: str, fts5: bool) -> list[Command]:
    """What is timed; the second is what all are compared with."""
    found = bases(python)
    for text in (rare, f"{rare} --no-update", f"{common} --no-update"):
        line = [script(python), "search", *text.split()]
        found.append(Command(f"`sinorus search {text}`", line))
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


def measure(home: Home, chosen: Sequence[Command], runs: int) -> str:
    """The table: times of each command, run in the library, and their ratio to the imports."""
    tell("fresh processes …")
    rows = compared(take_turns(chosen, home.library, runs), IMPORTS)
    return table(("process", *TIMES, "÷ imports", "CPU ÷"), rows)


def measure_update(home: Home, python: str) -> str:
    """The table: a search after one file has changed, the next, and one without a look at files.

    The file is as it was afterwards, and the index too.
    """
    tell("one changed document …")
    changed = min((home.library / "seeds").rglob("*.md"))
    before = changed.read_bytes()
    own = script(python)
    lines = {
        "the search after one document has changed": [],
        "the search after that": [],
        "the same with --no-update": ["--no-update"],
    }
    found: dict[str, list[Sample]] = {name: [] for name in lines}
    try:
        for word in WORDS:
            changed.write_bytes(changed.read_bytes() + f"\n\nOne {word} more.\n".encode())
            for name, options in lines.items():
                line = [own, "search", word, *options]
                found[name].append(clocked(lambda line=line, word=word: _find(home, line, word)))  # type: ignore[misc]
    finally:
        changed.write_bytes(before)
        output([own, "index", "--quiet"], home.library)
    # The first is not counted.
    rows = [[name, *times(samples[1:])] for name, samples in found.items()]
    return table(("fresh process", *TIMES), rows)


def _find(home: Home, line: Sequence[str], word: str) -> None:
    if word not in output(line, home.library):
        raise SystemExit(f"a search does not find {word}, which was just written")
