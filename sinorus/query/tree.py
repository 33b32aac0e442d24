"""What can be asked of the tree of a query: its words, names and filters, what it is without some.

See `nodes` for what it is made of.
"""

from __future__ import annotations

from dataclasses import replace

from sinorus.query.nodes import (
    And,
    AnyExpanding,
    AnyFilter,
    AnyPositional,
    Apart,
    DateRange,
    DocumentIn,
    Everything,
    FieldPattern,
    FieldRange,
    FieldText,
    FieldValue,
    FieldWords,
    Filter,
    Near,
    Node,
    Not,
    Or,
    ParagraphIn,
    PathGlob,
    Phrase,
    Positional,
    Synonyms,
    Term,
    assert_never,
)
from sinorus.text.tokens import is_ideograph


def flatten(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """One node for `parts` joined by `kind`; parts of the same kind are replaced by theirs."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def written_terms(node: Node) -> tuple[Term, ...] | None:
    """The words of a node as they were written, side by side; None for a node of another kind."""
    match node:
        case Term():
            return (node,)
        case Synonyms() if node.shown:
            return written_terms(node.parts[0])
        case Phrase():
            parts = [written_terms(part) for part in node.parts]
            if None in parts:
                return None
            return tuple(term for part in parts for term in part or ())
        case _:
            return None


def units(node: Node) -> list[Positional | Near]:
    """The parts of a query that are looked for in the text and ranked by, in order."""
    match node:
        case And() | Or():
            return [unit for part in node.parts for unit in units(part)]
        case AnyPositional() | Near():
            return [node]
        case Not() | Everything():
            return []
        case AnyFilter():
            return []
        case _:
            assert_never(node)


def together(node: Node) -> Node:
    """The tree in which the words of a name count only where they stand side by side."""
    match node:
        case Or(parts=(Apart(), name)):
            return name
        case And() | Or():
            return type(node)(tuple(together(part) for part in node.parts))
        case Not():
            return Not(together(node.part))
        case AnyPositional() | Near() | AnyFilter():
            return node
        case Everything():
            return node
        case _:
            assert_never(node)


def names_apart(node: Node) -> list[tuple[Apart, Positional]]:
    """The names whose words may stand apart: those words, and the name."""
    match node:
        case Or(parts=(Apart() as words, AnyPositional() as name)):
            return [(words, name)]
        case And() | Or():
            return [found for part in node.parts for found in names_apart(part)]
        case Not() | AnyPositional() | Near() | AnyFilter():
            return []
        case Everything():
            return []
        case _:
            assert_never(node)


def stems_in(node: Node) -> list[str]:
    """The stems that are looked for in the text: those of the words of all units."""
    found: list[str] = []
    parts: list[Positional | Near] = units(node)
    while parts:
        part = parts.pop()
        match part:
            case Near() | Phrase() | Synonyms():
                parts += part.parts
            case Term():
                found += [] if part.exact else [part.text]
            case AnyExpanding():
                pass
            case _:
                assert_never(part)
    return found


def filters_in(node: Node) -> list[Filter]:
    """The filters of a query in order, those that are excluded among them."""
    match node:
        case And() | Or():
            return [found for part in node.parts for found in filters_in(part)]
        case Not():
            return filters_in(node.part)
        case AnyFilter():
            return [node]
        case AnyPositional() | Near():
            return []
        case Everything():
            return []
        case _:
            assert_never(node)


def of_paragraph(node: Filter) -> bool:
    """Whether a filter asks about a paragraph, and not about the whole document."""
    match node:
        case FieldWords() | FieldText():
            return node.name in ("heading", "speaker")
        case FieldValue():
            return node.name == "kind"
        case ParagraphIn():
            return True
        case PathGlob() | DateRange() | DocumentIn() | FieldPattern() | FieldRange():
            return False
        case _:
            assert_never(node)


def whole_words(node: Node) -> Node | None:
    """The node with each Chinese phrase `whole`; None if it has none.

    What matches only without that has the characters of a word, but not the word.
    """
    found = _whole(node)
    return None if found == node else found


def whole_phrases(node: Node) -> list[Phrase]:
    """The phrases that `whole_words` made so, each once."""
    match node:
        case And() | Or() | Near() | Synonyms():
            found = [phrase for part in node.parts for phrase in whole_phrases(part)]
            return list(dict.fromkeys(found))
        case Phrase():
            return [node] if node.whole else []
        case Term() | AnyExpanding() | AnyFilter():
            return []
        case Not() | Everything():
            return []
        case _:
            assert_never(node)


def _whole(node: Node) -> Node:
    match node:
        case And() | Or():
            return type(node)(tuple(_whole(part) for part in node.parts))
        case Near():
            return replace(node, parts=tuple(_whole_place(part) for part in node.parts))
        case AnyPositional():
            return _whole_place(node)
        case AnyFilter():
            return node
        case Not() | Everything():
            return node
        case _:
            assert_never(node)


def _whole_place(node: Positional) -> Positional:
    match node:
        case Synonyms():
            return replace(node, parts=tuple(_whole_place(part) for part in node.parts))
        case Phrase():
            return replace(node, whole=True) if _has_han(node) else node
        case Term() | AnyExpanding():
            return node
        case _:
            assert_never(node)


def _has_han(node: Positional) -> bool:
    match node:
        case Term():
            return is_ideograph(node.text)
        case Phrase() | Synonyms():
            return any(map(_has_han, node.parts))
        case AnyExpanding():
            return False
        case _:
            assert_never(node)


def restricts(node: Node) -> bool:
    """Whether a node only excludes or filters, so that a paragraph is not ranked by it."""
    match node:
        case And() | Or():
            return all(restricts(part) for part in node.parts)
        case Not():
            return True
        case AnyFilter():
            return True
        case AnyPositional() | Near():
            return False
        case Everything():
            return False
        case _:
            assert_never(node)
