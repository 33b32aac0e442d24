"""What a quotation is worth, held against the words of one source: a grade, and where they differ.

The letters of the words decide, not how alike two texts look: whatever is not the same word, number
or sign is a change and is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from sinorus.citation.align import edits, nearest
from sinorus.citation.drafts.traced import Traced
from sinorus.citation.negations import limits, negates, opposites
from sinorus.citation.wording import Word, Wording, occurrences, squeezed
from sinorus.model.checking import Caution, Grade
from sinorus.model.documents import Span

LEAST_LIKENESS = 0.55
"""Below it a passage is the nearest one and not the one that was quoted."""
WIDEST = 400
"""Words that an ellipsis may leave out."""
_SIC = r"\[\s*(?:sic!?|так в (?:тексте|оригинале)|原文如此)\s*\]"
_OMITTED = (
    rf"{_SIC}|[\[(<{{]\s*(?:…+|\.{{2,}}|\.(?:\s\.)+)\s*[\])>}}]|…+|\.{{3,}}|\.(?:\s\.){{2,}}|⋯+"
)
_GAP = re.compile(rf"{_OMITTED}|\[(?P<put_in>[^\[\]\n]{{0,300}})\]")
_OMISSION = re.compile(_OMITTED)
_SAID = re.compile(r"(?<=[,.!?…»”])\s*[—–]\s(?P<said>[^—–«»„“”\d\n]{3,80}?)[,.:]\s[—–]\s")
"""The words of the author of a draft in the middle of a Russian quotation, between dashes."""
_SAYS = re.compile(
    r"\b(?:(?:с|под)?каз(?:ал|ыва)|(?:под|за|от)?меча|отмети|замети|(?:до|при)бав|говори|заяв|"
    r"подч[её]рк|поясн|объясн|ответ|отвеча|пиш[еу]|писал|счита|полага|призна|уточн|продолж|"
    r"утвержда|указ|напомн|напомин|спро|спраш|воскли|цитир|резюмир|констатир|предупре|"
    r"настаива|рассужда|вспомин|по\s(?:словам|мнению))",
    re.I,
)
_FIRST = re.compile(r"\[(\w)\](?=\w)")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万亿两零]")
_ENDS = ".,;:!?。，；：！？、…"


class Asked:
    """A quotation: its text, the words of all of it, and of the parts that gaps divide."""

    def __init__(self, text: str, *, apart: bool = False, brackets: bool = False) -> None:
        """With what an author says in the middle of it, or `apart` from that; without what stands
        in `brackets`, or with that.
        """
        self.text = text
        self.whole = Wording(text)
        opened = Traced(text).kept(_FIRST)
        self.altered = opened.text != text
        self.gaps = 0
        self.parts: list[Wording] = []
        self.next: list[bool] = []  # whether a part has to follow on the one before at once
        self.put_in: dict[int, list[str]] = {}  # the words in brackets before a part
        last, next_ = 0, False
        pattern = _OMISSION if brackets else _GAP
        gaps = [*pattern.finditer(opened.text), *(said(opened.text) if apart else ())]
        for match in [*sorted(gaps, key=re.Match.start), None]:
            end = match.start() if match else len(opened)
            words = Wording(opened.text[last:end]).words
            self.gaps += match is not None
            if words:
                at = opened.at
                moved = [
                    Word(at[last + one.start], at[last + one.end - 1] + 1, one.form)
                    for one in words
                ]
                self.parts.append(Wording(text, moved))
                self.next.append(next_)
            if match:
                last, next_ = match.end(), match.re is _SAID
                if match.re is _GAP and (inside := Wording(match["put_in"] or "").forms):
                    self.put_in[len(self.parts)] = inside
        self.words = [word for part in self.parts for word in part.words]
        self.forms = [word.form for word in self.words]

    @cached_property
    def apart(self) -> Asked | None:
        """The same without what the draft's author says in the middle of it; None if that is
        nothing.
        """
        return Asked(self.text, apart=True) if said(self.text) else None

    @cached_property
    def with_brackets(self) -> Asked | None:
        """The same with the words in brackets as if they were the source's; None without any."""
        return Asked(self.text, brackets=True) if self.put_in else None


