"""A tree back to the query language: what `parsed`, `--explain` and notices show."""

from __future__ import annotations

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
)

_OPERATORS = ("AND", "OR", "NOT", "NEAR", "ADJ")
_SPECIAL = "()（）|｜«»“”„‟‹›「」『』《》〈〉〝"


def unparse(node: Node) -> str:
    """The query that `node` means, as a reader would write it; all operators are spelled out."""
    if isinstance(node, And):
        return " AND ".join(_inside(part) for part in node.parts)
    if isinstance(node, Or):
        return " OR ".join(_inside(part) for part in node.parts)
    if isinstance(node, Not):
        return f"NOT {_inside(node.part)}"
    if isinstance(node, Near):
        operator = f" {'ADJ' if node.ordered else 'NEAR'}/{node.distance} "
        return operator.join(_inside(part) for part in node.parts)
    if isinstance(node, Synonyms):
        return "(" + " OR ".join(unparse(part) for part in node.parts) + ")"
    if isinstance(node, Phrase):
        return _phrase(node)
    return _leaf(node)


def _inside(node: Node) -> str:
    text = unparse(node)
    return f"({text})" if isinstance(node, (And, Or, Near)) else text


def _phrase(node: Phrase) -> str:
    if any(isinstance(part, EXPANDING) for part in node.parts):
        return "-".join(unparse(part) for part in node.parts)
    exact = all(isinstance(part, Term) and part.exact for part in node.parts)
    parts: list[str] = []
    for part in node.parts:
        # Inside quotation marks nothing is an operator.
        shown = (part.shown or part.text) if isinstance(part, Term) else unparse(part)
        # Chinese is written without spaces, so is its phrase.
        glued = parts and _wide(shown) and _wide(parts[-1])
        parts.append(shown if glued or not parts else " " + shown)
    return ("=" if exact else "") + '"' + "".join(parts) + '"'


def _wide(text: str) -> bool:
    return "\u2e80" <= text.strip()[-1:] <= "\uffef"


def _leaf(node: Node) -> str:
    if isinstance(node, Term):
        shown = node.shown or node.text
        return f'"{shown}"' if shown in _OPERATORS else ("=" if node.exact else "") + shown
    if isinstance(node, Prefix):
        return node.text + "*"
    if isinstance(node, Wildcard):
        return node.pattern
    if isinstance(node, Fuzzy):
        return f"{node.text}~{node.distance}"
    if isinstance(node, FieldWords):
        return f"{node.name}:{_quoted(node.shown or ' '.join(node.words))}"
    if isinstance(node, FieldValue):
        return f"{node.name}:{_quoted(node.value)}"
    if isinstance(node, PathGlob):
        return f"path:{_quoted(node.pattern)}"
    if isinstance(node, DateRange):
        return f"date:{node.shown}"
    if isinstance(node, DocumentIn):
        return "id:(" + " OR ".join(sorted(node.ids)) + ")"
    return "*" if isinstance(node, Everything) else repr(node)


def _quoted(text: str) -> str:
    return f'"{text}"' if any(c.isspace() or c in _SPECIAL for c in text) else text


def word_shown(node: Node) -> str:
    """A unit of a query as its user wrote it, for a notice that names it."""
    if isinstance(node, (Synonyms, Or)):
        return word_shown(node.parts[0])
    if isinstance(node, And):
        return " ".join(word_shown(part) for part in node.parts)
    return unparse(node)
