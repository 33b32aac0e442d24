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
    """Words that both have in the same order, and the spans in which each side differs."""

    common: int
    left: tuple[Span, ...]
    right: tuple[Span, ...]


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
        tuple((left.starts[s.i], left.ends[s.i_end - 1]) for s in stretches if s.i < s.i_end),
        tuple((right.starts[s.j], right.ends[s.j_end - 1]) for s in stretches if s.j < s.j_end),
    )


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
