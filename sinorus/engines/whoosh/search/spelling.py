"""What the segments know of the Cyrillic words of their texts: which stem a form has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sinorus.engines.whoosh.segment.postings import FORM_ROW, JOIN, encoded
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.text.stems import CYRILLIC

_LAST = "\u052f"
"""The last letter that a Cyrillic word begins with."""


def stems_of(segments: Iterable[OpenSegment], forms: Collection[str] | None) -> dict[str, str]:
    """The stems of those of `forms` that the segments have; None: of all Cyrillic forms."""
    found: dict[str, str] = {}
    for segment in segments:
        if forms is None:
            found.update(_all(segment))
            continue
        for form in forms:
            if form in found:
                continue
            terms, raw = segment.forms.terms, encoded(form)
            for at in (*terms.equal(raw), *(at for _, at in terms.joined(raw))):
                found[form] = _stem(segment, segment.forms.row(at)[0])
    return found


def forms_of(segments: Iterable[OpenSegment], stems: Collection[str]) -> dict[str, str]:
    """The Cyrillic forms of the segments that are alike to one of `stems`, with their stems."""
    found: dict[str, str] = {}
    for segment in segments:
        text = segment.text
        whole = {number for stem in stems for number in text.numbers(stem)}
        joined = {number for stem in stems for _, number in text.joined_numbers(stem)}
        for join, numbers in (("", whole), (JOIN, joined)):
            if numbers:
                found.update(_with(segment, _cyrillic(segment, join), numbers))
    return found


def _cyrillic(segment: OpenSegment, join: str) -> range:
    """The numbers of the Cyrillic forms; with a `join`, of those that are written as several."""
    terms = segment.forms.terms
    return range(
        terms.beginning(encoded(join + CYRILLIC)).start,
        terms.beginning(encoded(join + _LAST)).stop,
    )


def _with(segment: OpenSegment, among: range, stems: set[int]) -> Iterator[tuple[str, str]]:
    """The forms `among` those of the segment that have one of the stems, each with its stem."""
    rows = bytes(segment.forms.rows(among))
    for number in stems:
        stem, wanted = _stem(segment, number), number.to_bytes(4, "little")
        at = rows.find(wanted)
        while at >= 0:
            row, beside = divmod(at, FORM_ROW.size)
            if not beside:
                yield _word(segment.forms.terms[among[row]]), stem
            at = rows.find(wanted, at + 1)


def _all(segment: OpenSegment) -> Iterator[tuple[str, str]]:
    """All Cyrillic forms of a segment, each with its stem."""
    stems = segment.text.stems.all()
    for join in ("", JOIN):
        among = _cyrillic(segment, join)
        rows = FORM_ROW.iter_unpack(bytes(segment.forms.rows(among)))
        for form, (number, _, _) in zip(segment.forms.terms.some(among), rows, strict=True):
            yield _word(form), _word(stems[number])


def _stem(segment: OpenSegment, number: int) -> str:
    return _word(segment.text.stems[number])


def _word(term: bytes) -> str:
    """A form or stem of the dictionary as a word: as `join_key` has it where it is of several."""
    word = term.decode("utf-8", "surrogatepass")
    return word[len(JOIN) : -1] if word.startswith(JOIN) else word
