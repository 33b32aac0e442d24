"""What a node means on one paragraph: does it match, and where. The oracle for every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

Test = Callable[[Document], bool]
_HYPHENS = 100
"""Of a language: `zh-Hant-HK` has two."""


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


class Highlighter:
    """Finds the matches of one query in many paragraphs.

    The words of the query are looked up by those of the paragraph, which are the fewer where a
    query is long.
    """

    def __init__(self, node: Node) -> None:
        self._terms: dict[bool, set[str]] = {False: set(), True: set()}
        self._beginning: dict[tuple[bool, str], list[Phrase]] = {}
        self._others: list[Positional | Near] = []
        for unit in dict.fromkeys(units(node)):
            first = unit.parts[0] if isinstance(unit, Phrase) else None
            if isinstance(unit, Term):
                self._terms[unit.exact].add(unit.text)
            elif isinstance(unit, Phrase) and isinstance(first, Term):
                self._beginning.setdefault((first.exact, first.text), []).append(unit)
            else:
                self._others.append(unit)

    def __call__(self, passage: Passage) -> tuple[Span, ...]:
        """The matches in the paragraph's text, sorted; those that overlap are made one."""
        tokens = passage.tokens
        merged: list[TokenSpan] = []
        for start, end in sorted(self._found(passage)):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple((tokens.starts[start], tokens.ends[end - 1]) for start, end in merged)

    def _found(self, passage: Passage) -> set[TokenSpan]:
        found: set[TokenSpan] = set()
        for exact, terms in self._terms.items():
            if terms:
                places = passage.places(exact)
                found.update(span for word in terms & places.keys() for span in places[word])
        if self._beginning:
            there = {(exact, word) for exact in (False, True) for word in passage.places(exact)}
            for key in self._beginning.keys() & there:
                for phrase in self._beginning[key]:
                    found.update(occurrences(phrase, passage))
        for unit in self._others:
            found.update(occurrences(unit, passage))
        return found


def highlights(node: Node, passage: Passage) -> tuple[Span, ...]:
    """The matches of a query in one paragraph: see `Highlighter`."""
    return Highlighter(node)(passage)


def document_matches(node: Filter, document: Document) -> bool:
    """Whether a filter lets a document pass; `heading` is not a matter of the document."""
    if isinstance(node, DocumentIn):
        return document.id in node.ids
    if isinstance(node, PathGlob):
        return path_fits(document.path, node.pattern)
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


def path_fits(path: str, pattern: str) -> bool:
    """Whether a path is what a `path:` filter means: see `nodes.PathGlob`."""
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
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a title, a name or another value of a field."""
    return tuple(tokenize(text).stems)


def _has_words(text: str, words: tuple[str, ...]) -> bool:
    stems, size = stems_of(text), len(words)
    return any(stems[at : at + size] == words for at in range(len(stems) - size + 1))


def passing(nodes: Sequence[Node]) -> Test:
    """A test whether a document passes all of these filters, as `fields.filter_nodes` makes them.

    What is no filter lets nothing pass.
    """
    tests = [_test(node) for node in nodes]
    return lambda document: all(test(document) for test in tests)


def _test(node: Node) -> Test:
    if isinstance(node, Not):
        barred = _test(node.part)
        return lambda document: not barred(document)
    if isinstance(node, And):
        return passing(node.parts)
    if isinstance(node, Or):
        return _any_of(node.parts)
    return _any_of([node])


def _any_of(parts: Sequence[Node]) -> Test:
    tests: list[Test] = []
    values: dict[str, set[str]] = {}
    words: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for part in parts:
        if isinstance(part, FieldWords) and part.words:
            words.setdefault(part.name, {}).setdefault(part.words[0], []).append(part.words)
        elif isinstance(part, FieldValue) and part.name in ("lang", "tag"):
            values.setdefault(part.name, set()).add(part.value)
        elif isinstance(part, (Not, And, Or)):
            tests.append(_test(part))
        elif isinstance(part, FILTERS):
            tests.append(_alone(part))
    tests += [_having_value(name, some) for name, some in values.items()]
    tests += [_having_words(name, some) for name, some in words.items()]
    return lambda document: any(test(document) for test in tests)


def _alone(node: Filter) -> Test:
    return lambda document: document_matches(node, document)


def _having_value(name: str, wanted: set[str]) -> Test:
    def test(document: Document) -> bool:
        for value in map(fold_value, field_values(document, name)):
            if value in wanted:
                return True
            # A language has those that are written with more after a hyphen.
            hyphens = [at for at, sign in enumerate(value) if sign == "-"] if name == "lang" else []
            if any(value[:at] in wanted for at in hyphens[:_HYPHENS]):
                return True
        return False

    return test


def _having_words(name: str, wanted: dict[str, list[tuple[str, ...]]]) -> Test:
    def test(document: Document) -> bool:
        for value in field_values(document, name):
            stems = stems_of(value)
            for at, stem in enumerate(stems):
                for words in wanted.get(stem, ()):
                    if stems[at : at + len(words)] == words:
                        return True
        return False

    return test
