"""Which documents a list has, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sinorus.model import Document
from sinorus.model.sources import SourceSort
from sinorus.text.order import natural_key
from sinorus.text.tokens import tokenize


def having_words(documents: Iterable[Document], words: Sequence[str]) -> list[Document]:
    """Those that have all the words in their id, title, authors, publisher and tags.

    Words are folded as in a search and count from their beginning: `alli` finds `Alliance`, `елка`
    finds `Ёлка`, `联盟` finds `聯盟`. Numbers count whole: `d1` is not in `d10`.
    """
    sought = [_sought(word) for word in words]
    if not sought:
        return list(documents)
    return [one for one in documents if _has(one, sought)]


def _sought(word: str) -> tuple[str, str]:
    """What to look for among folded words; of what has none (`🚀`), among the texts as they are."""
    forms = tokenize(word).forms
    if not forms:
        return "", word.strip()
    return f" {' '.join(forms)}" + (" " if forms[-1].isdecimal() else ""), ""


def _has(document: Document, sought: Sequence[tuple[str, str]]) -> bool:
    texts = [document.id, *document.authors, *document.tags]
    texts += [text for text in (document.title, document.publisher) if text]
    folded = "\n".join(f" {' '.join(tokenize(text).forms)} " for text in texts)
    return all(
        form in folded if form else any(written in text for text in texts)
        for form, written in sought
    )


def in_order(documents: Iterable[Document], sort: SourceSort) -> list[Document]:
    """The documents sorted, what is equal by id; those without the field come last."""
    found = sorted(documents, key=lambda one: natural_key(one.id))
    if sort == "id":
        return found
    told = _FIELDS[sort.lstrip("-")]
    known = [one for one in found if told(one) is not None]
    known.sort(key=told, reverse=sort.startswith("-"))
    return known + [one for one in found if told(one) is None]


_FIELDS: dict[str, Callable[[Document], Any]] = {
    "title": lambda one: natural_key(one.title) if one.title else None,
    "date": lambda one: (one.date.first, one.date.last) if one.date else None,
    "author": lambda one: natural_key("; ".join(one.authors)) if one.authors else None,
    "publisher": lambda one: natural_key(one.publisher) if one.publisher else None,
    "paragraphs": lambda one: one.paragraphs,
}
