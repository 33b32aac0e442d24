"""What a node means on one paragraph: does it match, and where. The oracle for every engine."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

from sinorus.model import Document, Paragraph, Span
from sinorus.query import positions
from sinorus.query.nodes import (
    FILTERS,
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldValue,
    FieldWords,
    Filter,
    Near,
    Node,
    Not,
    Or,
    PathGlob,
    Phrase,
    Positional,
    Synonyms,
    Term,
    units,
)
from sinorus.query.positions import TokenSpan
from sinorus.query.words import fits
from sinorus.text.fold import fold_value
from sinorus.text.tokens import Tokens, tokenize


class Passage:
    """A paragraph with its tokens, and where each stem and form stands in it."""

    def __init__(self, document: Document, paragraph: Paragraph) -> None:
        self.document = document
        self.paragraph = paragraph
        self.tokens: Tokens = tokenize(paragraph.text)
        self._places: dict[bool, dict[str, list[TokenSpan]]] = {}

    def places(self, exact: bool) -> dict[str, list[TokenSpan]]:
        """The spans of every form (`exact`) or every stem of the paragraph."""
        if exact not in self._places:
            found: dict[str, list[TokenSpan]] = {}
            for position, word in enumerate(self.tokens.forms if exact else self.tokens.stems):
                found.setdefault(word, []).append((position, position + 1))
            self._places[exact] = found
        return self._places[exact]


def matches(node: Node, passage: Passage) -> bool:
    """Whether the paragraph is in the answer to `node`."""
    if isinstance(node, And):
        return all(matches(part, passage) for part in node.parts)
    if isinstance(node, Or):
        return any(matches(part, passage) for part in node.parts)
    if isinstance(node, Not):
        return not matches(node.part, passage)
    if isinstance(node, Everything):
        return True
    if isinstance(node, FieldWords) and node.name == "heading":
        return any(_has_words(heading, node.words) for heading in passage.paragraph.heading)
    if isinstance(node, FILTERS):
        return document_matches(node, passage.document)
    return bool(occurrences(node, passage))


def occurrences(node: Positional | Near, passage: Passage) -> list[TokenSpan]:
    """The token spans where `node` stands; of a Near, those of its parts that satisfy it."""
    if isinstance(node, Term):
        return passage.places(node.exact).get(node.text, [])
    if isinstance(node, Phrase):
        return positions.adjacent([occurrences(part, passage) for part in node.parts])
    if isinstance(node, Synonyms):
        return positions.union([occurrences(part, passage) for part in node.parts])
    if isinstance(node, Near):
        return positions.near(node, [occurrences(part, passage) for part in node.parts])
    return positions.union(
        [[], *(found for form, found in passage.places(True).items() if fits(node, form))]
    )


def highlights(node: Node, passage: Passage) -> tuple[Span, ...]:
    """The matches in the paragraph's text, sorted; those that overlap are made one."""
    tokens = passage.tokens
    found = sorted({span for unit in units(node) for span in occurrences(unit, passage)})
    merged: list[TokenSpan] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((tokens.starts[start], tokens.ends[end - 1]) for start, end in merged)


def document_matches(node: Filter, document: Document) -> bool:
    """Whether a filter lets a document pass; `heading` is not a matter of the document."""
    if isinstance(node, DocumentIn):
        return document.id in node.ids
    if isinstance(node, PathGlob):
        return _fits(document.path, node.pattern)
    if isinstance(node, DateRange):
        date = document.date
        return (
            date is not None
            and (node.since is None or date.last >= node.since)
            and (node.until is None or date.first <= node.until)
        )
    if isinstance(node, FieldWords):
        return any(_has_words(value, node.words) for value in field_values(document, node.name))
    values = [fold_value(value) for value in field_values(document, node.name)]
    if node.name == "lang":
        return any(value == node.value or value.startswith(node.value + "-") for value in values)
    if node.name == "id":
        return any(value == node.value or value.endswith("/" + node.value) for value in values)
    return node.value in values


def _fits(path: str, pattern: str) -> bool:
    if any(sign in pattern for sign in "*?["):
        return fnmatchcase(path, pattern)
    return path == pattern or path.startswith(pattern + "/")


def field_values(document: Document, name: str) -> tuple[str, ...]:
    """The values of a document's field, known or extra, as texts; empty where it has none."""
    if name == "author":
        return document.authors
    if name == "tag":
        return document.tags
    if name in ("title", "publisher", "url", "lang", "id", "path"):
        value = getattr(document, name)
        return (value,) if value else ()
    extra = document.extra.get(name, ())
    return (extra,) if isinstance(extra, str) else extra


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(tokenize(text).stems)


def _has_words(text: str, words: tuple[str, ...]) -> bool:
    stems, size = _stems(text), len(words)
    return any(stems[at : at + size] == words for at in range(len(stems) - size + 1))


__all__ = [
    "FieldValue",
    "Passage",
    "document_matches",
    "field_values",
    "highlights",
    "matches",
    "occurrences",
]
