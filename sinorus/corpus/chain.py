"""The heaviest chain of pairs: which of them are in the same order on both sides."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest_chain(pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """The indices of those (left, right, weight) that increase on both sides and weigh most.

    Weights are positive. With equal ones it is a longest increasing subsequence. In
    O(n log n), with the best chain up to each right position in a Fenwick tree (1994).
    """
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    columns = {right: at for at, right in enumerate(sorted({pair[1] for pair in pairs}), 1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(columns) + 1)
    before: dict[int, int] = {}
    top = (0.0, -1)
    for k in order:
        best, at = (0.0, -1), columns[pairs[k][1]] - 1
        while at:
            best = tree[at] if tree[at][0] > best[0] else best
            at &= at - 1
        before[k] = best[1]
        chain = (best[0] + pairs[k][2], k)
        top = chain if chain[0] > top[0] else top
        at = columns[pairs[k][1]]
        while at < len(tree):
            tree[at] = chain if chain[0] > tree[at][0] else tree[at]
            at += at & -at
    found: list[int] = []
    k = top[1]
    while k >= 0:
        found.append(k)
        k = before[k]
    return found[::-1]
