"""Where fenced code ends, for all fences of a text in time that is in proportion to the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from sinorus.sources.formats.marks import quote_depth


@dataclass(slots=True)
class _Searched:
    """Lines that were searched in vain, up to `end`, and which shorter fences stand there.

    A fence is kept only if none below it is as long: `lengths` fall where `places` rise.
    """

    end: int = 0
    places: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def add(self, place: int, length: int) -> None:
        while self.lengths and self.lengths[-1] <= length:
            self.places.pop()
            self.lengths.pop()
        self.places.append(place)
        self.lengths.append(length)

    def longest_below(self, at: int) -> int:
        """The length of the longest fence between line `at` and the end, 0 if there is none."""
        nearest = bisect_right(self.places, at)
        return self.lengths[nearest] if nearest < len(self.lengths) else 0


class Fences:
    """The fences that may close code in `lines`; asked for one place after the other, downwards."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        # By the sign of a fence and the depth of its quotation, the last search that found no
        # end. Spares looking for missing fences again and again, be they long or short.
        self._searched: dict[tuple[str, int], _Searched] = {}
        # Depth and text of the quoted lines that were looked at: there is a search at each depth.
        self._quoted: dict[int, tuple[int, str]] = {}

    def closing(self, at: int, mark: str, depth: int) -> int | None:
        """The line that closes the fence `mark` on line `at`, in quotations `depth` deep."""
        sign, least = mark[0], len(mark)
        before = self._searched.get((sign, depth))
        if before is not None and at < before.end and before.longest_below(at) < least:
            return None
        searched = _Searched()
        end = at + 1
        while end < len(self._lines):
            if depth:
                found, bare = self._quotation(end)
                if found < depth:
                    break
            else:
                bare = self._lines[end].strip()
            if bare[:1] == sign and not bare.strip(sign):
                if len(bare) >= least:
                    return end
                searched.add(end, len(bare))
            end += 1
        searched.end = end
        self._searched[sign, depth] = searched
        return None

    def _quotation(self, at: int) -> tuple[int, str]:
        """How deep line `at` is quoted, and its text if that may be a fence."""
        known = self._quoted.get(at)
        if known is None:
            line = self._lines[at]
            depth, column = quote_depth(line)
            bare = line[column:].strip()
            fence = bare[:1] in ("`", "~") and not bare.strip(bare[0])
            known = self._quoted[at] = (depth, bare if fence else "")
        return known
