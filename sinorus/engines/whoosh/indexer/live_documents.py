"""The segments that were there before a change, and what the change takes away from them."""

from __future__ import annotations

import json
from operator import attrgetter

from sinorus.engines.whoosh.commit import Contents, SegmentState
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.files import Folder
from sinorus.model import Fault, Fingerprint


class Inventory:
    """Documents by path and id; deletions are noted here and are in the `states` afterwards."""

    def __init__(self, folder: Folder, contents: Contents | None) -> None:
        states = contents.segments if contents else ()
        self._segments = [Part(state.open(folder), state) for state in states]
        self._skipped_before = contents.skipped if contents else b""
        self._skipped = {
            mark.path: (mark, fault)
            for mark, fault in (contents.skipped_files() if contents else ())
        }

    @property
    def changed(self) -> bool:
        """Whether anything was taken away or is known otherwise."""
        return any(part.changed for part in self._segments) or (
            self.skipped() != self._skipped_before
        )

    def fingerprints(self) -> list[Fingerprint]:
        """What is known of each file, sorted by path."""
        known = [mark for mark, _ in self._skipped.values()]
        for part in self._segments:
            known += part.segment.documents.fingerprints()
        return sorted(known, key=attrgetter("path"))

    def delete_path(self, path: str) -> None:
        """Forgets a file and its document."""
        self._skipped.pop(path, None)
        for part in self._segments:
            # More than one only where something went wrong: none of them may stay.
            while (ordinal := part.segment.documents.at_path(path)) is not None:
                part.delete(ordinal)

    def delete_id(self, name: str) -> None:
        """Takes out the document of this id, if there is one."""
        for part in self._segments:
            while (ordinal := part.segment.documents.find(name)) is not None:
                part.delete(ordinal)

    def skip(self, mark: Fingerprint, fault: Fault) -> None:
        """Keeps in mind a file that is not indexed."""
        self._skipped[mark.path] = (mark, fault)

    def remark(self, mark: Fingerprint) -> None:
        """Replaces what is known of a file whose text is the same."""
        if mark.path in self._skipped:
            self._skipped[mark.path] = (mark, self._skipped[mark.path][1])
        for part in self._segments:
            ordinal = part.segment.documents.at_path(mark.path)
            if ordinal is not None:
                part.remark(ordinal, mark)

    def states(self) -> list[SegmentState]:
        """The segments as they are now; those without a document are left out."""
        states = [part.state() for part in self._segments]
        return [state for state in states if state.documents]

    def skipped(self) -> bytes:
        """The files that are not indexed, as a table of contents keeps them."""
        rows = [
            (path, mark[2:], (fault.line, fault.reason, fault.skipped))
            for path, (mark, fault) in sorted(self._skipped.items())
        ]
        return json.dumps(rows).encode() if rows else b""

    def close(self) -> None:
        """Lets go of the files."""
        self._segments = []


State = tuple[int, int, int, int]
"""Size, mtime, ctime and inode of a file."""


class Part:
    """One segment, and what is taken away from it."""

    def __init__(self, segment: OpenSegment, state: SegmentState) -> None:
        self.segment = segment
        self._state = state
        self._gone: list[int] = []
        self._marks: dict[int, State] = {
            ordinal: (size, mtime, ctime, inode)
            for ordinal, size, mtime, ctime, inode in segment.documents.marks()
        }
        self._remarked = False

    @property
    def changed(self) -> bool:
        """Whether it is no longer as its state says."""
        return bool(self._gone) or self._remarked

    def delete(self, ordinal: int) -> None:
        """Takes out a document."""
        documents = self.segment.documents
        bitmap = bytearray(documents.deleted or bytes(-(-len(documents) // 8)))
        bitmap[ordinal >> 3] |= 1 << (ordinal & 7)
        documents.deleted = bytes(bitmap)
        self._gone.append(ordinal)
        self._marks.pop(ordinal, None)

    def remark(self, ordinal: int, mark: Fingerprint) -> None:
        """Notes how the file of a document looks now."""
        if mark[2:6] != (self._marks.get(ordinal) or self._written(ordinal)):
            self._marks[ordinal] = mark[2:6]
            self._remarked = True

    def _written(self, ordinal: int) -> State:
        file = self.segment.file
        size, mtime = file["doc.sizes"][ordinal], file["doc.mtimes"][ordinal]
        return size, mtime, file["doc.ctimes"][ordinal], file["doc.inodes"][ordinal]

    def state(self) -> SegmentState:
        """What a table of contents says of it now."""
        first, words = self.segment.documents.first, self.segment.file["doc.words"]
        rows = [(ordinal, *mark) for ordinal, mark in sorted(self._marks.items())]
        state = self._state
        return state._replace(
            documents=state.documents - len(self._gone),
            paragraphs=state.paragraphs - sum(first[at + 1] - first[at] for at in self._gone),
            words=state.words - sum(words[at] for at in self._gone),
            deleted=self.segment.documents.deleted,
            marks=json.dumps(rows).encode() if rows else b"",
        )
