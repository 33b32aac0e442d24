"""Han characters in a cluster: further tokens at their positions say how they stand in their words.

A query is rewritten to phrases of those tokens before it is compiled, so that nothing else needs to
know of them.
"""

from __future__ import annotations

from dataclasses import replace

from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.text import han
from sinorus.text.tokens import Tokens, is_ideograph

TIGHT, STARTS, INSIDE, ENDS, TIGHT_ENDS = "~", "<", "^", ">", ")"
"""Before a character that has no punctuation before it, starts a word, goes on with one, ends one,
and is both first and last of these. No word begins so."""


def signed(tokens: Tokens, text: str) -> dict[int, list[str]]:
    """The further tokens of a text, by position."""
    begins, inside = han.signs(text, tokens.starts)
    found: dict[int, list[str]] = {}
    for at in (at for at, form in enumerate(tokens.forms) if is_ideograph(form)):
        signs = INSIDE if at in inside else STARTS
        ends = at + 1 not in inside
        if at not in begins:
            signs += TIGHT + (TIGHT_ENDS if ends else "")
        found[at] = [sign + tokens.forms[at] for sign in signs + (ENDS if ends else "")]
    return found


def rewritten(node: nodes.Node) -> nodes.Node:
    """The query with its phrases of Han in such tokens."""
    match node:
        case nodes.And() | nodes.Or():
            return type(node)(tuple(map(rewritten, node.parts)))
        case nodes.Not():
            return nodes.Not(rewritten(node.part))
        case nodes.Near() | nodes.AnyPositional():
            return rewritten_unit(node)
        case nodes.AnyFilter():
            return node
        case nodes.Everything():
            return node
        case _:
            assert_never(node)


def rewritten_unit(node: nodes.Positional | nodes.Near) -> nodes.Positional | nodes.Near:
    """The same of what is ranked by."""
    if isinstance(node, nodes.Near):
        return replace(node, parts=tuple(map(_place, node.parts)))
    return _place(node)


def _place(node: nodes.Positional) -> nodes.Positional:
    match node:
        case nodes.Synonyms():
            return replace(node, parts=tuple(map(_place, node.parts)))
        case nodes.Phrase():
            return _phrase(node)
        case nodes.Term() | nodes.AnyExpanding():
            return node
        case _:
            assert_never(node)


def _phrase(node: nodes.Phrase) -> nodes.Positional:
    last = len(node.parts) - 1
    inner = [_place(part) for part in node.parts]
    plain = [_signed(part, TIGHT if at and _tight(part) else "") for at, part in enumerate(inner)]
    if not node.whole:
        return replace(node, parts=tuple(plain))
    end = TIGHT_ENDS if _tight(inner[last]) else ENDS
    apart = [_signed(inner[0], STARTS), *plain[1:last], _signed(inner[last], end)]
    ways = [tuple(apart)]
    if all(map(_is_han, inner[1:])):
        ways.append((plain[0], *(_signed(part, INSIDE) for part in inner[1:])))
    return nodes.Synonyms(tuple(nodes.Phrase(parts, node.run) for parts in ways))


def _tight(part: nodes.Positional) -> bool:
    return isinstance(part, nodes.Term) and part.tight


def _is_han(part: nodes.Positional) -> bool:
    return isinstance(part, nodes.Term) and is_ideograph(part.text)


def _signed(part: nodes.Positional, sign: str) -> nodes.Positional:
    """A part with a sign, if it is a Han character, which is never written as two tokens."""
    if isinstance(part, nodes.Term) and is_ideograph(part.text):
        exact = part.exact and not sign
        return nodes.Term(sign + part.text, exact=exact, shown=part.shown, solid=True)
    return part
