"""The check before each answer: does the index still fit the files?

    python bench/freshness.py [--files N] [--runs N] [FOLDER]

Measures `Library.refresh()` on libraries where nothing changed, warm and in one process, and its
parts: the walk over the folders, the list of what the index knows, the comparison of the two. Apart
from that, what a new process pays once: opening the index and reading its manifest. One library has
N generated files, the other the files of FOLDER (copied), where that exists.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from common import SHARED, environment, spread, table, tell, temporary_library, timed

from sinorus import Library
from sinorus.engines import embedded_engine
from sinorus.files import Tree
from sinorus.sources.walk import diff, walk

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
        samples = {name: timed(action, runs) for name, action in parts.items()}
    rows = []
    for name, found in samples.items():
        least, middle, high = spread(found)
        bar = BAR * len(entries) / BAR_FILES
        verdict = ("ok" if middle <= bar else "short") if name.startswith("refresh") else ""
        rows.append(
            [name, str(len(entries)), *(f"{v:.1f}" for v in (least, middle, high)), verdict]
        )
    return rows


def open_and_close(root: Path) -> None:
    """What the first look of a process at its index costs, without the imports."""
    with closing(embedded_engine(root)) as engine:
        engine.info()


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "library")
    parser.add_argument("--files", type=int, default=BAR_FILES)
    parser.add_argument("--runs", type=int, default=50)
    options = parser.parse_args()
    rows: list[list[str]] = []
    with temporary_library() as root:
        tell(f"{options.files} generated files …")
        generate(root, options.files)
        rows += [["generated files", "", "", "", "", ""], *measure(root, options.runs)]
    if options.folder.is_dir():
        with temporary_library() as root:
            tell(f"{options.folder.name} …")
            shutil.copytree(options.folder, root / "seeds", dirs_exist_ok=True)
            rows += [[options.folder.name, "", "", "", "", ""], *measure(root, options.runs)]
    print(f"{environment()}; {options.runs} runs each\n")
    print(table(("part", "files", "least ms", "median ms", "p95 ms", ""), rows))
    print(f"\nBar: {BAR:g} ms for {BAR_FILES:,} files, in proportion for other numbers.")


if __name__ == "__main__":
    main()
