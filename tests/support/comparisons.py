"""Documents, paragraphs and hits for the tests of the desk, made from a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from sinorus.corpus.texts import compare_texts
from sinorus.model import Date, Document, Hit, Paragraph, Row, Side, TextComparison
from sinorus.text.tokens import tokenize


def document(id_: str, words: int = 1000, date: str | None = None, **known: object) -> Document:
    known_date = Date(date) if date else None
    return Document(id_, f"seeds/{id_}.md", words=words, date=known_date, **known)  # type: ignore[arg-type]


def paragraphs(id_: str, texts: Iterable[str]) -> list[Paragraph]:
    return [Paragraph(id_, n, text, n, n) for n, text in enumerate(texts, 1)]


def hit(source: Document, text: str, word: str, n: int = 1) -> Hit:
    spans = tuple((match.start(), match.end()) for match in re.finditer(word, text))
    return Hit(source, Paragraph(source.id, n, text, n, n), 1.0, matches=spans)


def compared(left: Sequence[str], right: Sequence[str]) -> TextComparison:
    return compare_texts(
        document("left"), paragraphs("left", left), document("right"), paragraphs("right", right)
    )


def kinds(comparison: TextComparison) -> list[tuple[str, int | None, int | None]]:
    return [(row.kind, number(row.left), number(row.right)) for row in comparison.rows]


def number(side: Side | None) -> int | None:
    return side.paragraph.n if side else None


def marked(side: Side | None) -> str:
    """The text of a side with its changed spans in brackets."""
    assert side is not None
    out, at = "", 0
    for start, end in side.changed:
        out += side.paragraph.text[at:start] + "[" + side.paragraph.text[start:end] + "]"
        at = end
    return out + side.paragraph.text[at:]


def both(row: Row) -> tuple[str, str]:
    return marked(row.left), marked(row.right)


def forms(text: str) -> list[str]:
    return tokenize(text).forms


WORDS = ["Russia", "China", "the", "of", "gas", "1949", "Россия", "и", "нефть", "中", "国", "的"]
TEXT = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", " – ", "\n", "", "“"])),
    max_size=30,
).map(lambda pairs: "".join(word + gap for word, gap in pairs))
TEXTS = st.lists(TEXT, max_size=8)
