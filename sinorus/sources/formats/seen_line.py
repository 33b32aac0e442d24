"""What a reader sees of one line in which nothing is marked but emphasis and footnotes.

Where the rules of CommonMark leave any doubt which asterisks belong together, nothing is told.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.model import Place, Style, Styled
from sinorus.sources.formats.lines import byte_length

_SIGN = re.compile(r"(\*+|\[\^[\w-]{1,32}\](?![(\[]))")
_POINTS = frozenset(".,;:!?()“”\"‘’'«»[]—–/-")
_STYLES: tuple[Style, Style] = ("emphasis", "strong")


class Seen(NamedTuple):
    """A line as it is seen; `notes` are the labels of its footnotes, as in `Block`."""

    text: str
    places: tuple[Place, ...]
    spans: tuple[Styled, ...]
    notes: tuple[str, ...]


def seen_line(text: str, line: int, column: int, labels: set[str]) -> Seen | None:
    """What is seen of a text from a column of a line on, or None if that is not for certain.

    `labels` are those of the footnotes that there are. White space stands before the text, unless
    it begins its line, and none at its end.
    """
    pieces = _SIGN.split(text) if "*" in text else _at_marks(text)
    places: list[Place] = []
    spans: list[Styled] = []
    notes: set[str] = set()
    size = 0
    before = " "
    opening, opened = "", 0
    for number, piece in enumerate(pieces):
        length = len(piece)
        if not number % 2:
            if piece:
                places.append(Place(size, line, column))
                size += length
                before = piece[-1]
        elif piece[0] == "[":
            if not size and number == 1:
                return None
            notes.add(piece[2:-1])
            before = "]"
        else:
            following = pieces[number + 1]
            if not following:
                following = pieces[number + 2] if number + 2 < len(pieces) else " "
            if not opening and length < 3 and _opens(before, following[0]):
                opening, opened = piece, size
            elif piece == opening and size > opened and _closes(before, following[0]):
                spans.append(Styled(opened, size, _STYLES[length - 1]))
                opening = ""
            else:
                return None
            before = "*"
        column += length if piece.isascii() else byte_length(piece)
    if opening or not labels.issuperset(notes):
        return None
    shown = "".join(pieces[::2]).rstrip()
    if not shown or "[^" in shown or (spans and spans[-1].end > len(shown)):
        return None
    return Seen(shown, _needed(places, shown), tuple(spans), tuple(sorted(notes)))


def _needed(places: list[Place], shown: str) -> tuple[Place, ...]:
    """The places of what is shown; none where it is all of its line."""
    while places[-1].start >= len(shown):  # of the blanks before the last mark
        places.pop()
    return tuple(places) if len(places) > 1 or places[0].column else ()


def _at_marks(text: str) -> list[str]:
    """What `_SIGN` splits a text into that has no asterisk: at the odd places are signs.

    A sign that it would not know is one all the same, and no footnote has its label.
    """
    first, *others = text.split("[^")
    pieces = [first]
    for other in others:
        label, _, rest = other.partition("]")
        known = rest[:1] not in ("(", "[")
        pieces += [f"[^{label}]" if known else "[^]", rest]
    return pieces


# What stands on either side of an asterisk here lets it open only, or close only.


def _opens(before: str, following: str) -> bool:
    if before.isspace():
        return not following.isspace()
    return before in _POINTS and following.isalnum()


def _closes(before: str, following: str) -> bool:
    if following.isspace():
        return not before.isspace()
    return before.isalnum() and following in _POINTS
