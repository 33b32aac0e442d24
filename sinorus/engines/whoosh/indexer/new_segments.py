"""New segments, in this process or in one that works for it: one after the other as they fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sinorus.engines.whoosh.commit import SegmentState, new_name, new_state, segment_file
from sinorus.files import Folder
from sinorus.model import Reading

if TYPE_CHECKING:
    from sinorus.engines.whoosh.indexer.segment_writer import SegmentBuilder
    from sinorus.engines.whoosh.indexer.tables import DocumentRow
    from sinorus.engines.whoosh.segment.paragraphs import Columns

_TOKENS = 18_000_000
"""Tokens after which a segment is closed: some 110 MB of English, and 130 MB of memory."""
_CHUNKS = 700_000
"""Distinct words and the like after which a segment is closed; each takes some 200 bytes."""


class NewSegments:
    """Writes readings to segments of its own; a segment is only begun when there is something."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._builder: SegmentBuilder | None = None
        self._name = ""
        self._states: list[SegmentState] = []
        self._where: dict[str, tuple[int, int]] = {}
        self._gone: set[tuple[int, int]] = set()
        self.characters = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return self._builder is None and not self._states

    def add(self, reading: Reading) -> None:
        """Takes in the document of a reading, if it has one."""
        if reading.document is not None:
            self._take(*prepared(reading))

    def take_packed(self, rows: Sequence[DocumentRow], columns: tuple[Any, ...]) -> None:
        """Takes in documents of which another process made this."""
        from sinorus.engines.whoosh.segment.paragraphs import unpacked

        for row, given in zip(rows, unpacked(*columns), strict=True):
            self._take(row, given)

    def _take(self, row: DocumentRow, columns: Columns) -> None:
        builder = self._builder or self._begin()
        self._where[row.path] = (len(self._states), builder.documents)
        builder.take(row, columns)
        self.characters += sum(map(len, columns.texts))
        if builder.tokens > _TOKENS or builder.vocabulary > _CHUNKS:
            self._close()

    def delete_path(self, path: str) -> None:
        """Takes out the document that was added for a file."""
        place = self._where.pop(path, None)
        if place is not None:
            self._gone.add(place)

    def _begin(self) -> SegmentBuilder:
        from sinorus.engines.whoosh.indexer.segment_writer import SegmentBuilder

        self._name = new_name()
        self._builder = SegmentBuilder(self._folder.create(segment_file(self._name)))
        return self._builder

    def _close(self) -> None:
        if self._builder is None:
            return
        self._states.append(new_state(self._name, self._builder.finish()))
        self._builder = None

    def finish(self) -> list[SegmentState]:
        """Closes the last segment; what was written, without what was taken out again."""
        self._close()
        gone: dict[int, list[int]] = {}
        for at, ordinal in self._gone:
            gone.setdefault(at, []).append(ordinal)
        for at, ordinals in gone.items():
            self._states[at] = without(self._folder, self._states[at], ordinals)
        return self._states

    def abandon(self) -> None:
        """Closes the file that is open; the next run takes it away."""
        if self._builder is not None:
            self._builder.abandon()
            self._builder = None


def prepared(reading: Reading) -> tuple[DocumentRow, Columns]:
    """What a segment takes of a document."""
    from sinorus.engines.whoosh.indexer.tables import document_row
    from sinorus.engines.whoosh.segment.paragraphs import columns

    if reading.document is None:
        raise ValueError(f"{reading.fingerprint.path} has no document")
    row = document_row(reading.document, reading.fingerprint, reading.faults)
    return row, columns(reading.paragraphs)


def without(folder: Folder, state: SegmentState, ordinals: list[int]) -> SegmentState:
    """The state of a segment without some of its documents."""
    from sinorus.engines.whoosh.indexer.live_documents import Part

    part = Part(state.open(folder), state)
    for ordinal in ordinals:
        part.delete(ordinal)
    return part.state()
