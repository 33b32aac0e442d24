"""Plain texts: how many paragraphs begin in mid-sentence, and how many borders are lost.

Each FOLDER is a collection; by default those of `plain` in the folder `shared` beside this
repository. What is judged is what a reader of `sinorus.sources` gave, and the judge knows nothing
of how: it looks at the characters on either side of each border and at the lines of the file.

- mid-sentence: a paragraph begins with a small letter and the one before ended no sentence; where
  letters are neither small nor great, the one before is a line of text that ends without a stop.
- open: one begins with whatever letter after 100 characters or more that end no sentence; some of
  these are right (a heading of several lines, a quotation, a list), so that this is an upper bound.
- lost: of the places where a paragraph surely begins, by an empty line, an indent or a long line
  after the end of a sentence, those where none does. A reader that joins everything loses all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bench.common import SHARED, parser, table, tell
from sinorus.sources.decode import Undecodable, decode
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import format_of
from sinorus.sources.kinds import suffix_of
from sinorus.sources.metadata import split_metadata
from sinorus.sources.paragraphs import read_paragraphs

BAR = 1.0
"""Of a hundred paragraphs, so many may begin in mid-sentence."""
_SUFFIXES = {".txt", ".md", ".text", ".markdown"}
_LARGEST = 3_000_000  # bytes
_OPEN = 100  # characters
_LONG = 200  # columns from which a line is a paragraph
_HEADING = 60  # columns
_STOP = re.compile(r"[.!?…:;。！？：；‽؟][\s\"'”’»›)\]}」』）》〉】*_\d\[†]*\Z")
_FIRST = re.compile(r"[\s\"'“‘„«‹(\[{「『（《*_—–-]*")
_ITEM = re.compile(r"[;,] (?:and|or)\Z")
_ADDRESS = re.compile(r"[\[*\s]*(?:[wｗＷ]\s*){2,3}", re.I)
_HAN = re.compile("[\u3400-\u9fff]")
_HEADING_HAN = re.compile(
    r"\A\W*(?:正文)?\W*(?:目录)?\W*第?\w{1,5}[回章节節卷部篇]|[ \u3000]{1,}第?|https?:|www"
)
_LINE = 18  # ideographs from which a line that ends without a stop is no heading
_FURNITURE = re.compile(
    r"[\W_]*(?:page|стр\.?|第)?[\W_]*(?:\d{1,4}|[ivxlc]+)[\W_]*页?[\W_]*\Z", re.I
)
_MARK = re.compile(
    r"[(\[（]?(?:\d{1,3}|[A-Za-zа-я]|[ivx]+|[一二三四五六七八九十]+)[.)\]）、]|[-*•·–—]\s"
)


class Fault(NamedTuple):
    """One place: its file, its line there, and what stands on either side of it."""

    kind: str
    path: Path
    line: int
    before: str
    after: str


class Verdict(NamedTuple):
    """What came of one file: paragraphs, places where one surely begins, and all faults."""

    paragraphs: int
    borders: int
    faults: list[Fault]

    def count(self, kind: str) -> int:
        """How many faults are of a kind."""
        return sum(fault.kind == kind for fault in self.faults)


def judge(path: Path) -> Verdict | None:
    """The verdict on one file, or None if it is no text."""
    try:
        text = decode(path.read_bytes()).text
    except Undecodable:
        return None
    known = split_metadata(text, path.name)
    kind_of_file = format_of(suffix_of(path.name), text)
    blocks = read_paragraphs(kind_of_file, known.body, known.body_line).blocks
    lines = ["", *re.split("\r\n|\r|\n", text)]
    faults = [
        Fault(kind, path, after.line, before.text[-70:], after.text[:70])
        for before, after in pairwise(blocks)
        if before.kind == after.kind == "text" and (kind := _cut(before.text, after.text))
    ]
    starts = {block.line for block in blocks}
    borders = [] if any(block.kind != "text" for block in blocks) else list(_borders(lines))
    faults += [
        Fault("lost", path, at, lines[before][-70:], lines[at].strip()[:70])
        for before, at in borders
        if at not in starts and _inside(blocks, at)
    ]
    return Verdict(len(blocks), len(borders), faults)


def _inside(blocks: Sequence[Block], line: int) -> bool:
    return blocks[0].line < line <= blocks[-1].end_line


def _ended(text: str) -> bool:
    return _STOP.search(text[-12:]) is not None


def _cut(before: str, after: str) -> str:
    """The kind of fault that a border between two paragraphs is, or nothing."""
    last = before.rsplit("\n", 1)[-1].rstrip()
    start = _FIRST.match(after)
    first = after[start.end() : start.end() + 1] if start else after[:1]
    if not first.isalpha() or _ended(last) or _is_verse(before) or not any(map(str.isalpha, last)):
        return ""
    if first.islower():
        listed = _MARK.match(after) or _ITEM.search(last) or _ADDRESS.match(after)
        return "" if listed else "mid-sentence"
    if not first.isupper():
        line = len(_HAN.findall(last)) >= _LINE and not _HEADING_HAN.search(before[:80])
        return (
            "mid-sentence"
            if line and (_HAN.match(last[-1]) or last[-1] in "，、") and not _MARK.match(before)
            else ""
        )
    return "open" if len(before) >= _OPEN and not before.isupper() else ""


def _is_verse(text: str) -> bool:
    """Whether a paragraph is a stanza: narrow lines, most of which begin with a capital."""
    lines = [line.strip() for line in text.split("\n")]
    capitals = sum(line.lstrip("\"'“‘«(—- ")[:1].isupper() for line in lines)
    return len(lines) >= 2 and max(map(len, lines)) <= _HEADING and 4 * capitals >= 3 * len(lines)


def _borders(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines before and at which a paragraph surely begins."""
    visible = [number for number, line in enumerate(lines) if line.strip()]
    pairs = list(pairwise(visible))
    gaps = [(before, at) for before, at in pairs if at > before + 1]
    on = sum(_runs_on(lines[before], lines[at]) for before, at in gaps)
    divided = bool(gaps) and 10 * on < len(gaps)
    lengths = sorted(len(lines[number]) for number in visible)
    by_line = bool(lengths) and lengths[len(lengths) * 3 // 4] >= _LONG
    for before, at in pairs:
        one, other = lines[before].rstrip(), lines[at]
        if not _ended(one) or _runs_on(one, other) or _FURNITURE.match(one.strip()):
            continue
        indents = len(one) - len(one.lstrip()), len(other) - len(other.lstrip())
        gap = divided and at > before + 1
        wide = by_line and len(one) >= _LONG and len(other) >= _LONG
        deeper = indents[0] <= 1 and 2 <= indents[1] <= 8 and len(other.strip()) >= _HEADING
        if gap or wide or (deeper and not _MARK.match(one)):
            yield before, at


def _runs_on(before: str, after: str) -> bool:
    start = _FIRST.match(after)
    first = after[start.end() : start.end() + 1] if start else after[:1]
    return first.islower() or (not _ended(before) and not first.isupper())


def _row(name: str, verdicts: Sequence[Verdict]) -> list[str]:
    paragraphs = sum(one.paragraphs for one in verdicts)
    borders = sum(one.borders for one in verdicts)
    mid, loose, lost = (
        sum(one.count(kind) for one in verdicts) for kind in ("mid-sentence", "open", "lost")
    )
    share = 100 * mid / max(1, paragraphs)
    worst = max((100 * v.count("mid-sentence") / max(1, v.paragraphs) for v in verdicts), default=0)
    above = sum(100 * v.count("mid-sentence") > BAR * v.paragraphs for v in verdicts)
    return [
        *(name, str(len(verdicts)), str(paragraphs), f"{share:.2f}", str(above), f"{worst:.1f}"),
        *(f"{100 * loose / max(1, paragraphs):.2f}", str(borders)),
        *(f"{100 * lost / max(1, borders):.2f}", "ok" if share < BAR else "short"),
    ]


def main() -> None:
    """Prints the table, and with `--show` some of the faults."""
    arguments = parser(__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, help="collections of plain texts")
    arguments.add_argument("--sample", type=int, default=0, help="so many files of each, by chance")
    arguments.add_argument("--show", type=int, default=0, help="so many faults of each kind")
    options = arguments.parse_args()
    folders = options.folders or sorted((SHARED / "plain").iterdir())
    rows, everything = [], []
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        files = [one for one in files if one.is_file() and one.suffix.lower() in _SUFFIXES]
        files = [one for one in files if one.stat().st_size <= _LARGEST]
        if options.sample and len(files) > options.sample:
            files = sorted(random.Random(1).sample(files, options.sample))
        verdicts = [verdict for file in files if (verdict := judge(file)) is not None]
        tell(f"{folder}: {len(verdicts)} files")
        rows.append(_row(folder.name, verdicts))
        everything += verdicts
        faults = [fault for verdict in verdicts for fault in verdict.faults]
        for kind in ("mid-sentence", "open", "lost"):
            of_kind = [fault for fault in faults if fault.kind == kind]
            for one in random.Random(1).sample(of_kind, min(options.show, len(of_kind))):
                tell(f"  {kind} {one.path.name}:{one.line} {one.before!r} | {one.after!r}")
    rows.append(_row("all", everything))
    head = ("collection", "files", "paragraphs", "mid-sentence %", "files above", "worst %")
    print(table([*head, "open %", "borders", "lost %", ""], rows))


if __name__ == "__main__":
    main()
