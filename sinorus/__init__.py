"""Full-text search over a library of sources, by paragraph.

`Library` is the way in from Python: `Library.open(".").search("alliance")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["Library", "__version__"]

if TYPE_CHECKING:
    from sinorus.library import Library


def __getattr__(name: str) -> object:
    # `import sinorus` alone must stay cheap: the command line imports it on every start.
    if name == "Library":
        from sinorus.library import Library

        return Library
    raise AttributeError(f"module 'sinorus' has no attribute {name!r}")
