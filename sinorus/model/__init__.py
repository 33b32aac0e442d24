"""The values that every stage shares. All are frozen; none does input or output.

They are loaded when they are asked for: a search must not pay for the values of a comparison.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        ParagraphId,
        Precision,
        Reading,
        Span,
    )
    from sinorus.model.hits import Hit, HitPage, IndexState, NameUse, SearchResult
    from sinorus.model.status import Check, OtherIndex, Shown, Status

_HOMES = {
    "comparison": (
        "Comparison",
        "Group",
        "Keyword",
        "Passage",
        "Row",
        "RowKind",
        "Side",
        "SilentGroup",
        "TextComparison",
    ),
    "documents": (
        "Date",
        "Document",
        "Extra",
        "Fault",
        "Fingerprint",
        "GROUPINGS",
        "Grouping",
        "Paragraph",
        "ParagraphId",
        "Precision",
        "Reading",
        "Span",
    ),
    "hits": ("Hit", "HitPage", "IndexState", "NameUse", "SearchResult"),
    "status": ("Check", "OtherIndex", "Shown", "Status"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"sinorus.model.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'sinorus.model' has no attribute {name!r}")


__all__ = [
    "Check",
    "Comparison",
    "Date",
    "Document",
    "Extra",
    "Fault",
    "Fingerprint",
    "GROUPINGS",
    "Group",
    "Grouping",
    "Hit",
    "HitPage",
    "IndexState",
    "Keyword",
    "NameUse",
    "OtherIndex",
    "Paragraph",
    "ParagraphId",
    "Passage",
    "Precision",
    "Reading",
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
