"""The time of fresh processes: the command beside its own bare imports, and what it imports.

    python bench/startup.py [--python PYTHON] [--runs N]

Measures wall time from start to end of each process, and the CPU time it took, with the commands
taking turns so that a busy moment of the machine falls on all of them. Without --python the
package is installed anew, not editable, into a virtual environment of its own.
"""

from __future__ import annotations

import argparse
import os
import pty
import re
import resource
import shutil
import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from common import REPOSITORY, plain_environment, spread, table, tell

BASE = "import click, whoosh.index"
BAR = 2.5
"""A search may take so many times as long as BASE."""
WATCHED = ("rich", "frontmatter", "yaml", "charset_normalizer", "Stemmer", "hypothesis")
DEAREST = 12
LONGEST = 600
"""Seconds after which a process is ended and the program with it."""
SEARCHES = ("search alliance", "search alliance --json", "search 中俄", "search Путин")
"""What the bar is held against: a word, piped."""
_IMPORT = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \|\s*(\S+)")


class Command(NamedTuple):
    """A command line to time, in a terminal of its own if `terminal`."""

    name: str
    line: Sequence[str]
    terminal: bool = False


class Sample(NamedTuple):
    """Milliseconds of one run: on the clock, and of CPU by the process and its children."""

    wall: float
    cpu: float


def commands(python: str, script: str) -> list[Command]:
    """What is timed; the second is what all are compared with."""
    search = [script, "search"]
    return [
        Command("python -c pass", [python, "-c", "pass"]),
        Command(f'python -c "{BASE}"', [python, "-c", BASE]),
        Command("search alliance", [*search, "alliance"]),
        Command("search alliance --json", [*search, "alliance", "--json"]),
        Command("search alliance, terminal", [*search, "alliance", "--no-pager"], terminal=True),
        Command("search 中俄", [*search, "中俄"]),
        Command("search Путин", [*search, "Путин"]),
        Command("search --any, 5 words", [*search, "--any", "gas pipeline treaty of alliance"]),
        Command("show background/energy#1", [script, "show", "background/energy#1"]),
        Command("--help", [script, "--help"]),
        Command("search --help", [*search, "--help"]),
    ]


def run_once(command: Command, folder: Path, surroundings: dict[str, str]) -> Sample:
    """Runs a command to its end. Ends the program if it fails with anything but 'not found'."""
    before = children_cpu()
    started = perf_counter()
    if command.terminal:
        code = _in_terminal(command.line, folder, surroundings)
    else:
        code = subprocess.run(
            command.line,
            cwd=folder,
            env=surroundings,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        ).returncode
    wall = perf_counter() - started
    if code not in (0, 1):
        raise SystemExit(f"{command.name} ended with exit code {code}")
    return Sample(wall * 1000, (children_cpu() - before) * 1000)


