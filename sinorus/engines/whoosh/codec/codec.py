"""Our codec for Whoosh: it reads, and leaves writing to sinorus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from whoosh.codec import base

from sinorus.engines.whoosh.codec.lengths import Lengths
from sinorus.engines.whoosh.codec.paragraphs import ParagraphReader
from sinorus.engines.whoosh.codec.schema import refuse
from sinorus.engines.whoosh.codec.terms import TermsReader
from sinorus.engines.whoosh.segment.reader import OpenSegment

if TYPE_CHECKING:
    from sinorus.engines.whoosh.codec.segment import WhooshSegment


class ArrayCodec(base.Codec):
    """Reads segments of arrays; with `rounded` lengths go through a byte, as in Whoosh's codecs."""

    def __init__(self, rounded: bool = False) -> None:
        self._rounded = rounded
        self._opened: dict[Path, tuple[OpenSegment, Lengths]] = {}

    def _open(self, storage: Any, segment: WhooshSegment) -> tuple[OpenSegment, Lengths]:
        path = segment.path(storage)
        if path not in self._opened:
            opened = OpenSegment(path, segment.deleted)
            self._opened[path] = (opened, Lengths(opened, self._rounded))
        return self._opened[path]

    def terms_reader(self, storage: Any, segment: WhooshSegment) -> TermsReader:
        """The dictionary of a segment."""
        return TermsReader(*self._open(storage, segment))

    def per_document_reader(self, storage: Any, segment: WhooshSegment) -> ParagraphReader:
        """Stored paragraphs, lengths and deletions of a segment."""
        return ParagraphReader(*self._open(storage, segment))

    def postings_reader(self, *_: Any, **__: Any) -> NoReturn:
        """Refuses: the reader of terms has the lists, no other file has any."""
        raise TypeError("the reader of terms has the postings")

    def postings_writer(self, *_: Any, **__: Any) -> NoReturn:
        """Refuses: Whoosh's writer hands over one paragraph at a time."""
        refuse()

    def per_document_writer(self, storage: Any, segment: Any) -> NoReturn:
        """Refuses, as `postings_writer` does."""
        refuse()

    def field_writer(self, storage: Any, segment: Any) -> NoReturn:
        """Refuses, as `postings_writer` does."""
        refuse()

    def new_segment(self, storage: Any, indexname: str) -> NoReturn:
        """Refuses, as `postings_writer` does."""
        refuse()
