"""Asking a large library for one thing: does `show` of one paragraph read one document?

Fresh processes in turns, on copies of a folder: a rare word's search, and beside it `show` of a
paragraph, by its id and by the end of its id, `search --source`, and `search -l` of the rare word.
The library is looked at as always, or not (`--no-update`). A ratio above 1 is dearer than the rare
word's search in the same run.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from common import environment, plain_environment, table, tell
from engine_collection import REPEATED, copy_of, write_piece

from sinorus import Library

DOCUMENTS = 31_667
RARE = "zanzibarian"
"""A word that is put into one document alone."""


def made(root: Path, folder: Path, documents: int) -> str:
    """Makes a library of so many documents and its index; the id of one with the rare word."""
    written = number = 0
    while written < documents:
        for piece in copy_of(folder, number):
            if written == documents:
                break
            write_piece(root, piece)
            written += 1
        number += 1
    tell(f"{written:,} files")
    rare = root / "seeds" / "one" / "d0005.md"
    rare.parent.mkdir()
    rare.write_text(f"---\nlang: en\n---\nA {RARE} paragraph.\n\nAnother one.\n", "utf-8")
    with Library.at(root) as library:
        report = library.index()
        tell(f"{report.documents:,} documents, {report.paragraphs:,} paragraphs")
        (found,) = library.listing(RARE)
    return found.id


def run(root: Path, arguments: Sequence[str], variables: dict[str, str]) -> tuple[float, float]:
    """Milliseconds of a fresh process: by the clock, and of CPU."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    started = perf_counter()
    command = [sys.executable, "-m", "sinorus", "--library", str(root), *arguments]
    process = os.posix_spawn(
        sys.executable, command, variables, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1)]
    )
    _, status, used = os.wait4(process, 0)
    wall = perf_counter() - started
    os.close(nowhere)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{arguments} ended with {os.waitstatus_to_exitcode(status)}")
    return wall * 1e3, (used.ru_utime + used.ru_stime) * 1e3


def measured(root: Path, name: str, runs: int) -> list[list[str]]:
    """A row for each command."""
    commands = {
        "search, a rare word": ["search", RARE],
        "show, one paragraph by its id": ["show", f"{name}#1"],
        "show, by the end of its id": ["show", f"{'/'.join(name.split('/')[-2:])}#1"],
        "search --source, the rare word": ["search", RARE, "--source", name],
        "search -l, the rare word": ["search", "-l", RARE],
    }
    variables = plain_environment(root)
    rows = []
    for more in ([], ["--no-update"]):
        samples: dict[str, list[tuple[float, float]]] = {one: [] for one in commands}
        for _ in range(runs + 1):
            for one, arguments in commands.items():
                samples[one].append(run(root, [*arguments, *more], variables))
        wall, cpu = (
            {one: median(pair[at] for pair in pairs[1:]) for one, pairs in samples.items()}
            for at in (0, 1)
        )
        least = next(iter(commands))
        for one in commands:
            ratios = [f"{wall[one] / wall[least]:.2f}", f"{cpu[one] / cpu[least]:.2f}"]
            title = f"{one}{', --no-update' if more else ''}"
            rows.append([title, f"{wall[one]:.0f}", f"{cpu[one]:.0f}", *ratios])
    return rows


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REPEATED)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    print(environment())
    with TemporaryDirectory() as root:
        name = made(Path(root), options.folder, options.documents)
        head = ["command", "ms", "CPU ms", "÷ rare word", "CPU ÷"]
        print(table(head, measured(Path(root), name, options.runs)))


if __name__ == "__main__":
    main()
