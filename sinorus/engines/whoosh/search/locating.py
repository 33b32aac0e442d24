"""Passages looked for in one go: the library is gone through once for all of them.

Of the words of the passages it is noted at which token of the segment each stands. That is the text
of the library as far as the passages know its words, and two arrays of it, one shifted against the
other, have all pairs. A search for each passage takes ten times as long for two hundred of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sinorus.engines.locating import (
    GAPS,
    OTHERS,
    Pair,
    best,
    pairs_of,
    promising,
    telling_pairs,
    with_others,
)
from sinorus.engines.whoosh.search.lookups import distinct
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.postings import DictionaryEntry, encoded
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import ParagraphId

_CHUNK = 1 << 18
"""Tokens that are gone through at once, which the cache of a processor holds."""
_SLOTS = 1 << 20
"""Of the table by which most pairs are passed over, which it holds as well."""
_FACTOR = 2_654_435_761 % _SLOTS


class _Wanted(NamedTuple):
    """The pairs of one gap: their codes, ascending, and the number of each."""

    gap: int
    codes: Numbers
    numbers: Numbers
    seen: Numbers


def locate(
    segments: Sequence[OpenSegment],
    paragraphs: int,
    passages: Sequence[Sequence[str]],
    limit: int,
) -> list[list[ParagraphId]]:
    """For each passage the paragraphs that have most of its pairs, as the port says."""
    entries = _entries(segments, {stem for passage in passages for stem in passage})
    counts = Counter[str]()
    for known in entries:
        counts.update({stem: entry.tokens for stem, entry in known.items()})
    each = [promising(pairs_of(passage), counts, paragraphs) for passage in passages]
    pairs = {
        pair: at for at, pair in enumerate(dict.fromkeys(one for some in each for one in some))
    }
    if not pairs:
        return [[] for _ in passages]
    words = {stem: at for at, stem in enumerate(dict.fromkeys(_words(pairs)), 1)}
    gaps = [gap for gap in GAPS if any(pair.gap == gap for pair in pairs)]
    wanted = [_wanted(pairs, words, gap) for gap in gaps]
    keys, offset = [np.zeros(0, np.int64)], 0
    size = sum(segment.paragraphs for segment in segments) + 1
    for segment, there in zip(segments, entries, strict=True):
        for found, where in _pairs_in(segment, there, words, wanted):
            keys.append(found * size + (where + offset))
        offset += segment.paragraphs
    every = distinct(np.concatenate(keys))
    bounds = np.searchsorted(every, np.arange(len(pairs) + 1, dtype=np.int64) * size)
    uses = {pair: int(bounds[at + 1] - bounds[at]) for pair, at in pairs.items()}
    places = every % size
    found_in = []
    for some in each:
        chosen = telling_pairs(some, uses, paragraphs)
        numbers = [pairs[pair] for pair, _ in chosen]
        parts = [places[bounds[at] : bounds[at + 1]] for at in numbers]
        found_in.append(_best(segments, parts, [worth for _, worth in chosen], limit))
    return found_in


def _entries(
    segments: Sequence[OpenSegment], stems: Collection[str]
) -> list[dict[str, DictionaryEntry]]:
    """What the dictionary of each segment says of those of the stems that it has."""
    found = []
    for segment in segments:
        text = segment.text
        numbers = ((stem, text.stems.find(encoded(stem))) for stem in stems)
        found.append({stem: text.entry(at) for stem, at in numbers if at is not None})
    return found


def _words(pairs: dict[Pair, int]) -> Iterator[str]:
    for pair in pairs:
        yield pair.first
        yield pair.second


def _wanted(pairs: dict[Pair, int], words: dict[str, int], gap: int) -> _Wanted:
    of_gap = [
        (words[one.first], words[one.second], at) for one, at in pairs.items() if one.gap == gap
    ]
    first, second, numbers = (np.array(column, np.int64) for column in zip(*of_gap, strict=True))
    codes = first * (len(words) + 1) + second
    order = np.argsort(codes)
    seen = np.zeros(_SLOTS, bool)
    seen[_slot(first, second)] = True
    return _Wanted(gap, codes[order], numbers[order], seen)


def _slot(first: Numbers, second: Numbers) -> Numbers:
    slot = first.astype(np.intp)
    slot *= _FACTOR
    slot += second
    slot &= _SLOTS - 1
    return slot


def _pairs_in(
    segment: OpenSegment,
    entries: Mapping[str, DictionaryEntry],
    words: dict[str, int],
    wanted: Sequence[_Wanted],
) -> Iterator[tuple[Numbers, Numbers]]:
    """The numbers of the pairs that stand in a segment, and the paragraphs they stand in."""
    text = segment.text
    starts = text.starts.numbers()
    size = int(starts[-1]) if len(starts) else 0
    known = np.zeros(size + GAPS[-1], np.uint16 if len(words) < 1 << 16 else np.uint32)
    for stem, at in words.items():
        if stem in entries:
            known[text.token_numbers(entries[stem])] = at
    gone = _gone(segment)
    for begin in range(0, size, _CHUNK):
        end = min(begin + _CHUNK, size)
        for one in wanted:
            numbers, places = _matches(known, begin, end, one, len(words) + 1)
            there = np.searchsorted(starts, places, "right") - 1
            same = starts[there + 1] - 1 > places + one.gap  # behind a text is an empty place
            if gone is not None:
                same &= ~gone[there]
            yield numbers[same], there[same]


def _matches(
    known: Numbers, begin: int, end: int, wanted: _Wanted, base: int
) -> tuple[Numbers, Numbers]:
    """The wanted pairs that begin in a stretch of tokens, and at which."""
    first, second = known[begin:end], known[begin + wanted.gap : end + wanted.gap]
    likely = np.flatnonzero(wanted.seen.take(_slot(first, second), mode="wrap"))
    codes = first[likely].astype(np.int64) * base + second[likely]
    where = np.minimum(np.searchsorted(wanted.codes, codes), len(wanted.codes) - 1)
    equal = wanted.codes[where] == codes
    return wanted.numbers[where[equal]], likely[equal] + begin


def _gone(segment: OpenSegment) -> Numbers | None:
    """Which paragraphs are of documents that were deleted; None: none is."""
    documents = segment.documents
    if not documents.deleted:
        return None
    gone = np.zeros(segment.paragraphs, bool)
    for ordinal in range(len(documents)):
        if documents.is_deleted(ordinal):
            gone[documents.first[ordinal] : documents.first[ordinal + 1]] = True
    return gone


def _best(
    segments: Sequence[OpenSegment], parts: list[Numbers], worth: list[float], limit: int
) -> list[ParagraphId]:
    first = _likeliest(segments, parts, worth, limit)
    if not first:
        return []
    top = next(iter(first.values()))
    lacking = [at for at, part in enumerate(parts) if not _has(part, top)]
    rest = [parts[at] for at in lacking]
    others = _likeliest(segments, rest, [worth[at] for at in lacking], limit // OTHERS)
    return with_others(list(first), list(others), limit)


def _has(part: Numbers, number: int) -> bool:
    at = int(np.searchsorted(part, number))
    return at < len(part) and int(part[at]) == number


def _likeliest(
    segments: Sequence[OpenSegment], parts: list[Numbers], worth: list[float], limit: int
) -> dict[ParagraphId, int]:
    """The paragraphs that have most of what the parts are worth, with their numbers."""
    if not parts or not limit:
        return {}
    where = np.concatenate(parts)
    order = np.argsort(where, kind="stable")
    where = where[order]
    weights = np.repeat(np.array(worth), [len(part) for part in parts])[order]
    first = np.flatnonzero(np.diff(where, prepend=-1))
    where, scores = where[first], np.add.reduceat(weights, first)
    if len(where) > limit:  # those that tie with the last one wanted are kept, to be told apart
        least = np.partition(scores, len(where) - limit)[len(where) - limit]
        kept = np.flatnonzero(scores >= least - 1e-6)
        where, scores = where[kept], scores[kept]
    named = {_name(segments, int(one)): int(one) for one in where}
    rows = [(float(score), one.document, one.n) for score, one in zip(scores, named, strict=True)]
    return {(name := ParagraphId(*one)): named[name] for one in best(rows, limit)}


def _name(segments: Sequence[OpenSegment], number: int) -> ParagraphId:
    for segment in segments:
        if number < segment.paragraphs:
            documents = segment.documents
            ordinal = documents.of(number)
            return ParagraphId(documents.id(ordinal), number - documents.first[ordinal] + 1)
        number -= segment.paragraphs
    raise AssertionError("a paragraph is in one of the segments")
