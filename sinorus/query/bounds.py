"""How much one request may ask for, and how what is too long is refused and quoted.

The bounds are far above what anyone writes: a whole paragraph of the library (it is cut at 4,000
characters) can be pasted as words or as a quotation. They are there because the work for a query
grows with its words times the words of the library.
"""

from __future__ import annotations

from sinorus.errors import QueryError
from sinorus.query.nodes import (
    EXPANDING,
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldValue,
    FieldWords,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    PathGlob,
    Phrase,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
    assert_never,
)
from sinorus.text.tokens import tokenize

CHARACTERS = 100_000
"""Of the text of a query."""
WORDS = 5_000
"""Of a query in all; each Chinese character is one, and so is each value of a field."""
LETTERS = 4_000
"""Of one word or value: no paragraph is longer, so no word in it is."""
PATTERNS = 100
"""Prefixes, wildcards and fuzzy words of a query: each may stand for all words of the library."""
WINDOW = 100
"""Parts that NEAR, ADJ or a quotation with a distance may join: each is looked for from each."""
DEPTH = 100
"""Brackets and exclusions inside each other."""
VALUES = 1_000
"""Of one filter; ids of documents, which are looked up and not searched, may be more."""
ASKED = 200
"""Parts of a query of which each is asked for alone, to say what it finds."""
NAMED = 20
"""Of them, or of names, those that a notice lists one by one."""
_SHOWN, _AROUND = 200, 80
"""Characters of a query that an error shows whole; and on each side of the caret otherwise."""


def shortened(text: str, most: int = 80) -> str:
    """The beginning of what a message quotes, with `…` where it was cut."""
    return text if len(text) <= most else text[:most] + "…"


def fault_in(query: str, message: str, column: int, hint: str = "") -> QueryError:
    """The error for a fault at `column`; of a long query it has only what is around the fault."""
    if len(query) <= _SHOWN:
        return QueryError(message, query, column, hint)
    start, end = max(column - _AROUND, 0), column + _AROUND
    before, after = "…" if start else "", "…" if end < len(query) else ""
    return QueryError(
        message, before + query[start:end] + after, column - start + len(before), hint
    )


def check_length(query: str) -> None:
    """Raises QueryError for a query with too many characters."""
    if len(query) > CHARACTERS:
        raise fault_in(
            query,
            f"a query has at most {CHARACTERS:,} characters, this one has {len(query):,}",
            CHARACTERS,
            "ask with the words that matter; many queries go into a file for --queries",
        )


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
    """The letters of each word of a node; a range of dates is one word of none."""
    match node:
        case Term() | Prefix() | Fuzzy():
            return [len(node.text)]
        case Wildcard() | PathGlob():
            return [len(node.pattern)]
        case FieldWords():
            return [*map(len, node.words)]
        case FieldValue():
            return [len(node.value)]
        case DateRange() | DocumentIn():
            return [0]
        case Phrase() | Synonyms() | Near() | And() | Or():
            return [length for part in node.parts for length in _lengths(part)]
        case Not():
            return _lengths(node.part)
        case Everything():
            return []
        case _:
            assert_never(node)


def _start(text: str, at: int) -> int:
    """Where the word number `at` of a text begins; its own beginning if that cannot be said."""
    starts = tokenize(text).starts
    return starts[at] if at < len(starts) else 0
