"""Quotation marks: which open a quotation, which close it, and where one ends."""

from __future__ import annotations

CLOSING = {
    '"': '"”“＂',
    "＂": '"”“＂',
    "“": '”"＂',
    "”": '”"＂',
    "„": '“”"＂',
    "‟": '“”"＂',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "〝": "〞〟",
}
"""Each mark that opens a quotation, with those that may close it; the usual one first."""
_INNER = '"“„«»‹「『《〈〝'
"""What may open a quotation inside another."""


def closing(query: str, start: int, last: dict[str, int]) -> int:
    """Where the quotation that opens at `start` is closed; -1 if it never is.

    A quotation in other marks inside it, or in the same that open and close, is a part of it:
    `"he said “no limits” today"`. `last` keeps where each mark stands last, and belongs to a query.
    """
    opener = query[start]
    closers = CLOSING[opener]
    at = start + 1
    while at < len(query):
        sign = query[at]
        if sign in closers or sign == opener:
            end = _inner_end(query, start, at, last)
            if end < 0 and sign in closers:
                return at
            at = max(at, end)
        at += 1
    return -1


def _inner_end(query: str, start: int, at: int, last: dict[str, int]) -> int:
    """Where a quotation inside the one from `start` ends that opens at `at`; -1: it is not one.

    It is one if its own mark closes it before the outer one opens again, and the outer is closed
    by its own mark after it.
    """
    opener, sign = query[start], query[at]
    outer = CLOSING[opener][0]
    if sign not in _INNER or sign == outer:
        return -1
    mark = CLOSING[sign][0]
    if _last(query, mark, last) <= at or _last(query, outer, last) <= at:
        return -1
    again = query.find(opener, at + 1)
    end = query.find(mark, at + 1, len(query) if again < 0 else again)
    return end if end < _last(query, outer, last) else -1


def _last(query: str, mark: str, last: dict[str, int]) -> int:
    if mark not in last:
        last[mark] = query.rfind(mark)
    return last[mark]
