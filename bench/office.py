"""What is read of office documents, books and mail, and how quickly; no index is made.

Each file of FOLDER and below that has a suffix of one of these readers is read once, in this
process: how many are refused with a reason or read with a fault, what came of the others.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from time import process_time

from bench.common import SHARED, parser, table
from sinorus.sources.formats.registry import (
    BY_SUFFIX,
    Binary,
    BinaryReader,
    Content,
    Format,
    Unreadable,
)

READERS = ("docx", "odt", "epub", "rtf", "mail")


def main() -> None:
    """Prints the table."""
    reading = parser(__doc__)
    reading.add_argument("folder", nargs="?", type=Path, default=SHARED / "documents")
    folder = reading.parse_args().folder
    counts: dict[str, Counter[str]] = {}
    for path in sorted(folder.rglob("*")):
        kind = BY_SUFFIX.get(path.suffix.lower())
        if kind is not None and kind.module in READERS and path.is_file():
            measure(path, kind, counts.setdefault(kind.name, Counter()))
    rows = []
    for name, count in counts.items():
        speed = count["microseconds"] / 1000 / max(1, count["files"] - count["refused"])
        shown = ("files", "refused", "faults", "headings", "paragraphs", "footnotes", "parts")
        rows.append([name, *(str(count[key]) for key in shown), f"{speed:.1f} ms"])
    head = ["kind", "files", "refused", "with faults", "headings", "paragraphs", "footnotes"]
    print(table([*head, "parts", "a file"], rows))


def measure(path: Path, kind: Format, count: Counter[str]) -> None:
    """Reads a file and counts what came of it."""
    read: BinaryReader = import_module(f"sinorus.sources.formats.{kind.module}").read
    raw = path.read_bytes()
    began = process_time()
    count["files"] += 1
    try:
        found = read(Binary(raw, path.name))
    except Unreadable:
        count["refused"] += 1
        return
    count["microseconds"] += int((process_time() - began) * 1_000_000)
    count["faults"] += bool(found.faults)
    add(found, count)


def add(found: Content, count: Counter[str]) -> None:
    """Counts what a reader made, and what it made of the messages in it."""
    for block in found.blocks:
        count["headings"] += block.kind == "heading"
        count["footnotes"] += block.kind == "footnote"
        count["paragraphs"] += block.kind not in ("heading", "footnote")
    count["parts"] += len(found.parts)
    for part in found.parts:
        if part.content is not None:
            add(part.content, count)