def said(text: str) -> list[re.Match[str]]:
    """Where the author of a draft speaks in the middle of a quotation: «…, — сказал он, — …»."""
    return [
        match
        for match in _SAID.finditer(text)
        if _SAYS.search(match["said"]) and not negates(Wording(match["said"]).forms)
    ]


class Judged(NamedTuple):
    """A quotation held against a source: `span` is where it is there, in the source's text."""

    grade: Grade
    span: Span
    likeness: float
    changed: tuple[Span, ...] = ()
    found_changed: tuple[Span, ...] = ()
    cautions: tuple[Caution, ...] = ()


def literal(asked: Asked, source: Wording) -> Judged | None:
    """The grade of a quotation whose words are in the source as they are; None if they are not."""
    for first, last in occurrences(asked.whole, source)[:1]:
        span = source.span(first, last)
        grade: Grade = "ELLIPSIS" if asked.gaps else "NORMALISED"
        exact = _to_the_letter(asked.text, asked.whole, source.text, span)
        return Judged("EXACT" if exact else grade, span, 1.0)
    return _literal_in_parts(asked, source) or (
        _literal_in_parts(asked.apart, source) if asked.apart else None
    )


def _literal_in_parts(asked: Asked, source: Wording) -> Judged | None:
    if not (asked.gaps or asked.altered) or not asked.parts:
        return None
    places = _in_order(asked.parts, asked.next, source, 0)
    if places is None or _altered_brackets(asked, source, places):
        return None
    left_out = [
        form for (_, end), (start, _) in pairwise(places) for form in source.forms[end:start]
    ]
    cautions: tuple[Caution, ...] = ("hidden negation",) if negates(left_out) else ()
    return Judged("ELLIPSIS", source.span(places[0][0], places[-1][1]), 1.0, cautions=cautions)


def _altered_brackets(asked: Asked, source: Wording, places: Sequence[tuple[int, int]]) -> bool:
    """Whether words in brackets are not those that the source has in brackets there, but alike."""
    for number, inside in asked.put_in.items():
        if 0 < number < len(places):
            last, first = places[number - 1][1], places[number][0]
            theirs = source.forms[last:first]
            stands = source.text[source.words[last - 1].end : source.words[first].start]
            alike = 2 * len({*inside} & {*theirs}) >= len({*inside})
            if alike and inside != theirs and "[" in stands:
                return True
    return False


def _in_order(
    parts: Sequence[Wording], next_: Sequence[bool], source: Wording, after: int
) -> list[tuple[int, int]] | None:
    """Where the parts stand one behind the other, as close as they do."""
    best: list[tuple[int, int]] | None = None
    for first, last in occurrences(parts[0], source, after)[:50]:
        if after and first - after > (0 if next_[0] else WIDEST):
            break
        if len(parts) == 1:
            return [(first, last)]
        rest = _in_order(parts[1:], next_[1:], source, last)
        if rest is None:
            continue
        found = [(first, last), *rest]
        if best is None or found[-1][1] - first < best[-1][1] - best[0][0]:
            best = found
        if after:
            break
    return best


def _to_the_letter(text: str, words: Wording, source: str, span: Span) -> bool:
    start, end = words.words[0].start, words.words[-1].end
    if squeezed(text[start:end]) != squeezed(source[span[0] : span[1]]):
        return False
    tail, behind = squeezed(text[end:]), squeezed(source[span[1] : span[1] + len(text) - end + 40])
    head, before = squeezed(text[:start]), squeezed(source[max(0, span[0] - start - 40) : span[0]])
    return behind.startswith(tail) and before.endswith(head)


def near(asked: Asked, source: Wording) -> Judged:
    """The grade of a quotation whose words are not all there: where most of them are, and how."""
    found = _near(asked, source)
    if not (found.changed or found.found_changed) and asked.with_brackets is not None:
        found = _near(asked.with_brackets, source)
    if asked.apart is None:
        return found
    apart = _near(asked.apart, source)
    return apart if apart.likeness > found.likeness else found


def _near(asked: Asked, source: Wording) -> Judged:
    forms = asked.forms
    if not forms or not source.words:
        return Judged("NOT-FOUND", (0, 0), 0.0)
    if asked.gaps and len(asked.parts) > 1:
        return _near_in_parts(asked, source)
    there = nearest(forms, source.forms)
    return _graded(asked, source, [(asked.words, there.first, there.last)])


