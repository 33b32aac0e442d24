"""What matches, counted by groups of documents: from the lists, without reading a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sinorus.engines.port import GroupRequest
from sinorus.engines.whoosh.search.arrays import ArrayMatching
from sinorus.engines.whoosh.search.homes import Scope, scopes
from sinorus.engines.whoosh.search.lookups import is_in
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.model import Date
from sinorus.model.counts import Tally
from sinorus.model.dates import date_between
from sinorus.query import counting, nodes
from sinorus.query.nodes import assert_never
from sinorus.query.passages import Passage


def counts_in(matching: ArrayMatching, node: nodes.Node, among: Numbers) -> Numbers:
    """How often a query stands in each of some paragraphs that match: see `query.counting`.

    A NEAR is counted in the texts: lists say where its windows are and not how many.
    """
    if counting.has_windows(node):
        return np.asarray([*_in_texts(matching.segment, node, among.tolist())], np.int64)
    return np.maximum(_counts(matching, node, among), 1)


def _in_texts(segment: OpenSegment, node: nodes.Node, among: Sequence[int]) -> Any:
    for number in among:
        ordinal = segment.documents.of(number)
        passage = Passage(segment.documents[ordinal], segment.paragraph(number, ordinal))
        yield counting.count_matches(node, passage)


def _counts(matching: ArrayMatching, node: nodes.Node, among: Numbers) -> Numbers:
    match node:
        case nodes.And():
            wanted, restricting = counting.counted_parts(node)
            if not wanted:
                return np.zeros(len(among), np.int64)
            found = np.minimum.reduce([_counts(matching, part, among) for part in wanted])
            for part in restricting:
                found = np.where(is_in(among, matching.matching(part)), found, 0)
            return found
        case nodes.Or():
            places, others = counting.alternatives(node)
            found = _apart(matching, places, among)
            return found + sum(_counts(matching, part, among) for part in others)
        case nodes.AnyPositional():
            return _apart(matching, [node], among)
        case nodes.Near() | nodes.Not() | nodes.Everything() | nodes.AnyFilter():
            return np.zeros(len(among), np.int64)
        case _:
            assert_never(node)


def _apart(matching: ArrayMatching, units: Sequence[nodes.Positional], among: Numbers) -> Numbers:
    """How many places of any of the units are in each paragraph, those that overlap as one."""
    by_width: dict[int, list[Numbers]] = {}
    for unit in units:
        for width, tokens in matching.places(unit).items():
            if len(tokens):
                by_width.setdefault(width, []).append(tokens)
    if not by_width:
        return np.zeros(len(among), np.int64)
    united = {width: matching.union(parts) for width, parts in by_width.items()}
    if united.keys() == {1}:
        return _in_paragraphs(matching, united[1], among)
    starts = np.concatenate([*united.values()])
    widths = np.repeat([*united], [len(tokens) for tokens in united.values()])
    order = np.argsort(starts, kind="stable")
    starts = starts[order]
    reach = np.maximum.accumulate(starts + widths[order])
    fresh = np.ones(len(starts), bool)
    fresh[1:] = starts[1:] >= reach[:-1]
    return _in_paragraphs(matching, starts[fresh], among)


def _in_paragraphs(matching: ArrayMatching, tokens: Numbers, among: Numbers) -> Numbers:
    starts = matching.starts
    first = np.searchsorted(tokens, starts[among])
    return np.searchsorted(tokens, starts[among + 1]) - first


def matched(segment: OpenSegment, node: nodes.Node) -> tuple[ArrayMatching, Numbers]:
    """The paragraphs of a segment that match, and what found them."""
    matching = ArrayMatching(segment)
    return matching, matching.alive(matching.matching(node))


def tally(request: GroupRequest, segments: Sequence[OpenSegment]) -> list[Tally]:
    """The tallies of the groups of all segments."""
    there, groups = scopes(segments, request.by, request.among)
    sums = np.zeros((5, len(groups)), np.int64)
    dates = _Dates(len(groups))
    for scope in there:
        _add(scope, request.node, sums, dates)
    found = []
    for home, (documents, size, speaking, paragraphs, matches) in enumerate(sums.T.tolist()):
        if documents:
            counts = (documents, size, speaking, paragraphs, matches)
            found.append(Tally(groups[home], *counts, *dates.of(home)))
    return found


def _add(scope: Scope, node: nodes.Node, sums: Numbers, dates: _Dates) -> None:
    """Adds the documents, words, documents that speak, paragraphs and matches of a segment."""
    segment, size = scope.segment, sums.shape[1]
    counted = np.flatnonzero(scope.homes >= 0)
    homes = scope.homes[counted]
    sums[0] += np.bincount(homes, minlength=size)
    sums[1] += _summed(homes, words_of_documents(segment)[counted], size)
    matching, paragraphs = matched(segment, node)
    documents = matching.documents_of(paragraphs)
    inside = scope.homes[documents] >= 0
    paragraphs, documents = paragraphs[inside], documents[inside]
    if not len(paragraphs):
        return
    matches = counts_in(matching, node, paragraphs)
    homes = scope.homes[documents]
    speaking = np.flatnonzero(np.bincount(documents))
    sums[2] += np.bincount(scope.homes[speaking], minlength=size)
    sums[3] += np.bincount(homes, minlength=size)
    sums[4] += _summed(homes, matches, size)
    since, until = (segment.file[name].numbers()[speaking] for name in ("doc.since", "doc.until"))
    dates.add(scope.homes[speaking], since.astype(np.int64), until.astype(np.int64))


def _summed(homes: Numbers, numbers: Numbers, size: int) -> Numbers:
    """The sums of numbers by home; floats have all integers up to 2**53."""
    return np.bincount(homes, numbers, size).astype(np.int64)


def words_of_documents(segment: OpenSegment) -> Numbers:
    """The words of each document, a word of several Han characters as one; kept with the segment.

    The tokens that go on with a word are taken off: counted by the bytes of their bitmap.
    """
    found: Numbers | None = segment.kept.get("words")
    if found is None:
        words = segment.file["doc.words"].numbers().astype(np.int64)
        if not segment.inside.empty:
            first = segment.file["doc.first"].numbers()
            words -= np.diff(_before(segment, segment.text.starts.numbers()[first]))
        found = segment.kept["words"] = words
    return found


def _before(segment: OpenSegment, tokens: Numbers) -> Numbers:
    """How many tokens before each of these go on with a word."""
    octets = segment.inside.section.numbers()
    total = np.concatenate([[0], np.cumsum(np.bitwise_count(octets), dtype=np.int64)])
    at = tokens >> 3
    rest = np.concatenate([octets, [0]]).astype(np.uint8)[at]
    below = (1 << (tokens & 7).astype(np.int64)) - 1
    return total[at] + np.bitwise_count(rest & below.astype(np.uint8))


class _Days(NamedTuple):
    """The first and the last days of dates, as numbers."""

    homes: Numbers
    since: Numbers
    until: Numbers


class _Dates:
    """The dates of speaking documents by home: as `first_and_last` has them."""

    def __init__(self, homes: int) -> None:
        self._homes = homes
        self._parts: list[_Days] = []
        self._found: tuple[dict[int, Date], dict[int, Date]] | None = None

    def add(self, homes: Numbers, since: Numbers, until: Numbers) -> None:
        """Adds documents; those without a date have the day 0."""
        dated = since > 0
        self._parts.append(_Days(homes[dated], since[dated], until[dated]))

    def of(self, home: int) -> tuple[Date | None, Date | None]:
        """The first and the last date of a home."""
        if self._found is None:
            self._found = self._worked_out()
        firsts, lasts = self._found
        return firsts.get(home), lasts.get(home)

    def _worked_out(self) -> tuple[dict[int, Date], dict[int, Date]]:
        columns = [np.concatenate(one) for one in zip(*self._parts, strict=True)]
        if not columns:
            return {}, {}
        homes, since, until = columns
        vague = since != until
        with_days = np.zeros(self._homes, bool)
        with_days[homes[~vague]] = True
        kept = ~(vague & with_days[homes])
        homes, since, until = homes[kept], since[kept], until[kept]
        firsts = _first_of_each(homes, np.lexsort([until, since, homes]), since, until)
        lasts = _first_of_each(homes, np.lexsort([-since, -until, homes]), since, until)
        return firsts, lasts


def _first_of_each(
    homes: Numbers, order: Numbers, since: Numbers, until: Numbers
) -> dict[int, Date]:
    ordered = homes[order]
    begins = order[np.flatnonzero(np.diff(ordered, prepend=-1))]
    rows = zip(homes[begins].tolist(), since[begins].tolist(), until[begins].tolist(), strict=True)
    return {home: date_between(_day(first), _day(last)) for home, first, last in rows}


def _day(number: int) -> str:
    text = f"{number:08}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
