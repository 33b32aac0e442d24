"""The tokens that a cluster has of Han find what `evaluate` says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from support.queries import of

from sinorus.engines.opensearch.signs import rewritten, signed
from sinorus.query.nodes import Phrase, Positional, Synonyms, Term
from sinorus.query.passages import occurrences
from sinorus.text.tokens import tokenize

TEXTS = [
    "发展中国家",
    "中国",
    "国家，",
    "人權",
    "国",
    "F-16",
    "a",
    " ",
    "中华人民",
    "扩大国内",
    "·",
]
RUNS = ["中国", "国家", "大国", "华人", "家人", "中国家", "人民中", "权国"]


def found(node: Positional, words: list[set[str]]) -> set[tuple[int, int]]:
    """Where a rewritten phrase stands among the tokens at each position."""
    match node:
        case Synonyms():
            return set().union(*(found(part, words) for part in node.parts))
        case Phrase():
            terms = [part.text for part in node.parts if isinstance(part, Term)]
            assert len(terms) == len(node.parts)
            starts = range(len(words) - len(terms) + 1)
            return {
                (at, at + len(terms))
                for at in starts
                if all(term in words[at + step] for step, term in enumerate(terms))
            }
        case _:
            raise AssertionError(node)


@settings(deadline=None)  # the first loads a dictionary
@given(
    st.lists(st.sampled_from(TEXTS), max_size=8).map("".join),
    st.sampled_from(RUNS),
    st.booleans(),
    st.booleans(),
)
def test_a_rewritten_phrase_stands_where_evaluate_says(
    text: str, run: str, tight: bool, whole: bool
) -> None:
    node = Phrase(tuple(Term(sign, tight=tight and at > 0) for at, sign in enumerate(run)))
    node = replace(node, whole=whole)
    tokens = tokenize(text)
    more = signed(tokens, text)
    words = [{form, *more.get(at, ())} for at, form in enumerate(tokens.forms)]
    plain = rewritten(node)
    assert isinstance(plain, (Phrase, Synonyms))
    assert found(plain, words) == set(occurrences(node, of(text)))
