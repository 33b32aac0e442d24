"""Which folded forms a prefix, a pattern or a fuzzy word stands for."""

from __future__ import annotations

import re
from functools import lru_cache

from sinorus.query.nodes import Fuzzy, Prefix, Wildcard


@lru_cache(maxsize=256)
def _pattern(wildcard: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(c) or re.escape(c) for c in wildcard), re.DOTALL)


def fits(node: Prefix | Wildcard | Fuzzy, form: str) -> bool:
    """Whether `form` is one of the words that `node` stands for."""
    if isinstance(node, Prefix):
        return form.startswith(node.text)
    if isinstance(node, Wildcard):
        return _pattern(node.pattern).fullmatch(form) is not None
    return within_distance(node.text, form, node.distance)


def literal_prefix(node: Prefix | Wildcard | Fuzzy) -> str:
    """The letters that every such form begins with; may be empty."""
    if isinstance(node, Prefix):
        return node.text
    if isinstance(node, Wildcard):
        return re.split(r"[*?]", node.pattern, maxsplit=1)[0]
    return ""


def within_distance(left: str, right: str, limit: int) -> bool:
    """Whether at most `limit` insertions, deletions or replacements turn `left` into `right`.

    Levenshtein's distance over code points; only the band of the table that can stay within
    the limit is worked out (Ukkonen 1985).
    """
    if abs(len(left) - len(right)) > limit:
        return False
    previous = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        low, high = max(1, row - limit), min(len(right), row + limit)
        current = [limit + 1] * (len(right) + 1)
        current[0] = row
        for column in range(low, high + 1):
            current[column] = min(
                previous[column - 1] + (a != right[column - 1]),
                previous[column] + 1,
                current[column - 1] + 1,
            )
        if min(current[low - 1 : high + 1]) > limit:
            return False
        previous = current
    return previous[-1] <= limit
