"""What is stored of a paragraph, as bytes and back."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from sinorus.model import Paragraph


class Columns(NamedTuple):
    """What a segment keeps of a document's paragraphs, column by column.

    `places` is what `paragraph_records` puts before each text; `heads` has each heading with the
    number, from 0, of the first paragraph it stands above. `hashes` is None where some are missing.
    Handing these to another process takes a tenth of what the paragraphs would take.
    """

    texts: list[str]
    places: list[str]
    heads: list[tuple[int, tuple[str, ...]]]
    hashes: list[int] | None


def columns(paragraphs: Sequence[Paragraph]) -> Columns:
    """The columns of paragraphs that follow one another."""
    heads: list[tuple[int, tuple[str, ...]]] = []
    before: tuple[str, ...] | None = None
    for at, one in enumerate(paragraphs):
        if one.heading is not before and one.heading != before:
            before = one.heading
            heads.append((at, before))
    places = [f"{one.line} {one.end_line}{_margins(one.margins)}" for one in paragraphs]
    marks = [one.hash for one in paragraphs]
    hashes = [int(mark, 16) for mark in marks] if all(marks) else None
    return Columns([one.text for one in paragraphs], places, heads, hashes)


def _margins(margins: Sequence[int]) -> str:
    if len(margins) == 1:  # as nearly all have
        return f" {margins[0]}"
    return "".join([f" {margin}" for margin in margins])


def packed(many: Sequence[Columns]) -> tuple[Any, ...]:
    """Columns for a pipe, as a few long strings: making many short ones is what takes time."""
    texts = [text for one in many for text in one.texts]
    places = "\n".join([place for one in many for place in one.places])
    rest = [(len(one.texts), one.heads, one.hashes) for one in many]
    return "".join(texts), array("I", map(len, texts)), places, rest


def unpacked(joined: str, sizes: array[int], places: str, rest: Sequence[Any]) -> Iterator[Columns]:
    """What `packed` was given."""
    ends = list(accumulate(sizes, initial=0))
    texts = [joined[start:end] for start, end in pairwise(ends)]
    apart = places.split("\n")
    at = 0
    for count, heads, hashes in rest:
        yield Columns(texts[at : at + count], apart[at : at + count], heads, hashes)
        at += count


def paragraph_records(given: Columns) -> list[bytes]:
    """Paragraphs without their document, number, heading and hash, which stand elsewhere."""
    return [
        f"{place}\n{text}".encode("utf-8", "surrogatepass")
        for place, text in zip(given.places, given.texts, strict=True)
    ]


def read_paragraph(
    record: bytes, document: str, n: int, heading: tuple[str, ...], mark: int
) -> Paragraph:
    """The paragraph that `paragraph_records` wrote. Raises ValueError if it is none."""
    head, _, text = record.decode("utf-8", "surrogatepass").partition("\n")
    line, end_line, *margins = [int(number) for number in head.split(" ")]
    return Paragraph(document, n, text, line, end_line, heading, f"{mark:08x}", tuple(margins))
