"""Fresh processes: one run with its time on the clock and of CPU, and commands that take turns.

A busy moment of the machine then falls on all of them.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import venv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bench.common import REPOSITORY, Sample, clocked, plain_environment, tell

LONGEST = 600
"""Seconds after which a process is ended and the program with it."""
SINORUS = (sys.executable, "-m", "sinorus")
BASE = "import click, whoosh.index"
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
        Command(f'`python -c "{BASE}"`', [python, "-c", BASE]),
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
