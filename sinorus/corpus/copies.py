"""Documents that say the same: a page saved twice, the PDF and the page of one article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

SHARE = 0.8
"""Of the different paragraphs of the shorter of two documents, how many the longer must have."""
_LEAST = 3
"""Paragraphs that both must have: fewer are the same by chance, as headings are."""
_COMMON = 12
"""Documents that have a paragraph, above which it tells nothing: a licence, a heading of a form."""


def copies(hashes: Iterable[tuple[str, Sequence[str]]]) -> list[tuple[str, ...]]:
    """Groups of ids of documents that say the same, sorted; each is in one group at most.

    `hashes` has those of the paragraphs of each document. Two are alike if the longer has `SHARE`
    of the paragraphs of the shorter; groups are what is alike directly or by way of others.
    """
    sizes: dict[str, int] = {}
    having: defaultdict[str, list[str]] = defaultdict(list)
    for name, found in hashes:
        different = set(found)
        sizes[name] = len(different)
        for one in different:
            having[one].append(name)
    common = Counter[tuple[str, str]]()
    alone = Counter[str]()
    for names in having.values():
        if len(names) > _COMMON:
            alone.update(names)
        elif len(names) > 1:
            common.update(combinations(sorted(names), 2))
    alike = [pair for pair, count in common.items() if _is_alike(pair, count, sizes, alone)]
    return sorted(_joined(alike))


def _is_alike(
    pair: tuple[str, str], count: int, sizes: dict[str, int], common: Counter[str]
) -> bool:
    """Whether two share enough of what is not in very many; `common` counts that, by document."""
    shorter = min(sizes[name] - common[name] for name in pair)
    return count >= max(_LEAST, SHARE * shorter)


def _joined(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """The groups that pairs make, each sorted."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (higher := above.setdefault(name, name)) != name:
            above[name] = above[higher]
            name = higher
        return name

    for one, other in pairs:
        above[top(one)] = top(other)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(above):
        groups[top(name)].append(name)
    yield from map(tuple, groups.values())
