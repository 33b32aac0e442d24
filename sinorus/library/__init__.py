"""The use cases: a folder of sources, its index, and what can be asked of them.

`Library` is loaded when it is asked for: what completes a command line needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinorus.library.library import Library


def __getattr__(name: str) -> object:
    if name != "Library":
        raise AttributeError(f"module 'sinorus.library' has no attribute {name!r}")
    from sinorus.library.library import Library

    globals()[name] = Library
    return Library


__all__ = ["Library"]
