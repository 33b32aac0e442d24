"""What a reader sees of one line in which nothing is marked but emphasis and footnotes.

Where the rules of CommonMark leave any doubt which asterisks belong together, nothing is told.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.model import Place, Style, Styled
from sinorus.sources.formats.lines import byte_length

_POINTS = r".,;:!?()“”\"‘’'«»\[\]—–/-"
# An asterisk opens only, or closes only, by what stands on either side of it. What stands before
# it is asked behind it: a pattern whose first sign is known is searched ten times faster.
_MARK = re.compile(
    r"\[\^([\w-]{1,32})\](?![(\[])"
    rf"|(\*(?:(?<!\S\*)\*?(?=[^\s*])|(?<=[{_POINTS}]\*)\*?(?=[^\W_])))"
    rf"|(\*(?:(?<=[^\s*]\*)\*?(?!\S)|(?<=[^\W_]\*)\*?(?=[{_POINTS}])))"
)
_STYLES: tuple[Style, Style] = ("emphasis", "strong")


class Seen(NamedTuple):
    """A line as it is seen; `notes` are the labels of its footnotes, as in `Block`."""

    text: str
    places: tuple[Place, ...]
    spans: tuple[Styled, ...] = ()
    notes: tuple[str, ...] = ()


def seen_line(text: str, line: int, column: int, labels: set[str]) -> Seen | None:
    """What is seen of a text from a column of a line on, or None if that is not for certain.

    `labels` are those of the footnotes that there are; the text ends with no white space.
    """
    if "*" not in text and "[^" not in text:
        return Seen(text, (Place(0, line, column),) if column else ())
    parts: list[str] = []
    places: list[Place] = []
    spans: list[Styled] = []
    notes: set[str] = set()
    at = size = stars = 0
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(text):
        start = match.start()
        if start > at:
            places.append(Place(size, line, column))
            parts.append(text[at:start])
            size += start - at
        end = match.end()
        column += byte_length(text[at:end])
        at = end
        label, opening, closing = match.groups()
        if label:
            if not start:
                return None
            notes.add(label)
        elif opening:
            if opened:
                return None
            opened = opening, size
            stars += len(opening)
        else:
            if opened is None or opened[0] != closing or opened[1] == size:
                return None
            spans.append(Styled(opened[1], size, _STYLES[len(closing) - 1]))
            stars += len(closing)
            opened = None
    if opened or text.count("*") != stars or not labels.issuperset(notes):
        return None
    if at < len(text):
        places.append(Place(size, line, column))
        parts.append(text[at:])
    shown = "".join(parts).rstrip()
    if not shown or "[^" in shown or (spans and spans[-1].end > len(shown)):
        return None
    while places[-1].start >= len(shown):  # of the blanks before the last mark
        places.pop()
    if len(places) == 1 and not places[0].column:
        places = []
    return Seen(shown, tuple(places), tuple(spans), tuple(sorted(notes)))
