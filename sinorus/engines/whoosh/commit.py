"""The table of contents of a commit: which segments there are, what is deleted, what was skipped.

The file is Whoosh's own table of contents, so that any program with Whoosh can open the index; what
sinorus reads stands behind it, with a checksum over all. Whoosh's part holds pickled values, which
could name code to run: sinorus never reads it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from sinorus.engines.whoosh.segment.documents import sound_fault
from sinorus.engines.whoosh.segment.file import REBUILD
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.errors import IndexDamagedError, OutdatedIndexError
from sinorus.files import Folder, NotRegular, TooLarge
from sinorus.model import Fault, Fingerprint

if TYPE_CHECKING:
    from sinorus.engines.whoosh.indexer.segment_writer import SegmentFacts

FORMAT = "arrays-5"
"""Of what is stored and how; an index of another format is rebuilt."""
INDEX, SUFFIX = "MAIN", ".sin"
"""How the files of the index are named: Whoosh's name of it, and the ending of a segment."""
_MAGIC = b"SINOTOC\x1a"
_LARGEST = 1 << 28
"""Bytes that a table of contents may have."""
_SIZES = Struct("<II")
"""Bytes of the head, bytes of what is read later."""
_SEAL = Struct("<I8s")
"""Checksum of all before it, magic."""


class SegmentState(NamedTuple):
    """A segment of a commit: its counts without what is deleted, and the bitmap of that.

    `tokens` and `all_paragraphs` are those of the whole file. `marks` is JSON: ordinal, size,
    mtime, ctime and inode of files that were touched but not changed.
    """

    name: str
    documents: int
    paragraphs: int
    words: int
    all_paragraphs: int
    tokens: int
    deleted: bytes = b""
    marks: bytes = b""

    def file_name(self) -> str:
        """The name of its file in the folder of the index."""
        return segment_file(self.name)

    def open(self, folder: Folder) -> OpenSegment:
        """The segment with what is deleted from it. Raises what `OpenSegment` raises."""
        name = self.file_name()
        path = Path(folder.path, name)
        return OpenSegment(path, self.deleted, self.marks, folder.open(name))


def new_name() -> str:
    """A name for a segment, which nobody can foresee."""
    return os.urandom(8).hex()


def segment_file(name: str) -> str:
    """What the file of a segment is called."""
    return f"{INDEX}_{name}{SUFFIX}"


def new_state(name: str, facts: SegmentFacts) -> SegmentState:
    """The state of a segment that was written just now."""
    documents, paragraphs, words, tokens = facts
    return SegmentState(name, documents, paragraphs, words, paragraphs, tokens)


class Contents(NamedTuple):
    """What a commit holds; `skipped` is JSON: see `skipped_files`."""

    generation: int
    analysis: str
    updated: str
    segments: Sequence[SegmentState]
    skipped: bytes = b""

    def skipped_files(self) -> list[tuple[Fingerprint, Fault]]:
        """The files that are not indexed, each with the reason, sorted by path."""
        rows = json.loads(self.skipped or b"[]")
        return [
            _skipped(Fingerprint("", path, *mark), Fault(path, *fault))
            for path, mark, fault in rows
        ]

    def totals(self) -> tuple[int, int, int]:
        """How many documents, paragraphs and words there are."""
        rows = self.segments
        return (
            sum(row.documents for row in rows),
            sum(row.paragraphs for row in rows),
            sum(row.words for row in rows),
        )


def _skipped(mark: Fingerprint, fault: Fault) -> tuple[Fingerprint, Fault]:
    """A file that is not indexed. Raises ValueError where the types are not those."""
    if [type(one) for one in mark] != [str, str, int, int, int, int, str]:
        raise ValueError("what is known of a skipped file cannot be")
    return mark, sound_fault(fault)


def latest(folder: Folder) -> int:
    """The number of the newest commit in the folder; -1 without one. Raises OSError."""
    newest = -1
    for name in folder.names():
        if name.startswith("_MAIN_") and name.endswith(".toc") and name[6:-4].isdecimal():
            newest = max(newest, int(name[6:-4]))
    return newest


def toc_name(generation: int) -> str:
    """What the file of a commit's table of contents is called."""
    return f"_MAIN_{generation}.toc"


def read_contents(folder: Folder, generation: int) -> Contents:
    """The contents of a commit. Raises IndexDamagedError, OutdatedIndexError, OSError."""
    name = toc_name(generation)
    try:
        raw = folder.read(name, _LARGEST)
    except (NotRegular, TooLarge) as fault:
        raise IndexDamagedError(
            f"the index is damaged: {name}: {fault.strerror}", REBUILD
        ) from None
    sealed = len(raw) - _SEAL.size
    end = sealed - _SIZES.size
    if end < 0 or not raw.endswith(_MAGIC):
        if folder.has("seal.json"):  # beside the contents of formats 1 and 2
            raise _outdated()
        raise _damaged(name)
    if crc32(raw[:sealed]) != _SEAL.unpack_from(raw, sealed)[0]:
        raise _damaged(name)
    head_size, later_size = _SIZES.unpack_from(raw, end)
    later = end - later_size
    try:
        head = json.loads(raw[later - head_size : later])
        if head["format"] != FORMAT:
            raise _outdated()
        return _contents(generation, head, memoryview(raw)[later:end])
    except (ValueError, TypeError, LookupError):  # somebody wrote the checksum who is not sinorus
        raise _damaged(name) from None


def _contents(generation: int, head: dict[str, Any], later: memoryview) -> Contents:
    states = []
    for name, documents, paragraphs, words, size, tokens, deleted, marks in head["segments"]:
        if not name.isalnum():
            raise ValueError(f"{name!r} is not the name of a segment")
        counts = (documents, paragraphs, words, size, tokens)
        end = deleted + marks
        states.append(
            SegmentState(name, *counts, bytes(later[:deleted]), bytes(later[deleted:end]))
        )
        later = later[end:]
    return Contents(generation, head["analysis"], head["updated"], states, bytes(later))


def write_contents(folder: Folder, contents: Contents, whoosh_part: bytes) -> None:
    """Writes the table of contents and puts it in place at once: this is the commit.

    `whoosh_part` is what Whoosh itself would write.
    """
    rows = [[*row[:6], len(row.deleted), len(row.marks)] for row in contents.segments]
    known = {"format": FORMAT, "analysis": contents.analysis, "updated": contents.updated}
    head = json.dumps({**known, "segments": rows}).encode()
    later = b"".join(row.deleted + row.marks for row in contents.segments) + contents.skipped
    content = whoosh_part + head + later + _SIZES.pack(len(head), len(later))
    sealed = content + _SEAL.pack(crc32(content), _MAGIC)
    folder.write(toc_name(contents.generation), sealed, sync=True)


def _outdated() -> OutdatedIndexError:
    return OutdatedIndexError("the index was made by another version of sinorus", REBUILD)


def _damaged(name: str) -> IndexDamagedError:
    return IndexDamagedError(f"the index is damaged: {name} has changed", REBUILD)
