"""What it costs to read files: encoding, front matter, Markdown, language; no index is made.

CPU time alone, the least of all rounds: of every file of FOLDER once, from bytes that are in memory
to a document and its paragraphs. `--before CHECKOUT` measures another version of the repository
beside this one, in processes that take turns.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.common import REPOSITORY, SHARED, environment, parser, plain_environment, table, tell

CHILD = Path(__file__).with_name("reading_child.py")
BAR = 0.5
"""Of the CPU time of the version before."""


def measure(checkout: Path, folder: Path, rounds: int) -> tuple[int, int, int, float]:
    """Files, bytes, paragraphs, and the CPU seconds that the version in `checkout` takes."""
    known = {**plain_environment(checkout), "PYTHONPATH": str(checkout)}
    line = [sys.executable, str(CHILD), str(folder), str(rounds)]
    done = subprocess.run(line, check=True, capture_output=True, text=True, env=known)
    files, size, paragraphs, seconds = done.stdout.split()
    return int(files), int(size), int(paragraphs), float(seconds)


def main() -> None:
    """Prints the table."""
    reading = parser(__doc__)
    reading.add_argument("folder", nargs="?", type=Path, default=SHARED / "library")
    reading.add_argument("--before", type=Path, metavar="CHECKOUT", help="of another version")
    reading.add_argument("--turns", type=int, default=5, help="processes for each version")
    reading.add_argument("--rounds", type=int, default=3, help="rounds in each process")
    given = reading.parse_args()
    versions = {"this version": REPOSITORY}
    if given.before:
        versions = {"before": given.before.resolve(), **versions}
    found: dict[str, list[tuple[int, int, int, float]]] = {name: [] for name in versions}
    for turn in range(given.turns):
        tell(f"turn {turn + 1} of {given.turns} …")
        for name, checkout in versions.items():
            found[name].append(measure(checkout, given.folder.resolve(), given.rounds))
    least = {name: min(one[3] for one in runs) for name, runs in found.items()}
    rows = []
    for name, runs in found.items():
        files, size, paragraphs, _ = runs[0]
        seconds = least[name]
        ratio = seconds / least.get("before", seconds)
        rows.append(
            [
                *(name, f"{files:,}", f"{size / 1e6:.1f}", f"{paragraphs:,}", f"{seconds:.2f}"),
                *(f"{1e6 * seconds / files:.0f}", f"{size / 1e6 / seconds:.0f}", f"{ratio:.2f}"),
                "ok" if ratio <= BAR else "short" if name != "before" and given.before else "",
            ]
        )
    head = ("reading", "files", "MB", "paragraphs", "CPU s", "µs a file", "MB/s", "÷ before")
    print(table([*head, f"≤ {BAR}"], rows))
    print(f"\n{environment()}")


if __name__ == "__main__":
    main()
