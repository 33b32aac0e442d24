"""What a node means on one paragraph: does it match, and where. The oracle for every engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache, partial

from sinorus.model import Document, Span
from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.query.passages import Passage, Text, occurrences
from sinorus.query.patterns import fits
from sinorus.query.positions import TokenSpan
from sinorus.query.tree import names_apart, together, units
from sinorus.text.fold import fold_value
from sinorus.text.stems import alike, readings
from sinorus.text.tokens import tokenize

DocumentTest = Callable[[Document], bool]
_NUMBER = r"(?<!\w)-?\d{1,300}(?:\.\d{1,300})?"
_HYPHENS = 100
"""Hyphens of a language that are looked at; `zh-Hant-HK` has two."""


def matches(node: nodes.Node, passage: Passage) -> bool:
    """Whether the paragraph matches `node`."""
    match node:
        case nodes.And():
            return all(matches(part, passage) for part in node.parts)
        case nodes.Or():
            return any(matches(part, passage) for part in node.parts)
        case nodes.Not():
            return not matches(node.part, passage)
        case nodes.Everything():
            return True
        case nodes.AnyFilter():
            return _passes(node, passage)
        case nodes.AnyPositional() | nodes.Near():
            return bool(occurrences(node, passage))
        case _:
            assert_never(node)


def _passes(node: nodes.Filter, passage: Passage) -> bool:
    """Whether a paragraph passes a filter: by itself, or by its document."""
    match node:
        case nodes.FieldWords(name="heading"):
            return any(has_words(heading, node.words) for heading in passage.paragraph.heading)
        case nodes.FieldWords(name="speaker"):
            return has_words(passage.paragraph.speaker or "", node.words)
        case nodes.FieldText(name="heading"):
            return any(has_part(heading, node) for heading in passage.paragraph.heading)
        case nodes.FieldText(name="speaker"):
            return has_part(passage.paragraph.speaker or "", node)
        case nodes.FieldValue(name="kind"):
            return passage.paragraph.kind == node.value
        case nodes.ParagraphIn():
            here, n = passage.paragraph.document, passage.paragraph.n
            return any(name == here and a <= n <= b for name, a, b in node.places)
        case _:
            return document_matches(node, passage.document)


class Highlighter:
    """Finds the matches of one query in many paragraphs.

    Terms and phrases are looked up by the words of the paragraph: a long query has more words
    than a paragraph has.
    """

    def __init__(self, node: nodes.Node) -> None:
        self._terms: dict[bool, set[str]] = {False: set(), True: set()}
        self._phrases: dict[tuple[bool, str], list[nodes.Phrase]] = {}
        self._others: list[nodes.Positional | nodes.Near] = []
        self._apart = names_apart(node)
        for unit in dict.fromkeys(units(together(node))):
            match unit:
                case nodes.Term(solid=False, cased=""):
                    self._terms[unit.exact].update(readings(unit.text))
                case nodes.Phrase(parts=(nodes.Term(text=text, exact=exact), *_)):
                    for reading in readings(text):
                        self._phrases.setdefault((exact, reading), []).append(unit)
                case nodes.AnyPositional() | nodes.Near():
                    self._others.append(unit)
                case _:
                    assert_never(unit)

    def __call__(self, passage: Passage) -> tuple[Span, ...]:
        """The matches as spans of characters, sorted; those that overlap are merged."""
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
                spans = passage.spans(exact)
                found.update(span for word in terms & spans.keys() for span in spans[word])
        if self._phrases:
            words = {(exact, word) for exact in (False, True) for word in passage.spans(exact)}
            for first in self._phrases.keys() & words:
                for phrase in self._phrases[first]:
                    found.update(occurrences(phrase, passage))
        for unit in self._others:
            found.update(occurrences(unit, passage))
        for apart, name in self._apart:
            if not occurrences(name, passage) and matches(apart, passage):
                found.update(span for part in units(apart) for span in occurrences(part, passage))
        return found


def highlights(node: nodes.Node, passage: Passage) -> tuple[Span, ...]:
    """The matches of a query in one paragraph, as `Highlighter` gives them."""
    return Highlighter(node)(passage)


def document_matches(node: nodes.Filter, document: Document) -> bool:
    """Whether a document passes a filter; those of paragraphs are in `matches` alone."""
    match node:
        case nodes.DocumentIn():
            return document.id in node.ids
        case nodes.ParagraphIn():
            return False
        case nodes.PathGlob():
            return path_fits(document.path, node.pattern)
        case nodes.DateRange():
            date = document.date
            return (
                date is not None
                and (node.since is None or date.last >= node.since)
                and (node.until is None or date.first <= node.until)
            )
        case nodes.FieldWords():
            values = field_values(document, node.name)
            return any(has_words(value, words) for value in values for words in node.orders)
        case nodes.FieldText():
            return any(has_part(value, node) for value in field_values(document, node.name))
        case nodes.FieldPattern():
            folded = [fold_value(value) for value in field_values(document, node.name)]
            return any(fits_pattern(node, value) for value in folded)
        case nodes.FieldRange():
            return any(in_range(node, value) for value in field_values(document, node.name))
        case nodes.FieldValue():
            folded = [fold_value(value) for value in field_values(document, node.name)]
            return any(_has_value(node, value) for value in folded)
        case _:
            assert_never(node)


def _has_value(node: nodes.FieldValue, value: str) -> bool:
    """Whether a folded value is that of `node`, an id that ends so, or a language within it."""
    if value == node.value:
        return True
    if node.name == "lang":
        return value.startswith(node.value + "-")
    return node.name == "id" and value.endswith("/" + node.value)


def path_fits(path: str, pattern: str) -> bool:
    """Whether a path fits the pattern of a `PathGlob`."""
    if any(sign in pattern for sign in "*?["):
        return fnmatchcase(path, pattern)
    return path == pattern or path.startswith(pattern + "/")


def field_values(document: Document, name: str) -> tuple[str, ...]:
    """The values of a document's field, known or extra, as texts; empty where it has none."""
    if name == "author":
        return document.authors
    if name == "tag":
        return document.tags
    if name in ("title", "publisher", "url", "lang", "citekey", "id", "path"):
        value = getattr(document, name)
        return (value,) if value else ()
    extra = document.extra.get(name, ())
    return (extra,) if isinstance(extra, str) else extra


