"""What is stored of a paragraph, as bytes and back, and how one is found by its hash.

A record is a head line and the text. The head line has the first and last line in the file and,
if there are any, the places: those that are one a line of the text as their columns alone, others
behind a tab as they differ from one another. Behind another tab stands the markup, as JSON.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sinorus.engines.documents import markup_row, read_markup
from sinorus.engines.whoosh.segment.file import SegmentFile
from sinorus.model import KINDS, Paragraph, Place

_DIGITS = frozenset("0123456789abcdef")
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_MOST = 1 << 31
"""No file has so many lines, nor a line so many bytes."""


def head_line(paragraph: Paragraph) -> str:
    """The line before the text of a paragraph: where it stands in its file, and its markup."""
    head = f"{paragraph.line} {paragraph.end_line}"
    places = ""
    if paragraph.places:
        if _one_a_line(paragraph):
            head += "".join([f" {place.column}" for place in paragraph.places])
        else:
            places = _places_record(paragraph)
    markup = markup_row(paragraph)
    if markup:
        return f"{head}\t{places}\t{_encode(markup)}"
    return f"{head}\t{places}" if places else head


def _one_a_line(paragraph: Paragraph) -> bool:
    """Whether there is a place at the beginning of each line of the text, and no other."""
    text, start = paragraph.text, 0
    if len(paragraph.places) != text.count("\n") + 1:
        return False
    for line, place in enumerate(paragraph.places, paragraph.line):
        if place.start != start or place.line != line:
            return False
        start = text.find("\n", start) + 1
    return True


def _places_record(paragraph: Paragraph) -> str:
    numbers = []
    start, line = 0, paragraph.line
    for place in paragraph.places:
        numbers.append(f"{place.start - start} {place.line - line} {place.column}")
        start, line, _ = place
    return " ".join(numbers)


def paragraph_records(heads: Iterable[str], texts: Sequence[str]) -> list[bytes]:
    """Paragraphs without what stands elsewhere: document, number, heading, hash, kind, speaker.

    `heads` has the `head_line` of each.
    """
    return [
        f"{head}\n{text}".encode("utf-8", "surrogatepass")
        for head, text in zip(heads, texts, strict=True)
    ]


class Beside(NamedTuple):
    """What is known of a paragraph beside its record; `kind` is its number in `KINDS`."""

    document: str
    n: int
    heading: tuple[str, ...]
    hash: int
    kind: int
    speaker: str | None


def read_paragraph(record: bytes, beside: Beside) -> Paragraph:
    """The paragraph that `paragraph_records` wrote. Raises ValueError if it is not one."""
    head, _, text = record.decode("utf-8", "surrogatepass").partition("\n")
    numbers, *more = head.split("\t", 2)
    line, end_line, *columns = [int(number) for number in numbers.split(" ")]
    places = _read_columns(columns, text, line) if columns else ()
    if more and more[0]:
        places = _read_places(more[0], line)
    document, n, heading, hashed, kind, speaker = beside
    if kind >= len(KINDS):
        raise ValueError(f"no kind has the number {kind}")
    markup = read_markup(json.loads(more[1]) if len(more) > 1 else [], len(text))
    where = (document, n, text, line, end_line, heading, f"{hashed:08x}", KINDS[kind], places)
    page, end_page, label = markup.pages
    return Paragraph(*where, *markup[:3], speaker, markup.time, page, end_page, label, markup.mark)


def _read_columns(columns: Sequence[int], text: str, line: int) -> tuple[Place, ...]:
    if len(columns) != text.count("\n") + 1:
        raise ValueError("a paragraph has not as many places as lines")
    places = []
    start = 0
    for at, column in enumerate(columns, line):
        places.append(_place(start, at, column))
        start = text.find("\n", start) + 1
    return tuple(places)


def _read_places(record: str, line: int) -> tuple[Place, ...]:
    numbers = iter([int(number) for number in record.split(" ")])
    places: list[Place] = []
    start = 0
    for step, down, column in zip(numbers, numbers, numbers, strict=True):
        if step < 0 or (places and not step):
            raise ValueError("the places of a paragraph do not ascend")
        start, line = start + step, line + down
        places.append(_place(start, line, column))
    return tuple(places)


def _place(start: int, line: int, column: int) -> Place:
    if not (0 <= start < _MOST and 1 <= line < _MOST and 0 <= column < _MOST):
        raise ValueError("no paragraph stands at such a place")
    return Place(start, line, column)


def numbers_by_hash(file: SegmentFile, hash: str) -> Iterator[int]:  # noqa: A002 - as in the model
    """The numbers of the paragraphs with this hash, ascending; deleted ones may be among them.

    A bisection in the paragraphs sorted by hash; what is no hash is not found.
    """
    if len(hash) != 8 or not _DIGITS.issuperset(hash):
        return
    yield from numbers_with_hash(file, int(hash, 16))


def numbers_with_hash(file: SegmentFile, wanted: int) -> Iterator[int]:
    """The same for a hash as the section of them has it."""
    hashes, order = file["para.hashes"].sequence(), file["para.byhash"].sequence()
    at = bisect_left(order, wanted, key=hashes.__getitem__)
    while at < len(order) and hashes[order[at]] == wanted:
        yield order[at]
        at += 1
