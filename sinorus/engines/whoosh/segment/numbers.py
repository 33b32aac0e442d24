"""Arrays of numbers, and the one thing that is done to them everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[Any]]
else:
    Numbers = Any  # a search of few numbers does without numpy


def ranges(first: Numbers, sizes: Numbers) -> Numbers:
    """The numbers of ranges, one range after the other; of the type of `first`.

    `first` has where each begins, `sizes` how many numbers it has. An unsigned type may go below 0
    on the way and comes back.
    """
    import numpy as np

    before = np.cumsum(sizes, dtype=first.dtype) - sizes.astype(first.dtype)
    found: Numbers = np.repeat(first - before, sizes)
    found += np.arange(len(found), dtype=first.dtype)
    return found