_Part = tuple[Sequence[Word], int, int]
"""Words of a quotation and the words of the source that they come from."""


def _near_in_parts(asked: Asked, source: Wording) -> Judged:
    found: list[_Part] = []
    after = 0
    for part in asked.parts:
        there = nearest(part.forms, source.forms[after:])
        whole = nearest(part.forms, source.forms)
        if there.distance > whole.distance and there.distance > len(part.forms) // 3:
            return _graded(asked, source, [(asked.words, *nearest(asked.forms, source.forms)[1:])])
        found.append((part.words, there.first + after, there.last + after))
        after += there.last
    return _graded(asked, source, found)


def _graded(asked: Asked, source: Wording, parts: Sequence[_Part]) -> Judged:
    changed: list[Span] = []
    found_changed: list[Span] = []
    left: list[str] = []
    right: list[str] = []
    pairs: list[tuple[str, str]] = []
    distance = 0
    for words, first, last in parts:
        theirs = source.words[first:last]
        for edit in edits([word.form for word in words], [word.form for word in theirs]):
            mine, other = words[edit.at : edit.end], theirs[edit.source_at : edit.source_end]
            distance += max(len(mine), len(other))
            left += [word.form for word in mine]
            right += [word.form for word in other]
            if len(mine) == len(other):
                pairs += zip([w.form for w in mine], [w.form for w in other], strict=True)
            if mine:
                changed.append((mine[0].start, mine[-1].end))
            if other:
                found_changed.append((other[0].start, other[-1].end))
    places = [(first, last) for _, first, last in parts if first < last]
    if not places:
        return Judged("NOT-FOUND", (0, 0), 0.0)
    span = source.span(places[0][0], places[-1][1])
    likeness = max(0.0, 1 - distance / max(len(asked.forms), 1))
    cautions: list[Caution] = []
    if any(map(_NUMERAL.search, [*left, *right])) and sorted(left) != sorted(right):
        cautions.append("number")
    if left and sorted(left) == sorted(right):
        cautions.append("order")
    grade: Grade = "NEAR" if likeness >= LEAST_LIKENESS else "NOT-FOUND"
    opposite = negates(left) != negates(right) or any(opposites(*pair) for pair in pairs)
    if grade == "NEAR" and opposite:
        grade = "MISQUOTED-NEGATION"
    return Judged(grade, span, likeness, tuple(changed), tuple(found_changed), tuple(cautions))


def context_cautions(source: Wording, span: Span, said: str) -> tuple[Caution, ...]:
    """Whether a quotation begins behind a negation that the draft has not, or stops too soon."""
    text = source.text
    sentence = re.split(r"[.!?;。！？；]\s", text[max(0, span[0] - 80) : span[0]] + " ")[-1]
    before = Wording(sentence).forms[-3:]
    if negates(before) and not negates(Wording(said).forms[-5:]):
        return ("truncated",)
    return ("truncated",) if limits(text[span[1] : span[1] + 40]) else ()


def spliced(asked: Asked, sources: Sequence[Wording]) -> list[int]:
    """The sources, by number, of which a quotation is put together; empty if of none.

    Each gives a run of its words that is not small; together they give nearly all.
    """
    covered = [False] * len(asked.forms)
    runs = sorted(
        (
            (end - at, number, at, end)
            for number, source in enumerate(sources)
            for at, end in _runs(asked.forms, source)
        ),
        key=lambda run: (-run[0], run[1], run[2]),
    )
    used: list[int] = []
    for _, number, at, end in runs:
        fresh = sum(not covered[place] for place in range(at, end))
        if fresh >= max(4, (end - at) // 2):
            covered[at:end] = [True] * (end - at)
            used.append(number)
    enough = sum(covered) >= 0.85 * len(covered) and len(used) > 1
    return used if enough else []


def _runs(forms: Sequence[str], source: Wording) -> list[tuple[int, int]]:
    """The longest runs of words, four at least, that stand in a source, left to right."""
    found, at = [], 0
    there = " " + " ".join(source.forms) + " "
    while at + 4 <= len(forms):
        end = at + 4
        if f" {' '.join(forms[at:end])} " not in there:
            at += 1
            continue
        while end < len(forms) and f" {' '.join(forms[at : end + 1])} " in there:
            end += 1
        found.append((at, end))
        at = end
    return found
