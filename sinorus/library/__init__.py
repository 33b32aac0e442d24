"""The use cases: a folder of sources, its index, and what can be asked of them."""

from sinorus.library.library import Library

__all__ = ["Library"]
