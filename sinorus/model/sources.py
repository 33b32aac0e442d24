"""A list of documents, in an order, and the part of it that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from sinorus.model.documents import Document

SourceSort = Literal[
    "id", "title", "date", "-date", "author", "publisher", "paragraphs", "-paragraphs"
]
SOURCE_SORTS: tuple[SourceSort, ...] = (
    *("id", "title", "date", "-date", "author", "publisher", "paragraphs", "-paragraphs"),
)
"""By what a list of documents may be sorted; with a minus the latest, or the longest, first."""


class SourcePage(tuple[Document, ...]):
    """The documents of one page of a list.

    `total` is how many the list has, `offset` how many of them stand before the page, and `limit`
    how many were asked for (None: all).
    """

    total: int
    offset: int
    limit: int | None

    def __new__(
        cls, documents: Iterable[Document], total: int, offset: int, limit: int | None
    ) -> SourcePage:
        page = super().__new__(cls, documents)
        page.total, page.offset, page.limit = total, offset, limit
        return page

    @classmethod
    def of(
        cls, documents: Sequence[Document], offset: int = 0, limit: int | None = None
    ) -> SourcePage:
        """The page of a whole list."""
        end = None if limit is None else offset + limit
        return cls(documents[offset:end], len(documents), offset, limit)
