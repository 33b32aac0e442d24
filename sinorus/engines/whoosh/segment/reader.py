"""A segment that is open for reading, all its parts by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from sinorus.engines.whoosh.segment.documents import Documents, split_key, value_key
from sinorus.engines.whoosh.segment.file import SegmentFile
from sinorus.engines.whoosh.segment.paragraphs import Beside, numbers_by_hash, read_paragraph
from sinorus.engines.whoosh.segment.postings import Forms, Postings, Terms
from sinorus.engines.whoosh.segment.runs import Runs
from sinorus.engines.whoosh.segment.signs import Bits
from sinorus.engines.whoosh.segment.stored import Stored
from sinorus.model import Paragraph, ParagraphId


class OpenSegment:
    """A segment file with what is deleted from it; its parts are opened when they are asked for.

    Paragraphs, heads (headings above a run of paragraphs), speakers (of a run) and values (of
    metadata) have numbers from 0. Raises what `SegmentFile` raises.
    """

    def __init__(
        self, path: Path, deleted: bytes = b"", touched: bytes = b"", handle: int | None = None
    ) -> None:
        self.file = SegmentFile(path, handle)
        self.documents = Documents(self.file, deleted, touched)
        self.kept: dict[str, Any] = {}  # arrays that the next search will ask for again

    @cached_property
    def text(self) -> Postings:
        """The words of the paragraphs."""
        return Postings(self.file, "text")

    @cached_property
    def forms(self) -> Forms:
        """The forms of those words."""
        return Forms(self.file)

    @cached_property
    def joins(self) -> range:
        """The numbers of the forms of words that are written as two."""
        return self.forms.terms.joins()

    @cached_property
    def begins(self) -> Bits:
        """The tokens with which a stretch of Han begins."""
        return Bits(self.file, "begins")

    @cached_property
    def inside(self) -> Bits:
        """The tokens that go on with a word of Han."""
        return Bits(self.file, "inside")

    @cached_property
    def heads(self) -> Runs:
        """The headings above the paragraphs."""
        return Runs(self.file, "head")

    @cached_property
    def speakers(self) -> Runs:
        """Who speaks in the paragraphs; a run without a name is what nobody speaks."""
        return Runs(self.file, "speaker")

    def runs(self, field: str) -> Runs | None:
        """The runs of a field of the query language; None for one that is of whole documents."""
        match field:
            case "heading":
                return self.heads
            case "speaker":
                return self.speakers
            case _:
                return None

    @cached_property
    def value(self) -> Postings:
        """The words of the metadata."""
        return Postings(self.file, "value")

    @cached_property
    def keys(self) -> Terms:
        """The distinct values of metadata, as `value_key` writes them."""
        return Terms(self.file, "value.keys")

    def fields(self) -> Iterator[str]:
        """The names of the metadata of the documents that are there, each once."""
        at = 0
        while at < len(self.keys):
            name, _ = split_key(self.keys[at])
            numbers = self.keys.beginning(value_key(name, ""))
            if at not in numbers:
                self.file.damaged("a value of metadata has no name")
            if any(map(self._is_there, numbers)):
                yield name
            at = max(numbers.stop, at + 1)

    def values(self, name: str) -> Iterator[str]:
        """The values of a field of the documents that are there, each once."""
        for number in self.keys.beginning(value_key(name, "")):
            if self._is_there(number):
                yield split_key(self.keys[number])[1]

    def _is_there(self, number: int) -> bool:
        """Whether a document has the value of that number that is not deleted."""
        documents = self.documents
        if not documents.deleted:
            return True
        first, owners = self.file["value.first"].sequence(), self.file["value.docs"].sequence()
        span = range(first[number], first[number + 1])
        return not all(documents.is_deleted(owners[at]) for at in span)

    @cached_property
    def titles(self) -> range:
        """The numbers of the values that are titles."""
        return self.keys.beginning(b"title\0")

    @cached_property
    def records(self) -> Stored:
        """The stored paragraphs."""
        return Stored(self.file, "para.records")

    @cached_property
    def paragraphs(self) -> int:
        """How many paragraphs there are, deleted ones too."""
        return len(self.file["para.hashes"])

    def paragraphs_by_hash(self, hash: str) -> Iterator[ParagraphId]:  # noqa: A002 - as in the model
        """The paragraphs with this hash, without those that are deleted."""
        documents = self.documents
        for number in numbers_by_hash(self.file, hash):
            ordinal = documents.of(number)
            if not documents.is_deleted(ordinal):
                yield ParagraphId(documents.id(ordinal), number - documents.first[ordinal] + 1)

    def lengths(self, numbers: Sequence[int]) -> list[int]:
        """The words of some paragraphs, by their numbers."""
        starts = self.text.starts.sequence()
        return [starts[number + 1] - starts[number] - 1 for number in numbers]

    def speaker(self, paragraph: int) -> str | None:
        """Who speaks in a paragraph."""
        names = self.speakers.above(paragraph)
        if len(names) > 1:
            self.file.damaged("a paragraph has several speakers")
        return names[0] if names else None

    def paragraph(self, number: int, ordinal: int | None = None) -> Paragraph:
        """A paragraph with all that is known of it; the ordinal of its document may be given."""
        documents = self.documents
        ordinal = documents.of(number) if ordinal is None else ordinal
        beside = Beside(
            document=documents.id(ordinal),
            n=number - documents.first[ordinal] + 1,
            heading=self.heads.above(number),
            hash=self.file["para.hashes"][number],
            kind=self.file["para.kinds"][number],
            speaker=self.speaker(number),
        )
        return read_paragraph(self.records[number], beside)
