"""How much one request may ask for, and the errors for what is more or cannot be read.

The bounds are far above what anyone writes: a whole paragraph of the library, which has 4,000
characters at most, can be pasted as words or as a quotation. They are there because the work for
a query grows with its words times the words of the library.
"""

from __future__ import annotations

from sinorus.errors import QueryError, Reason
from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.text.tokens import tokenize

CHARACTERS = 100_000
"""Of the text of a query."""
WORDS = 5_000
"""Of a query in all; each Chinese character is one, and so is each value of a field."""
LETTERS = 4_000
"""Of one word or value: no paragraph is longer, so no word of one is."""
PATTERNS = 100
"""Prefixes, wildcards and fuzzy words of a query: each may stand for all words of the library."""
WINDOW = 100
"""Parts of one NEAR, ADJ or quotation with a distance: the work grows with their square."""
DEPTH = 100
"""Brackets and exclusions inside each other."""
VALUES = 1_000
"""Of one filter. Ids of documents may be more: they are looked up."""
ASKED = 200
"""Parts of a query that are searched one by one, to say what each finds."""
NAMED = 20
"""Parts or names that a notice lists one by one."""
_SHOWN, _AROUND = 200, 80
"""Characters of a query that an error shows whole; and on each side of the caret otherwise."""


def shortened(text: str, most: int = 80) -> str:
    """At most `most` characters of `text` for a message, and `…` where it was cut."""
    return text if len(text) <= most else text[:most] + "…"


def fault_in(
    query: str, message: str, column: int, hint: str = "", reason: Reason = ""
) -> QueryError:
    """The error for a fault at `column`. Of a long query it has the part around the fault."""
    if len(query) <= _SHOWN:
        return QueryError(message, query, column, hint, reason)
    start, end = max(column - _AROUND, 0), column + _AROUND
    before, after = "…" if start else "", "…" if end < len(query) else ""
    return QueryError(
        message, before + query[start:end] + after, column - start + len(before), hint, reason
    )


def check_length(query: str) -> None:
    """Raises QueryError for a query with too many characters."""
    if len(query) > CHARACTERS:
        raise fault_in(
            query,
            f"a query has at most {CHARACTERS:,} characters, this one has {len(query):,}",
            CHARACTERS,
            "ask with the words that matter",
            "long query",
        )


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
