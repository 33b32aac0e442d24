"""Prefixes, wildcards and fuzzy words: which forms they stand for.

The evaluator and the engines share this, so that a wildcard or a fuzzy word cannot mean two things.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.text.fold import caseless, recased


@lru_cache(maxsize=256)
def _compiled(wildcard: str) -> re.Pattern[str]:
    return re.compile(expression(wildcard, "."), re.DOTALL)


def expression(wildcard: str, any_character: str) -> str:
    """A regular expression for a wildcard, which has to match a whole form.

    What stands between two stars is matched where it first comes; a later place cannot do better.
    An atomic group, as in `fnmatch.translate`, keeps the matcher from going back to it: with plain
    `.*` a pattern of ten stars takes time in the tenth power of a form's length.
    """
    first, *rest = (
        "".join(any_character if c == "?" else re.escape(c) for c in piece)
        for piece in _between_stars(wildcard)
    )
    if not rest:
        return first
    atomic = [
        f"(?=(?P<at{number}>{any_character}*?{piece}))(?P=at{number})"
        for number, piece in enumerate(rest[:-1])
    ]
    return first + "".join(atomic) + f"{any_character}*{rest[-1]}"


def _between_stars(wildcard: str) -> list[str]:
    """The pieces between stars. Several stars in a row are one, so `*?*` is `?*`."""
    tidied = re.sub(r"[*?]{2,}", _star_last, wildcard) if "*" in wildcard else wildcard
    return tidied.split("*")


def _star_last(signs: re.Match[str]) -> str:
    run = signs.group()
    return "?" * run.count("?") + "*" * ("*" in run)


def fits(node: nodes.Expanding, form: str) -> bool:
    """Whether `form` is one of the folded forms that `node` stands for."""
    match node:
        case nodes.Prefix():
            return form.startswith(node.text)
        case nodes.Wildcard():
            return _compiled(node.pattern).fullmatch(form) is not None
        case nodes.Fuzzy():
            return within_distance(node.text, form, node.distance)
        case _:
            assert_never(node)


def fits_written(node: nodes.Expanding, form: str, bits: int) -> bool:
    """The same of a token with this form and these `fold.capitals`, where case counts.

    What has no case (numbers, Chinese) is found by patterns that have none either.
    """
    if not node.cased:
        return fits(node, form)
    if caseless(form) != caseless(node.cased):
        return False
    word = recased(form, bits)
    match node:
        case nodes.Prefix():
            return fits(nodes.Prefix(node.cased), word)
        case nodes.Wildcard():
            return fits(nodes.Wildcard(node.cased), word)
        case nodes.Fuzzy():
            return fits(nodes.Fuzzy(node.cased, node.distance), word)
        case _:
            assert_never(node)


def literal_prefix(node: nodes.Expanding) -> str:
    """What every form that `node` stands for begins with; may be empty."""
    match node:
        case nodes.Prefix():
            return node.text
        case nodes.Wildcard():
            return re.split(r"[*?]", node.pattern, maxsplit=1)[0]
        case nodes.Fuzzy():
            return ""
        case _:
            assert_never(node)


def within_distance(left: str, right: str, limit: int) -> bool:
    """Whether at most `limit` insertions, deletions or replacements turn `left` into `right`.

    Levenshtein's distance over code points; only the band of the table that can stay within
    the limit is computed (Ukkonen 1985, Algorithms for approximate string matching).
    """
    if abs(len(left) - len(right)) > limit:
        return False
    begin, end = 0, min(len(left), len(right))
    while begin < end and left[begin] == right[begin]:
        begin += 1
    behind = 0
    while begin < end - behind and left[-1 - behind] == right[-1 - behind]:
        behind += 1
    # A common beginning and end change nothing, and are most of two words that are alike.
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
