"""What a segment takes of a reading: made by whoever reads files, and cheap to send to another."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from sinorus.engines.documents import document_record, document_values
from sinorus.engines.whoosh.segment.paragraphs import place_line
from sinorus.model import Document, Fault, Fingerprint, Paragraph, Reading
from sinorus.model.documents import day_number


class DocumentRow(NamedTuple):
    """What the tables need of a document; `dates` as `day_number` has them, 0 where unknown."""

    name: str
    path: str
    digest: str
    size: int
    mtime: int
    ctime: int
    inode: int
    title: str | None
    dates: tuple[int, int]
    values: list[tuple[str, str]]
    record: bytes
    faulty: bool


class ParagraphColumns(NamedTuple):
    """What a segment keeps of a document's paragraphs, column by column.

    `places` has the `place_line` of each; `heads` has each heading with the number, from 0, of the
    first paragraph it stands above. `hashes` is None where some are missing. Handing these to
    another process takes a tenth of what the paragraphs would take.
    """

    texts: list[str]
    places: list[str]
    heads: list[tuple[int, tuple[str, ...]]]
    hashes: list[int] | None


def prepared(reading: Reading) -> tuple[DocumentRow, ParagraphColumns]:
    """What a segment takes of a reading. Raises ValueError for one without a document."""
    if reading.document is None:
        raise ValueError(f"{reading.fingerprint.path} has no document")
    row = document_row(reading.document, reading.fingerprint, reading.faults)
    return row, paragraph_columns(reading.paragraphs)


def document_row(
    document: Document, fingerprint: Fingerprint, faults: Sequence[Fault]
) -> DocumentRow:
    """What the tables need of a document."""
    date = document.date
    return DocumentRow(
        *(document.id, fingerprint.path, fingerprint.digest),
        *fingerprint[2:6],
        document.title,
        (day_number(date.first), day_number(date.last)) if date else (0, 0),
        *(document_values(document), document_record(document, faults), bool(faults)),
    )


def paragraph_columns(paragraphs: Sequence[Paragraph]) -> ParagraphColumns:
    """The columns of paragraphs that follow one another."""
    heads: list[tuple[int, tuple[str, ...]]] = []
    before: tuple[str, ...] | None = None
    for at, one in enumerate(paragraphs):
        if one.heading is not before and one.heading != before:
            before = one.heading
            heads.append((at, before))
    places = [place_line(one) for one in paragraphs]
    digits = [one.hash for one in paragraphs]
    hashes = [int(one, 16) for one in digits] if all(digits) else None
    return ParagraphColumns([one.text for one in paragraphs], places, heads, hashes)


def packed(many: Sequence[ParagraphColumns]) -> tuple[Any, ...]:
    """Columns for a pipe, as a few long strings: making many short ones is what takes time."""
    texts = [text for one in many for text in one.texts]
    places = "\n".join([place for one in many for place in one.places])
    rest = [(len(one.texts), one.heads, one.hashes) for one in many]
    return "".join(texts), array("I", map(len, texts)), places, rest


def unpacked(
    joined: str, sizes: array[int], places: str, rest: Sequence[Any]
) -> Iterator[ParagraphColumns]:
    """What `packed` was given."""
    ends = list(accumulate(sizes, initial=0))
    texts = [joined[start:end] for start, end in pairwise(ends)]
    apart = places.split("\n")
    at = 0
    for count, heads, hashes in rest:
        yield ParagraphColumns(texts[at : at + count], apart[at : at + count], heads, hashes)
        at += count
