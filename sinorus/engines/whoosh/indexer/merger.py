"""Several segments to one, without what is deleted from them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sinorus.engines.documents import document_values
from sinorus.engines.whoosh.commit import SegmentState, new_name, segment_file
from sinorus.engines.whoosh.indexer.postings_writer import ListWriter, blocks, write_forms
from sinorus.engines.whoosh.indexer.prepared import DocumentRow
from sinorus.engines.whoosh.indexer.signs_writer import merge_signs
from sinorus.engines.whoosh.indexer.tables import (
    run_tables,
    write_documents,
    write_hashes,
    write_values,
)
from sinorus.engines.whoosh.segment.file import SegmentFileWriter
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.whoosh.segment.stored import StoredWriter
from sinorus.files import Folder


class _Source(NamedTuple):
    """A segment to be merged: which of its paragraphs stay, and the number each token gets."""

    segment: OpenSegment
    documents: list[int]
    kept: Numbers
    shift: Numbers
    """For each paragraph, what its token numbers move by."""

    def moved(self, tokens: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Which of the tokens stay, their new numbers, and their old paragraphs."""
        starts = self.segment.text.starts.numbers()
        paragraph = np.searchsorted(starts, tokens, "right") - 1
        stays = self.kept[paragraph]
        moved = tokens.astype(np.int64) + self.shift[paragraph]
        return stays, moved[stays].astype(np.uint32), paragraph[stays]

    def moved_alone(self, tokens: Numbers) -> Numbers:
        """The new numbers of those of the tokens that stay."""
        return self.moved(tokens)[1]


def merge_segments(folder: Folder, segments: Sequence[OpenSegment]) -> SegmentState:
    """Writes one new segment of the folder with the documents of all."""
    sources, starts = _sources(segments)
    name, paragraphs = new_name(), len(starts) - 1
    with SegmentFileWriter(folder.create(segment_file(name))) as out:
        _copy_records(out, sources)
        _merge_postings(out, sources, starts)
        moves = [(source.segment, source.moved_alone) for source in sources]
        merge_signs(out, moves, int(starts[-1]))
        write_hashes(out, _kept_of(sources, "para.hashes"))
        for column in ("para.kinds", "para.prose"):
            out.section(column, "B", _kept_of(sources, column))
        _copy_runs(out, sources, paragraphs)
        words = _copy_documents(out, sources)
    documents = sum(len(source.documents) for source in sources)
    return SegmentState(name, documents, paragraphs, words, paragraphs, int(starts[-1]))


def _sources(segments: Sequence[OpenSegment]) -> tuple[list[_Source], Numbers]:
    sources, parts, base = [], [], 0
    for segment in segments:
        documents = list(segment.documents.alive())
        first = segment.documents.first.numbers().astype(np.int64)
        sizes = np.diff(first)
        alive = np.zeros(len(sizes), bool)
        alive[documents] = True
        kept = np.repeat(alive, sizes)
        old = segment.text.starts.numbers().astype(np.int64)
        lengths = np.where(kept, np.diff(old), 0)
        ends = np.cumsum(lengths)
        new = base + ends - lengths
        sources.append(_Source(segment, documents, kept, new - old[:-1]))
        parts.append(new[kept])
        base += int(ends[-1]) if len(ends) else 0
    return sources, np.concatenate([*parts, np.array([base])]).astype(np.uint32)


def _copy_records(out: SegmentFileWriter, sources: Sequence[_Source]) -> None:
    stored = StoredWriter(out, "para.records")
    for source in sources:
        records = source.segment.records
        for block in range(records.blocks()):
            size, packed = records.packed(block)
            first = records.records_before(block)
            stays = source.kept[first : first + size]
            if stays.all():
                stored.add_block(size, packed)
            else:
                stored.extend([records[first + at] for at in np.flatnonzero(stays).tolist()])
    stored.close()


class _Slots:
    """The forms of all stems of the new segment, each with a slot; by source, what becomes of its.

    `mapped[s][f]` is the new slot of form f of source s, where `bases[s][stem]` is its first f.
    """

    def __init__(self, sources: Sequence[_Source], numbers: Sequence[Numbers], stems: int) -> None:
        self.count = np.zeros(stems, np.int64)
        self.forms: dict[tuple[bytes, int, int], int] = {}
        self.mapped: list[Numbers] = []
        self.bases: list[Numbers] = []
        for source, number in zip(sources, numbers, strict=True):
            text, forms = source.segment.text, source.segment.forms
            sizes = np.array([text.entry(stem).forms for stem in range(len(text.stems))], np.int64)
            base = np.cumsum(sizes) - sizes
            mapped = np.zeros(int(sizes.sum()), np.uint16)
            for at, form in enumerate(forms.terms.all()):
                stem = forms.row(at)[0]
                new = int(number[stem])
                for slot, bits in forms.cases(at):
                    its_slot = self.forms.get((form, new, bits))
                    if its_slot is None:
                        its_slot = self.forms[form, new, bits] = int(self.count[new])
                        self.count[new] += 1
                    mapped[base[stem] + slot] = its_slot
            self.mapped.append(mapped)
            self.bases.append(base)


