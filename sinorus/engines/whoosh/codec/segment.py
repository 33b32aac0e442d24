"""What makes the index a Whoosh index: a table of contents, the segments it names, their codec."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from whoosh.codec import base
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from sinorus.engines.whoosh.codec.schema import make_schema, refuse
from sinorus.engines.whoosh.commit import INDEX, SUFFIX, Commit
from sinorus.engines.whoosh.segment.reader import OpenSegment

if TYPE_CHECKING:
    from sinorus.engines.whoosh.codec.paragraphs import Lengths, ParagraphReader
    from sinorus.engines.whoosh.codec.terms import TermsReader


def whoosh_toc(commit: Commit) -> bytes:
    """The table of contents as Whoosh writes it, for programs that open the index with Whoosh."""
    segments = [
        WhooshSegment(f"{INDEX}_{state.name}", SUFFIX, state.deleted) for state in commit.segments
    ]
    storage = RamStorage()
    TOC(make_schema(), segments, commit.generation).write(storage, INDEX)
    (name,) = storage.list()
    with storage.open_file(name) as file:
        return bytes(file.read())


class WhooshSegment(base.Segment):
    """A segment as Whoosh's table of contents keeps it.

    Readers ask the file how many paragraphs there are and which are deleted. Only a writer of
    Whoosh asks the segment, before it does anything else: that is where it is refused.
    """

    def __init__(self, name: str, suffix: str, deleted: bytes) -> None:
        self.indexname, self.segid = name.split("_", 1)
        self.compound = False
        self._suffix = suffix
        self.deleted = deleted

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def path(self, storage: Any) -> Path:
        """Its file."""
        return Path(storage.folder, self.make_filename(self._suffix))

    def should_assemble(self) -> bool:
        return False  # it is one file already

    def doc_count_all(self) -> NoReturn:
        refuse()

    def deleted_count(self) -> NoReturn:
        refuse()

    def deleted_docs(self) -> NoReturn:
        refuse()

    def is_deleted(self, docnum: int) -> NoReturn:
        refuse()

    def set_doc_count(self, doccount: int) -> NoReturn:
        refuse()

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        refuse()


class ArrayCodec(base.Codec):
    """Reads segments of arrays; with `rounded` lengths go through a byte, as in Whoosh's codecs.

    It refuses to write: Whoosh's writer hands over one paragraph at a time.
    """

    def __init__(self, rounded: bool = False) -> None:
        self._rounded = rounded
        self._opened: dict[Path, tuple[OpenSegment, Lengths]] = {}

    def _open(self, storage: Any, segment: WhooshSegment) -> tuple[OpenSegment, Lengths]:
        from sinorus.engines.whoosh.codec.paragraphs import Lengths  # for readers alone

        path = segment.path(storage)
        if path not in self._opened:
            opened = OpenSegment(path, segment.deleted)
            self._opened[path] = (opened, Lengths(opened, self._rounded))
        return self._opened[path]

    def terms_reader(self, storage: Any, segment: WhooshSegment) -> TermsReader:
        """The dictionary of a segment, and its postings."""
        from sinorus.engines.whoosh.codec.terms import TermsReader

        return TermsReader(*self._open(storage, segment))

    def per_document_reader(self, storage: Any, segment: WhooshSegment) -> ParagraphReader:
        """Stored paragraphs, lengths and deletions of a segment."""
        from sinorus.engines.whoosh.codec.paragraphs import ParagraphReader

        return ParagraphReader(*self._open(storage, segment))

    def postings_reader(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("the reader of terms has the postings")

    def postings_writer(self, *_: Any, **__: Any) -> NoReturn:
        refuse()

    def per_document_writer(self, storage: Any, segment: Any) -> NoReturn:
        refuse()

    def field_writer(self, storage: Any, segment: Any) -> NoReturn:
        refuse()

    def new_segment(self, storage: Any, indexname: str) -> NoReturn:
        refuse()
