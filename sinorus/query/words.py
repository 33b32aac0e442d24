"""Which folded forms a prefix, a pattern or a fuzzy word stands for."""

from __future__ import annotations

import re
from functools import lru_cache

from sinorus.query.nodes import Fuzzy, Prefix, Wildcard


@lru_cache(maxsize=256)
def _pattern(wildcard: str) -> re.Pattern[str]:
    return re.compile(expression(wildcard, "."), re.DOTALL)


def expression(wildcard: str, any_character: str) -> str:
    """A regular expression for a wildcard, to be matched up to an end.

    What stands between two stars is taken where it first comes, and never again: nothing later
    can do better. A group inside a lookahead holds it there, as in `fnmatch.translate`: with plain
    `.*` a pattern of ten stars takes the tenth power of a word's letters.
    """
    first, *rest = (
        "".join(any_character if c == "?" else re.escape(c) for c in piece)
        for piece in _stars_apart(wildcard)
    )
    if not rest:
        return first
    held = [
        f"(?=(?P<at{number}>{any_character}*?{piece}))(?P=at{number})"
        for number, piece in enumerate(rest[:-1])
    ]
    return first + "".join(held) + f"{any_character}*{rest[-1]}"


def _stars_apart(wildcard: str) -> list[str]:
    """The pieces between stars; `*?*` is `?*`, as many stars in a row are one."""
    tidied = re.sub(r"[*?]{2,}", _star_last, wildcard) if "*" in wildcard else wildcard
    return tidied.split("*")


def _star_last(signs: re.Match[str]) -> str:
    run = signs.group()
    return "?" * run.count("?") + "*" * ("*" in run)


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
    begin, end = 0, min(len(left), len(right))
    while begin < end and left[begin] == right[begin]:
        begin += 1
    behind = 0
    while begin < end - behind and left[-1 - behind] == right[-1 - behind]:
        behind += 1
    # What both begin and end with changes nothing, and is most of two words that are alike.
    return _within(left[begin : len(left) - behind], right[begin : len(right) - behind], limit)


def _within(left: str, right: str, limit: int) -> bool:
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
