"""Asking a large library for one thing: does `show` of one paragraph read one document?

Fresh processes in turns, on copies of a folder: a rare word's search, and beside it `show` of a
paragraph, by its id and by the end of its id, `search --source`, and `search -l` of the rare word.
The library is looked at as always, or not (`--no-update`). A ratio above 1 is dearer than the rare
word's search in the same run.
"""

from __future__ import annotations

from itertools import count, islice
from pathlib import Path

from bench.collection import REPEATED, copy_of, write_piece
from bench.common import TIMES, environment, parser, table, tell, temporary_library
from bench.startup import SINORUS, Command, compared, take_turns
from sinorus import Library

DOCUMENTS = 31_667
RARE = "zanzibarian"
"""A word that is put into one document alone."""


def made(root: Path, folder: Path, documents: int) -> str:
    """Makes a library of so many documents and its index; the id of one with the rare word."""
    for piece in islice((one for copy in count() for one in copy_of(folder, copy)), documents):
        write_piece(root, piece)
    tell(f"{documents:,} files")
    rare = root / "seeds" / "one" / "d0005.md"
    rare.parent.mkdir()
    rare.write_text(f"---\nlang: en\n---\nA {RARE} paragraph.\n\nAnother one.\n", "utf-8")
    with Library.at(root) as library:
        report = library.index()
        tell(f"{report.documents:,} documents, {report.paragraphs:,} paragraphs")
        (found,) = library.listing(RARE)
    return found.id


def measured(root: Path, name: str, runs: int) -> list[list[str]]:
    """A row for each command."""
    commands = {
        "search, a rare word": ["search", RARE],
        "show, one paragraph by its id": ["show", f"{name}#1"],
        "show, by the end of its id": ["show", f"{'/'.join(name.split('/')[-2:])}#1"],
        "search --source, the rare word": ["search", RARE, "--source", name],
        "search -l, the rare word": ["search", "-l", RARE],
    }
    rows: list[list[str]] = []
    for more in ([], ["--no-update"]):
        chosen = [
            Command(", ".join([one, *more]), [*SINORUS, *arguments, *more])
            for one, arguments in commands.items()
        ]
        rows += compared(take_turns(chosen, root, runs), chosen[0].name)
    return rows


def main() -> None:
    """Prints the table."""
    arguments = parser(__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=REPEATED)
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    arguments.add_argument("--runs", type=int, default=15)
    options = arguments.parse_args()
    with temporary_library() as root:
        name = made(root, options.folder, options.documents)
        rows = measured(root, name, options.runs)
    print(f"{environment()}; {options.runs} runs each, taking turns\n")
    print(table(("command", *TIMES, "÷ rare word", "CPU ÷"), rows))
