"""Writing the tables of a segment: documents, hashes, headings, speakers, values of metadata."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from sinorus.engines.ordering import title_key
from sinorus.engines.whoosh.indexer.inverter import Inverter
from sinorus.engines.whoosh.indexer.postings_writer import write_postings
from sinorus.engines.whoosh.indexer.prepared import DocumentRow
from sinorus.engines.whoosh.segment.documents import split_key, value_key
from sinorus.engines.whoosh.segment.file import SegmentFileWriter
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.stored import StoredWriter

_TEXTS = 20_000
"""Headings or values that are analysed at once."""


def write_documents(
    out: SegmentFileWriter, rows: Sequence[DocumentRow], first: array[int], words: Numbers
) -> None:
    """The document table; `first` is the first paragraph of each, and of what would come next."""
    records = StoredWriter(out, "doc.records")
    records.extend([row.record for row in rows])
    records.close()
    out.section("doc.first", "I", first)
    out.section("doc.words", "I", words)
    for name, texts in (
        ("doc.ids", [row.name for row in rows]),
        ("doc.paths", [row.path for row in rows]),
        ("doc.digests", [row.digest for row in rows]),
    ):
        out.strings(name, [text.encode("utf-8", "surrogatepass") for text in texts])
    out.section("doc.sizes", "Q", array("Q", [row.size for row in rows]))
    out.section("doc.mtimes", "q", array("q", [row.mtime for row in rows]))
    out.section("doc.ctimes", "q", array("q", [row.ctime for row in rows]))
    out.section("doc.inodes", "Q", array("Q", [row.inode for row in rows]))
    out.section("doc.since", "I", array("I", [row.dates[0] for row in rows]))
    out.section("doc.until", "I", array("I", [row.dates[1] for row in rows]))
    by_id = sorted(range(len(rows)), key=lambda at: rows[at].name)
    rank = array("I", bytes(4 * len(rows)))
    for place, at in enumerate(by_id):
        rank[at] = place
    out.section("doc.byid", "I", array("I", by_id))
    out.section("doc.rank", "I", rank)
    by_path = sorted(range(len(rows)), key=lambda at: rows[at].path)
    out.section("doc.bypath", "I", array("I", by_path))
    out.section("doc.bytitle", "I", _title_ranks(rows))
    out.section("doc.faulty", "I", array("I", [at for at, row in enumerate(rows) if row.faulty]))


def _title_ranks(rows: Sequence[DocumentRow]) -> array[int]:
    keys = [title_key(row.title) for row in rows]
    rank = {key: place for place, key in enumerate(sorted(set(keys)))}
    return array("I", [rank[key] for key in keys])


def write_hashes(out: SegmentFileWriter, hashes: Numbers) -> None:
    """The hash of each paragraph, and the paragraphs in the order of their hashes."""
    out.section("para.hashes", "I", hashes)
    out.section("para.byhash", "I", np.argsort(hashes, kind="stable").astype(np.uint32))


class RunTable:
    """The names above runs of paragraphs in the making; `name` begins those of its sections.

    `joined`: what follows under the same names goes on with the run, also in another document.
    """

    def __init__(self, name: str, *, joined: bool) -> None:
        self._name, self._joined = name, joined
        self._names: list[tuple[str, ...]] = []
        self._first = array("I")

    def add(self, first: int, names: tuple[str, ...]) -> None:
        """Begins a run at a paragraph."""
        if not (self._joined and self._names and self._names[-1] == names):
            self._names.append(names)
            self._first.append(first)

    def write(self, out: SegmentFileWriter, paragraphs: int) -> None:
        """Writes it, for so many paragraphs in all."""
        inverter = Inverter(forms=False)
        element_of = array("I", accumulate(map(len, self._names), initial=0))
        _add_all(inverter, [name for names in self._names for name in names])
        starts = inverter.starts()[np.frombuffer(element_of, np.uint32)]
        write_postings(out, self._name, inverter, starts)
        out.section(f"{self._name}.first", "I", array("I", [*self._first, paragraphs]))
        names = [json.dumps(names).encode() for names in self._names]
        out.strings(f"{self._name}.names", names)


def run_tables() -> tuple[RunTable, RunTable]:
    """Empty tables of headings and of speakers.

    A run of headings is in one document, so that what scores by it can be told by the document.
    """
    return RunTable("head", joined=False), RunTable("speaker", joined=True)


def write_values(out: SegmentFileWriter, values: Sequence[list[tuple[str, str]]]) -> None:
    """The distinct values of all fields, and which documents have each."""
    documents_with: dict[bytes, list[int]] = {}
    for document, pairs in enumerate(values):
        for name, value in pairs:
            documents_with.setdefault(value_key(name, value), []).append(document)
    keys = sorted(documents_with)
    inverter = Inverter(forms=False)
    _add_all(inverter, [split_key(key)[1] for key in keys])
    write_postings(out, "value", inverter, inverter.starts())
    out.strings("value.keys", keys)
    first, documents = array("I", [0]), array("I")
    for key in keys:
        documents.extend(documents_with[key])
        first.append(len(documents))
    out.section("value.docs", "I", documents)
    out.section("value.first", "I", first)


def _add_all(inverter: Inverter, texts: Sequence[str]) -> None:
    for at in range(0, len(texts), _TEXTS):
        inverter.add(texts[at : at + _TEXTS])
