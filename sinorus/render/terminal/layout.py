"""Lines of prose that fit, in cells, after the habits of each script.

rich breaks at spaces only, so a run of Han would begin on a line of its own and be chopped
anywhere; here a line may break between any two wide characters, but no line begins with a
closing mark or ends with an opening one.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

_NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—·％ー～,.;:!?)]}%»")
_NOT_LAST = frozenset("（《「『【〔〈“‘([{«")


def wrapped(text: Text, width: int) -> list[Text]:
    """The text in lines of at most `width` cells; at least one line."""
    lines = text.divide(_breaks(text.plain, max(width, 2)))
    for line in lines:
        line.rstrip()
    return list(lines) or [text]


def hanging(label: Text, text: Text, width: int) -> list[Text]:
    """The text wrapped beside a label, its further lines under its first."""
    indent = label.cell_len
    first, *rest = wrapped(text, width - indent)
    margin = " " * indent
    return [Text.assemble(label, first), *(Text.assemble(margin, line) for line in rest)]


def _breaks(plain: str, width: int) -> list[int]:
    found: list[int] = []
    start = last = used = 0
    for at, character in enumerate(plain):
        if at and _may_break(plain[at - 1], character):
            last = at
        if character == " ":  # may hang over the edge: the end of a line is stripped
            used += 1
            continue
        used += cell_len(character)
        if used > width:
            # A word longer than a line is cut where the line ends.
            start = last if last > start else at
            if start == 0 or (found and start == found[-1]):
                continue
            found.append(start)
            used = cell_len(plain[start : at + 1])
            if used > width and start < at:
                start, used = at, cell_len(character)
                found.append(start)
    return found


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    if before < "\u1100" and after < "\u1100":  # nothing wide below: saves most of the work
        return False
    if before in _NOT_LAST or after in _NOT_FIRST:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2
