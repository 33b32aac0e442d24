"""Passages and queries for the tests of the query language."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from sinorus.model import Date, Document, Kind, Paragraph, Span
from sinorus.query.evaluate import highlights, matches
from sinorus.query.nodes import Node
from sinorus.query.parse import parse
from sinorus.query.passages import Passage
from sinorus.query.rewrite import expand_names
from sinorus.text.names import Names

_SYNTAX = """
AND OR NOT NEAR NEAR/2 ADJ/3 | ( ) （ ） ｜ - = ~ ~1 ~2 * ? : / '
" “ ” « » 「 」
title: date: date:>= .. 2022 lang: tag: id: path: kind: speaker: quote
"""
OPERATORS = [*_SYNTAX.split(), " ", " ", " ", "\t"]
WORDS = ["alliance", "treaty", "F-16", "U.S.", "China's", "Путин", "ёлка", "中俄", "a", "b", "é"]
queries = st.lists(
    st.sampled_from(OPERATORS + WORDS + ["\ud800", "\u00ad", "𠀀"]), max_size=14
).map("".join)
"""Query texts that are mostly operators, most of them faulty."""

VOCABULARY = ["alliance", "alliances", "treaty", "U.S.", "F-16", "Путина", "中", "俄", "a", "b"]
passages = st.lists(st.sampled_from(VOCABULARY), max_size=10).map(lambda words: of(" ".join(words)))


def of(
    text: str,
    heading: tuple[str, ...] = (),
    kind: Kind = "text",
    speaker: str | None = None,
    **known: object,
) -> Passage:
    """A passage with this text, in a document of which this much is known."""
    paragraph = Paragraph("d", 1, text, 1, 1, heading, kind=kind, speaker=speaker)
    return Passage(document(**known), paragraph)


def document(date: str | None = None, **known: object) -> Document:
    fields: dict[str, object] = {"id": "press/d", "path": "seeds/press/d.md", **known}
    return Document(date=Date(date) if date else None, **fields)  # type: ignore[arg-type]


def many_documents() -> list[Document]:
    """Sixty documents, the same each time, with ids and values that are parts of others."""
    chance = random.Random(3)
    parts = ["a", "b", "a-b", "b.c", "é"]
    found = []
    for number in range(60):
        name = "/".join(chance.choices(parts, k=chance.randint(1, 4)))
        found.append(
            Document(
                f"{name}{number % 7 or ''}",
                f"seeds/{name}{number}.md",
                title=" ".join(chance.choices(parts, k=3)),
                authors=(chance.choice(parts), f"{chance.choice(parts)} b"),
                tags=(chance.choice(parts).upper(),),
                lang=chance.choice(["zh", "zh-hant", "zh-hant-hk", "zhx", "ru", None]),
            )
        )
    return found


def found(query: str, text: str, names: Names | None = None, **reading: bool) -> bool:
    """Whether a paragraph of this text is in the answer to a query."""
    return matches(tree(query, names, **reading), of(text))


def tree(query: str, names: Names | None = None, **reading: bool) -> Node:
    node = parse(query, **reading)
    return expand_names(node, names)[0] if names else node


def marked(query: str, text: str, names: Names | None = None) -> str:
    """The text with brackets around what a query highlights."""
    spans: tuple[Span, ...] = highlights(tree(query, names), of(text))
    for start, end in reversed(spans):
        text = text[:start] + "[" + text[start:end] + "]" + text[end:]
    return text
