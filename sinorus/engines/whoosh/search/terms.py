"""Which lists of a segment a word, a pattern or a filter stands for; and look-ups in sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sinorus.engines.whoosh.segment.documents import split_key
from sinorus.engines.whoosh.segment.file import PAGE, Section
from sinorus.engines.whoosh.segment.postings import DictionaryEntry, Postings
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.whoosh.segment.runs import Runs
from sinorus.model import KINDS
from sinorus.model.dates import day_number
from sinorus.query import nodes
from sinorus.query.evaluate import fits_pattern, has_part, in_range, path_fits
from sinorus.query.nodes import assert_never
from sinorus.query.patterns import expression, fits, fits_written, literal_prefix
from sinorus.text.fold import capitals, fold_value


def column(section: Section, lookups: int) -> Sequence[int]:
    """The items of a section for so many look-ups: read at once if they are in no more pages."""
    if not section.whole and section.size <= PAGE * lookups:
        section.items()
    return section.raw_items if section.whole else section  # type: ignore[return-value]


def owners(firsts: Section, numbers: Sequence[int]) -> list[int]:
    """The range that each of `numbers` is in; the section has the first number of each range."""
    items = column(firsts, len(numbers))
    if not firsts.whole:
        return [*map(firsts.holding, numbers)]
    return [bisect_right(items, number) - 1 for number in numbers]


def containers(field: Postings, tokens: Sequence[int]) -> dict[int, int]:
    """The texts of the field that `tokens` stand in, and how many of them each has."""
    counts: dict[int, int] = {}
    for text in owners(field.starts, tokens):
        counts[text] = counts.get(text, 0) + 1
    return counts


def phrase(field: Postings, stems: Sequence[str]) -> list[int]:
    """Where `stems` stand one right after the other: the token numbers of the first."""
    found: set[int] | None = None
    for at, stem in enumerate(stems):
        entries = field.having(stem)
        if not entries:
            return []
        there = {token - at for entry in entries for token in field.tokens(entry)}
        found = there if found is None else found & there
    return sorted(found or ())


Chosen = list[tuple[DictionaryEntry, frozenset[int] | None]]
"""Stems, each with the slots of the forms that are meant; None: all of them."""
Word = nodes.Term | nodes.Expanding
"""What stands for tokens of its own; phrases and the like are made of them."""


class WordLists(NamedTuple):
    """The lists of a word: where it is one token, and where it is written as several, by number."""

    one: Chosen
    several: dict[int, Chosen]

    def all(self) -> Iterator[tuple[DictionaryEntry, frozenset[int] | None]]:
        """All of them."""
        yield from self.one
        for some in self.several.values():
            yield from some


def choose(segment: OpenSegment, word: Word) -> WordLists:
    """The stems and forms of the segment that `word` stands for."""
    if not isinstance(word, nodes.Term):
        return WordLists(_with_slots(segment, _forms(segment, word), word), {})
    raw = _raw(word.text)
    if word.exact:
        terms = segment.forms.terms
        one = _with_slots(segment, terms.equal(raw), word)
        found = [] if word.solid else [*terms.joined(raw)]
        return WordLists(one, {width: _with_slots(segment, [at], word) for width, at in found})
    several = {} if word.solid else segment.text.joined(word.text)
    return WordLists(
        [(entry, None) for entry in segment.text.having(word.text)],
        {width: [(row, None) for row in rows] for width, rows in several.items()},
    )


def _with_slots(segment: OpenSegment, forms: Iterable[int], word: Word) -> Chosen:
    """The lists of some forms: of those that are written as `word` where that minds case."""
    slots: dict[int, set[int]] = {}
    for at in forms:
        cases = segment.forms.cases(at)
        if word.cased:
            cases = _as_written(segment, at, cases, word)
        if cases:
            stem = segment.forms.row(at)[0]
            slots.setdefault(stem, set()).update(slot for slot, _ in cases)
    chosen: Chosen = []
    for stem, some in slots.items():
        entry = segment.text.entry(stem)
        chosen.append((entry, None if len(some) == entry.forms else frozenset(some)))
    return chosen


def _as_written(
    segment: OpenSegment, at: int, cases: list[tuple[int, int]], word: Word
) -> list[tuple[int, int]]:
    """Those cases of a form that a word means."""
    if isinstance(word, nodes.Term):
        wanted = capitals(word.cased)
        return [one for one in cases if one[1] == wanted]
    form = _form(segment.forms.terms[at])
    return [one for one in cases if fits_written(word, form, one[1])]


def _forms(segment: OpenSegment, word: nodes.Expanding) -> Iterator[int]:
    """The numbers of the forms that fit; words that are written as several are not among them."""
    terms, joins = segment.forms.terms, segment.joins
    match word:
        case nodes.Prefix():
            yield from (at for at in terms.beginning(_raw(word.text)) if at not in joins)
        case nodes.Wildcard() if prefix := literal_prefix(word):
            for at in terms.beginning(_raw(prefix)):
                if fits(word, _form(terms[at])):
                    yield at
        case nodes.Wildcard() | nodes.Fuzzy():
            yield from (at for at in _scanned(terms.all(), word) if at not in joins)
        case _:
            assert_never(word)


def _scanned(forms: list[bytes], word: nodes.Wildcard | nodes.Fuzzy) -> Iterator[int]:
    """Those of all forms that fit: a search through them as one text finds the few to look at."""
    text = _form(b"\n".join(forms))
    at = place = 0
    for match in _candidates(word).finditer(text):
        at += text.count("\n", place, match.start())
        place = match.start()
        if fits(word, match.group()):
            yield at


def _candidates(word: nodes.Wildcard | nodes.Fuzzy) -> re.Pattern[str]:
    """A pattern for whole lines that finds all that fit, and little else."""
    match word:
        case nodes.Wildcard():
            body = expression(word.pattern, "[^\n]")
            return re.compile(f"^{body}$", re.MULTILINE)
        case nodes.Fuzzy():
            return _similar(word.text, word.distance)
        case _:
            assert_never(word)


def _similar(text: str, distance: int) -> re.Pattern[str]:
    """A pattern for lines at most about `distance` edits away from a text.

    Of `distance + 1` pieces at least one stays whole, and moves by no more than `distance`.
    """
    size = len(text) // (distance + 1)
    length = f"(?=[^\n]{{{max(1, len(text) - distance)},{len(text) + distance}}}$)"
    if not size:
        return re.compile(f"^{length}[^\n]+$", re.MULTILINE)
    bounds = [size * piece for piece in range(distance + 1)] + [len(text)]
    pieces = [
        f"[^\n]{{{max(0, start - distance)},{start + distance}}}{re.escape(text[start:end])}"
        for start, end in pairwise(bounds)
    ]
    return re.compile(f"^{length}(?:{'|'.join(pieces)})[^\n]*$", re.MULTILINE)


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _form(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


_EARLIEST, _LATEST = 1, 99991231


def passing(segment: OpenSegment, node: nodes.Filter) -> list[int]:
    """The ordinals of the documents that pass, sorted; deleted ones may be among them."""
    match node:
        case nodes.DateRange():
            return _dated(segment, node)
        case nodes.DocumentIn():
            found = (segment.documents.find(name) for name in node.ids)
            return sorted(ordinal for ordinal in found if ordinal is not None)
        case nodes.ParagraphIn():
            found = (segment.documents.find(name) for name, _, _ in node.places)
            return sorted({ordinal for ordinal in found if ordinal is not None})
        case nodes.PathGlob():
            if "paths" not in segment.kept:
                segment.kept["paths"] = segment.documents.paths()
            paths = enumerate(segment.kept["paths"])
            return [at for at, path in paths if path_fits(path, node.pattern)]
        case nodes.FieldValue(name="id"):
            named = _folded(segment, "id").get(_last(node.value), ())
            return [at for name, at in named if ("/" + name).endswith("/" + node.value)]
        case nodes.FieldPattern(name="id"):
            ids = enumerate(map(fold_value, segment.documents.ids()))
            return [at for at, name in ids if fits_pattern(node, name)]
        case nodes.AnyFilter():
            return _with_values(segment, node)
        case _:
            assert_never(node)


def places(segment: OpenSegment, node: nodes.ParagraphIn) -> tuple[list[int], list[int]]:
    """Where the ranges of paragraphs begin and end in a segment, none of which overlap."""
    firsts = segment.file["doc.first"]
    found: list[tuple[int, int]] = []
    for name, first, last in node.places:
        ordinal = segment.documents.find(name)
        if ordinal is not None:
            start, end = firsts.items(ordinal, ordinal + 2)
            found.append((start + max(first, 1) - 1, min(start + last, end)))
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(found):
        start = max(start, ends[-1]) if ends else start  # noqa: PLW2901 - what it has beyond the last
        if start < end <= segment.paragraphs:
            starts.append(start)
            ends.append(end)
    return starts, ends


_OfValues = (
    nodes.FieldWords | nodes.FieldText | nodes.FieldValue | nodes.FieldPattern | nodes.FieldRange
)


def _with_values(segment: OpenSegment, node: _OfValues) -> list[int]:
    values = _values(segment, node)
    return sorted({ordinal for some in documents_with(segment, values) for ordinal in some})


def documents_with(segment: OpenSegment, values: Sequence[int]) -> Iterator[Sequence[int]]:
    """The documents that have each of these values of metadata, in the order of the values."""
    first, documents = column(segment.file["value.first"], len(values)), segment.file["value.docs"]
    return (documents.items(first[value], first[value + 1]) for value in values)


def _dated(segment: OpenSegment, node: nodes.DateRange) -> list[int]:
    """Documents whose time reaches into the range; one without a date has the time 0."""
    since = day_number(node.since) if node.since else _EARLIEST
    until = day_number(node.until) if node.until else _LATEST
    first = segment.file["doc.since"].items().tolist()
    last = segment.file["doc.until"].items().tolist()
    return [
        at
        for at, (begin, end) in enumerate(zip(first, last, strict=True))
        if end >= since and 0 < begin <= until
    ]


def _values(segment: OpenSegment, node: _OfValues) -> list[int]:
    """The numbers of the values that fit."""
    match node:
        case nodes.FieldWords():
            there = segment.keys.beginning(_raw(node.name) + b"\0")
            found = {
                value
                for words in node.orders
                for value in containers(segment.value, phrase(segment.value, words))
            }
            return sorted(value for value in found if value in there)
        case nodes.FieldValue(name="lang"):
            folded = _folded(segment, node.name)
            fitting = [lang for lang in folded if (lang + "-").startswith(node.value + "-")]
            return sorted(value for lang in fitting for _, value in folded[lang])
        case nodes.FieldValue():
            return [value for _, value in _folded(segment, node.name).get(node.value, ())]
        case nodes.FieldPattern():
            folded = _folded(segment, node.name)
            fitting = [one for one in folded if fits_pattern(node, one)]
            return sorted(value for one in fitting for _, value in folded[one])
        case nodes.FieldText():
            return [at for at, text in _texts(segment, node.name) if has_part(text, node)]
        case nodes.FieldRange():
            return [at for at, text in _texts(segment, node.name) if in_range(node, text)]
        case _:
            assert_never(node)


def _texts(segment: OpenSegment, name: str) -> Iterator[tuple[int, str]]:
    """The distinct values of a field, by their numbers."""
    for value in segment.keys.beginning(_raw(name) + b"\0"):
        yield value, split_key(segment.keys[value])[1]


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _folded(segment: OpenSegment, name: str) -> dict[str, list[tuple[str, int]]]:
    """The folded values of a field with their numbers, by what a query may have of them.

    Of an id that is its last part, else the whole. A query may ask for a thousand of them.
    """
    kept: dict[str, list[tuple[str, int]]] | None = segment.kept.get("folded." + name)
    if kept is None:
        kept = segment.kept["folded." + name] = {}
        if name == "id":
            for at, one in enumerate(map(fold_value, segment.documents.ids())):
                kept.setdefault(_last(one), []).append((one, at))
            return kept
        for value in segment.keys.beginning(name.encode() + b"\0"):
            one = fold_value(split_key(segment.keys[value])[1])
            kept.setdefault(one, []).append((one, value))
    return kept


def runs_with(runs: Runs, node: nodes.FieldWords | nodes.FieldText) -> list[int]:
    """The runs of paragraphs whose names have the words of a filter, sorted."""
    if isinstance(node, nodes.FieldText):
        numbers = range(len(runs))
        return [run for run in numbers if any(has_part(one, node) for one in runs.names(run))]
    return sorted(containers(runs.words, phrase(runs.words, node.words)))


def kind_number(node: nodes.FieldValue) -> int:
    """The number of the kind of paragraphs that a filter asks for; of none, one that none has."""
    return KINDS.index(node.value) if node.value in KINDS else len(KINDS)
