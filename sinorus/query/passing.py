"""Filters asked of many documents: their values are looked up, not gone through for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sinorus.model import Document
from sinorus.query.evaluate import document_matches, field_values, stems_of
from sinorus.query.nodes import FILTERS, And, FieldValue, FieldWords, Filter, Node, Not, Or
from sinorus.text.fold import fold_value

Test = Callable[[Document], bool]
_HYPHENS = 100
"""Of a language: `zh-Hant-HK` has two."""


def passing(nodes: Sequence[Node]) -> Test:
    """A test whether a document passes all of these filters, as `filters.filter_nodes` makes them.

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
