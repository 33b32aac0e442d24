"""A commit: which segments there are, what is deleted, what was skipped, which files it needs.

Its file, the table of contents, begins as Whoosh's own, so that any program with Whoosh and sinorus
can open the index; what sinorus reads stands behind that, with a checksum over all. Whoosh's part
holds pickled values, which could name code to run: sinorus never reads it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from stat import S_ISDIR
from struct import Struct
from typing import Any, NamedTuple
from zlib import crc32

from sinorus.engines.whoosh.segment.documents import sound_fault
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.errors import IndexDamagedError, OutdatedIndexError
from sinorus.files import Folder, NotRegular, TooLarge
from sinorus.model import Fault, Fingerprint

FORMAT = "arrays-9"
"""Names what is stored and how; an index of another format is rebuilt."""
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

    `tokens` and `all_paragraphs` are those of the whole file. `touched` is JSON: ordinal, size,
    mtime, ctime and inode of files that were touched but not changed.
    """

    name: str
    documents: int
    paragraphs: int
    words: int
    all_paragraphs: int
    tokens: int
    deleted: bytes = b""
    touched: bytes = b""

    def file_name(self) -> str:
        """The name of its file in the folder of the index."""
        return segment_file(self.name)

    def open(self, folder: Folder) -> OpenSegment:
        """The segment with what is deleted from it. Raises what `OpenSegment` raises."""
        name = self.file_name()
        path = Path(folder.path, name)
        return OpenSegment(path, self.deleted, self.touched, folder.open(name))


def new_name() -> str:
    """A name for a segment, which nobody can foresee."""
    return os.urandom(8).hex()


def segment_file(name: str) -> str:
    """What the file of a segment is called."""
    return f"{INDEX}_{name}{SUFFIX}"


FileIdentity = tuple[int, int, int]
"""Inode, size and mtime of a file: other ones, and it may be another file."""


class Commit(NamedTuple):
    """What a commit holds; `skipped` is JSON: see `skipped_files`.

    `identity` is that of its table of contents, None as long as it is not on the disk.
    """

    generation: int
    analysis: str
    updated: str
    segments: Sequence[SegmentState]
    skipped: bytes = b""
    identity: FileIdentity | None = None

    def skipped_files(self) -> list[tuple[Fingerprint, Fault]]:
        """The files that are not indexed, each with the reason, sorted by path."""
        rows = json.loads(self.skipped or b"[]")
        return [
            _skipped(Fingerprint("", path, *rest), Fault(path, *fault))
            for path, rest, fault in rows
        ]

    def totals(self) -> tuple[int, int, int]:
        """How many documents, paragraphs and words there are."""
        rows = self.segments
        return (
            sum(row.documents for row in rows),
            sum(row.paragraphs for row in rows),
            sum(row.words for row in rows),
        )


def _skipped(fingerprint: Fingerprint, fault: Fault) -> tuple[Fingerprint, Fault]:
    """A file that is not indexed. Raises ValueError where the types are not those."""
    if [type(one) for one in fingerprint] != [str, str, int, int, int, int, str]:
        raise ValueError("what is known of a skipped file cannot be")
    return fingerprint, sound_fault(fault)


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


def is_current(folder: Folder, commit: Commit) -> bool:
    """Whether the newest commit of the folder is this one, by the state of its file alone."""
    generation = latest(folder)
    return generation == commit.generation and commit.identity == _identity(folder, generation)


def _identity(folder: Folder, generation: int) -> FileIdentity:
    state = folder.stat(toc_name(generation))
    return state.st_ino, state.st_size, state.st_mtime_ns


def read_commit(folder: Folder, generation: int) -> Commit:
    """A commit by its number. Raises IndexDamagedError, OutdatedIndexError, OSError."""
    name = toc_name(generation)
    identity = _identity(folder, generation)  # before: should it be replaced, it is read again
    try:
        raw = folder.read(name, _LARGEST)
    except (NotRegular, TooLarge) as fault:
        raise IndexDamagedError(f"the index is damaged: {name}: {fault.strerror}") from None
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
        commit = _commit(generation, head, memoryview(raw)[later:end])
        return commit._replace(identity=identity)
    except (ValueError, TypeError, LookupError):  # somebody wrote the checksum who is not sinorus
        raise _damaged(name) from None


def _commit(generation: int, head: dict[str, Any], later: memoryview) -> Commit:
    states = []
    for name, documents, paragraphs, words, size, tokens, deleted, touched in head["segments"]:
        if not name.isalnum():
            raise ValueError(f"{name!r} is not the name of a segment")
        counts = (documents, paragraphs, words, size, tokens)
        end = deleted + touched
        states.append(
            SegmentState(name, *counts, bytes(later[:deleted]), bytes(later[deleted:end]))
        )
        later = later[end:]
    return Commit(generation, head["analysis"], head["updated"], states, bytes(later))


def write_commit(folder: Folder, commit: Commit, whoosh_part: bytes) -> Commit:
    """Puts the table of contents in place at once, which is the commit; as it is on the disk.

    `whoosh_part` is what Whoosh itself would write.
    """
    rows = [[*row[:6], len(row.deleted), len(row.touched)] for row in commit.segments]
    known = {"format": FORMAT, "analysis": commit.analysis, "updated": commit.updated}
    head = json.dumps({**known, "segments": rows}).encode()
    later = b"".join(row.deleted + row.touched for row in commit.segments) + commit.skipped
    content = whoosh_part + head + later + _SIZES.pack(len(head), len(later))
    sealed = content + _SEAL.pack(crc32(content), _MAGIC)
    folder.write(toc_name(commit.generation), sealed, sync=True)
    return commit._replace(identity=_identity(folder, commit.generation))


def _outdated() -> OutdatedIndexError:
    return OutdatedIndexError("the index was made by another version of sinorus")


def _damaged(name: str) -> IndexDamagedError:
    return IndexDamagedError(f"the index is damaged: {name} has changed")


_OURS = re.compile(r"_?MAIN_\w+\..+|seal\.json(\..+)?|(?:(?:names|writer)\.json|former\.bin)\.\w+")
_ALWAYS = frozenset({"MAIN_WRITELOCK"})


def orphaned_files(folder: Folder, commit: Commit | None) -> list[str]:
    """The files of the index folder that a commit does not need; None: no commit is there.

    They are what an earlier commit left, or a run that was killed.
    """
    wanted = set(_ALWAYS)
    if commit is not None:
        wanted.add(toc_name(commit.generation))
        wanted.update(state.file_name() for state in commit.segments)
    return [
        name
        for name in folder.names()
        if _OURS.fullmatch(name) and name not in wanted and not S_ISDIR(folder.stat(name).st_mode)
    ]


def remove_orphans(folder: Folder, commit: Commit | None, keep: Collection[str] = ()) -> None:
    """Deletes the orphaned files but those named in `keep`; only a holder of the lock may."""
    for name in orphaned_files(folder, commit):
        if name not in keep:
            folder.remove(name)
