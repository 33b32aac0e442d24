"""What a segment takes of a reading: made by whoever reads files, and cheap to send to another."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from sinorus.engines.documents import document_record, document_values
from sinorus.engines.whoosh.segment.paragraphs import head_line
from sinorus.model import KINDS, Document, Fault, Fingerprint, Paragraph, Reading
from sinorus.model.dates import day_number
from sinorus.text.prose import prose


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


NamedRun = tuple[int, tuple[str, ...]]
"""The number, from 0, of the first paragraph of a run in its document, and the names above it."""


class ParagraphColumns(NamedTuple):
    """What a segment keeps of a document's paragraphs, column by column.

    `lines` has the `head_line` of each, `kinds` the number of its kind in `KINDS`, `prose`
    what `text.prose` says of it; `heads` and
    `speakers` have the runs of paragraphs that have the same. `hashes` is None where some are
    missing. Handing these to another process takes a tenth of what the paragraphs would take.
    """

    texts: list[str]
    lines: list[str]
    kinds: bytes
    prose: bytes
    heads: list[NamedRun]
    speakers: list[NamedRun]
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


_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


def paragraph_columns(paragraphs: Sequence[Paragraph]) -> ParagraphColumns:
    """The columns of paragraphs that follow one another."""
    digits = [one.hash for one in paragraphs]
    return ParagraphColumns(
        texts=[one.text for one in paragraphs],
        lines=[head_line(one) for one in paragraphs],
        kinds=bytes([_KIND_NUMBERS[one.kind] for one in paragraphs]),
        prose=bytes([prose(one.text) for one in paragraphs]),
        heads=_runs([one.heading for one in paragraphs]),
        speakers=_runs([(one.speaker,) if one.speaker else () for one in paragraphs]),
        hashes=[int(one, 16) for one in digits] if all(digits) else None,
    )


def _runs(names: Sequence[tuple[str, ...]]) -> list[NamedRun]:
    """The runs of paragraphs that have the same names above them."""
    found: list[NamedRun] = []
    before: tuple[str, ...] | None = None
    for at, one in enumerate(names):
        if one is not before and one != before:
            before = one
            found.append((at, one))
    return found


def packed(many: Sequence[ParagraphColumns]) -> tuple[Any, ...]:
    """Columns for a pipe, as a few long strings: making many short ones is what takes time."""
    texts = [text for one in many for text in one.texts]
    lines = "\n".join([line for one in many for line in one.lines])
    rest = [(len(one.texts), *one[2:]) for one in many]
    return "".join(texts), array("I", map(len, texts)), lines, rest


def unpacked(
    joined: str, sizes: array[int], lines: str, rest: Sequence[Any]
) -> Iterator[ParagraphColumns]:
    """What `packed` was given."""
    ends = list(accumulate(sizes, initial=0))
    texts = [joined[start:end] for start, end in pairwise(ends)]
    apart = lines.split("\n")
    at = 0
    for count, *columns in rest:
        yield ParagraphColumns(texts[at : at + count], apart[at : at + count], *columns)
        at += count
