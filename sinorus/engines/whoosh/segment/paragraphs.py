"""What is stored of a paragraph, as bytes and back, and how one is found by its hash."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from sinorus.engines.whoosh.segment.file import SegmentFile
from sinorus.model import Paragraph

_DIGITS = frozenset("0123456789abcdef")


def place_line(paragraph: Paragraph) -> str:
    """The line of numbers before the text of a paragraph: where it stands in its file."""
    margins = paragraph.margins
    if len(margins) == 1:  # as nearly all have
        return f"{paragraph.line} {paragraph.end_line} {margins[0]}"
    rest = "".join([f" {margin}" for margin in margins])
    return f"{paragraph.line} {paragraph.end_line}{rest}"


def paragraph_records(places: Iterable[str], texts: Sequence[str]) -> list[bytes]:
    """Paragraphs without their document, number, heading and hash, which stand elsewhere.

    `places` has the `place_line` of each.
    """
    return [
        f"{place}\n{text}".encode("utf-8", "surrogatepass")
        for place, text in zip(places, texts, strict=True)
    ]


def read_paragraph(
    record: bytes, document: str, n: int, heading: tuple[str, ...], hashed: int
) -> Paragraph:
    """The paragraph that `paragraph_records` wrote. Raises ValueError if it is not one."""
    head, _, text = record.decode("utf-8", "surrogatepass").partition("\n")
    line, end_line, *margins = [int(number) for number in head.split(" ")]
    return Paragraph(document, n, text, line, end_line, heading, f"{hashed:08x}", tuple(margins))


def numbers_by_hash(file: SegmentFile, hash: str) -> Iterator[int]:  # noqa: A002 - as in the model
    """The numbers of the paragraphs with this hash, ascending; deleted ones may be among them.

    A bisection in the paragraphs sorted by hash; what is no hash is not found.
    """
    if len(hash) != 8 or not _DIGITS.issuperset(hash):
        return
    wanted, hashes, order = int(hash, 16), file["para.hashes"], file["para.byhash"]
    at = bisect_left(order, wanted, key=hashes.__getitem__)
    while at < len(order) and hashes[order[at]] == wanted:
        yield order[at]
        at += 1
