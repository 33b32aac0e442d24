"""Which lines of a long paragraph are shown: those around its matches."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from rich.text import Text

MOST = 5
"""Lines of a paragraph on a page of hits."""
_NEIGHBOURS = 3
"""Lines of a first stretch where all matches do not stand within one."""


class Line(NamedTuple):
    """A line of a paragraph; `cut`: what stands before it is left out."""

    text: Text
    cut: bool = False


def chosen(count: int, matched: Mapping[int, Set[str]], most: int) -> list[int]:
    """The numbers of at most so many of `count` lines, ascending.

    `matched` has what is found on a line, for lines where something is. A stretch is chosen that
    has as many different words of these as can be, and else what is found most often, the first of
    such; where that has not all of them, two stretches.
    """
    if count <= most:
        return list(range(count))
    if not matched:
        return list(range(most))
    every = set().union(*matched.values())
    first = _best(matched, most, every, count)
    if most <= _NEIGHBOURS or _words(matched, first) == every:
        return list(first)
    first = _best(matched, _NEIGHBOURS, every, count)
    rest = {at: words for at, words in matched.items() if at not in first}
    lacking = every - _words(matched, first)
    second = _best(rest, most - _NEIGHBOURS, lacking, count)
    found = sorted({*first, *second})
    # Where the two overlap, what follows the last is shown as well.
    more = (at for at in range(found[-1] + 1, count))
    return sorted([*found, *(at for at, _ in zip(more, range(most - len(found)), strict=False))])


def _best(matched: Mapping[int, Set[str]], size: int, wanted: Set[str], count: int) -> range:
    numbers = sorted(matched)
    best, begin, end = (-1, -1), numbers[0], numbers[0]
    for at, start in enumerate(numbers):
        words: set[str] = set()
        lines = 0
        for number in numbers[at : at + size]:
            if number >= start + size:
                break
            words |= matched[number] & wanted
            lines += 1
        if (len(words), lines) > best:
            best, begin, end = (len(words), lines), start, numbers[at + lines - 1]
    spare = size - (end - begin + 1)
    start = min(max(begin - spare // 2, 0), max(count - size, 0))
    return range(start, min(start + size, count))


def _words(matched: Mapping[int, Set[str]], lines: range) -> set[str]:
    return set().union(*(words for at, words in matched.items() if at in lines))


def shortened(lines: list[Text], most: int, *, first: bool = False) -> list[Line]:
    """At most so many of the lines, around those with a match; the last ends in `…` if others
    follow, for which there must be room.

    `first`: the first line is always shown, as it says what the others are.
    """
    matched: dict[int, set[str]] = {}
    for at, line in enumerate(lines):
        words = {
            line.plain[span.start : span.end].casefold()
            for span in line.spans
            if span.style == "match"
        }
        if words:
            matched[at] = words
    if first and len(lines) > most:
        below = {at - 1: words for at, words in matched.items() if at}
        numbers = [0, *(at + 1 for at in chosen(len(lines) - 1, below, most - 1))]
    else:
        numbers = chosen(len(lines), matched, most)
    found = [
        Line(lines[at], cut=at > 0 and (not index or numbers[index - 1] != at - 1))
        for index, at in enumerate(numbers)
    ]
    if numbers and numbers[-1] != len(lines) - 1:
        found[-1] = Line(Text.assemble(found[-1].text, (" …", "dim")), found[-1].cut)
    return found
