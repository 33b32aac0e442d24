"""Han characters: one form for traditional and simplified, and where words begin among them.

Each character is a token. Beside that a text has two signs: a character with which a *stretch*
begins (what stands before it is punctuation, another script or nothing), and a character that is
*inside* a word, which a dictionary says. By the first a run of a query does not reach over
punctuation; by the second it is seen to cross the border of longer words (中国 in 发展中国家).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sinorus.text import scripts

INSIDE, BEGIN = "\x02", "\x03"
"""Before a character, in what `marked` gives: it goes on with a word; a stretch begins with it."""
_AGAIN = "\x04"
_LEAST = "\u2e80"
"""The first character that may be Han."""
_DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65"
"""What stands between the parts of a foreign name (卡尔·马克思): no punctuation."""
_LONG = 3
"""Characters from which a word of the dictionary is looked at for words in it."""
_SHORT = 4
"""Characters of a gap up to which what becomes of it is remembered."""
_REMEMBERED = 200_000
"""Gaps that are remembered; at so many all are forgotten. Words are those of the dictionary."""
_MOST = 10_000
"""Characters that are cut into words at once: the memory for it grows with them."""

_RUN = f"([{scripts.IDEOGRAPH}]+)"
_SPACES = rf"\s+(?=[{scripts.IDEOGRAPH}])"
_OPEN = rf"[\s{scripts.VOICING}{scripts.INVISIBLE}{scripts.HYPHEN[1:]}{_DOTS}-]*"
"""What may stand between two characters of one stretch."""
_VOICED = f"[{scripts.VOICING}]*"
_MARKED = f"([{INSIDE}{BEGIN}]?)[{scripts.IDEOGRAPH}]"


@cache
def _table() -> dict[int, int]:
    """Traditional characters to simplified ones; made when there is a Han character."""
    from sinorus.text.han_table import SIMPLIFIED, TRADITIONAL

    return str.maketrans(TRADITIONAL, SIMPLIFIED)


@cache
def _table_of_cuts() -> dict[int, int]:
    """Those that simplified texts do not have: 著 and 乾 stand in words of the dictionary."""
    return {one: other for one, other in _table().items() if not _is_common(chr(one))}


def _is_common(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def simplified(text: str) -> str:
    """The text with simplified characters for traditional ones, one for one."""
    if text.isascii() or max(text) < _LEAST:
        return text
    return text.translate(_table())


def is_open(gap: str) -> bool:
    """Whether two ideographs with this between them are of one stretch."""
    return not gap or scripts.compiled(_OPEN).fullmatch(gap) is not None


class Signs(NamedTuple):
    """The positions of the tokens with which a stretch begins, and of those inside a word."""

    begins: frozenset[int]
    inside: frozenset[int]


def signs(text: str, starts: list[int]) -> Signs:
    """The signs of a text whose tokens start at these characters."""
    if text.isascii() or max(text) < _LEAST:
        return Signs(frozenset(), frozenset())
    is_ideograph = _ideograph().match
    there = [at for at, start in enumerate(starts) if is_ideograph(text, start)]
    found = dict(zip(there, scripts.compiled(_MARKED).findall(marked(text)), strict=True))
    return Signs(
        frozenset(at for at, sign in found.items() if sign == BEGIN),
        frozenset(at for at, sign in found.items() if sign == INSIDE),
    )


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile(f"[{scripts.IDEOGRAPH}]")


def marked(text: str, *, words: bool = True) -> str:
    """The text with its ideographs apart, each with its sign if it has one.

    With `words` ideographs come out simplified. Without, nothing is cut into words, for which a
    dictionary must be loaded. Where the text itself has one of the signs, `\\x01` takes its place.
    """
    for sign in (INSIDE, BEGIN):
        if sign in text:
            text = text.replace(sign, "\x01")
    parts = scripts.compiled(_RUN).split(text)
    if any(map(str.isspace, set(parts[2:-1:2]))):  # lines are broken in the midst of words
        parts = scripts.compiled(_RUN).split(scripts.compiled(_SPACES).sub(_closed, text))
    if len(parts) == 1:
        return text
    runs = _apart("\n".join(_limited(parts[1::2])), words=words)
    parts[1::2] = runs.split("\n")
    parts[0] += f" {BEGIN}"
    parts[2:-1:2] = map(_gaps.__getitem__, parts[2:-1:2])
    parts[-1] = _gap(parts[-1]).removesuffix(BEGIN)
    return "".join(parts)


def _limited(runs: list[str]) -> list[str]:
    """The runs, with a sign that is dropped again in those that are too long to cut at once."""
    if max(map(len, runs)) <= _MOST:
        return runs
    return ["\r".join(run[at : at + _MOST] for at in range(0, len(run), _MOST)) for run in runs]


def _apart(runs: str, *, words: bool) -> str:
    """Runs, a line each, with a space between characters and signs where they are in a word."""
    if not words:
        return " ".join(runs.replace("\r", "")).replace(" \n ", "\n")
    from rjieba import cut

    apart = "".join(map(_pieces.__getitem__, cut(runs, False)))
    if _AGAIN in apart:
        runs = runs.translate(_table_of_cuts())
        apart = "".join(map(_pieces.__getitem__, cut(runs, False)))
    if len(_gaps) > _REMEMBERED:
        _gaps.clear()
    return apart.replace(" \n", "\n").rstrip(" ")


def _closed(spaces: re.Match[str]) -> str:
    """Nothing, for the spaces between two ideographs: a line was broken there."""
    before = spaces.start() - 1
    if before >= 0 and _ideograph().match(spaces.string, before):
        return ""
    return spaces[0]


def _gap(gap: str) -> str:
    """What stands between two runs: behind it a stretch begins, unless there is no punctuation."""
    voicing = scripts.compiled(_VOICED).match(gap).end()  # type: ignore[union-attr] # it always matches
    sign = "" if is_open(gap) else BEGIN
    return f"{gap[:voicing]} {gap[voicing:]} {sign}"


class _Gaps(dict[str, str]):
    """What becomes of each gap."""

    def __missing__(self, gap: str) -> str:
        found = _gap(gap)
        if len(gap) <= _SHORT:
            self[gap] = found
        return found


class _Pieces(dict[str, str]):
    """The simplified characters of each word with their signs, each with a space behind it.

    Of a word that is not simplified, `_AGAIN`: the dictionary does not know it.
    """

    def __missing__(self, word: str) -> str:
        if not _table_of_cuts().keys().isdisjoint(map(ord, word)):
            return _AGAIN
        words = _parts(word) if len(word) >= _LONG else [word]
        if len(word) == _LONG and len(words[0]) == 1:
            words = [word]  # 大学生 has 大学 in it as well as 学生; 欧洲人 has 欧洲 alone
        pieces = [
            f"{one[0]} " + "".join(f"{INSIDE}{sign} " for sign in one[1:])
            for one in map(simplified, words)
        ]
        self[word] = found = "".join(pieces)
        return found


def _parts(word: str) -> list[str]:
    """The words that a long word of the dictionary is made of; itself if it is made of none.

    It is taken out of the dictionary for as long as it is cut: 发展, 中 and 国家 are more than the
    one word 发展中国家.
    """
    import rjieba

    frequency = rjieba.suggest_freq(word) - 1  # what would make it a word if it were none
    rjieba.add_word(word, 0, None)
    try:
        found = rjieba.cut(word, False)
    finally:
        rjieba.add_word(word, frequency, None)
    if len(found) == 1:
        return found
    return [part for one in found for part in (_parts(one) if len(one) >= _LONG else [one])]


_gaps = _Gaps()
_pieces = _Pieces({"\n": "\n", "\r": ""})
