"""The segments that were there before a change, and what the change takes away from them."""

from __future__ import annotations

import json
from pathlib import Path

from sinorus.engines.whoosh.codec.opened import OpenSegment
from sinorus.engines.whoosh.contents import Contents, SegmentState
from sinorus.model import Fault, Fingerprint


class Inventory:
    """Documents by path and id; deletions are noted here and are in the `states` afterwards."""

    def __init__(self, folder: Path, contents: Contents | None) -> None:
        states = contents.segments if contents else ()
        self._segments = [Part(state.open(folder), state) for state in states]
        self._skipped = {
            mark.path: (mark, fault)
            for mark, fault in (contents.skipped_files() if contents else ())
        }

    def delete_path(self, path: str) -> None:
        """Forgets a file and its document."""
        self._skipped.pop(path, None)
        for part in self._segments:
            ordinal = part.segment.documents.at_path(path)
            if ordinal is not None:
                part.delete(ordinal)

    def delete_id(self, name: str) -> None:
        """Takes out the document of this id, if there is one."""
        for part in self._segments:
            ordinal = part.segment.documents.find(name)
            if ordinal is not None:
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
                part.marks[ordinal] = (mark.size, mark.mtime)

    def states(self) -> list[SegmentState]:
        """The segments as they are now; those without a document are left out."""
        states = [part.state() for part in self._segments]
        return [state for state in states if state.documents]

    def skipped(self) -> bytes:
        """The files that are not indexed, as a table of contents keeps them."""
        rows = [
            (path, (mark.size, mark.mtime, mark.digest), (fault.line, fault.reason, fault.skipped))
            for path, (mark, fault) in sorted(self._skipped.items())
        ]
        return json.dumps(rows).encode() if rows else b""

    def close(self) -> None:
        """Lets go of the files."""
        self._segments = []


class Part:
    """One segment, and what is taken away from it."""

    def __init__(self, segment: OpenSegment, state: SegmentState) -> None:
        self.segment = segment
        self._state = state
        self._gone: list[int] = []
        self.marks: dict[int, tuple[int, int]] = {
            ordinal: (size, mtime) for ordinal, size, mtime in json.loads(state.marks or b"[]")
        }

    def delete(self, ordinal: int) -> None:
        documents = self.segment.documents
        bitmap = bytearray(documents.deleted or bytes(-(-len(documents) // 8)))
        bitmap[ordinal >> 3] |= 1 << (ordinal & 7)
        documents.deleted = bytes(bitmap)
        self._gone.append(ordinal)
        self.marks.pop(ordinal, None)

    def state(self) -> SegmentState:
        first, words = self.segment.documents.first, self.segment.file["doc.words"]
        rows = [(ordinal, *mark) for ordinal, mark in sorted(self.marks.items())]
        state = self._state
        return state._replace(
            documents=state.documents - len(self._gone),
            paragraphs=state.paragraphs - sum(first[at + 1] - first[at] for at in self._gone),
            words=state.words - sum(words[at] for at in self._gone),
            deleted=self.segment.documents.deleted,
            marks=json.dumps(rows).encode() if rows else b"",
        )
