"""The words that a text is made of where texts are told apart by them: whole ones, not tokens.

A word that is written as several tokens (`Tse-tung`) is one, and none of its parts is; Han
characters are cut into words as `han` does. Each is known by a key: the stem of a word, `-` before
the stem of one that is written as several, with their number behind it; the characters of a word of
Han, of which there are two at least.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sinorus.text import han
from sinorus.text.stems import BETWEEN, readings
from sinorus.text.tokens import Tokens, is_ideograph, tokenize

JOIN = "-"
"""Before the stem of a word that is written as several tokens."""
SCRIPTS = ("latin", "cyrillic", "ideographs", "number", "other")
"""What a word may be written in."""


class Word(NamedTuple):
    """A word of a text: where its first token is, how many it has, and its key."""

    at: int
    width: int
    key: str


def words_of(text: str, tokens: Tokens | None = None) -> Iterator[Word]:
    """The words of a text: those written as several tokens first, then words, then those of Han."""
    tokens = tokenize(text) if tokens is None else tokens
    covered: set[int] = set()
    for join in tokens.joins:
        covered.update(range(join.at, join.at + join.width))
        yield Word(join.at, join.width, f"{JOIN}{join.stem}{chr(join.width)}")
    stems = tokens.stems
    characters = []
    for at, stem in enumerate(stems):
        if at not in covered:
            if is_ideograph(stem):
                characters.append(at)
            else:
                yield Word(at, 1, stem)
    if characters:
        yield from _of_han(text, tokens, stems, characters)


def _of_han(text: str, tokens: Tokens, stems: list[str], characters: list[int]) -> Iterator[Word]:
    inside = han.signs(text, tokens.starts).inside
    first, last = characters[0], characters[0] - 1
    for at in [*characters, len(stems) + 1]:
        if at != last + 1 or at not in inside:
            if last > first:
                yield Word(first, last + 1 - first, "".join(stems[first : last + 1]))
            first = at
        last = at


def word_count(tokens: int, inside: int) -> int:
    """How many words a text of so many tokens has of which so many go on with a word of Han."""
    return tokens - inside


def inside_count(text: str) -> int:
    """How many tokens of a text go on with a word of Han."""
    tokens = tokenize(text)
    return len(han.signs(text, tokens.starts).inside)


def bare(key: str) -> str:
    """The first reading of a word's key, without what says how it is written."""
    if key.startswith(JOIN):
        key = key[1:-1]
    return readings(key)[0] if key.startswith(BETWEEN) else key


def script_number(key: str) -> int:
    """In which of `SCRIPTS` a word is written, by its number there."""
    first = key.lstrip(JOIN + BETWEEN)[:1]
    if first in "0123456789":
        return 3
    if first < "\u0370":
        return 0
    if "\u0400" <= first <= "\u052f":
        return 1
    return 2 if is_ideograph(first) else 4
