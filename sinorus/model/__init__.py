"""The values that every stage shares. All are frozen; none does input or output."""

from __future__ import annotations

from sinorus.model.comparison import (
    Comparison,
    Group,
    Keyword,
    Passage,
    Row,
    RowKind,
    Side,
    SilentGroup,
    TextComparison,
)
from sinorus.model.documents import (
    GROUPINGS,
    Date,
    Document,
    Extra,
    Fault,
    Fingerprint,
    Grouping,
    Paragraph,
    Precision,
    Span,
)
from sinorus.model.hits import Hit, HitPage, IndexState, NameUse, SearchResult
from sinorus.model.library import Check, Shown, Status

__all__ = [
    "GROUPINGS",
    "Check",
    "Comparison",
    "Date",
    "Document",
    "Extra",
    "Fault",
    "Fingerprint",
    "Group",
    "Grouping",
    "Hit",
    "HitPage",
    "IndexState",
    "Keyword",
    "NameUse",
    "Paragraph",
    "Passage",
    "Precision",
    "Row",
    "RowKind",
    "SearchResult",
    "Shown",
    "Side",
    "SilentGroup",
    "Span",
    "Status",
    "TextComparison",
]
