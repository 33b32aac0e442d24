"""How well PDFs are read: paragraphs, notes, headings and running heads of files with known text.

The files that are given have their truth beside them, the others are typeset now
(`pdf_layouts.py`). `--long` measures time and memory instead (`pdf_long.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

from bench.common import SHARED, environment, parser, table, tell
from bench.pdf_layouts import LAYOUTS, Truth, typst_source
from bench.pdf_long import long_files
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.pdf import read
from sinorus.sources.formats.registry import Binary

_QUOTES = str.maketrans("’‘“”", "''\"\"")
_NUMBER = re.compile(
    r"\W*(?:page|стр\.?|第)?\s*\d+\s*(?:of|из|页)?\s*(?:共\s*)?\d*\s*页?\W*\Z", re.I
)


class Score(NamedTuple):
    """Shares of what is right, from 0 to 1; `furniture` counts what should not be there."""

    paragraphs: float
    notes: float
    headings: float
    furniture: int
    milliseconds: float


def score(blocks: Sequence[Block], truth: Truth, took: float) -> Score:
    """How blocks compare with the truth."""
    texts = {plain(one.text): one for one in blocks if one.kind not in ("footnote", "heading")}
    notes = {plain(one.text): one for one in blocks if one.kind == "footnote"}
    titles = {plain(one.text) for one in blocks if one.kind == "heading"}
    right = 0
    for note, at in zip(truth.notes, truth.noted, strict=True):
        found, text = notes.get(plain(note)), texts.get(plain(truth.paragraphs[at]))
        right += found is not None and (text is None or found.label in text.notes)
    kept = sum(
        any(head in one.text for head in truth.furniture) or bool(_NUMBER.match(one.text))
        for one in blocks
        if one.kind != "heading" or plain(one.text) not in map(plain, truth.headings)
    )
    return Score(
        _share(sum(plain(one) in texts for one in truth.paragraphs), len(truth.paragraphs)),
        _share(right, len(truth.notes)),
        _share(sum(plain(one) in titles for one in truth.headings), len(truth.headings)),
        kept,
        took * 1000,
    )


def plain(text: str) -> str:
    """A text with one kind of space and quotation marks."""
    return " ".join(text.translate(_QUOTES).split())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def files(only: str) -> Iterator[tuple[str, bytes, Truth, bool]]:
    """Each file to be read: its name, bytes, truth, and whether it is held out."""
    for path in sorted((SHARED / "documents" / "typeset").glob("*.pdf")):
        known = json.loads(path.with_name(path.name.replace("_untagged.pdf", ".json")).read_text())
        if only in path.stem:
            truth = Truth(known["paras"], [], [], [], [known["head"]])
            yield path.stem, path.read_bytes(), truth, False
    import typst

    for layout in LAYOUTS:
        if only in layout.name:
            source, truth = typst_source(layout)
            pdf = typst.compile(source.encode(), format="pdf", pdf_tags=layout.tags)
            yield layout.name, pdf, truth, layout.held_out


def main() -> None:
    """Prints the table."""
    options = parser(__doc__)
    options.add_argument("--only", default="", help="files whose name contains this")
    options.add_argument("--write", type=Path, help="a folder for the files that are typeset")
    options.add_argument("--missed", action="store_true", help="show what was not found")
    options.add_argument("--long", type=int, metavar="PAGES", help="time and memory of such files")
    options.add_argument("--runs", type=int, default=5, help="of each long file; the least counts")
    chosen = options.parse_args()
    if chosen.long:
        print(long_files(chosen.long, chosen.runs))
        print(f"\n{environment(('pypdfium2', 'numpy'))}")
        return
    rows = []
    for name, pdf, truth, held_out in files(chosen.only):
        if chosen.write:
            chosen.write.mkdir(parents=True, exist_ok=True)
            (chosen.write / (name.replace(" ", "_").replace(",", "") + ".pdf")).write_bytes(pdf)
        start = process_time()
        blocks = read(Binary(pdf, name)).blocks
        found = score(blocks, truth, process_time() - start)
        rows.append(
            (
                name + (" *" if held_out else ""),
                *(f"{share:.3f}" for share in found[:3]),
                str(found.furniture),
                f"{found.milliseconds:.0f}",
            )
        )
        if chosen.missed and not held_out:
            _tell_missed(name, blocks, truth)
    heads = ("file", "paragraphs", "notes", "headings", "running heads", "CPU ms")
    print(table(heads, rows))


def _tell_missed(name: str, blocks: Sequence[Block], truth: Truth) -> None:
    texts = {plain(one.text) for one in blocks}
    wanted = {plain(one) for one in [*truth.paragraphs, *truth.notes, *truth.headings]}
    for one in [*truth.paragraphs, *truth.notes, *truth.headings]:
        if plain(one) not in texts:
            tell(f"{name} missed: {one[:70]} … {one[-60:]}")
    for block in blocks:
        if plain(block.text) not in wanted:
            text = block.text
            tell(f"{name} p. {block.page} {block.kind}: {text[:70]!r} … {text[-60:]!r}")
