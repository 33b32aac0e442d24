"""Where lines of prose may be broken, counted in terminal cells, after the habits of each script.

rich breaks at spaces only, so a run of Han would begin on a line of its own and be chopped
anywhere; here a line may break between any two wide characters, but no line begins with a closing
mark or ends with an opening one, and nothing is broken within what a reader takes for one
character (a letter with its accents, a flag, an emoji of several).
"""

from __future__ import annotations

import re
from unicodedata import category

from rich.cells import cell_len

_NOT_FIRST = frozenset(
    "，。、；：？！）》」』】〕〉〗〙〛”’…—·・％‰℃ー～々ゝゞヽヾ!,.:;?)]}%»›｠｣､｡"
)
_NOT_LAST = frozenset("（《「『【〔〈〖〘〚“‘([{«‹｟｢＄￥£￡")
# Letters and signs of one cell each that combine with nothing: most texts have no others.
_PLAIN = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u214f]*"
)
_JOINER = "\u200d"


def breaks(plain: str, width: int) -> list[int]:
    """The offsets at which a text is cut into lines of at most so many cells.

    Spaces at the end of a line count for nothing: whoever prints it strips them.
    """
    if _PLAIN.fullmatch(plain):
        return _between_words(plain, width)
    return _between_clusters(plain, width)


def clusters(plain: str) -> list[int]:
    """Where each of what a reader takes for one character begins."""
    found: list[int] = []
    flags = 0
    before = ""
    for at, character in enumerate(plain):
        flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        if not at or not (_extends(before, character) or (flag and flags % 2)):
            found.append(at)
        flags = flags + 1 if flag else 0
        before = character
    return found


def _extends(before: str, character: str) -> bool:
    if character < "\u0300":
        return False
    if before == _JOINER or character in "\u200c\u200d":
        return True
    if "\u1160" <= character <= "\u11ff":  # vowels and ends of Korean syllables
        return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True
    return category(character)[0] == "M"


def _between_words(plain: str, width: int) -> list[int]:
    found: list[int] = []
    start, end = 0, len(plain.rstrip(" "))
    while end - start > width:
        space = plain.rfind(" ", start, start + width + 1)
        if space < start or plain[start : space + 1].isspace():
            start += width  # a word longer than a line is cut where the line ends
        else:
            start = space + 1
            while plain[start] == " ":
                start += 1
        found.append(start)
    return found


def _between_clusters(plain: str, width: int) -> list[int]:
    found: list[int] = []
    starts = clusters(plain)
    cells = _cells(plain, starts)
    begin = last = used = 0  # numbers of clusters, and cells
    at = 0
    while at < len(starts):
        if at > begin and _may_break(plain, starts, cells, at):
            last = at
        if _is_blank(plain, starts, at):  # may hang over the edge
            used += 1
        elif (used := used + cells[at]) > width and at > begin:
            begin = last if last > begin else _least_bad(plain, starts, begin, at)
            found.append(starts[begin])
            at = last = begin
            used = 0
            continue
        at += 1
    return found


def _is_blank(plain: str, starts: list[int], at: int) -> bool:
    """Whether a cluster is a blank that nothing is set on."""
    end = starts[at + 1] if at + 1 < len(starts) else len(plain)
    return plain[starts[at]] == " " and end - starts[at] == 1


def _cells(plain: str, starts: list[int]) -> list[int]:
    ends = [*starts[1:], len(plain)]
    return [cell_len(plain[start:end]) for start, end in zip(starts, ends, strict=True)]


def _may_break(plain: str, starts: list[int], cells: list[int], at: int) -> bool:
    before, after = plain[starts[at] - 1], plain[starts[at]]
    if after == " ":
        return False
    if before == " ":
        return True
    if before in _NOT_LAST or after in _NOT_FIRST:
        return False
    return cells[at] == 2 or cells[at - 1] == 2


def _least_bad(plain: str, starts: list[int], begin: int, at: int) -> int:
    """Where to cut what has no place to break: before a mark only if there is nothing else."""
    for cut in range(at, begin, -1):
        if plain[starts[cut]] not in _NOT_FIRST and plain[starts[cut - 1]] not in _NOT_LAST:
            return cut
    return at
