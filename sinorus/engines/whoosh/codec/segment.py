"""What makes the index a Whoosh index: its table of contents, and the segments it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from whoosh.codec import base

from sinorus.engines.whoosh.codec.schema import make_schema, refuse

if TYPE_CHECKING:
    from sinorus.engines.whoosh.codec.codec import ArrayCodec
    from sinorus.engines.whoosh.commit import Contents


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
        """The codec that reads it."""
        from sinorus.engines.whoosh.codec.codec import ArrayCodec

        return ArrayCodec()

    def path(self, storage: Any) -> Path:
        """Its file."""
        return Path(storage.folder, self.make_filename(self._suffix))

    def should_assemble(self) -> bool:
        """It is one file already."""
        return False

    def doc_count_all(self) -> NoReturn:
        """Refuses."""
        refuse()

    def deleted_count(self) -> NoReturn:
        """Refuses."""
        refuse()

    def deleted_docs(self) -> NoReturn:
        """Refuses."""
        refuse()

    def is_deleted(self, docnum: int) -> NoReturn:
        """Refuses."""
        refuse()

    def set_doc_count(self, doccount: int) -> NoReturn:
        """Refuses."""
        refuse()

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        """Refuses."""
        refuse()


def whoosh_contents(contents: Contents) -> bytes:
    """The table of contents as Whoosh writes it, for programs that open the index with Whoosh."""
    from whoosh.filedb.filestore import RamStorage
    from whoosh.index import TOC

    from sinorus.engines.whoosh.commit import INDEX, SUFFIX

    segments = [
        WhooshSegment(f"{INDEX}_{state.name}", SUFFIX, state.deleted) for state in contents.segments
    ]
    storage = RamStorage()
    TOC(make_schema(), segments, contents.generation).write(storage, INDEX)
    (name,) = storage.list()
    with storage.open_file(name) as file:
        return bytes(file.read())
