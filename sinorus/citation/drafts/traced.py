"""A text that markup is taken out of, and that knows where each of its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Piece = str | tuple[int, int]
"""A text that is put in, or a span of the text that is kept."""
OPEN, CLOSE = "\ue000", "\ue001"
"""Around the words of a block quotation; characters that no text has a meaning for."""


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
        if not last:
            return self
        text.append(self.text[last:])
        at.extend(self.at[last:])
        return Traced("".join(text), at)

    def without(self, pattern: str | re.Pattern[str], flags: int = 0) -> Traced:
        """The text without every match."""
        return self.sub(pattern, "", flags)

    def kept(self, pattern: str | re.Pattern[str], flags: int = 0) -> Traced:
        """The text with the first group of every match in its place, or nothing."""
        return self.sub(pattern, lambda m: [m.span(1)] if m[1] is not None else [], flags)
