"""The short lines around a paragraph that people read: who, when, how many.

All of them are harmless and on one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sinorus.model import Date, Document, Group, Grouping, Hit, Shown, SilentGroup
from sinorus.render.view import group_key
from sinorus.render.visible import harmless, one_line

UNKNOWN = "unknown"


def title(document: Document) -> str:
    """The title, or the id of a document that has none."""
    return one_line(document.title) if document.title else harmless(document.id)


def byline(document: Document) -> str:
    """`Author, Publisher, 2023-03-21 [ru]`, as far as known; may be empty."""
    parts = [*document.authors, document.publisher, document.date and document.date.text]
    known = ", ".join(one_line(part) for part in parts if part)
    lang = f"[{one_line(document.lang)}]" if document.lang else ""
    return " ".join(part for part in (known, lang) if part)


def counted(number: int, noun: str) -> str:
    """`1 paragraph`, `1,234 paragraphs`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def period(first: Date | None, last: Date | None) -> str:
    """`2019 – 2023-03-21`, one date if they are equal, empty if unknown."""
    known = [one_line(date.text) for date in (first, last) if date]
    return " – ".join(dict.fromkeys(known))


def group_name(key: str | None) -> str:
    """The key of a group as its heading; `unknown` for the sources without the field."""
    return UNKNOWN if key is None else one_line(key)


def measures(group: Group) -> str:
    """`12 hits in 8 paragraphs of 3 documents; 1.234 per 1,000 words`."""
    return (
        f"{counted(group.hits, 'hit')} in {counted(group.paragraphs, 'paragraph')}"
        f" of {counted(group.documents, 'document')}; {group.rate:.3f} per 1,000 words"
    )


def keywords(group: Group) -> str:
    """`energy 12, gas 7`: the group's own words with their counts; may be empty."""
    return ", ".join(f"{one_line(word.word)} {word.count}" for word in group.keywords)


def silence(groups: Iterable[SilentGroup]) -> str:
    """`Pravda (12 documents, 34,567 words), …`; empty if nobody is silent."""
    return ", ".join(
        f"{group_name(group.key)} ({counted(group.documents, 'document')},"
        f" {counted(group.words, 'word')})"
        for group in groups
    )


def check_note(shown: Shown) -> str:
    """What became of a paragraph that was asked for with its hash; empty if nothing is known."""
    if shown.check is None or shown.context:
        return ""
    if shown.check == "moved":
        return f"moved: {harmless(shown.asked)} is now #{shown.paragraph.n}"
    said = "as it was noted" if shown.check == "exact" else "changed since it was noted"
    return f"{shown.check}: {harmless(shown.asked)} is {said}"


def grouped(hits: Iterable[Hit], by: Grouping | None) -> Iterator[tuple[str, list[Hit]]]:
    """Consecutive hits of one group with its heading; without grouping, all under none."""
    if by is None:
        yield "", list(hits)
        return
    for key, run in groupby(hits, key=lambda hit: group_key(hit.document, by)):
        members = list(run)
        heading = group_name(key)
        if by == "document" and members[0].document.title:
            heading = f"{title(members[0].document)} ({harmless(members[0].document.id)})"
        yield heading, members