@lru_cache(maxsize=4096)
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a title, a name or another value of a field."""
    return tuple(tokenize(text).stems)


def has_words(text: str, words: tuple[str, ...]) -> bool:
    """Whether the stems `words` stand side by side in a text."""
    stems, size = stems_of(text), len(words)
    return any(_begin(stems, at, words) for at in range(len(stems) - size + 1))


def _begin(stems: tuple[str, ...], at: int, words: tuple[str, ...]) -> bool:
    """Whether `words` stand in `stems` from `at` on."""
    some = stems[at : at + len(words)]
    return some == words or (len(some) == len(words) and all(map(alike, some, words)))


@lru_cache(maxsize=1024)
def _text(text: str) -> Text:
    return Text(text)


def has_part(text: str, node: nodes.FieldText) -> bool:
    """Whether the part of a filter stands in a text."""
    return bool(occurrences(node.part, _text(text)))


def fits_pattern(node: nodes.FieldPattern, value: str) -> bool:
    """Whether a folded value fits the pattern of a filter; an id also with one of its ends."""
    ends = [value]
    if node.name == "id":
        ends += [value[at + 1 :] for at, sign in enumerate(value) if sign == "/"]
    return any(fits(nodes.Wildcard(node.pattern), end) for end in ends)


def in_range(node: nodes.FieldRange, value: str) -> bool:
    """Whether the number or the date that a value has lies in the range of a filter.

    Numbers are compared with the years of a value that is a date and no number.
    """
    from sinorus.text.dates import parse_date

    least, most = node.least, node.most
    number = None if isinstance(least or most, str) else re.match(rf"\s*{_NUMBER}\s*$", value)
    date = None if number else parse_date(value)
    if isinstance(least, str) or isinstance(most, str):
        return (
            date is not None
            and (least is None or date.last >= str(least))
            and (most is None or date.first <= str(most))
        )
    if date is not None:
        first, last = float(date.first[:4]), float(date.last[:4])
    elif number := number or re.search(_NUMBER, value):
        first = last = float(number.group())
    else:
        return False
    return (least is None or last >= least) and (most is None or first <= most)


def document_test(nodes: Sequence[nodes.Node]) -> DocumentTest:
    """A test whether a document passes all of `nodes`, as `document_matches` says of each filter.

    It is made for many documents: of many values each document's are looked up. No document
    passes a node that is looked for in the text.
    """
    tests = [_test(node) for node in nodes]
    return lambda document: all(test(document) for test in tests)


def _test(node: nodes.Node) -> DocumentTest:
    match node:
        case nodes.Not():
            excluded = _test(node.part)
            return lambda document: not excluded(document)
        case nodes.And():
            return document_test(node.parts)
        case nodes.Or():
            return _any_of(node.parts)
        case _:
            return _any_of([node])


def _any_of(parts: Sequence[nodes.Node]) -> DocumentTest:
    tests: list[DocumentTest] = []
    values: dict[str, set[str]] = {}
    words: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for part in parts:
        match part:
            case nodes.FieldWords(words=(_, *_)):
                for order in part.orders:
                    for reading in readings(order[0]):
                        words.setdefault(part.name, {}).setdefault(reading, []).append(order)
            case nodes.FieldValue(name="lang" | "tag"):
                values.setdefault(part.name, set()).add(part.value)
            case nodes.AnyFilter():
                tests.append(partial(document_matches, part))
            case nodes.And() | nodes.Or() | nodes.Not():
                tests.append(_test(part))
            case nodes.AnyPositional() | nodes.Near():
                pass
            case nodes.Everything():
                pass
            case _:
                assert_never(part)
    tests += [_value_test(name, some) for name, some in values.items()]
    tests += [_words_test(name, some) for name, some in words.items()]
    return lambda document: any(test(document) for test in tests)


def _value_test(name: str, wanted: set[str]) -> DocumentTest:
    def test(document: Document) -> bool:
        for value in map(fold_value, field_values(document, name)):
            if value in wanted:
                return True
            # `zh` includes `zh-Hant`.
            hyphens = [at for at, sign in enumerate(value) if sign == "-"] if name == "lang" else []
            if any(value[:at] in wanted for at in hyphens[:_HYPHENS]):
                return True
        return False

    return test


def _words_test(name: str, wanted: dict[str, list[tuple[str, ...]]]) -> DocumentTest:
    def test(document: Document) -> bool:
        for value in field_values(document, name):
            stems = stems_of(value)
            for at, word in enumerate(stems):
                for reading in readings(word):
                    if any(_begin(stems, at, words) for words in wanted.get(reading, ())):
                        return True
        return False

    return test
