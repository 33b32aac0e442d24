"""Documents to a segment file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sinorus.engines.whoosh.indexer.inverter import Inverter
from sinorus.engines.whoosh.indexer.postings_writer import write_postings
from sinorus.engines.whoosh.indexer.tables import (
    DocumentRow,
    document_row,
    write_documents,
    write_hashes,
    write_heads,
    write_values,
)
from sinorus.engines.whoosh.segment.file_writer import SegmentFileWriter
from sinorus.engines.whoosh.segment.hashing import text_hashes
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.paragraphs import Columns, columns, paragraph_records
from sinorus.engines.whoosh.segment.stored import StoredWriter
from sinorus.model import Document, Fault, Fingerprint, Paragraph

_BATCH = 200_000
"""Characters of text that are analysed at once, at least: the arrays then stay in the cache."""


class SegmentFacts(NamedTuple):
    """What a segment holds, in all; `tokens` counts the gap after each paragraph too."""

    documents: int
    paragraphs: int
    words: int
    tokens: int


class SegmentBuilder:
    """Writes documents, in any order, as one segment to an opened file; paragraphs at once.

    Words are counted and missing hashes made here, where the paragraphs are tokenised anyway.
    """

    def __init__(self, file: int) -> None:
        self._out = SegmentFileWriter(file)
        self._stored = StoredWriter(self._out, "para.records")
        self._text = Inverter(forms=True)
        self._rows: list[DocumentRow] = []
        self._first = array("I", [0])
        self._heads: list[tuple[str, ...]] = []
        self._head_first = array("I")
        self._hashes = array("I")
        self._texts: list[str] = []
        self._given: list[int] = []
        self._hashed = True
        self._waiting = 0

    @property
    def tokens(self) -> int:
        """Tokens taken in so far, to decide when a segment is large enough."""
        return self._text.size

    @property
    def vocabulary(self) -> int:
        """Distinct chunks met so far."""
        return len(self._text.vocabulary)

    @property
    def documents(self) -> int:
        """Documents taken in so far."""
        return len(self._rows)

    def add(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        mark: Fingerprint,
        faults: Sequence[Fault] = (),
    ) -> None:
        """Takes in a document whose paragraphs are numbered from 1 without a gap."""
        self.take(document_row(document, mark, faults), columns(paragraphs))

    def take(self, row: DocumentRow, given: Columns) -> None:
        """Takes in what another process made of a document."""
        self._rows.append(row)
        at = self._first[-1]
        for number, head in given.heads:
            self._heads.append(head)
            self._head_first.append(at + number)
        self._first.append(at + len(given.texts))
        self._stored.extend(paragraph_records(given))
        self._waiting += sum(map(len, given.texts))
        self._texts += given.texts
        if given.hashes is None:
            self._hashed = False
        elif self._hashed:
            self._given += given.hashes
        if self._waiting >= _BATCH:
            self._analyse()

    def _analyse(self) -> None:
        read = self._text.add(self._texts)
        if self._hashed:
            self._hashes.extend(self._given)
        else:
            self._hashes.extend(text_hashes(read, self._text.vocabulary, self._texts))
        self._texts, self._given, self._hashed, self._waiting = [], [], True, 0

    def finish(self) -> SegmentFacts:
        """Writes the segment and closes its file."""
        if self._texts:
            self._analyse()
        with self._out as out:
            self._stored.close()
            starts = self._text.starts()
            write_postings(out, "text", self._text, starts)
            write_hashes(out, np.frombuffer(self._hashes, np.uint32))
            write_heads(out, self._heads, self._head_first, len(starts) - 1)
            words = self._write_documents(out, starts)
        return SegmentFacts(len(self._rows), len(starts) - 1, words, int(starts[-1]))

    def _write_documents(self, out: SegmentFileWriter, starts: Numbers) -> int:
        first = np.frombuffer(self._first, np.uint32)
        words = np.diff(starts[first].astype(np.int64)) - np.diff(first.astype(np.int64))
        write_documents(out, self._rows, self._first, words.astype(np.uint32))
        write_values(out, [row.values for row in self._rows])
        return int(words.sum())

    def abandon(self) -> None:
        """Closes the file as it is; it is litter."""
        self._out.__exit__(KeyboardInterrupt, None, None)
