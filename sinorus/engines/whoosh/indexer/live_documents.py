"""The segments that were there before a change, and what the change deletes from them."""

from __future__ import annotations

import json
from operator import attrgetter

from sinorus.engines.whoosh.commit import Commit, SegmentState
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.files import Folder
from sinorus.model import Fault, Fingerprint


class LiveDocuments:
    """The documents of a commit, if there is one, that a change leaves; by path and id.

    What it deletes is in the `states` afterwards.
    """

    def __init__(self, folder: Folder, commit: Commit | None) -> None:
        states = commit.segments if commit else ()
        self._segments = [LiveSegment(state.open(folder), state) for state in states]
        self._skipped_before = commit.skipped if commit else b""
        self._skipped = {
            fingerprint.path: (fingerprint, fault)
            for fingerprint, fault in (commit.skipped_files() if commit else ())
        }

    @property
    def changed(self) -> bool:
        """Whether anything was deleted, touched or skipped."""
        return any(segment.changed for segment in self._segments) or (
            self.skipped() != self._skipped_before
        )

    def fingerprints(self) -> list[Fingerprint]:
        """What is known of each file, sorted by path."""
        known = [fingerprint for fingerprint, _ in self._skipped.values()]
        for segment in self._segments:
            known += segment.documents.fingerprints()
        return sorted(known, key=attrgetter("path"))

    def delete_path(self, path: str) -> None:
        """Deletes what is known of a file, and its document."""
        self._skipped.pop(path, None)
        for segment in self._segments:
            # More than one only where something went wrong: none of them may stay.
            while (ordinal := segment.documents.at_path(path)) is not None:
                segment.delete(ordinal)

    def delete_id(self, name: str) -> None:
        """Deletes the document of this id, if there is one."""
        for segment in self._segments:
            while (ordinal := segment.documents.find(name)) is not None:
                segment.delete(ordinal)

    def skip(self, fingerprint: Fingerprint, fault: Fault) -> None:
        """Records a file that is not indexed."""
        self._skipped[fingerprint.path] = (fingerprint, fault)

    def touch(self, fingerprint: Fingerprint) -> None:
        """Replaces the fingerprint of a file whose text is the same."""
        path = fingerprint.path
        if path in self._skipped:
            self._skipped[path] = (fingerprint, self._skipped[path][1])
        for segment in self._segments:
            ordinal = segment.documents.at_path(path)
            if ordinal is not None:
                segment.touch(ordinal, fingerprint)

    def states(self) -> list[SegmentState]:
        """The segments as they are now; those without a document are left out."""
        states = [segment.state() for segment in self._segments]
        return [state for state in states if state.documents]

    def skipped(self) -> bytes:
        """The files that are not indexed, as a table of contents keeps them."""
        rows = [
            (path, fingerprint[2:], (fault.line, fault.reason, fault.skipped))
            for path, (fingerprint, fault) in sorted(self._skipped.items())
        ]
        return json.dumps(rows).encode() if rows else b""

    def close(self) -> None:
        """Closes the files."""
        self._segments = []


FileState = tuple[int, int, int, int]
"""Size, mtime, ctime and inode of a file."""


class LiveSegment:
    """One segment, and what is deleted from it."""

    def __init__(self, segment: OpenSegment, state: SegmentState) -> None:
        self.documents = segment.documents
        self._file = segment.file
        self._state = state
        self._gone: list[int] = []
        self._touched: dict[int, FileState] = {
            ordinal: (size, mtime, ctime, inode)
            for ordinal, size, mtime, ctime, inode in segment.documents.touched()
        }
        self._newly_touched = False

    @property
    def changed(self) -> bool:
        """Whether anything was deleted or touched."""
        return bool(self._gone) or self._newly_touched

    def delete(self, ordinal: int) -> None:
        """Deletes a document."""
        documents = self.documents
        bitmap = bytearray(documents.deleted or bytes(-(-len(documents) // 8)))
        bitmap[ordinal >> 3] |= 1 << (ordinal & 7)
        documents.deleted = bytes(bitmap)
        self._gone.append(ordinal)
        self._touched.pop(ordinal, None)

    def touch(self, ordinal: int, fingerprint: Fingerprint) -> None:
        """Replaces the fingerprint of a document's file."""
        if fingerprint[2:6] != (self._touched.get(ordinal) or self._written(ordinal)):
            self._touched[ordinal] = fingerprint[2:6]
            self._newly_touched = True

    def _written(self, ordinal: int) -> FileState:
        file = self._file
        size, mtime = file["doc.sizes"][ordinal], file["doc.mtimes"][ordinal]
        return size, mtime, file["doc.ctimes"][ordinal], file["doc.inodes"][ordinal]

    def state(self) -> SegmentState:
        """What a table of contents says of it now."""
        first, words = self.documents.first, self._file["doc.words"]
        rows = [(ordinal, *file) for ordinal, file in sorted(self._touched.items())]
        state = self._state
        return state._replace(
            documents=state.documents - len(self._gone),
            paragraphs=state.paragraphs - sum(first[at + 1] - first[at] for at in self._gone),
            words=state.words - sum(words[at] for at in self._gone),
            deleted=self.documents.deleted,
            touched=json.dumps(rows).encode() if rows else b"",
        )
