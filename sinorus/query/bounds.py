"""How much one request may ask for, and the errors for what is more or cannot be read.

The bounds are far above what anyone writes: a whole paragraph of the library, which has 4,000
characters at most, can be pasted as words or as a quotation. They are there because the work for
a query grows with its words times the words of the library.
"""

from __future__ import annotations

from sinorus.errors import QueryError, Reason

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
