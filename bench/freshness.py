"""The check before each answer: does the index still fit the files?

Measures `Library.refresh()` on libraries where nothing changed, warm and in one process, and its
parts: the walk over the folders, the list of what the index knows, the comparison of the two. Apart
from that, what a new process pays once: opening the index and reading its manifest. One library has
N generated files, the other the files of FOLDER (copied), where that exists.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.common import (
    SHARED,
    TIMES,
    clocked,
    environment,
    medians,
    parser,
    table,
    tell,
    temporary_library,
    times,
)
from sinorus import Library
from sinorus.engines import embedded_engine
from sinorus.files import Tree
from sinorus.sources.changes import diff
from sinorus.sources.walk import walk

BAR = 30.0
"""Milliseconds that the check of BAR_FILES files may take."""
BAR_FILES = 1_600
PER_FOLDER = 40


def generate(root: Path, number: int) -> None:
    """Small documents in folders of 40, with front matter like that of a real library."""
    for at in range(number):
        folder = root / "seeds" / f"volume-{at // PER_FOLDER:03}"
        folder.mkdir(exist_ok=True)
        front = f'title: "Document {at}"\ndate: 1964-0{at % 9 + 1}\npublisher: Office {at % 7}\n'
        body = f"This is the text of document number {at}, which is short.\n"
        (folder / f"d{at:04}.md").write_text(f"---\n{front}---\n\n{body}", "utf-8")


def measure(root: Path, runs: int) -> list[list[str]]:
    """The rows of one library: the check, its parts, what a new process adds."""
    with closing(Library.at(root)) as library:
        library.index(rebuild=True)
    with closing(Library.at(root)) as library, closing(embedded_engine(root)) as engine:
        settled = library.refresh()  # opens the index
        if settled.stale:
            raise SystemExit("the library changed while it was measured")
        folders = library.settings["sources"]
        entries = walk(Tree(str(root)), folders).entries
        known = list(engine.fingerprints())
        parts: dict[str, Callable[[], object]] = {
            "refresh(), nothing changed": library.refresh,
            "· index facts": engine.info,
            "· what the index knows": lambda: list(engine.fingerprints()),
            "· walk": lambda: walk(Tree(str(root)), folders),
            "· comparison": lambda: diff(entries, known),
            "opening the index, once a process": lambda: open_and_close(root),
        }
        samples = {name: [clocked(action) for _ in range(runs)] for name, action in parts.items()}
    rows = []
    bar = BAR * len(entries) / BAR_FILES
    for name, found in samples.items():
        verdict = "ok" if medians(found).wall <= bar else "short"
        checked = verdict if name.startswith("refresh") else ""
        rows.append([name, str(len(entries)), *times(found, 1), checked])
    return rows


def open_and_close(root: Path) -> None:
    """What the first look of a process at its index costs, without the imports."""
    with closing(embedded_engine(root)) as engine:
        engine.info()


def main() -> None:
    """Prints one table."""
    arguments = parser(__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=SHARED / "library")
    arguments.add_argument("--files", type=int, default=BAR_FILES)
    arguments.add_argument("--runs", type=int, default=50)
    options = arguments.parse_args()
    rows: list[list[str]] = []
    for name in ("generated files", options.folder.name):
        with temporary_library() as root:
            tell(f"{name} …")
            if name == "generated files":
                generate(root, options.files)
            elif options.folder.is_dir():
                shutil.copytree(options.folder, root / "seeds", dirs_exist_ok=True)
            else:
                continue
            rows += [[name, *[""] * 6], *measure(root, options.runs)]
    print(f"{environment()}; {options.runs} runs each\n")
    print(table(("part", "files", *TIMES, ""), rows))
    print(f"\nBar: {BAR:g} ms for {BAR_FILES:,} files, in proportion for other numbers.")
