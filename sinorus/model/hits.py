"""What a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from sinorus.model.documents import Document, Paragraph, Span
from sinorus.model.value import value
from sinorus.model.wording import counted

if TYPE_CHECKING:
    from sinorus.model.marks import Mark


@value(frozen=True)
class Hit:
    """One paragraph that was found, with all that is printed of it.

    `rank` counts from 1 over all pages. `matches` are spans of `paragraph.text`, sorted
    and not overlapping. `missing` lists the words of the query that a partial match lacks. `before`
    and `after` are its neighbours, in the order of the text. `crossing`: it has Chinese words of
    the query only across the borders of other words (中国 in 发展中国家). `same` are the ids of the
    other paragraphs that match and have the same words, folded into this one. `marks` are those of
    the paragraph, without the words they keep.
    """

    document: Document
    paragraph: Paragraph
    score: float
    rank: int = 0
    matches: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    before: tuple[Paragraph, ...] = ()
    after: tuple[Paragraph, ...] = ()
    crossing: bool = False
    same: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@value(frozen=True)
class HitPage:
    """One page of an engine's answer.

    `total` paragraphs match in `len(tally)` documents; `tally` has the number of matching
    paragraphs of each document id. `hits` is the page asked for, in the order asked for, and
    without matches. `more`: others follow them. `within` has the numbers that the request asks for
    by that name.
    """

    total: int
    tally: Mapping[str, int]
    hits: tuple[Hit, ...]
    more: bool = False
    within: tuple[int, ...] = ()


@value(frozen=True)
class IndexState:
    """When the index was made (`YYYY-MM-DDTHH:MM:SSZ`) and whether files have changed since."""

    updated: str
    stale: bool


@value(frozen=True)
class NameUse:
    """A word of the query that is a name, and the other forms that were searched with it.

    Where it may be one of several names it was searched for as it is written, and `may_be` has
    them.
    """

    form: str
    others: tuple[str, ...]
    may_be: tuple[str, ...] = ()


@value(frozen=True)
class TermUse:
    """A word or phrase of the query that was asked in all languages, and in which forms.

    `others` are those of all its `senses`, each of which is named by its forms in short; there is
    more than one where the word is ambiguous, the usual one first. `source` is `terms`, or
    `dictionary` for what the terms do not know.
    """

    form: str
    others: tuple[str, ...]
    senses: tuple[str, ...] = ()
    source: str = "terms"


@value(frozen=True)
class PartFound:
    """How much one part of a query finds alone; `suggestion` is a word spelt like one that is
    nowhere, `across` how many paragraphs of other languages have such a one in another form.
    """

    shown: str
    paragraphs: int
    documents: int
    suggestion: str | None = None
    across: Mapping[str, int] = field(default_factory=dict)


@value(frozen=True)
class Explanation:
    """How a query was read, the names in it, and what its parts find; `more`: not all of them."""

    parsed: str
    names: tuple[NameUse, ...]
    parts: tuple[PartFound, ...]
    more: bool = False
    terms: tuple[TermUse, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The same in words, a line each."""
        return (
            f"read as: {self.parsed}",
            *(
                f"name: {use.form} may be {' or '.join(use.may_be)}"
                if use.may_be
                else f"name: {use.form} = {', '.join(use.others)}"
                for use in self.names
            ),
            *(f"term: {use.form} = {', '.join(use.others)}" for use in self.terms),
            *(
                f"{part.shown}: {counted(part.paragraphs, 'paragraph')}"
                f" in {counted(part.documents, 'document')}"
                for part in self.parts
            ),
        )


@value(frozen=True)
class SearchResult:
    """The answer to one query, ready for any format.

    `parsed` is the query as it was understood, in the query language itself. `limit` is None
    where all was asked for. `total` and `tally` count the paragraphs that have all of the words,
    also those that are folded into others; `lacking` those that lack some, which follow. If
    `partial`, there are no others. `across` has, where that was asked for, how many paragraphs
    would be found besides in other languages, and `titles` of a query that finds nothing how many
    documents have its words in their title. `more`: hits follow these.
    """

    query: str
    parsed: str
    partial: bool
    total: int
    tally: Mapping[str, int]
    offset: int
    limit: int | None
    index: IndexState
    hits: tuple[Hit, ...]
    names: tuple[NameUse, ...] = ()
    explanation: Explanation | None = None
    lacking: int = 0
    terms: tuple[TermUse, ...] = ()
    across: Mapping[str, int] = field(default_factory=dict)
    more: bool = False
    titles: int = 0
