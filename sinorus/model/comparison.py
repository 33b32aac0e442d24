"""What a comparison finds: groups of sources on one query, or two texts side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from sinorus.model.dates import Date
from sinorus.model.documents import Document, Paragraph, Span
from sinorus.model.hits import Hit, IndexState, NameUse
from sinorus.model.value import value

Order = Literal["matches", "rate", "name"]
ORDERS: tuple[Order, ...] = ("matches", "rate", "name")
"""By paragraphs that match (years in their order), by matches per 1,000 words, by name."""


@value(frozen=True)
class Keyword:
    """A word that more of a group's documents have where they match than of the others.

    `count` and `others` say how many documents or paragraphs (`unit`) here and there have it; see
    `corpus.keywords` for the two measures.
    """

    word: str
    count: int
    others: int
    log_likelihood: float
    log_ratio: float
    unit: Literal["document", "paragraph"] = "document"


@value(frozen=True)
class Group:
    """What one group of sources says of a query; `key` is None for sources without the field.

    `paragraphs` is how many paragraphs have `matches`, and `documents` how many documents;
    `words` is the length of all the group's documents, Han cut into words, and `rate` = matches per
    1,000 of them. `first` and `last` are the dates of its matching documents, where known.
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
    """A group that never mentions the query, with the size of what was searched in it.

    No form of any of its words is there, in any script, that is known.
    """

    key: str | None
    documents: int
    words: int


@value(frozen=True)
class UnaskedGroup:
    """A group without a match that is not silent, with its size.

    So many of its paragraphs would be found if the query was not asked as it is `written` but in
    all forms and by all names, or `across` languages by terms; or they have some of its words but
    not all `together`.
    """

    key: str | None
    documents: int
    words: int
    written: int = 0
    across: int = 0
    together: int = 0


@value(frozen=True)
class Comparison:
    """What the groups of a library say of one query, in the `order` that was asked for.

    Of groups that speak `silent` are those where nothing of it is, and `unasked` those where there
    would be something. `small` have fewer words than was asked for. `languages` are those of the
    documents that match: where they are several, rates are of different words.
    """

    query: str
    parsed: str
    by: str
    groups: tuple[Group, ...]
    silent: tuple[SilentGroup, ...]
    index: IndexState
    names: tuple[NameUse, ...] = ()
    order: Order = "matches"
    unasked: tuple[UnaskedGroup, ...] = ()
    small: tuple[SilentGroup, ...] = ()
    languages: tuple[str, ...] = ()


@value(frozen=True)
class Side:
    """One half of a row of a text comparison: a paragraph and the spans in which it differs."""

    paragraph: Paragraph
    changed: tuple[Span, ...] = ()


RowKind = Literal["same", "changed", "moved", "left", "right"]
RowKinds = Literal["changed", "moved"]
ONLY: tuple[RowKinds, ...] = ("changed", "moved")
"""The rows that may be asked for alone: `changed` also has what only one of the two texts has."""


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
    """Two texts side by side; `similarity` as in `Row`, over all their words.

    `whole` is where `only` some of its rows are given.
    """

    left: Document
    right: Document
    rows: tuple[Row, ...]
    passages: tuple[Passage, ...]
    similarity: float
    only: RowKinds | None = None
    whole: TextComparison | None = None

    @property
    def counts(self) -> Mapping[RowKind, int]:
        """How many rows there are of each kind, also where only some of them are given."""
        return Counter(row.kind for row in (self.whole or self).rows)

    @property
    def moved(self) -> int:
        """The passages in another order, and the moved paragraphs that none of them is in."""
        every = self.whole or self
        covered = {passage.left for passage in every.passages if passage.moved}
        alone = (row.left.paragraph.id for row in every.rows if row.kind == "moved" and row.left)
        short = sum(name not in covered for name in alone)
        return sum(passage.moved for passage in every.passages) + short

    def having(self, only: RowKinds | None) -> TextComparison:
        """The same with some rows and passages only."""
        if only is None:
            return self
        kinds = ("moved",) if only == "moved" else ("changed", "left", "right")
        rows = tuple(row for row in self.rows if row.kind in kinds)
        passages = tuple(one for one in self.passages if one.moved) if only == "moved" else ()
        return replace(self, rows=rows, passages=passages, only=only, whole=self)

    @property
    def names(self) -> tuple[str, str]:
        """What the two are called: the ids of documents, or of the paragraphs that were compared
        (`a#3`, `a#3-5`).
        """
        rows = (self.whole or self).rows
        return (
            _named(self.left, [row.left.paragraph.n for row in rows if row.left]),
            _named(self.right, [row.right.paragraph.n for row in rows if row.right]),
        )

    @property
    def languages(self) -> tuple[str, str] | None:
        """The languages of the two where they are known and not the same."""
        left, right = ((one.lang or "").split("-")[0] for one in (self.left, self.right))
        return (left, right) if left and right and left != right else None


def _named(document: Document, numbers: Sequence[int]) -> str:
    if not numbers or len(numbers) >= document.paragraphs:
        return document.id
    first, last = min(numbers), max(numbers)
    return f"{document.id}#{first}" + (f"-{last}" if last > first else "")
