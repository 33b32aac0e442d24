"""Documents to segment files: one segment after the other, as they fill."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from sinorus.engines.whoosh.commit import SegmentState, new_name, segment_file
from sinorus.engines.whoosh.indexer.inverter import Inverter
from sinorus.engines.whoosh.indexer.live_documents import LiveSegment
from sinorus.engines.whoosh.indexer.postings_writer import write_postings
from sinorus.engines.whoosh.indexer.prepared import (
    DocumentRow,
    ParagraphColumns,
    prepared,
    unpacked,
)
from sinorus.engines.whoosh.indexer.tables import (
    run_tables,
    write_documents,
    write_hashes,
    write_values,
)
from sinorus.engines.whoosh.indexer.vocabulary import text_hashes
from sinorus.engines.whoosh.segment.file import SegmentFileWriter
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.paragraphs import paragraph_records
from sinorus.engines.whoosh.segment.stored import StoredWriter
from sinorus.files import Folder
from sinorus.model import Reading

MOST_TOKENS = 18_000_000
"""Tokens after which a segment is closed: some 110 MB of English, and 130 MB of memory."""
MOST_CHUNKS = 700_000
"""Distinct chunks (words and the like) after which one is closed; each takes some 200 bytes."""
_BATCH = 200_000
"""Characters of text that are analysed at once, at least: the arrays then stay in the cache."""


class SegmentWriter:
    """Writes documents, in any order, as one segment of the folder; paragraphs at once.

    Words are counted and missing hashes made here, where the paragraphs are tokenised anyway.
    """

    def __init__(self, folder: Folder) -> None:
        self._name = new_name()
        self._out = SegmentFileWriter(folder.create(segment_file(self._name)))
        self._stored = StoredWriter(self._out, "para.records")
        self._text = Inverter(forms=True)
        self._rows: list[DocumentRow] = []
        self._first = array("I", [0])
        self._kinds, self._prose = bytearray(), bytearray()
        self._heads, self._speakers = run_tables()
        self._hashes = array("I")
        self._texts: list[str] = []
        self._given: list[int] = []
        self._hashed = True
        self._waiting = 0

    @property
    def full(self) -> bool:
        """Whether it has as much as a segment should have."""
        return self._text.size > MOST_TOKENS or len(self._text.vocabulary) > MOST_CHUNKS

    @property
    def documents(self) -> int:
        """Documents added so far."""
        return len(self._rows)

    def add(self, row: DocumentRow, given: ParagraphColumns) -> None:
        """Adds a document whose paragraphs are numbered from 1 without a gap."""
        self._rows.append(row)
        at = self._first[-1]
        for table, runs in ((self._heads, given.heads), (self._speakers, given.speakers)):
            for number, names in runs:
                table.add(at + number, names)
        self._first.append(at + len(given.texts))
        self._kinds += given.kinds
        self._prose += given.prose
        self._stored.extend(paragraph_records(given.lines, given.texts))
        self._waiting += sum(map(len, given.texts))
        self._texts += given.texts
        if given.hashes is None:
            self._hashed = False
        elif self._hashed:
            self._given += given.hashes
        if self._waiting >= _BATCH:
            self._analyse()

    def _analyse(self) -> None:
        chunks = self._text.add(self._texts)
        if self._hashed:
            self._hashes.extend(self._given)
        else:
            self._hashes.extend(text_hashes(chunks, self._text.vocabulary, self._texts))
        self._texts, self._given, self._hashed, self._waiting = [], [], True, 0

    def finish(self) -> SegmentState:
        """Writes the segment and closes its file."""
        if self._texts:
            self._analyse()
        with self._out as out:
            self._stored.close()
            starts = self._text.starts()
            paragraphs = len(starts) - 1
            write_postings(out, "text", self._text, starts)
            self._text.signs.write(out, int(starts[-1]))
            write_hashes(out, np.frombuffer(self._hashes, np.uint32))
            out.section("para.kinds", "B", self._kinds)
            out.section("para.prose", "B", self._prose)
            self._heads.write(out, paragraphs)
            self._speakers.write(out, paragraphs)
            words = self._write_documents(out, starts)
        counts = (len(self._rows), paragraphs, words, paragraphs, int(starts[-1]))
        return SegmentState(self._name, *counts)

    def _write_documents(self, out: SegmentFileWriter, starts: Numbers) -> int:
        first = np.frombuffer(self._first, np.uint32)
        words = np.diff(starts[first].astype(np.int64)) - np.diff(first.astype(np.int64))
        write_documents(out, self._rows, self._first, words.astype(np.uint32))
        write_values(out, [row.values for row in self._rows])
        return int(words.sum())

    def abandon(self) -> None:
        """Closes the file without a header: it is orphaned."""
        self._out.__exit__(KeyboardInterrupt, None, None)


class NewSegments:
    """The segments that one process writes; one is begun when there is something for it."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._writer: SegmentWriter | None = None
        self._states: list[SegmentState] = []
        self._where: dict[str, tuple[int, int]] = {}
        """Of each path the place of its segment and the ordinal of its document there."""
        self._gone: set[tuple[int, int]] = set()
        self.characters = 0

    def add(self, reading: Reading) -> None:
        """Adds the document of a reading, if it has one."""
        if reading.document is not None:
            self._add(*prepared(reading))

    def add_packed(self, rows: Sequence[DocumentRow], columns: tuple[Any, ...]) -> None:
        """Adds documents that another process prepared; `columns` is what `packed` made."""
        for row, given in zip(rows, unpacked(*columns), strict=True):
            self._add(row, given)

    def _add(self, row: DocumentRow, columns: ParagraphColumns) -> None:
        if self._writer is None:
            self._writer = SegmentWriter(self._folder)
        self._where[row.path] = (len(self._states), self._writer.documents)
        self._writer.add(row, columns)
        self.characters += sum(map(len, columns.texts))
        if self._writer.full:
            self._close()

    def delete_path(self, path: str) -> None:
        """Deletes the document that was added for a file."""
        place = self._where.pop(path, None)
        if place is not None:
            self._gone.add(place)

    def _close(self) -> None:
        if self._writer is not None:
            self._states.append(self._writer.finish())
            self._writer = None

    def finish(self) -> list[SegmentState]:
        """Closes the last segment; what was written, without what was deleted again."""
        self._close()
        gone: dict[int, list[int]] = {}
        for at, ordinal in self._gone:
            gone.setdefault(at, []).append(ordinal)
        for at, ordinals in gone.items():
            state = self._states[at]
            segment = LiveSegment(state.open(self._folder), state)
            for ordinal in ordinals:
                segment.delete(ordinal)
            self._states[at] = segment.state()
        return self._states

    def abandon(self) -> None:
        """Closes the file that is open; it is orphaned."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
