"""Where in a source a changed quotation comes from, and in which words the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein


class Aligned(NamedTuple):
    """The words `first` to `last` (exclusive) of a source, at so many edits from a quotation."""

    distance: int
    first: int
    last: int


class Edit(NamedTuple):
    """Words `at` to `end` of a quotation that stand for `source_at` to `source_end`."""

    at: int
    end: int
    source_at: int
    source_end: int


def nearest(words: Sequence[str], source: Sequence[str]) -> Aligned:
    """The stretch of the source that is fewest edits of whole words away from some words.

    Myers's bit vectors over the integers of Python, whose bits are as many as there are words: any
    number of different words, and both ends are the best there are.
    """
    scores = _scores(words, source, free=True)
    least = min(scores)
    last = _with_one_more(scores)
    begin = max(0, last - len(words) - least)
    back = _scores(words[::-1], source[begin:last][::-1], free=False)
    size = _with_one_more(back)
    return Aligned(least, last - size, last)


def _with_one_more(scores: list[int]) -> int:
    """Where the fewest edits are; one further if that is as good: a word then stands for one."""
    at = scores.index(min(scores))
    return at + (at + 1 < len(scores) and scores[at + 1] == scores[at])


def _scores(words: Sequence[str], source: Sequence[str], *, free: bool) -> list[int]:
    """The edits of the words to the source up to each of its words; `free`: from anywhere on."""
    size = len(words)
    every, top = (1 << size) - 1, 1 << (size - 1) if size else 0
    at: dict[str, int] = {}
    for number, word in enumerate(words):
        at[word] = at.get(word, 0) | 1 << number
    up, down, score = every, 0, size
    scores = [score]
    for word in source:
        equal = at.get(word, 0)
        vertical = equal | down
        diagonal = (((equal & up) + up) ^ up) | equal
        right, left = (down | ~(diagonal | up)) & every, up & diagonal
        score += bool(right & top) - bool(left & top)
        right = (right << 1 | (not free)) & every
        left = left << 1 & every
        up = (left | ~(vertical | right)) & every
        down = right & vertical
        scores.append(score)
    return scores


def edits(words: Sequence[str], source: Sequence[str]) -> list[Edit]:
    """In which words two texts differ, by the fewest edits."""
    found: list[Edit] = []
    for code in Levenshtein.opcodes(words, source):
        if code.tag == "equal":
            continue
        one = Edit(code.src_start, code.src_end, code.dest_start, code.dest_end)
        if found and found[-1].end == one.at and found[-1].source_end == one.source_at:
            one = one._replace(at=found[-1].at, source_at=found[-1].source_at)
            found.pop()
        found.append(one)
    return found
