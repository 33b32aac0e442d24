"""The words of a query, counted as they are read."""

from __future__ import annotations

from sinorus.query.bounds import LETTERS, PATTERNS, WORDS, fault_in
from sinorus.query.nodes import (
    EXPANDING,
    FieldValue,
    FieldWords,
    Fuzzy,
    Near,
    Node,
    PathGlob,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from sinorus.text.tokens import tokenize


class Counter:
    """The words of a query as they are read. Raises QueryError where there are too many."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.words = self.patterns = 0

    def add(self, node: Node | None, text: str, column: int) -> None:
        """Counts the node that was written as `text` at `column`."""
        lengths = [] if node is None else _lengths(node)
        if len(lengths) > WORDS - self.words:
            raise fault_in(
                self.query,
                f"a query has at most {WORDS:,} words",
                column + _start(text, WORDS - self.words),
                "each Chinese character is one; ask with those that matter",
            )
        self.words += len(lengths)
        if max(lengths, default=0) > LETTERS:
            forms = tokenize(text).forms
            long = next((at for at, form in enumerate(forms) if len(form) > LETTERS), 0)
            raise fault_in(
                self.query,
                f"a word has at most {LETTERS:,} letters",
                column + _start(text, long),
                "no paragraph is longer: ask with its beginning, as in pre*",
            )
        parts = node.parts if isinstance(node, Phrase) else (node,)
        self.patterns += sum(isinstance(part, EXPANDING) for part in parts)
        if self.patterns > PATTERNS:
            raise fault_in(
                self.query,
                f"a query has at most {PATTERNS} words with *, ? or ~",
                column,
                "write some of them out",
            )


def _lengths(node: Node) -> list[int]:
    """The letters of each word of one word, quotation or field."""
    if isinstance(node, (Term, Prefix, Fuzzy)):
        return [len(node.text)]
    if isinstance(node, (Phrase, Near)):
        return [length for part in node.parts for length in _lengths(part)]
    if isinstance(node, FieldWords):
        return [*map(len, node.words)]
    if isinstance(node, (Wildcard, PathGlob)):
        return [len(node.pattern)]
    return [len(node.value) if isinstance(node, FieldValue) else 0]


def _start(text: str, at: int) -> int:
    """Where the word number `at` of a text begins; its own beginning if that cannot be said."""
    starts = tokenize(text).starts
    return starts[at] if at < len(starts) else 0
