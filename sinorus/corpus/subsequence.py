"""What two sequences have in common in the same order: words, and the heaviest chain of pairs."""

from __future__ import annotations

from collections.abc import Sequence

AREA = 64_000_000
"""Bits of one table of a common subsequence (8 MB); a larger problem is halved first."""

Match = tuple[int, int]
"""An index on the left and one on the right."""


def common(left: Sequence[str], right: Sequence[str]) -> list[Match]:
    """The matches of a longest common subsequence, increasing on both sides.

    Exact, by bit vectors: Hyyrö 2004, "Bit-parallel LCS-length computation revisited"; one row
    costs a few operations on an integer as long as `left`. Unlike Myers' O(ND) it is no slower
    where the two differ much. Too large a table is split as in Hirschberg 1975. The other way
    round the answer is the same, mirrored.
    """
    if list(left) > list(right):
        return [(i, j) for j, i in common(right, left)]
    ends = min(len(left), len(right))
    lead = next((k for k in range(ends) if left[k] != right[k]), ends)
    ends -= lead
    tail = next((k for k in range(ends) if left[-1 - k] != right[-1 - k]), ends)
    matches = [(k, k) for k in range(lead)]
    # Words that only one side has cannot match: leaving them out makes the table small.
    words = set(left[lead : len(left) - tail]) & set(right[lead : len(right) - tail])
    rows = [k for k in range(lead, len(left) - tail) if left[k] in words]
    columns = [k for k in range(lead, len(right) - tail) if right[k] in words]
    inner = _solve([left[k] for k in rows], [right[k] for k in columns])
    matches += [(rows[i], columns[j]) for i, j in inner]
    matches += [(len(left) - k, len(right) - k) for k in range(tail, 0, -1)]
    return matches


def common_length(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words a longest common subsequence has."""
    if not left or not right:
        return 0
    vector = _table(left, right, last=True)[0]
    return len(left) - vector.bit_count()


def _table(left: Sequence[str], right: Sequence[str], *, last: bool = False) -> list[int]:
    """One bit vector for each prefix of `right`, or for all of it.

    Bit i is 0 where the common subsequence with left[: i + 1] is longer than with left[:i].
    """
    masks: dict[str, int] = {}
    for i, word in enumerate(left):
        masks[word] = masks.get(word, 0) | 1 << i
    full = vector = (1 << len(left)) - 1
    rows: list[int] = []
    for word in right:
        found = vector & masks.get(word, 0)
        if found:
            vector = ((vector + found) | (vector - found)) & full
        if not last:
            rows.append(vector)
    return [vector] if last else rows


def _solve(left: list[str], right: list[str]) -> list[Match]:
    if not left or not right:
        return []
    if len(left) * len(right) > AREA and len(right) > 1:
        return _halved(left, right)
    rows = _table(left, right)
    matches: list[Match] = []
    i, j = len(left) - 1, len(right) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            matches.append((i, j))
            i -= 1
            j -= 1
    matches.reverse()
    return matches


def _halved(left: list[str], right: list[str]) -> list[Match]:
    middle = len(right) // 2
    first = _lengths(left, right[:middle])
    second = _lengths(left[::-1], right[middle:][::-1])[::-1]
    split = max(range(len(left) + 1), key=lambda i: first[i] + second[i])
    later = _solve(left[split:], right[middle:])
    return _solve(left[:split], right[:middle]) + [(i + split, j + middle) for i, j in later]


def _lengths(left: list[str], right: list[str]) -> list[int]:
    """The length of the common subsequence of `right` with each prefix of `left`."""
    bits = f"{_table(left, right, last=True)[0]:0{len(left)}b}"
    lengths = [0]
    for bit in reversed(bits):
        lengths.append(lengths[-1] + (bit == "0"))
    return lengths


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
