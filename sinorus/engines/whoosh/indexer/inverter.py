"""Texts to posting lists: the tokens of many texts, sorted by word in one array sort a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sinorus.engines.whoosh.indexer.signs_writer import SignTable
from sinorus.engines.whoosh.indexer.vocabulary import Chunks, Vocabulary
from sinorus.engines.whoosh.segment.numbers import Numbers, ranges
from sinorus.text.chunks import normalised

RUN_TOKENS = 3_000_000
"""Tokens that are sorted at once, at least; bounds the memory of a sort to some 24 bytes each."""
_STEM, _TOKEN = 38, 14
"""Bits of a key below the number of its stem, and below that of its token: the slot."""
_TOKENS = np.uint32((1 << 24) - 1)
_SLOTS = np.uint16((1 << 14) - 1)


class SortedRun(NamedTuple):
    """Some millions of tokens sorted by stem, then by where they stand.

    `tokens` are token numbers in the segment, `slots` which form of the stem each is (None where
    forms are not kept); those of stem s are `[starts[s]:starts[s + 1]]`. `document_frequency`
    counts the texts with each stem.
    """

    tokens: Numbers
    slots: Numbers | None
    starts: Numbers
    document_frequency: Numbers


class Inverter:
    """Is given texts in their order and keeps where each of their words stands.

    Token numbers count through all texts, with one number for the gap after each, so that the
    words of two texts are never side by side. `starts` holds the token number of each text's first
    word.
    """

    def __init__(self, forms: bool) -> None:
        self.vocabulary = Vocabulary(joined=forms)
        self.signs = SignTable()
        self.runs: list[SortedRun] = []
        self.form_counts = np.zeros(1, np.int64)
        self.size = 0
        self.forms = forms
        self._starts: list[Numbers] = []
        self._batches: list[Numbers] = []
        self._joins: list[tuple[int, int]] = []
        self._waiting = 0

    def add(self, texts: Sequence[str]) -> Chunks:
        """Adds a batch of texts; its chunks, with the number of each in the vocabulary."""
        vocabulary = self.vocabulary
        chunks = vocabulary.read(normalised(texts, signs=self.forms))
        words, counts = self._words(chunks.numbers)
        if vocabulary.joins:
            self._add_joins(chunks.numbers, counts)
        if vocabulary.signed:
            signs = np.frombuffer(vocabulary.signs, np.uint8)[chunks.numbers]
            self.signs.add(self.size, signs if (counts == 1).all() else signs.repeat(counts))
        gaps = np.flatnonzero(words == 0)
        starts = np.empty(len(gaps), np.int64)
        starts[:1] = 0
        starts[1:] = gaps[:-1] + 1
        self._starts.append(starts + self.size)
        self._batches.append(words)
        self.size += len(words)
        self._waiting += len(words)
        if self._waiting >= RUN_TOKENS:
            self.close_run()
        return chunks

    def _words(self, chunks: Numbers) -> tuple[Numbers, Numbers]:
        """The words of some chunks, and how many each chunk has; nearly all have one."""
        vocabulary = self.vocabulary
        place = np.frombuffer(vocabulary.first, np.uint32)[chunks]
        counts = np.frombuffer(vocabulary.count, np.uint32)[chunks]
        if (counts != 1).any():
            place = ranges(place, counts)
        return np.frombuffer(vocabulary.words, np.uint32)[place], counts

    def _add_joins(self, chunks: Numbers, counts: Numbers) -> None:
        """Keeps the joined words of some chunks that have so many words each."""
        vocabulary = self.vocabulary
        having = np.flatnonzero(np.frombuffer(vocabulary.joining, np.uint8)[chunks])
        first = np.cumsum(counts)[having] - counts[having] + self.size
        for number, token in zip(chunks[having].tolist(), first.tolist(), strict=True):
            self._joins += [(token + at, word) for at, word in vocabulary.joins[number]]

    def starts(self) -> Numbers:
        """The token number of each text's first word, and the number after the last gap."""
        return np.concatenate([*self._starts, np.array([self.size])]).astype(np.uint32)

    def close_run(self) -> None:
        """Sorts what came since the last run."""
        if not self._waiting:
            return
        words = np.concatenate(self._batches)
        base = self.size - self._waiting
        joins = np.array(self._joins, np.uint32).reshape(-1, 2)
        self._batches, self._joins, self._waiting = [], [], 0
        for start, part in _pieces(words):
            first = base + start
            at, end = np.searchsorted(joins[:, 0], [first, first + len(part)])
            self._sort(part, first, joins[at:end])

    def _sort(self, words: Numbers, base: int, joins: Numbers) -> None:
        """Sorts the words that stand from token `base` on, and the joins among them."""
        vocabulary = self.vocabulary
        stem_of = np.frombuffer(vocabulary.stem_of, np.uint32)
        counts = np.bincount(words, minlength=len(stem_of))
        gaps, counts[0] = int(counts[0]), 0
        counts += np.bincount(joins[:, 1], minlength=len(stem_of))
        sizes = np.bincount(stem_of, counts).astype(np.uint32)
        starts = np.zeros(len(sizes) + 1, np.uint32)
        np.cumsum(sizes, out=starts[1:])
        counts[: len(self.form_counts)] += self.form_counts
        self.form_counts = counts
        rank = stem_of.astype(np.uint64) << np.uint64(_STEM)
        if self.forms:
            rank |= np.frombuffer(vocabulary.slot_of, np.uint16)
        keys = rank[words]
        keys += np.arange(0, len(words) << _TOKEN, 1 << _TOKEN, dtype=np.uint64)
        if len(joins):
            where = (joins[:, 0] - np.uint32(base)).astype(np.uint64) << np.uint64(_TOKEN)
            keys = np.concatenate([keys, rank[joins[:, 1]] + where])
        keys.sort()
        keys = keys[gaps:]  # the gaps are of stem 0
        slots = None
        if self.forms:
            slots = keys.astype(np.uint16) & _SLOTS
            slots = slots.astype(np.uint8) if slots.max(initial=0) < 256 else slots
        keys >>= np.uint64(_TOKEN)
        tokens = keys.astype(np.uint32) & _TOKENS
        del keys
        frequency = _document_frequency(tokens, np.cumsum(words == 0, dtype=np.uint32), starts)
        tokens += np.uint32(base)
        self.runs.append(SortedRun(tokens, slots, starts, frequency))


def _document_frequency(tokens: Numbers, text_of: Numbers, starts: Numbers) -> Numbers:
    """How many texts each stem is in."""
    texts = text_of[tokens]
    new = np.ones(len(texts), bool)
    new[1:] = texts[1:] != texts[:-1]
    new[starts[:-1][starts[:-1] < starts[1:]]] = True
    seen = np.zeros(len(texts) + 1, np.uint32)
    np.cumsum(new, out=seen[1:])
    return seen[starts[1:]] - seen[starts[:-1]]


def _pieces(words: Numbers) -> list[tuple[int, Numbers]]:
    """The words in pieces that one sort can number, each but the last ending with a gap."""
    most = int(_TOKENS)
    pieces = []
    start = 0
    while len(words) - start > most:
        gaps = np.flatnonzero(words[start : start + most] == 0)
        if not len(gaps):
            raise OverflowError(f"a text has more than {most:,} words")
        end = start + int(gaps[-1]) + 1
        pieces.append((start, words[start:end]))
        start = end
    return [*pieces, (start, words[start:])]
