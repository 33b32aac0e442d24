"""The values that every stage shares. All are frozen; none does input or output.

They are loaded when they are asked for: a search must not pay for the values of a comparison.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinorus.model.checking import GRADES, Caution, CheckReport, Finding, Grade
    from sinorus.model.comparison import (
        ONLY,
        ORDERS,
        Comparison,
        Group,
        Keyword,
        Order,
        Passage,
        Row,
        RowKind,
        RowKinds,
        Side,
        SilentGroup,
        TextComparison,
        UnaskedGroup,
    )
    from sinorus.model.dates import Date, Precision
    from sinorus.model.documents import (
        GROUPINGS,
        KINDS,
        STYLES,
        Document,
        Extra,
        Fault,
        Fingerprint,
        Grouping,
        Kind,
        Paragraph,
        ParagraphId,
        Place,
        Reading,
        Span,
        Style,
        Styled,
    )
    from sinorus.model.hits import (
        Explanation,
        Hit,
        HitPage,
        IndexState,
        NameUse,
        PartFound,
        SearchResult,
        TermUse,
    )
    from sinorus.model.request import FILTER_NAMES, SORTS, Query, Sort
    from sinorus.model.sources import SOURCE_SORTS, SourcePage, SourceSort
    from sinorus.model.status import (
        Added,
        Check,
        Former,
        IndexReport,
        Lacking,
        Notice,
        OtherIndex,
        Progress,
        Shown,
        Status,
    )

_HOMES = {
    "checking": ("Caution", "CheckReport", "Finding", "GRADES", "Grade"),
    "comparison": (
        "Comparison",
        "Group",
        "Keyword",
        "ONLY",
        "ONLY",
        "ORDERS",
        "Order",
        "Passage",
        "Row",
        "RowKind",
        "RowKinds",
        "RowKinds",
        "Side",
        "SilentGroup",
        "TextComparison",
        "UnaskedGroup",
    ),
    "dates": ("Date", "Precision"),
    "documents": (
        "Document",
        "Extra",
        "Fault",
        "Fingerprint",
        "GROUPINGS",
        "Grouping",
        "KINDS",
        "Kind",
        "Paragraph",
        "ParagraphId",
        "Place",
        "Reading",
        "STYLES",
        "Span",
        "Style",
        "Styled",
    ),
    "hits": (
        "Explanation",
        "Hit",
        "HitPage",
        "IndexState",
        "NameUse",
        "PartFound",
        "SearchResult",
        "TermUse",
    ),
    "request": ("FILTER_NAMES", "Query", "SORTS", "Sort"),
    "sources": ("SOURCE_SORTS", "SourcePage", "SourceSort"),
    "status": (
        "Added",
        "Check",
        "Former",
        "IndexReport",
        "Lacking",
        "Notice",
        "OtherIndex",
        "Progress",
        "Shown",
        "Status",
    ),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"sinorus.model.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'sinorus.model' has no attribute {name!r}")


__all__ = [
    "Added",
    "Caution",
    "Check",
    "CheckReport",
    "Comparison",
    "Date",
    "Document",
    "Explanation",
    "Extra",
    "FILTER_NAMES",
    "Fault",
    "Finding",
    "Fingerprint",
    "Former",
    "GRADES",
    "GROUPINGS",
    "Grade",
    "Group",
    "Grouping",
    "Hit",
    "HitPage",
    "IndexReport",
    "IndexState",
    "KINDS",
    "Keyword",
    "Kind",
    "Lacking",
    "NameUse",
    "Notice",
    "ONLY",
    "ORDERS",
    "Order",
    "OtherIndex",
    "Paragraph",
    "ParagraphId",
    "PartFound",
    "Passage",
    "Place",
    "Precision",
    "Progress",
    "Query",
    "Reading",
    "Row",
    "RowKind",
    "RowKinds",
    "SORTS",
    "SOURCE_SORTS",
    "STYLES",
    "SearchResult",
    "Shown",
    "Side",
    "SilentGroup",
    "Sort",
    "SourcePage",
    "SourceSort",
    "Span",
    "Status",
    "Style",
    "Styled",
    "TermUse",
    "TextComparison",
    "UnaskedGroup",
]
