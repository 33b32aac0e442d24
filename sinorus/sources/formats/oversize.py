"""Paragraphs that are too long to be quoted or shown are cut, at the ends of sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LIMIT = 4_000
"""Code points; a paragraph up to here stays as its author made it."""

_SHORTEST, _USUAL, _LONGEST = 1_000, 2_000, 3_000
_PREFERRED = (1_750, 2_250)
END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]*_]*(?=\s)|(?:[。！？]|……)+[”’」』）】》〕]*")
_MARK = re.compile("[.!?…。！？](?:(?<=[.!?])[.!?]+)?")
"""What each match of END begins with: of a run of `.`, `!` and `?` the first alone."""
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_ABBREVIATION = 3  # letters or digits before a full stop that may not end a sentence
_CLUSTER = 50


def pieces(text: str, *, by_lines: bool = False) -> list[tuple[int, int]]:
    """Start and end of pieces of about 2,000 characters; of all, where that is not too much.

    With `by_lines` (code, tables) an end of a line is preferred to the end of a sentence. No piece
    begins or ends with white space. The time is in proportion to the text, also for one line of
    many megabytes.
    """
    if len(text) <= LIMIT:
        return [(0, len(text))]
    found, start = [], 0
    for end in _ends(text, by_lines=by_lines):
        while start < end and text[start].isspace():
            start += 1
        last = end
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            found.append((start, last))
        start = end
    return found


def _ends(text: str, *, by_lines: bool) -> Iterator[int]:
    """Where the pieces end, the last at the end of the text."""
    start = 0
    while len(text) - start > _LONGEST:
        start = _next_end(text, start, by_lines=by_lines)
        yield start
    yield len(text)


def _next_end(text: str, start: int, *, by_lines: bool) -> int:
    low = start + _SHORTEST
    for shortest, longest in () if by_lines else (_PREFERRED, (_SHORTEST, _LONGEST)):
        found = sentence_ends(text, start + shortest, start + longest)
        ends = [match.end() for match in found if _is_end(text, match)]
        if ends:
            return min(ends, key=lambda end: abs(end - start - _USUAL))
    for space in ("\n", " ", "\u3000"):
        at = text.rfind(space, low, start + _USUAL + 1)
        if at >= 0:
            return at
    return _between_clusters(text, start + _USUAL)


def sentence_ends(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """What `END` finds, tried only where a mark stands: a single class is found much faster."""
    done = low
    for mark in _MARK.finditer(text, low, high):
        if mark.start() >= done and (match := END.match(text, mark.start(), high)):
            done = match.end()
            yield match


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence and not an initial, a number or a short title."""
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    found = _LAST_WORD.search(text[max(0, match.start() - 12) : match.start()])
    if found is None:
        return True
    word = found.group()
    short_title = word[0].isupper() and len(word) <= _ABBREVIATION
    short_number = word.isdigit() and len(word) <= _ABBREVIATION
    return not (len(word) == 1 or short_title or short_number)


def _between_clusters(text: str, at: int) -> int:
    """The nearest place before `at` that does not part a letter from its accents or joiners."""
    for place in range(at, at - _CLUSTER, -1):
        joined = text[place - 1] == "\u200d" or text[place] in "\u200d\ufe0e\ufe0f"
        if not joined and not unicodedata.category(text[place]).startswith("M"):
            return place
    return at
