"""In which words two paragraphs differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sinorus.corpus.subsequence import Match, common
from sinorus.model import Span
from sinorus.text.tokens import Tokens, is_ideograph

SHORT_WORDS = 2
SHORT_LETTERS = 4


class Difference(NamedTuple):
    """Words that both have in the same order, and the spans of each side that differ, in pairs.

    Where one side only has something, the span of the other is empty: it is where it would stand.
    """

    common: int
    edits: tuple[tuple[Span, Span], ...]

    @property
    def left(self) -> tuple[Span, ...]:
        """The spans of the left that differ."""
        return tuple(left for left, _ in self.edits if left[0] < left[1])

    @property
    def right(self) -> tuple[Span, ...]:
        """The spans of the right that differ."""
        return tuple(right for _, right in self.edits if right[0] < right[1])


class _Stretch(NamedTuple):
    """Words left[i:i_end] in the place of right[j:j_end]: token indices, either may be empty."""

    i: int
    i_end: int
    j: int
    j_end: int


def word_difference(left: Tokens, right: Tokens) -> Difference:
    """What differs between two paragraphs, by folded forms; spans are code points of each text.

    `common` is the length of a longest common subsequence of the forms. Neighbouring changed
    words make one span with all that stands between them. So that the small change of 'of the'
    and 的 between two rewritten phrases does not litter: common words between two changed
    stretches count as changed if they are at most two, of at most four letters each (but a
    number or more than one ideograph stays), and together not longer than either stretch.
    """
    matches = common(left.forms, right.forms)
    stretches = _joined(_stretches(matches, len(left), len(right)), left.forms, right.forms)
    return Difference(
        len(matches),
        tuple((_span(left, s.i, s.i_end), _span(right, s.j, s.j_end)) for s in stretches),
    )


def _span(tokens: Tokens, first: int, last: int) -> Span:
    """Where some words stand; where none would, behind the word before them."""
    if first < last:
        return tokens.starts[first], tokens.ends[last - 1]
    behind = tokens.ends[first - 1] if first else 0
    return behind, behind


def _stretches(matches: list[Match], left: int, right: int) -> list[_Stretch]:
    found: list[_Stretch] = []
    i = j = 0
    for i_end, j_end in [*matches, (left, right)]:
        if i < i_end or j < j_end:
            found.append(_Stretch(i, i_end, j, j_end))
        i, j = i_end + 1, j_end + 1
    return found


def _joined(stretches: list[_Stretch], left: Sequence[str], right: Sequence[str]) -> list[_Stretch]:
    """The stretches, with those joined that only small common words divide."""

    def letters(stretch: _Stretch) -> int:
        return max(
            sum(map(len, left[stretch.i : stretch.i_end])),
            sum(map(len, right[stretch.j : stretch.j_end])),
        )

    kept: list[_Stretch] = []
    for stretch in stretches:
        if kept:
            last = kept[-1]
            between = left[last.i_end : stretch.i]
            if _small(between) and sum(map(len, between)) <= min(letters(last), letters(stretch)):
                kept[-1] = _Stretch(last.i, stretch.i_end, last.j, stretch.j_end)
                continue
        kept.append(stretch)
    return kept


def _small(words: Sequence[str]) -> bool:
    if len(words) > SHORT_WORDS:
        return False
    if any(is_ideograph(word) for word in words):
        return len(words) == 1
    return all(len(word) <= SHORT_LETTERS and word.isalpha() for word in words)
