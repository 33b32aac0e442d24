"""A text that markup is taken out of, and that knows where each of its characters came from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

Piece = str | tuple[int, int]
"""A text that is put in, or a span of the text that is kept."""
OPEN, CLOSE = "\ue000", "\ue001"
"""Around the words of a block quotation; characters that no text has a meaning for."""


def stretches(
    text: str,
    opening: re.Pattern[str],
    closing: Callable[[re.Match[str]], re.Pattern[str]],
    ends: Sequence[int] = (),
) -> list[tuple[int, int]]:
    """From where to where something stands that is opened and closed, the first to be opened first.

    `closing` is the pattern that closes what was opened. What is not closed before the next of the
    `ends` (ascending; that of the text is one) is passed over, and it is not looked for again what
    is not there: that would take the square of the time.
    """
    found: list[tuple[int, int]] = []
    nowhere: dict[str, int] = {}
    at = 0
    while (match := opening.search(text, at)) is not None:
        at = match.end()
        close = closing(match)
        place = bisect_left(ends, at)
        end = ends[place] if place < len(ends) else len(text)
        if nowhere.get(close.pattern, -1) >= end:
            continue
        last = close.search(text, at, end)
        if last is None:
            nowhere[close.pattern] = end
            continue
        at = max(last.end(), at)
        found.append((match.start(), at))
    return found


class Traced:
    """A text and, for each of its characters, the offset that it has in the draft."""

    def __init__(self, text: str, at: Sequence[int] | None = None) -> None:
        self.text = text
        self.at: Sequence[int] = range(len(text)) if at is None else at

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, span: slice) -> Traced:
        return Traced(self.text[span], self.at[span])

    def sub(
        self,
        pattern: str | re.Pattern[str],
        replacement: Callable[[re.Match[str]], Sequence[Piece]] | str,
        flags: int = 0,
    ) -> Traced:
        """The text with every match replaced; what is put in stands where the match began."""
        compiled = re.compile(pattern, flags) if isinstance(pattern, str) else pattern
        text: list[str] = []
        at: list[int] = []
        last = 0
        for match in compiled.finditer(self.text):
            start, end = match.span()
            text.append(self.text[last:start])
            at.extend(self.at[last:start])
            pieces = [replacement] if isinstance(replacement, str) else replacement(match)
            for piece in pieces:
                if isinstance(piece, str):
                    text.append(piece)
                    place = self.at[start] if start < len(self.at) else 0
                    at.extend([place] * len(piece))
                else:
                    text.append(self.text[piece[0] : piece[1]])
                    at.extend(self.at[piece[0] : piece[1]])
            last = end
        return self._with_rest(text, at, last)

    def without(self, pattern: str | re.Pattern[str], flags: int = 0) -> Traced:
        """The text without every match."""
        return self.sub(pattern, "", flags)

    def outside(self, spans: Sequence[tuple[int, int]], instead: str = "") -> Traced:
        """The text with something `instead` of each of some spans, which ascend."""
        text: list[str] = []
        at: list[int] = []
        last = 0
        for start, end in spans:
            text += [self.text[last:start], instead]
            at.extend(self.at[last:start])
            at.extend([self.at[start]] * len(instead))
            last = end
        return self._with_rest(text, at, last)

    def _with_rest(self, text: list[str], at: list[int], last: int) -> Traced:
        """Pieces up to `last` and what is behind it, with their places; itself if nothing went."""
        if not last:
            return self
        return Traced("".join([*text, self.text[last:]]), [*at, *self.at[last:]])

    def kept(self, pattern: str | re.Pattern[str], flags: int = 0) -> Traced:
        """The text with the first group of every match in its place, or nothing."""
        return self.sub(pattern, lambda m: [m.span(1)] if m[1] is not None else [], flags)
