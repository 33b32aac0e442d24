"""How well web pages are read, beside trafilatura alone; no index is made.

Every page of FOLDER is read once, in this process. `--truth` is a file of JSON, as trafilatura's
own evaluation has it: an object whose values have `file`, `with` and `without` (passages that must
be in the text, and that must not), and perhaps `title`, `author`, `date` and `sitename`. Passages
count as in the text whatever white space they have; a field as right only where it is the same.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from bench.common import SHARED, parser, table
from sinorus.sources.formats.registry import Binary, Unreadable

FIELDS = {"title": "title", "author": "author", "date": "date", "publisher": "sitename"}
"""Our names of fields, and those of the truth and of trafilatura."""


class Result(NamedTuple):
    """The text of a page, and its fields by the names that the truth has for them."""

    text: str
    fields: Mapping[str, str]


def main() -> None:
    """Prints the table."""
    reading = parser(__doc__)
    reading.add_argument("folder", nargs="*", type=Path, default=[SHARED / "documents/html"])
    reading.add_argument("--truth", type=Path, help="a file of JSON with what pages must give")
    given = reading.parse_args()
    truth = {}
    if given.truth:
        truth = {one["file"]: one for one in json.loads(given.truth.read_text()).values()}
    logging.disable(logging.CRITICAL)
    paths = [path for folder in given.folder for path in sorted(folder.glob("*.htm*"))]
    rows = []
    for name, read in (("sinorus", ours), ("trafilatura", theirs)):
        read(b"<p>The libraries are imported.")
        count: Counter[str] = Counter()
        for path in paths:
            measure(path, read, truth.get(path.name, {}), count)
        rows.append([name, *cells(count)])
    head = ["reader", "pages", "empty", "recall", "foreign", *FIELDS, "CPU a page"]
    print(table(head, rows))


def ours(raw: bytes) -> Result:
    """A page as sinorus reads it."""
    from sinorus.sources.formats.html import read

    try:
        content = read(Binary(raw, "a.html"))
    except Unreadable:
        return Result("", {})
    fields = {}
    for name, theirs_ in FIELDS.items():
        value = content.fields.get(name)
        fields[theirs_] = "; ".join(value) if isinstance(value, list) else str(value or "")
    return Result("\n".join(block.text for block in content.blocks), fields)


def theirs(raw: bytes) -> Result:
    """A page as trafilatura reads it, with its fields."""
    from trafilatura import extract
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(raw)
    text = extract(raw, include_comments=False, include_tables=True) or ""
    return Result(text, {name: str(getattr(found, name) or "") for name in FIELDS.values()})


def measure(
    path: Path, read: Callable[[bytes], Result], truth: Mapping[str, Any], count: Counter[str]
) -> None:
    """Reads a page and counts what is right."""
    raw = path.read_bytes()
    began = process_time()
    found = read(raw)
    count["microseconds"] += int((process_time() - began) * 1_000_000)
    count["pages"] += 1
    text = " ".join(found.text.split())
    count["empty"] += not text
    for key in ("with", "without"):
        passages = [" ".join(one.split()) for one in truth.get(key, ())]
        count[f"{key} all"] += len(passages)
        count[key] += sum(one in text for one in passages)
    for name in FIELDS.values():
        wanted = truth.get(name)
        wanted = "; ".join(wanted) if isinstance(wanted, list) else wanted
        if wanted:
            count[f"{name} all"] += 1
            count[name] += " ".join(wanted.split()) == " ".join(found.fields.get(name, "").split())


def cells(count: Counter[str]) -> list[str]:
    """What stands in a row of the table."""
    shown = [str(count["pages"]), str(count["empty"])]
    for name in ("with", "without"):
        whole = count[f"{name} all"]
        shown.append(f"{count[name] / whole:.3f}" if whole else "-")
    for name in FIELDS.values():
        whole = count[f"{name} all"]
        shown.append(f"{count[name]}/{whole}" if whole else "-")
    return [*shown, f"{count['microseconds'] / 1000 / max(1, count['pages']):.0f} ms"]