def _merge_postings(out: SegmentFileWriter, sources: Sequence[_Source], starts: Numbers) -> None:
    dictionaries = [source.segment.text.stems.all() for source in sources]
    stems = sorted(set().union(*dictionaries))
    number_of = {stem: at for at, stem in enumerate(stems)}
    numbers = [np.array([number_of[stem] for stem in those], np.int64) for those in dictionaries]
    slots = _Slots(sources, numbers, len(stems))
    form_base = np.cumsum(slots.count) - slots.count
    form_counts = np.zeros(int(slots.count.sum()), np.int64)
    writer = ListWriter(out, "text")
    for block in blocks(_counts(sources, numbers, len(stems))):
        owners, tokens, new_slots, frequency = _gather(sources, numbers, slots, block)
        form_counts += np.bincount(form_base[owners] + new_slots, minlength=len(form_counts))
        order = np.argsort(owners, kind="stable")
        counts = np.bincount(owners, minlength=len(stems))[block]
        writer.add(tokens[order], new_slots[order], counts, frequency, slots.count[block])
    kept = np.flatnonzero(writer.counts())
    writer.finish([stems[at] for at in kept.tolist()], starts, kept)
    rank = np.cumsum(np.bincount(kept, minlength=len(stems))) - 1
    rows = [
        (form, int(rank[stem]), bits, slot, int(form_counts[form_base[stem] + slot]))
        for (form, stem, bits), slot in slots.forms.items()
        if form_counts[form_base[stem] + slot]
    ]
    write_forms(out, sorted(rows))


def _counts(sources: Sequence[_Source], numbers: Sequence[Numbers], stems: int) -> Numbers:
    """How many tokens each stem of the new segment has, those that go counted too."""
    counts = np.zeros(stems, np.int64)
    for source, number in zip(sources, numbers, strict=True):
        text = source.segment.text
        counts[number] += [text.entry(stem).tokens for stem in range(len(text.stems))]
    return counts


def _gather(
    sources: Sequence[_Source], numbers: Sequence[Numbers], slots: _Slots, block: slice
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Of some stems: the stem, new number and slot of each token; document frequencies."""
    owners, tokens, new_slots = [], [], []
    size = block.stop - block.start
    frequency = np.zeros(size, np.int64)
    for at, (source, number) in enumerate(zip(sources, numbers, strict=True)):
        text = source.segment.text
        first, last = np.searchsorted(number, [block.start, block.stop]).tolist()
        entries = [text.entry(stem) for stem in range(first, last)]
        if not entries:
            continue
        raw = np.concatenate([text.token_numbers(entry) for entry in entries])
        slot = np.concatenate(
            [
                np.asarray(text.slots(entry)).astype(np.int64)
                if entry.forms > 1
                else np.zeros(entry.tokens, np.int64)
                for entry in entries
            ]
        )
        local = np.repeat(np.arange(first, last), [entry.tokens for entry in entries])
        stays, moved, paragraph = source.moved(raw)
        local = local[stays]
        owners.append(number[local])
        tokens.append(moved)
        new_slots.append(slots.mapped[at][slots.bases[at][local] + slot[stays]])
        new = np.ones(len(local), bool)
        new[1:] = (local[1:] != local[:-1]) | (paragraph[1:] != paragraph[:-1])
        frequency += np.bincount(number[local[new]] - block.start, minlength=size)
    return np.concatenate(owners), np.concatenate(tokens), np.concatenate(new_slots), frequency


def _kept_of(sources: Sequence[_Source], section: str) -> Numbers:
    """What a section has for each paragraph that stays."""
    parts = [source.segment.file[section].numbers()[source.kept] for source in sources]
    return np.concatenate(parts)


def _copy_runs(out: SegmentFileWriter, sources: Sequence[_Source], paragraphs: int) -> None:
    tables = run_tables()
    base = 0
    for source in sources:
        before = np.concatenate([[0], np.cumsum(source.kept)])
        for table, runs in zip(
            tables, (source.segment.heads, source.segment.speakers), strict=True
        ):
            begins = (base + before[runs.first.numbers()]).tolist()
            for run, (first, end) in enumerate(pairwise(begins)):
                if first < end:
                    table.add(first, runs.names(run))
        base += int(before[-1])
    for table in tables:
        table.write(out, paragraphs)


def _copy_documents(out: SegmentFileWriter, sources: Sequence[_Source]) -> int:
    rows: list[DocumentRow] = []
    first, words = array("I", [0]), array("I")
    for source in sources:
        documents, file = source.segment.documents, source.segment.file
        faulty = set(file["doc.faulty"].items())
        fingerprints = {one.path: one for one in documents.fingerprints()}
        for ordinal in source.documents:
            document = documents[ordinal]
            fingerprint = fingerprints[document.path]
            rows.append(
                DocumentRow(
                    *(document.id, fingerprint.path, fingerprint.digest),
                    *fingerprint[2:6],
                    document.title,
                    (file["doc.since"][ordinal], file["doc.until"][ordinal]),
                    document_values(document),
                    documents.record(ordinal),
                    ordinal in faulty,
                )
            )
            first.append(first[-1] + document.paragraphs)
            words.append(document.words)
    write_documents(out, rows, first, np.array(words, np.uint32))
    write_values(out, [row.values for row in rows])
    return sum(words)
