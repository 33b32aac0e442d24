"""How many words a query has while it is parsed, and the errors for too many or too long ones."""

from __future__ import annotations

from sinorus.query import nodes
from sinorus.query.bounds import LETTERS, PATTERNS, WORDS, fault_in
from sinorus.query.nodes import assert_never
from sinorus.text.tokens import tokenize


class WordCounter:
    """Counts the words of a query while it is parsed."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.words = self.patterns = 0

    def add(self, node: nodes.Node | None, text: str, column: int) -> None:
        """Counts the words of a node that was written as `text` at `column`.

        Raises QueryError with the column of the first word that is too many or too long.
        """
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
        self.patterns += 0 if node is None else _patterns(node)
        if self.patterns > PATTERNS:
            raise fault_in(
                self.query,
                f"a query has at most {PATTERNS} words with *, ? or ~",
                column,
                "write some of them out",
            )


def _lengths(node: nodes.Node) -> list[int]:
    """The letters of each word of a node; a range of dates is one word of none."""
    match node:
        case nodes.Term() | nodes.Prefix() | nodes.Fuzzy():
            return [len(node.text)]
        case nodes.Wildcard() | nodes.PathGlob():
            return [len(node.pattern)]
        case nodes.FieldWords():
            return [*map(len, node.words)]
        case nodes.FieldValue():
            return [len(node.value)]
        case nodes.FieldText():
            return _lengths(node.part)
        case nodes.FieldPattern():
            return [len(node.pattern)]
        case nodes.DateRange() | nodes.DocumentIn() | nodes.FieldRange():
            return [0]
        case nodes.ParagraphIn():
            return [0]
        case nodes.Phrase() | nodes.Synonyms() | nodes.Near() | nodes.And() | nodes.Or():
            return [length for part in node.parts for length in _lengths(part)]
        case nodes.Not():
            return _lengths(node.part)
        case nodes.Everything():
            return []
        case _:
            assert_never(node)


def _patterns(node: nodes.Node) -> int:
    """How many patterns and fuzzy words there are in a node."""
    match node:
        case nodes.AnyExpanding() | nodes.FieldPattern():
            return 1
        case nodes.Phrase() | nodes.Synonyms() | nodes.Near() | nodes.And() | nodes.Or():
            return sum(map(_patterns, node.parts))
        case nodes.Not() | nodes.FieldText():
            return _patterns(node.part)
        case nodes.Term() | nodes.Everything():
            return 0
        case nodes.AnyFilter():
            return 0
        case _:
            assert_never(node)


def _start(text: str, at: int) -> int:
    """Where the word number `at` of a text begins; 0 if it has no such word."""
    starts = tokenize(text).starts
    return starts[at] if at < len(starts) else 0
