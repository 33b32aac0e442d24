"""Posting lists to bytes: many terms at once, in a few array operations."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import groupby

import numpy as np

from sinorus.engines.whoosh.indexer.inverter import Inverter, SortedRun
from sinorus.engines.whoosh.segment.file import SegmentFileWriter
from sinorus.engines.whoosh.segment.numbers import Numbers, ranges
from sinorus.engines.whoosh.segment.postings import SLOT_BITS, UNIT

_BLOCK = 1_000_000
"""Tokens whose lists are put together at once; bounds the memory that writing takes."""


class ListWriter:
    """Writes the lists of a field, some terms at a time in the order of the dictionary.

    `finish` writes the dictionary behind them. All its sections begin with `name`.
    """

    def __init__(self, out: SegmentFileWriter, name: str) -> None:
        self._out, self._name = out, name
        self._rows: list[Numbers] = []
        self._at = 0
        out.begin(f"{name}.lists")

    def add(
        self,
        tokens: Numbers,
        slots: Numbers | None,
        counts: Numbers,
        document_frequency: Numbers,
        forms: Numbers,
    ) -> None:
        """Writes the lists of the next terms: `counts` tokens each, one term after the other."""
        content, places, chunks = encode(tokens, slots, counts, forms)
        rows = np.empty((len(counts), 5), np.uint32)
        rows[:, 0], rows[:, 1], rows[:, 2] = self._at + places, counts, document_frequency
        rows[:, 3], rows[:, 4] = chunks, forms
        self._out.write(content)
        self._at += len(content) // UNIT
        self._rows.append(rows)

    def counts(self) -> Numbers:
        """The tokens of each term written so far."""
        return self._all()[:, 1]

    def _all(self) -> Numbers:
        return np.concatenate(self._rows) if self._rows else np.empty((0, 5), np.uint32)

    def finish(self, stems: list[bytes], starts: Numbers, kept: Numbers | None = None) -> None:
        """Writes the dictionary: of the terms number `kept` alone, where that is given."""
        rows = self._all() if kept is None else self._all()[kept]
        self._out.section(f"{self._name}.rows", "I", np.ascontiguousarray(rows))
        self._out.strings(f"{self._name}.stems", stems)
        self._out.section(f"{self._name}.starts", "I", starts.astype(np.uint32))


def write_postings(out: SegmentFileWriter, name: str, inverter: Inverter, starts: Numbers) -> None:
    """Writes the dictionary and the lists of a field: sections that begin with `name`.

    `starts` are the token numbers at which its texts begin, with one number more at the end.
    """
    inverter.close_run()
    vocabulary = inverter.vocabulary
    order = np.array(sorted(range(1, len(vocabulary.stems)), key=vocabulary.stems.__getitem__), int)
    forms = np.frombuffer(vocabulary.forms_of_stem, np.uint16)[order].astype(np.int64)
    if not inverter.forms:
        forms[:] = 1
    runs = [_widened(run, len(vocabulary.stems)) for run in inverter.runs]
    counts = sum(
        (np.diff(run.starts)[order].astype(np.int64) for run in runs), np.zeros_like(order)
    )
    frequency = sum(
        (run.document_frequency[order].astype(np.int64) for run in runs), np.zeros_like(order)
    )
    writer = ListWriter(out, name)
    for block in blocks(counts):
        tokens, slots = _gathered(runs, order[block], counts[block])
        writer.add(tokens, slots, counts[block], frequency[block], forms[block])
    writer.finish([vocabulary.stems[stem] for stem in order.tolist()], starts)
    if inverter.forms:
        rank = np.zeros(len(vocabulary.stems), np.int64)
        rank[order] = np.arange(len(order))
        write_forms(
            out,
            sorted(
                (form, int(rank[stem]), bits, slot, count)
                for form, stem, bits, slot, count in zip(
                    *(vocabulary.forms[1:], vocabulary.stem_of[1:], vocabulary.capitals[1:]),
                    *(vocabulary.slot_of[1:], inverter.form_counts[1:].tolist()),
                    strict=True,
                )
            ),
        )


WrittenForm = tuple[bytes, int, int, int, int]
"""A form as it is written: with its stem, its capitals, its slot and its tokens."""


def write_forms(out: SegmentFileWriter, rows: list[WrittenForm]) -> None:
    """Writes the forms of the text, sorted, each with its stem, its tokens and its cases."""
    forms: list[bytes] = []
    table, cases = array("I"), array("I")
    for (form, stem), some in groupby(rows, key=lambda row: row[:2]):
        first, tokens = len(cases), 0
        for _, _, bits, slot, count in some:
            cases.append(bits << SLOT_BITS | slot)
            tokens += count
        forms.append(form)
        table.extend((stem, first, tokens))
    out.section("text.form.rows", "I", table)
    out.section("text.form.cases", "I", cases)
    out.strings("text.forms", forms)


def _widened(run: SortedRun, stems: int) -> SortedRun:
    """A run with an entry for every stem: those that came later do not occur in it."""
    missing = stems + 1 - len(run.starts)
    if not missing:
        return run
    return run._replace(
        starts=np.pad(run.starts, (0, missing), "edge"),
        document_frequency=np.pad(run.document_frequency, (0, missing)),
    )


def blocks(counts: Numbers) -> Iterator[slice]:
    """Slices of the terms with some million tokens each, or with one term of more."""
    ends = np.cumsum(counts)
    start = 0
    while start < len(counts):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + _BLOCK, "right")))
        yield slice(start, end)
        start = end


def _gathered(
    runs: list[SortedRun], stems: Numbers, counts: Numbers
) -> tuple[Numbers, Numbers | None]:
    """The tokens of some stems, one stem after the other, and their slots."""
    total = int(counts.sum())
    tokens = np.empty(total, np.uint32)
    slots = np.empty(total, np.uint16) if runs and runs[0].slots is not None else None
    to = np.cumsum(counts) - counts
    for run in runs:
        first = run.starts[stems].astype(np.int64)
        sizes = run.starts[stems + 1] - first
        source, target = ranges(first, sizes), ranges(to, sizes)
        tokens[target] = run.tokens[source]
        if slots is not None and run.slots is not None:
            slots[target] = run.slots[source]
        to = to + sizes
    return tokens, slots


def encode(
    tokens: Numbers, slots: Numbers | None, counts: Numbers, forms: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """The lists of some terms as bytes, where each begins in units, and the chunks of each."""
    total = len(tokens)
    ends = np.cumsum(counts)
    owner = np.repeat(np.arange(len(counts)), counts)
    high = tokens >> 16
    fresh = np.ones(total, bool)
    fresh[1:] = (high[1:] != high[:-1]) | (owner[1:] != owner[:-1])
    chunks = np.bincount(owner[fresh], minlength=len(counts))
    chunks[2 * chunks >= counts] = 0
    bare = np.where(chunks > 0, 4 * chunks + 2 * counts, 4 * counts)
    bits = _BITS[np.searchsorted(_FORMS, forms)]
    sizes = -(-(bare + -(-bits * counts // 8)) // UNIT) * UNIT
    places = np.cumsum(sizes) - sizes
    content = np.zeros(int(sizes.sum()), np.uint8)
    pairs = content.view(np.uint16)
    within = np.arange(total) - np.repeat(ends - counts, counts)
    flat = chunks[owner] == 0
    at = places[owner[flat]] // 2 + 2 * within[flat]
    pairs[at] = tokens[flat] & 0xFFFF
    pairs[at + 1] = high[flat]
    packed = ~flat
    body = (places + 4 * chunks)[owner[packed]] // 2 + within[packed]
    pairs[body] = tokens[packed] & 0xFFFF
    _write_chunks(pairs, fresh & packed, high, owner, places, chunks, counts)
    if slots is not None:
        _write_slots(content, slots, (places + bare)[owner], within, bits[owner])
    return content, places // UNIT, chunks


_FORMS = np.array([1, 2, 4, 16, 256])
_BITS = np.array([0, 1, 2, 4, 8, 16])
"""The bits of a slot where a stem has up to so many forms: see `segment.postings.slot_bits`."""


def _write_slots(
    content: Numbers, slots: Numbers, begins: Numbers, within: Numbers, bits: Numbers
) -> None:
    """The slots of tokens, each of so many bits, `within` places behind where those of its list
    begin; the lowest bits of a byte first.
    """
    chosen = np.flatnonzero(bits == 16)
    content.view(np.uint16)[begins[chosen] // 2 + within[chosen]] = slots[chosen]
    chosen = np.flatnonzero(bits == 8)
    content[begins[chosen] + within[chosen]] = slots[chosen]
    for size in (1, 2, 4):
        each = 8 // size
        chosen = np.flatnonzero(bits == size)
        where, place = np.divmod(within[chosen], each)
        where += begins[chosen]
        values = slots[chosen].astype(np.uint8) << (place * size).astype(np.uint8)
        for one in range(each):  # those of one place are in different bytes
            some = place == one
            content[where[some]] |= values[some]


def _write_chunks(
    pairs: Numbers,
    fresh: Numbers,
    high: Numbers,
    owner: Numbers,
    places: Numbers,
    chunks: Numbers,
    counts: Numbers,
) -> None:
    """The heads of chunked lists: the number of each chunk, and its tokens less one."""
    begins = np.flatnonzero(fresh)
    if not len(begins):
        return
    of = owner[begins]
    number = np.arange(len(begins)) - np.searchsorted(of, of)
    list_end = np.cumsum(counts)[of]
    following = np.append(begins[1:], len(owner))
    sizes = np.minimum(following, list_end) - begins
    at = places[of] // 2 + number
    pairs[at] = high[begins]
    pairs[at + chunks[of]] = sizes - 1
