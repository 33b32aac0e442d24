"""A draft with the source's wording and with references that fit, where that needs no judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sinorus.citation.drafts.draft import Draft
from sinorus.citation.drafts.quotations import Quotation
from sinorus.citation.marks import marks_of, turned
from sinorus.citation.markup import MARKUPS, written
from sinorus.citation.reference import read_reference
from sinorus.citation.wording import words_of
from sinorus.citation.words import plain_words
from sinorus.model.checking import CheckReport, Finding

_WORDS = frozenset({"NEAR", "MISQUOTED-NEGATION", "CHANGED"})
"""Grades of quotations that get the source's words."""
_REFERENCE = frozenset({"MOVED", "CHANGED"})
"""Grades of what is cited that is called otherwise now."""
_LEAST = 0.75
"""Of likeness: below it the author has to say what was meant."""
_GAPS = re.compile(r"[\[\]…]|\.\s?\.\s?\.")


class Change(NamedTuple):
    """What takes the place of the characters from `start` to `end` of a draft."""

    start: int
    end: int
    text: str


def mended(draft: Draft, quoted: Sequence[Quotation], report: CheckReport) -> str:
    """The draft with what can be mended of a report on it and what is `quoted` in it.

    Quotations whose words nearly are those of one passage get these, if the draft has no markup
    and leaves nothing out there; references to paragraphs that moved or changed get the new ones.
    """
    found = mendings(draft, quoted, report)
    text, before = draft.text, len(draft.text) + 1
    for change in sorted({change for changes in found for change in changes}, reverse=True):
        if change.end <= before:
            text = text[: change.start] + change.text + text[change.end :]
            before = change.start
    return text


def mendings(
    draft: Draft, quoted: Sequence[Quotation], report: CheckReport
) -> tuple[tuple[Change, ...], ...]:
    """The same for each finding, in the order of the report: what would mend it, if anything."""
    known = {draft.place(one.start): one for one in quoted}
    return tuple(
        tuple(_changes(draft, one, known.get((one.line, one.column)))) for one in report.findings
    )


def _changes(draft: Draft, one: Finding, quotation: Quotation | None) -> Iterator[Change]:
    if one.id is None or {"spliced", "not closed"} & {*one.cautions}:
        return
    if one.kind == "quotation" and quotation is not None:
        if one.grade in _WORDS and (words := _words(draft, one, quotation)) is not None:
            yield Change(quotation.start, quotation.end, words)
        elif one.grade in _WORDS and one.likeness < 1:
            return  # the words stay as they were, and so does what they are said to come from
    cited = quotation.cited if quotation else draft.cited
    new = read_reference(one.id) if "%" not in one.id else None
    for each in cited:
        old = each.reference
        here = quotation or draft.place(each.start) == (one.line, one.column)
        if here and new and old and old.hash:
            same = old.document == new.document and old.first <= new.first <= old.last
            if one.grade in _REFERENCE or (one.grade in _WORDS and not same):
                yield Change(each.start, each.end, str(new))


def _words(draft: Draft, one: Finding, quotation: Quotation) -> str | None:
    """The source's words as the draft's language writes them; None where they cannot be put in."""
    raw = draft.text[quotation.start : quotation.end]
    plain = raw == quotation.words.text and "\n" not in raw
    if not plain or not one.found or one.likeness < _LEAST or one.likeness >= 1:
        return None
    if _GAPS.search(raw) or "\n\n" in one.found:
        return None
    ends = {0, len(one.text)}
    if any({start, end} & ends and " " in one.text[start:end] for start, end in one.changed):
        return None  # where the source's words begin or end is a guess
    mine = words_of(one.text)
    head, tail = one.text[: mine[0].start], one.text[mine[-1].end :]  # stops are the draft's
    words = plain_words(f"{head}{' '.join(one.found.split())}{tail}")
    if not quotation.block:
        lang = one.document.lang if one.document else None
        words = turned(words, marks_of("auto", lang, words.text))
    return written(words, MARKUPS[draft.kind], starts=False)
