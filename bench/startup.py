"""Fresh processes, commands that take turns, and the table of how long a start takes.

Wall time from start to end of each process, and the CPU time it took; a busy moment of the machine
falls on all of them. Without --python the package is installed anew, not editable, into a virtual
environment of its own.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.common import (
    REPOSITORY,
    TIMES,
    Sample,
    clocked,
    medians,
    parser,
    plain_environment,
    table,
    tell,
    times,
)

BAR = 2.5
"""A search may take so many times as long as the bare imports."""
WATCHED = ("rich", "frontmatter", "yaml", "charset_normalizer", "Stemmer", "hypothesis")
DEAREST = 12
SEARCHES = ("search alliance", "search alliance --json", "search 中俄", "search Путин")
"""What the bar is held against: a word, piped."""
OTHERS = ("show background/energy#1", "--help", "search --help")
COMPLETED = (["search", "--tag", ""], ["show", "background/"], ["compare", "gas", "--by", ""])
"""Words behind which a shell asks what may stand for the last of them."""
_IMPORT = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \|\s*(\S+)")
LONGEST = 600
"""Seconds after which a process is ended and the program with it."""
SINORUS = (sys.executable, "-m", "sinorus")
BASE = "import click, whoosh.index"
IMPORTS = f'`python -c "{BASE}"`'
"""What the times of commands are compared with."""


class Command(NamedTuple):
    """A command line to time, in a terminal of its own if `terminal`."""

    name: str
    line: Sequence[str | Path]
    terminal: bool = False


def bases(python: str) -> list[Command]:
    """A process that does nothing, and the imports that others are compared with."""
    return [
        Command("`python -c pass`", [python, "-c", "pass"]),
        Command(IMPORTS, [python, "-c", BASE]),
    ]


def output(line: Sequence[str | Path], folder: Path) -> str:
    """What a command writes. Ends the program if it fails with anything but 'not found'."""
    done = subprocess.run(
        [str(part) for part in line],
        cwd=folder,
        env=plain_environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{line} ended with exit code {done.returncode}:\n{done.stderr}")
    return done.stdout


def on_terminal(line: Sequence[str | Path], folder: Path) -> None:
    """Runs a command on a terminal of 100 columns and reads all that it writes."""
    ours, theirs = pty.openpty()
    known = {**plain_environment(folder), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "50"}
    with subprocess.Popen(
        line, cwd=folder, env=known, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        with suppress(OSError):  # how Linux says that the other side is closed
            while os.read(ours, 65536):
                pass
        os.close(ours)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{line} ended with exit code {process.returncode}")


def take_turns(chosen: Sequence[Command], folder: Path, runs: int) -> dict[str, list[Sample]]:
    """The samples of each command by its name; the first round is not counted."""
    samples: dict[str, list[Sample]] = {command.name: [] for command in chosen}
    for turn in range(runs + 1):
        for name, line, terminal in chosen:
            run = on_terminal if terminal else output
            sample = clocked(lambda run=run, line=line: run(line, folder))  # type: ignore[misc]
            if turn:
                samples[name].append(sample)
    return samples


def install(folder: Path) -> str:
    """The Python of a new virtual environment with the package, compiled and not editable."""
    tell("installing into a virtual environment …")
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    output(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", REPOSITORY], folder
    )
    return python


def script(python: str) -> str:
    """The `sinorus` beside a Python."""
    return str(Path(python).with_name("sinorus"))


def commands(python: str) -> list[Command]:
    """What is timed; the second is what all are compared with."""
    own = script(python)
    words = "gas pipeline treaty of alliance"
    return [
        *bases(python),
        *(Command(text, [own, *text.split()]) for text in SEARCHES),
        Command("search alliance, terminal", [own, "search", "alliance", "--no-pager"], True),
        Command("search --any, 5 words", [own, "search", "--any", words]),
        *(Command(text, [own, *text.split()]) for text in OTHERS),
        *(
            Command(f"{' '.join(words)} ⇥", ["env", "_SINORUS_COMPLETE=zsh", own, own, *words])
            for words in COMPLETED
        ),
    ]


def compared(samples: Mapping[str, Sequence[Sample]], base: str) -> list[list[str]]:
    """A row a command: its times, and the ratios of their medians, wall and CPU, to those of one.

    On a busy machine the ratio of wall times moves by a quarter, that of CPU times hardly.
    """
    least = medians(samples[base])
    rows = []
    for name, found in samples.items():
        ratios = zip(medians(found), least, strict=True)
        rows.append([name, *times(found), *(f"{one / other:.2f}" for one, other in ratios)])
    return rows


def report(samples: Mapping[str, Sequence[Sample]]) -> str:
    """A table with a verdict on the searches."""
    rows = compared(samples, IMPORTS)
    for row in rows:
        row.append(("ok" if float(row[-2]) <= BAR else "short") if row[0] in SEARCHES else "")
    return table(("command", *TIMES, "÷ imports", "CPU ÷", ""), rows)


def report_imports(python: str, folder: Path) -> str:
    """Which of the watched packages a plain search imports, and its dearest modules."""
    start = "from sinorus.cli.main import main; main()"
    done = subprocess.run(
        [python, "-X", "importtime", "-c", start, "search", "alliance"],
        cwd=folder,
        env=plain_environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = [
        (name, int(own) / 1000, int(whole) / 1000)
        for own, whole, name in _IMPORT.findall(done.stderr)
    ]
    tops = {name.partition(".")[0] for name, _, _ in found}
    watched = ", ".join(f"{name} {'yes' if name in tops else 'no'}" for name in WATCHED)
    dearest = sorted(found, key=lambda one: -one[1])[:DEAREST]
    rows = [[name, f"{own:.1f}", f"{whole:.1f}"] for name, own, whole in dearest]
    shares: dict[str, float] = {}
    for name, own, _ in found:
        top = name.partition(".")[0]
        known = top in {"sinorus", "whoosh", "click", *WATCHED}
        owner = top if known else "standard library"
        shares[owner] = shares.get(owner, 0.0) + own
    owners = ", ".join(f"{who} {ms:.0f}" for who, ms in sorted(shares.items(), key=lambda i: -i[1]))
    listed = table((f"{len(found)} modules; the dearest", "own ms", "with its imports"), rows)
    return f"A plain search imports: {watched}.\n\n{listed}\n\nImport ms by owner: {owners}"


def versions(python: str) -> str:
    """The versions in that Python, as `common.environment` prints them."""
    code = "from bench.common import environment; print(environment())"
    return output([python, "-c", code], REPOSITORY).strip()


def main() -> None:
    """Prints the times, the ratios and the imports."""
    arguments = parser(__doc__)
    arguments.add_argument("--python", type=Path, help="one that has sinorus, not a new one")
    arguments.add_argument("--runs", type=int, default=30)
    options = arguments.parse_args()
    with TemporaryDirectory(prefix="sinorus-bench-") as name:
        library = Path(name) / "library"
        shutil.copytree(REPOSITORY / "seeds", library / "seeds")
        python = str(options.python.absolute()) if options.python else install(Path(name))
        output([script(python), "index", "--quiet"], library)
        samples = take_turns(commands(python), library, options.runs)
        print(f"{versions(python)}; {options.runs} runs each, taking turns\n")
        print(f"{report(samples)}\n\n{report_imports(python, library)}")
