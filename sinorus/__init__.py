"""Full-text search over a library of sources, by paragraph.

`Library` is the way in from Python: `Library.open(".").search("alliance")`. What is exported here
is what docs/python.md describes and keeps its promises about.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sinorus.errors import (
        ConfigError,
        FilterValueError,
        IndexDamagedError,
        IndexLockedError,
        NoIndexError,
        NoLibraryError,
        OutdatedIndexError,
        QueryError,
        SinorusError,
        UnknownIdError,
        UnsupportedQuery,
        UnwritableIndexError,
    )
    from sinorus.library import Library
    from sinorus.model import (
        Added,
        Comparison,
        Date,
        Document,
        Explanation,
        Fault,
        Former,
        Group,
        Hit,
        IndexReport,
        IndexState,
        Keyword,
        NameUse,
        Notice,
        OtherIndex,
        Paragraph,
        PartFound,
        Passage,
        Progress,
        Query,
        Row,
        SearchResult,
        Shown,
        Side,
        SilentGroup,
        Status,
        TermUse,
        TextComparison,
    )
    from sinorus.model.citation import Bibliography, Quotation

_HOMES = {
    "library": ("Library",),
    "errors": (
        "ConfigError",
        "FilterValueError",
        "IndexDamagedError",
        "IndexLockedError",
        "NoIndexError",
        "NoLibraryError",
        "OutdatedIndexError",
        "QueryError",
        "SinorusError",
        "UnknownIdError",
        "UnsupportedQuery",
        "UnwritableIndexError",
    ),
    "model.citation": ("Bibliography", "Quotation"),
    "model": (
        "Added",
        "Comparison",
        "Date",
        "Document",
        "Explanation",
        "Fault",
        "Former",
        "Group",
        "Hit",
        "IndexReport",
        "IndexState",
        "Keyword",
        "NameUse",
        "Notice",
        "OtherIndex",
        "Paragraph",
        "PartFound",
        "Passage",
        "Progress",
        "Query",
        "Row",
        "SearchResult",
        "Shown",
        "Side",
        "SilentGroup",
        "Status",
        "TermUse",
        "TextComparison",
    ),
}


def __getattr__(name: str) -> object:
    # `import sinorus` alone must stay cheap: the command line imports it on every start.
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"sinorus.{home}"), name)
    raise AttributeError(f"module 'sinorus' has no attribute {name!r}")


__all__ = [
    "Added",
    "Bibliography",
    "Comparison",
    "ConfigError",
    "Date",
    "Document",
    "Explanation",
    "Fault",
    "FilterValueError",
    "Former",
    "Group",
    "Hit",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexReport",
    "IndexState",
    "Keyword",
    "Library",
    "NameUse",
    "NoIndexError",
    "NoLibraryError",
    "Notice",
    "OtherIndex",
    "OutdatedIndexError",
    "Paragraph",
    "PartFound",
    "Passage",
    "Progress",
    "Query",
    "QueryError",
    "Quotation",
    "Row",
    "SearchResult",
    "Shown",
    "Side",
    "SilentGroup",
    "SinorusError",
    "Status",
    "TermUse",
    "TextComparison",
    "UnknownIdError",
    "UnsupportedQuery",
    "UnwritableIndexError",
    "__version__",
]
