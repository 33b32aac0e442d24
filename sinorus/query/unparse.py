"""A tree back to the query language, for `parsed` in results, explanations and notices."""

from __future__ import annotations

import re

from sinorus.query import nodes, tree
from sinorus.query.nodes import assert_never

_OPERATORS = ("AND", "OR", "NOT", "NEAR", "ADJ")
_SIGNS = r"^[-=<>\[{]|[*?]|~\d*$"
"""What is an operator in a value without quotation marks."""
_SPECIAL = "()（）|｜«»“”„‟‹›「」『』《》〈〉〝"


def unparse(node: nodes.Node) -> str:
    """`node` in the query language, with all operators spelled out."""
    match node:
        case nodes.And():
            return " AND ".join(_inside(part) for part in node.parts)
        case nodes.Or():
            return " OR ".join(_inside(part) for part in node.parts)
        case nodes.Not():
            return f"NOT {_inside(node.part)}"
        case nodes.Near():
            operator = f" {'ADJ' if node.ordered else 'NEAR'}/{node.distance} "
            return operator.join(_inside(part) for part in node.parts)
        case nodes.Synonyms() if node.shown:
            return ("=" if _exact(node) else "") + node.shown
        case nodes.Synonyms():
            return _any_of(node)
        case nodes.Phrase():
            return _phrase(node)
        case nodes.Term() | nodes.AnyExpanding():
            return _word(node)
        case nodes.AnyFilter():
            return _filter(node)
        case nodes.Everything():
            return "*"
        case _:
            assert_never(node)


def _any_of(node: nodes.Synonyms) -> str:
    """The forms that are asked for; several may be written alike, as those of one lemma are."""
    shown = [*dict.fromkeys(unparse(part) for part in node.parts)]
    return shown[0] if len(shown) == 1 else f"({' OR '.join(shown)})"


def _inside(node: nodes.Node) -> str:
    text = unparse(node)
    return f"({text})" if isinstance(node, (nodes.And, nodes.Or, nodes.Near)) else text


def _phrase(node: nodes.Phrase) -> str:
    if node.run and any(isinstance(part, nodes.AnyExpanding) for part in node.parts):
        return "-".join(unparse(part) for part in node.parts)
    exact = _exact(node)
    if any(isinstance(part, nodes.Term) and part.tight for part in node.parts):
        return ("=" if exact else "") + _run(node)
    parts: list[str] = []
    for part in node.parts:
        # Inside quotation marks nothing is an operator.
        match part:
            case nodes.Term():
                shown = ("=" if part.exact and not exact else "") + (part.shown or part.text)
            case nodes.Synonyms() if part.shown:
                shown = part.shown
            case _:
                shown = unparse(part)
        # Chinese is written without spaces, so is its phrase.
        glued = parts and _wide(shown) and _wide(parts[-1])
        parts.append(shown if glued or not parts else " " + shown)
    return ("=" if exact else "") + '"' + "".join(parts) + '"'


def _run(node: nodes.Phrase) -> str:
    """What is written without quotes and has Han in it: `F-16战机`, `中国、俄罗斯`."""
    found = ""
    for part in node.parts:
        shown = (part.shown or part.text) if isinstance(part, nodes.Term) else unparse(part)
        tight = isinstance(part, nodes.Term) and part.tight
        if found and not tight:
            wide = _wide(shown), _wide(found)
            found += "、" if all(wide) else "" if any(wide) else "-"
        found += shown
    return found


def _exact(node: nodes.Node) -> bool:
    terms = tree.written_terms(node)
    return terms is not None and all(term.exact for term in terms)


def _wide(text: str) -> bool:
    return "\u2e80" <= text.strip()[-1:] <= "\uffef"


def _word(node: nodes.Term | nodes.Expanding) -> str:
    match node:
        case nodes.Term():
            shown = node.shown or node.text
            return f'"{shown}"' if shown in _OPERATORS else ("=" if node.exact else "") + shown
        case nodes.Prefix():
            return node.text + "*"
        case nodes.Wildcard():
            return node.pattern
        case nodes.Fuzzy():
            return f"{node.text}~{node.distance}"
        case _:
            assert_never(node)


def _filter(node: nodes.Filter) -> str:
    match node:
        case nodes.FieldWords():
            shown = node.shown or " ".join(node.words)
            return f"{node.name}:{_quoted(shown, '' if node.name == 'url' else _SIGNS)}"
        case nodes.FieldText():
            return f"{node.name}:{node.shown or unparse(node.part)}"
        case nodes.FieldValue():
            return f"{node.name}:{_quoted(node.value)}"
        case nodes.FieldPattern():
            return f"{node.name}:{_quoted(node.pattern, '')}"
        case nodes.FieldRange():
            return f"{node.name}:{_quoted(node.shown, '')}"
        case nodes.PathGlob():
            return f"path:{_quoted(node.pattern, '^-')}"
        case nodes.DateRange():
            quoted = re.search(r"[\s()（）|｜]", node.shown)
            return f'date:"{node.shown}"' if quoted else f"date:{node.shown}"
        case nodes.DocumentIn():
            return "id:(" + " OR ".join(sorted(node.ids)) + ")"
        case nodes.ParagraphIn():
            return f"(one of {len(node.places):,} places)"
        case _:
            assert_never(node)


def _quoted(text: str, signs: str = _SIGNS) -> str:
    """A value, in quotation marks where it would be read as something else without."""
    special = any(c.isspace() or c in _SPECIAL for c in text)
    return f'"{text}"' if special or (signs and re.search(signs, text)) else text


def word_shown(node: nodes.Node) -> str:
    """A unit of a query as its user wrote it, without the forms that were added."""
    match node:
        case nodes.Synonyms() if node.shown:
            return unparse(node)
        case nodes.Synonyms() | nodes.Or():
            return word_shown(node.parts[0])
        case nodes.And():
            return " ".join(word_shown(part) for part in node.parts)
        case _:
            return unparse(node)
