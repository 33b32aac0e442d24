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
    Date,
    Document,
    Extra,
    Fault,
    Fingerprint,
    Paragraph,
    Precision,
    Span,
)
from sinorus.model.hits import Hit, HitPage, IndexState, NameUse, SearchResult
from sinorus.model.library import Check, Shown, Status

__all__ = [
    "Check",
    "Comparison",
    "Date",
    "Document",
    "Extra",
    "Fault",
    "Fingerprint",
    "Group",
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
