"""Longer Chinese words, put together from pairs of ideographs by their counts alone."""

from __future__ import annotations

from collections.abc import Iterable

from sinorus.corpus.counting import WordCounts

LONGEST = 6
"""Characters of the longest word put together."""
AT_HOME = 10
"""A character joins a word if one in so many of its occurrences follows that same neighbour."""
COHESION = 8.0
"""How much oftener than by chance the first and the last two characters of a word must meet.

That is a pointwise mutual information of 3 bits (Church & Hanks 1990): it lets 改革 and 中国 pass
and stops 的改 and 经济和, which a list of function words would else be needed for.
"""


class Longer:
    """The words of a text of ideographs that its pairs of characters are parts of.

    Without a dictionary: if every 西伯 is followed by 利 and every 西伯利 by 亚, they are one word
    or a fixed expression, and 西伯利亚 is what to show.
    """

    def __init__(self, counts: WordCounts) -> None:
        self._text = counts.text
        self._pairs = counts
        self._known: dict[str, int] = {}

    def _count(self, word: str) -> int:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._text.count(word)
        return found

    def word(self, pair: str) -> str:
        """The longest run, up to 6 characters, that `pair` never stands outside of.

        It grows, to the left and then to the right, by the character that is there every time
        and is at home there: so 器 does not take on a 的 that happens to follow thrice. Of a
        longer run the 6 are taken that begin furthest left with `pair` still among them.
        """
        count = self._count(pair)
        if count != self._pairs.get(pair):  # unknown, or overlaps itself: 哈哈哈
            return pair
        start = self._text.find(pair)
        end = start + 2
        leftmost = end - LONGEST
        while start > leftmost and self._grows(start - 1, end, start - 1, count):
            start -= 1
        while end - start < LONGEST and self._grows(start, end + 1, end, count):
            end += 1
        return self._text[start:end]

    def _grows(self, start: int, end: int, new: int, count: int) -> bool:
        """Whether a run stays as frequent with the character at `new`, one of its ends."""
        if start < 0 or end > len(self._text) or self._text[new] == "\n":
            return False
        edge = self._text[start : start + 2] if new == start else self._text[end - 2 : end]
        if self._pairs.get(edge, 0) * AT_HOME < self._count(self._text[new]):
            return False
        return self._count(self._text[start:end]) == count

    def coheres(self, word: str) -> bool:
        """Whether the characters at both ends of `word` belong to it, by `COHESION`.

        Two that never stand without each other do, however short the text is.
        """
        for pair in (word[:2], word[-2:]):
            first, second = self._count(pair[0]), self._count(pair[1])
            together = self._pairs.get(pair, 0)
            by_chance = first * second / len(self._text)
            if together < COHESION * by_chance and not together == first == second:
                return False
        return True

    def fragments(self, words: set[str]) -> set[str]:
        """Those of `words` that stand in others of them as often as they stand at all.

        So 利亚 gives way to 西伯利亚 and 叙利亚, while 关系 is a word beside 中俄关系.
        """
        whole = [word for word in words if not any(word in o and word != o for o in words)]
        return {
            word
            for word in words.difference(whole)
            if sum(self._count(other) for other in whole if word in other) >= self._count(word)
        }

    def within(self, word: str, others: Iterable[str]) -> bool:
        """Whether `word` hardly stands without one of `others`, all more telling than it.

        It contains one of them, or is a part of one and not twice as frequent, or only ever
        overlaps one: 俄关 is not shown beside 关系 if it only comes from 中俄关系.
        """
        count = self._count(word)
        for other in others:
            if other in word or (word in other and count < 2 * self._count(other)):
                return True
            for k in range(1, min(len(word), len(other))):
                if word[:k] == other[-k:] and self._count(other + word[k:]) == count:
                    return True
                if word[-k:] == other[:k] and self._count(word + other[k:]) == count:
                    return True
        return False
