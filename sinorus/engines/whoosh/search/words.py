"""In which documents and paragraphs words stand, by groups: from all lists, in one pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from sinorus.engines.port import GroupRequest
from sinorus.engines.whoosh.search.grouping import matched
from sinorus.engines.whoosh.search.homes import Groups, Scope, scopes
from sinorus.engines.whoosh.search.listed import SegmentWords
from sinorus.engines.whoosh.search.lookups import owners
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.postings import FORM_ROW, JOIN, encoded
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.words import (
    COUNTED,
    OPENING,
    WHOLE,
    Rows,
    passages_of,
    totals,
    word_counts,
)
from sinorus.model.counts import Neighbours, WordCounts
from sinorus.text.words import SCRIPTS, bare

FEW = 10_000
"""Tokens of the segments that are looked through in the time that it takes to read a paragraph."""


def words(
    request: GroupRequest, segments: Sequence[OpenSegment], *, others: Collection[str] | None
) -> WordCounts:
    """The word counts of the paragraphs that match, or of some words in the others."""
    there, homes = scopes(segments, request.by, request.among)
    chosen = [_chosen(scope, request, others=others is not None) for scope in there]
    tokens = sum(int(scope.segment.text.starts[scope.segment.paragraphs]) for scope in there)
    if sum(map(len, chosen)) * FEW < tokens:
        return of_texts(there, chosen, homes, others)
    return of_lists(there, chosen, homes, others)


def _chosen(scope: Scope, request: GroupRequest, *, others: bool) -> Numbers:
    """The paragraphs of a segment whose words are counted, ascending."""
    segment = scope.segment
    _, found = matched(segment, request.node)
    wanted = np.zeros(segment.paragraphs, bool)
    wanted[found] = True
    if others:
        wanted = ~wanted
    wanted &= telling(segment)
    wanted &= scope.homes[owners(segment, "doc.first")] >= 0
    return np.flatnonzero(wanted)


def telling(segment: OpenSegment) -> Numbers:
    """Which paragraphs count, as `engines.words.telling` says; kept with the segment."""
    found: Numbers | None = segment.kept.get("telling")
    if found is None:
        kinds = segment.file["para.kinds"].numbers()
        starts = segment.text.starts.numbers().astype(np.int64)
        opens = np.isin(kinds, [*OPENING]) & (np.diff(starts) - 1 >= WHOLE)
        first = segment.file["doc.first"].numbers()[:-1].astype(np.int64)
        at, owner = np.flatnonzero(opens), owners(segment, "doc.first")
        documents, places = np.unique(owner[at], return_index=True)
        first[documents] = at[places]
        found = np.isin(kinds, [*COUNTED]) & (np.arange(len(kinds)) >= first[owner])
        segment.kept["telling"] = found
    return found


def of_texts(
    there: Sequence[Scope],
    chosen: Sequence[Numbers],
    homes: Sequence[Groups],
    only: Collection[str] | None = None,
) -> WordCounts:
    """The counts of few paragraphs, whose texts are read."""
    from sinorus.engines.words import counts_of_texts

    rows: list[tuple[str, int, int]] = []
    base = 0
    for scope, numbers in zip(there, chosen, strict=True):
        for number in numbers.tolist():
            ordinal = scope.segment.documents.of(number)
            text = scope.segment.paragraph(number, ordinal).text
            rows.append((text, int(scope.homes[ordinal]), base + ordinal))
        base += len(scope.homes)
    segments = [scope.segment for scope in there]

    def form(key: str) -> str | None:
        if key.startswith(JOIN):
            return None
        return _most_common(
            [(one, at) for one in segments if (at := one.text.stems.find(encoded(key))) is not None]
        )

    return counts_of_texts(passages_of(rows), homes, form, only)


def of_lists(
    there: Sequence[Scope],
    chosen: Sequence[Numbers],
    homes: Sequence[Groups],
    only: Collection[str] | None = None,
) -> WordCounts:
    """The counts of any number of paragraphs, from the lists of their segments."""
    numbers: dict[bytes, int] = {}
    parts: list[Rows] = []
    read: list[SegmentWords] = []
    sizes = np.zeros((len(homes), len(SCRIPTS), 2), np.int64)
    width = max(len(homes), 1)
    for scope, paragraphs in zip(there, chosen, strict=True):
        if len(paragraphs):
            read.append(found := SegmentWords(scope, paragraphs, width, only))
            for rows, keys in found.rows():
                local, places = np.unique(rows.codes // width, return_inverse=True)
                own = [numbers.setdefault(keys[word], len(numbers)) for word in local.tolist()]
                codes = np.asarray(own, np.int64)[places] * width + rows.codes % width
                parts.append(Rows(codes, rows.documents, rows.paragraphs))
            found.add_sizes(sizes)
    names = list(numbers)

    def shown(word: int) -> str:
        return _shown(read, names[word])

    def neighbours(words: Sequence[int]) -> Neighbours:
        return _neighbours(read, {word: names[word] for word in words})

    written = [name.decode("utf-8", "surrogatepass") for name in names]
    return word_counts(homes, written, _merged(parts), sizes, shown, neighbours)


def _merged(parts: Sequence[Rows]) -> Rows:
    if not parts:
        return Rows(*(np.zeros(0, np.int64) for _ in range(3)))
    codes, documents, paragraphs = (np.concatenate(column) for column in zip(*parts, strict=True))
    found, of_documents = totals(codes, documents)
    return Rows(found, of_documents, totals(codes, paragraphs)[1])


def _most_common(forms: Sequence[tuple[OpenSegment, int]]) -> str | None:
    """The form that a stem is most often written in, of equal ones the first; None: unknown."""
    counts: dict[bytes, int] = {}
    for segment, stem in forms:
        rows = _form_rows(segment)
        for at in np.flatnonzero(rows[:, 0] == stem).tolist():
            form = segment.forms.terms[at]
            counts[form] = counts.get(form, 0) + int(rows[at, 2])
    if not counts:
        return None
    return min(counts, key=lambda form: (-counts[form], form)).decode("utf-8", "surrogatepass")


def _form_rows(segment: OpenSegment) -> Numbers:
    raw = segment.forms.rows(range(len(segment.forms.terms)))
    return np.frombuffer(raw, "<u4").reshape(-1, FORM_ROW.size // 4)


def _shown(read: Sequence[SegmentWords], key: bytes) -> str:
    """A word as it is written: most often, or in the first place if that is as several tokens."""
    there = [(one.segment, at) for one in read if (at := one.number(key)) is not None]
    if not key.startswith(JOIN.encode()):
        return _most_common(there) or key.decode("utf-8", "surrogatepass")
    for one in read:
        if (written := one.first_written(key)) is not None:
            return written
    return bare(key.decode("utf-8", "surrogatepass"))


def _neighbours(read: Sequence[SegmentWords], names: dict[int, bytes]) -> Neighbours:
    found = Neighbours({}, {})
    for one in read:
        places = one.places(names)
        uses, counts = totals(places.words)
        for word, count in zip(uses.tolist(), counts.tolist(), strict=True):
            found.uses[word] = found.uses.get(word, 0) + count
        ends = places.tokens + places.widths
        at = np.searchsorted(places.tokens, ends)
        at[at == len(at)] = 0
        before = np.flatnonzero(places.tokens[at] == ends) if len(at) else at
        codes, counts = totals(places.words[before] << 32 | places.words[at[before]])
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            pair = code >> 32, code & 0xFFFFFFFF
            found.pairs[pair] = found.pairs.get(pair, 0) + count
    return found
