"""What a comparison finds: groups of sources on one query, or two texts side by side."""

from __future__ import annotations

from typing import Literal

from sinorus.model.documents import Date, Document, Paragraph, Span
from sinorus.model.hits import Hit, IndexState, NameUse
from sinorus.model.value import value


@value(frozen=True)
class Keyword:
    """A word that a group's hits use more than the other groups' hits do.

    `count` and `others` are its occurrences in both; see `corpus.keywords` for the two measures.
    """

    word: str
    count: int
    others: int
    log_likelihood: float
    log_ratio: float


@value(frozen=True)
class Group:
    """What one group of sources says of a query; `key` is None for sources without the field.

    `paragraphs` is how many paragraphs have `matches`, and `documents` how many documents;
    `words` is the length of all the group's documents and `rate` = matches per 1,000 of
    them. `first` and `last` are the dates of its matching documents, where known.
    """

    key: str | None
    matches: int
    paragraphs: int
    documents: int
    words: int
    rate: float
    first: Date | None
    last: Date | None
    best: tuple[Hit, ...]
    keywords: tuple[Keyword, ...]


@value(frozen=True)
class SilentGroup:
    """A group that never mentions the query, with the size of what was searched in it."""

    key: str | None
    documents: int
    words: int


@value(frozen=True)
class Comparison:
    """What the groups of a library say of one query, most telling (highest rate) first."""

    query: str
    parsed: str
    by: str
    groups: tuple[Group, ...]
    silent: tuple[SilentGroup, ...]
    index: IndexState
    names: tuple[NameUse, ...] = ()


@value(frozen=True)
class Side:
    """One half of a row of a text comparison: a paragraph and the spans in which it differs."""

    paragraph: Paragraph
    changed: tuple[Span, ...] = ()


RowKind = Literal["same", "changed", "moved", "left", "right"]


@value(frozen=True)
class Row:
    """Paragraphs that belong together: `left` or `right` is None where only one side has it.

    `similarity` is the share of words in common, 0 to 1 (2·common / words of both).
    """

    kind: RowKind
    left: Side | None
    right: Side | None
    similarity: float


@value(frozen=True)
class Passage:
    """A run of words that both texts contain; `moved` if it stands in another order in them.

    Spans count from the start of the paragraphs named; a passage lies in one paragraph a side.
    """

    left: str
    left_span: Span
    right: str
    right_span: Span
    words: int
    moved: bool


@value(frozen=True)
class TextComparison:
    """Two texts side by side; `similarity` as in `Row`, over all their words."""

    left: Document
    right: Document
    rows: tuple[Row, ...]
    passages: tuple[Passage, ...]
    similarity: float
