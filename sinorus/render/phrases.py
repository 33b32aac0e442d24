"""The short lines around a paragraph that people read: who, when, how many.

All of them are harmless and on one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from sinorus.model.documents import GROUPINGS
from sinorus.model.wording import counted, inflected
from sinorus.render.view import group_key
from sinorus.render.visible import harmless, one_line

if TYPE_CHECKING:  # a search need not load the values of a comparison
    from sinorus.model import (
        Comparison,
        Date,
        Document,
        Group,
        Grouping,
        Hit,
        Paragraph,
        SearchResult,
        Shown,
        SilentGroup,
        Status,
        TextComparison,
    )

UNKNOWN = "unknown"
MOST_GROUPS = 12
"""The groups of a comparison that people are shown, the first in its order."""
MOST_SILENT = 8
"""The silent groups that are named, largest first."""
MOST_MISSING = 3
"""The missing words of a partial hit that are named."""
MOST_NOTED = 8
"""The paragraphs that are named as referring to a footnote."""
CROSSING = "only across the borders of other words, as 中国 in 发展中国家"
"""Of hits that have the characters of a word, but not the word."""
MOST_SAME = 3
"""The ids of paragraphs with the same words that are named."""
NOTHING_COMMON = "no passage in common"


def title(document: Document) -> str:
    """The title, or the id of a document that has none."""
    return one_line(document.title) if document.title else harmless(document.id)


def named(document: Document, name: str) -> str:
    """The title, and where `name` is not the document but some of its paragraphs, their id."""
    if name == document.id:
        return title(document)
    return f"{title(document)} ({harmless(name)})" if document.title else harmless(name)


def byline(document: Document) -> str:
    """`Author, Publisher, 2023-03-21 [ru]`, as far as known; may be empty."""
    parts = [*document.authors, document.publisher, document.date and document.date.text]
    known = ", ".join(one_line(part) for part in parts if part)
    lang = f"[{one_line(document.lang)}]" if document.lang else ""
    return " ".join(part for part in (known, lang) if part)


def same_in(hit: Hit) -> str:
    """`same in 3 more: sea/fall#2, …`: where else the words of a hit stand."""
    shown = [harmless(name) for name in hit.same[:MOST_SAME]]
    shown += ["…"] if len(hit.same) > MOST_SAME else []
    return f"same in {len(hit.same):,} more: {', '.join(shown)}"


def found(result: SearchResult) -> str:
    """`137 paragraphs in 41 documents, 1–20 shown`: what stands above a page of hits."""
    if result.partial:
        have = "has" if result.lacking == 1 else "have"
        told = f"{counted(result.lacking, 'paragraph')} {have} some of the words"
    else:
        told = f"{counted(result.total, 'paragraph')} in {counted(len(result.tally), 'document')}"
        if result.lacking:
            told += f"; then {result.lacking:,} without one of the words"
    if not (result.more or result.offset):
        return told
    first, last = result.offset + 1, result.offset + len(result.hits)
    return f"{told}, {first:,}{f'–{last:,}' if last > first else ''} shown"


def period(first: Date | None, last: Date | None) -> str:
    """`2019 – 2023-03-21`, one date if they are equal, empty if unknown."""
    known = [one_line(date.text) for date in (first, last) if date]
    return " – ".join(dict.fromkeys(known))


def group_name(key: str | None) -> str:
    """The key of a group as its heading; `unknown` for the sources without the field."""
    return UNKNOWN if key is None else one_line(key)


def measures(group: Group) -> str:
    """`12 matches in 8 paragraphs of 3 documents; 1.234 per 1,000 words`."""
    return (
        f"{counted(group.matches, 'match')} in {counted(group.paragraphs, 'paragraph')}"
        f" of {counted(group.documents, 'document')}; {group.rate:.3f} per 1,000 words"
    )


def keywords(group: Group) -> str:
    """`zhukov 10, turkey 14`: the group's own words, and how many of its documents or paragraphs
    with a match have each; may be empty.
    """
    return ", ".join(f"{one_line(word.word)} {word.count:,}" for word in group.keywords)


def more_groups(comparison: Comparison) -> str:
    """`… and 131 more documents (--json has all)`; empty if people are shown all groups."""
    more = len(comparison.groups) - MOST_GROUPS
    return f"… and {_more(more, comparison.by)} (--json has all)" if more > 0 else ""


def silent_groups(comparison: Comparison) -> str:
    """`Pravda (12 documents, 34,567 words), … and 9 more publishers (1,000 words in all)`.

    Empty if nobody is silent.
    """
    told = ", ".join(map(_silent, comparison.silent[:MOST_SILENT]))
    rest = comparison.silent[MOST_SILENT:]
    if not rest:
        return told
    words = counted(sum(group.words for group in rest), "word")
    return f"{told} and {_more(len(rest), comparison.by)} ({words} in all)"


def unasked_groups(comparison: Comparison) -> Iterator[str]:
    """`not asked in ru, zh: --across would find 15 and 8`, a sentence for each way to find more."""
    ways = (
        ("across", "not asked", "--across would find"),
        ("written", "not written so", "in all forms and names there are"),
        ("together", "not together", "some of the words are in"),
    )
    rest = list(comparison.unasked)
    for name, not_so, would in ways:
        some = [group for group in rest if getattr(group, name)]
        rest = [group for group in rest if group not in some]
        some.sort(key=lambda group: -getattr(group, name))
        if some:
            names = ", ".join(group_name(group.key) for group in some[:MOST_SILENT])
            counts = [f"{getattr(group, name):,}" for group in some[:MOST_SILENT]]
            told = " and ".join(filter(None, [", ".join(counts[:-1]), counts[-1]]))
            if more := some[MOST_SILENT:]:
                total = sum(getattr(group, name) for group in more)
                names += f" and {_more(len(more), comparison.by)}"
                told = f"{', '.join(counts)} and {total:,}"
            yield f"{not_so} in {names}: {would} {told}"
    if rest:
        names = ", ".join(group_name(group.key) for group in rest[:MOST_SILENT])
        if more := rest[MOST_SILENT:]:
            names += f" and {_more(len(more), comparison.by)}"
        yield f"not asked in {names}: no word of the query is in their script"


def rates_note(comparison: Comparison) -> str:
    """What to know of rates where languages stand side by side; empty where one speaks."""
    if len(comparison.languages) < 2:
        return ""
    told = ", ".join(map(one_line, comparison.languages[:MOST_SILENT]))
    if "zh" not in comparison.languages:
        return f"rates stand for words of different languages: {told}"
    return f"rates stand for words of different languages ({told}), Chinese as it is cut into words"


def common(comparison: TextComparison) -> str:
    """`86 % of the words in common, 3 passages moved`, and where they differ the languages."""
    moved = f"{counted(comparison.moved, 'passage')} moved" if comparison.moved else "nothing moved"
    told = f"{comparison.similarity * 100:.0f} % of the words in common, {moved}"
    if comparison.languages:
        left, right = map(one_line, comparison.languages)
        told += f"; they are in different languages, {left} and {right}"
    return told


def missing_words(hit: Hit) -> str:
    """`alliance, gas, oil …`: the first words that a partial hit lacks; empty if it has all."""
    words = ", ".join(map(one_line, hit.missing[:MOST_MISSING]))
    return f"{words} …" if len(hit.missing) > MOST_MISSING else words


def crossing_from(hits: Sequence[Hit]) -> int | None:
    """From which of the hits on all are across words; None where these are not the last."""
    count = sum(hit.crossing for hit in hits)
    first = len(hits) - count
    return first if count and all(hit.crossing for hit in hits[first:]) else None


def nothing_common(comparison: TextComparison) -> bool:
    """Whether no paragraph and no passage of two texts belong together."""
    apart = all(kind in ("left", "right") for kind, count in comparison.counts.items() if count)
    return apart and not comparison.passages and not comparison.moved


def breadcrumb(document: Document, paragraph: Paragraph) -> str:
    """`Part › Chapter`: the headings above a paragraph but for the title; may be empty."""
    known = _folded(document.title or "")
    headings = (one for one in paragraph.heading if _folded(one) != known)
    return " › ".join(map(one_line, headings))


def check_note(shown: Shown) -> str:
    """What became of a paragraph that was asked for with its hash; empty if nothing is known."""
    if shown.check is None or shown.context:
        return ""
    if shown.check == "moved":
        return f"moved: {harmless(shown.asked)} is now {place_now(shown.asked, shown.paragraph)}"
    said = "as it was noted" if shown.check == "exact" else "changed since it was noted"
    if shown.was:
        said += f": as it was until {harmless(shown.was.until)}, and as it is"
    return f"{shown.check}: {harmless(shown.asked)} is {said}"


def place_now(asked: str, paragraph: Paragraph) -> str:
    """Where a paragraph is that was asked for: its number, with its document if that is another."""
    document = asked.rpartition("#")[0].lstrip("…")
    here = document and f"/{paragraph.document}".endswith(f"/{document}")
    return f"#{paragraph.n}" if here else harmless(paragraph.id)


def noted_by(paragraph: Paragraph) -> str:
    """`referred to by #3, #5`: the paragraphs that refer to a footnote; empty for none."""
    numbers = [f"#{n}" for n in paragraph.noted_by[:MOST_NOTED]]
    if more := len(paragraph.noted_by) - len(numbers):
        numbers.append(f"{more:,} more")
    return f"referred to by {', '.join(numbers)}" if numbers else ""


def grouped(hits: Iterable[Hit], by: Grouping | None) -> Iterator[tuple[str, list[Hit]]]:
    """Consecutive hits of one group with its heading; without grouping, all under none."""
    if by is None:
        yield "", list(hits)
        return
    for key, run in groupby(hits, key=lambda hit: group_key(hit.document, by)):
        members = list(run)
        heading = group_name(key)
        document = members[0].document
        if by == "document" and document.title not in (None, "", document.id):
            heading = f"{title(document)} ({harmless(document.id)})"
        yield heading, members


def _more(number: int, by: str) -> str:
    noun = {"lang": "language"}.get(by, by if by in GROUPINGS else "group")
    return f"{number:,} more {inflected(noun, number)}"


def _silent(group: SilentGroup) -> str:
    size = f"{counted(group.documents, 'document')}, {counted(group.words, 'word')}"
    return f"{group_name(group.key)} ({size})"


def _folded(text: str) -> str:
    letters = (one for one in normalize("NFKD", text) if not combining(one))
    return " ".join("".join(letters).casefold().split())


def what_lists_them(status: Status) -> str:
    """The command that lists what has no date or author; empty where all have both."""
    names = [name for name in ("date", "author") if status.missing.get(name)]
    return f"sinorus sources --missing {','.join(names)}" if names else ""