def children_cpu() -> float:
    """The CPU seconds of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _in_terminal(line: Sequence[str], folder: Path, surroundings: dict[str, str]) -> int:
    """Runs a command on a terminal of 100 columns and reads all that it writes."""
    ours, theirs = pty.openpty()
    known = {**surroundings, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "50"}
    with subprocess.Popen(
        line, cwd=folder, env=known, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        try:
            while os.read(ours, 65536):
                pass
        except OSError:
            pass  # how Linux says that the other side is closed
        finally:
            os.close(ours)
    return process.returncode


def measure(chosen: Sequence[Command], folder: Path, runs: int) -> dict[str, list[Sample]]:
    """The samples of each command by its name; the first round is not counted."""
    surroundings = plain_environment(folder)
    samples: dict[str, list[Sample]] = {command.name: [] for command in chosen}
    for turn in range(runs + 1):
        for command in chosen:
            sample = run_once(command, folder, surroundings)
            if turn:
                samples[command.name].append(sample)
    return samples


def report(samples: dict[str, list[Sample]]) -> str:
    """A table: times, and their ratios to the base; those of least and CPU times waver less."""
    bases = list(samples.values())[1]
    base_least, base_wall, _ = spread([sample.wall for sample in bases])
    base_cpu = spread([sample.cpu for sample in bases])[1]
    rows = []
    for name, found in samples.items():
        walls = spread([sample.wall for sample in found])
        cpu = spread([sample.cpu for sample in found])[1]
        ratio = walls[1] / base_wall
        verdict = ("ok" if ratio <= BAR else "short") if name in SEARCHES else ""
        cells = [*(f"{value:.0f}" for value in (*walls, cpu))]
        steadier = (f"{walls[0] / base_least:.2f}", f"{cpu / base_cpu:.2f}")
        rows.append([name, *cells, f"{ratio:.2f}", *steadier, verdict])
    head = ("command", "least ms", "median ms", "p95 ms", "CPU ms")
    return table((*head, "ratio", "of least", "of CPU", ""), rows)


def imports(python: str, folder: Path, *arguments: str) -> dict[str, tuple[float, float]]:
    """Modules that a command imports: milliseconds by itself, and with all below it."""
    start = "from sinorus.cli.main import main; main()"
    done = subprocess.run(
        [python, "-X", "importtime", "-c", start, *arguments],
        cwd=folder,
        env=plain_environment(folder),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = _IMPORT.findall(done.stderr)
    return {name: (int(alone) / 1000, int(all_) / 1000) for alone, all_, name in found}


def report_imports(python: str, folder: Path) -> str:
    """Which of the watched packages a plain search imports, and its dearest modules."""
    found = imports(python, folder, "search", "alliance")
    tops = {name.partition(".")[0] for name in found}
    watched = ", ".join(f"{name} {'yes' if name in tops else 'no'}" for name in WATCHED)
    dearest = sorted(found.items(), key=lambda item: -item[1][0])[:DEAREST]
    rows = [[name, f"{alone:.1f}", f"{whole:.1f}"] for name, (alone, whole) in dearest]
    shares: dict[str, float] = {}
    for name, (alone, _) in found.items():
        shares[_owner(name)] = shares.get(_owner(name), 0.0) + alone
    owners = ", ".join(f"{who} {ms:.0f}" for who, ms in sorted(shares.items(), key=lambda i: -i[1]))
    head = (f"{len(found)} modules; the dearest", "own ms", "with its imports")
    return (
        f"A plain search imports: {watched}.\n\n{table(head, rows)}\n\nImport ms by owner: {owners}"
    )


def _owner(name: str) -> str:
    top = name.partition(".")[0]
    return top if top in {"sinorus", "whoosh", "click", *WATCHED} else "standard library"


def install(folder: Path) -> str:
    """The Python of a new virtual environment with the package, compiled and not editable."""
    tell("installing into a virtual environment …")
    venv.create(folder, with_pip=True)
    python = _tool(folder, "python")
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", REPOSITORY],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the installation failed:\n{done.stderr}")
    return python


def _tool(folder: Path, name: str) -> str:
    return str(folder / ("Scripts" if os.name == "nt" else "bin") / name)


def versions(python: str) -> str:
    """The versions in that Python, as `common.environment` prints them."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import common; print(common.environment())"
    bench = str(Path(__file__).parent)
    return subprocess.check_output([python, "-c", code, bench], text=True).strip()


def main() -> None:
    """Prints the times, the ratios and the imports."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--python", help="a Python that has sinorus, instead of a new one")
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="sinorus-bench-") as name:
        folder = Path(name)
        shutil.copytree(REPOSITORY / "seeds", folder / "library" / "seeds")
        library = folder / "library"
        python = options.python or install(folder / "venv")
        script = str(Path(python).with_name("sinorus"))
        subprocess.run([script, "index", "--quiet"], cwd=library, check=True)
        samples = measure(commands(python, script), library, options.runs)
        print(f"{versions(python)}; {options.runs} runs each, taking turns\n")
        print(f"{report(samples)}\n\n{report_imports(python, library)}")


if __name__ == "__main__":
    main()
