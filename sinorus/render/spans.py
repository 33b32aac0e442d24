"""The text of a paragraph cut at its matches, safe to print."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache

from sinorus.model import Paragraph, Span
from sinorus.render.visible import many_lines, one_line

Piece = tuple[str, bool]
"""A stretch of printable text, and whether it is a match."""

_IDEOGRAPHIC = (
    r"[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


@cache
def _han_break() -> re.Pattern[str]:
    """Matches a line break between two Han characters; compiled late, as that takes 3 ms."""
    return re.compile(rf"(?<={_IDEOGRAPHIC})\r?\n(?={_IDEOGRAPHIC})")


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """The spans inside a text of that length, sorted; those that touch or overlap are one."""
    found: list[Span] = []
    for start, end in sorted((max(start, 0), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text on one line, cut at its spans; newlines become spaces. No piece is empty."""
    found: list[Piece] = []
    at = 0
    for start, end in merged(spans, len(text)):
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    found.append((text[at:], False))
    # Cut first and clean afterwards: cleaning changes lengths, and the spans count the original.
    return [(one_line(part), marked) for part, marked in found if part]


def reflowed_pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The same as prose: a line break between two Han characters is dropped, not a space."""
    breaks = _han_break().finditer(text) if "\n" in text else ()
    gone = [at for break_ in breaks for at in range(*break_.span())]
    if not gone:
        return pieces(text, spans)
    moved = [
        (start - bisect_left(gone, start), end - bisect_left(gone, end)) for start, end in spans
    ]
    return pieces(_han_break().sub("", text), moved)


def reflowed(text: str) -> str:
    """The whole text as `reflowed_pieces` has it, without spans."""
    return "".join(part for part, _ in reflowed_pieces(text, ()))


def printable(
    text: str, offsets: Iterable[int], *, lines: bool = False, tab: str = " "
) -> tuple[str, dict[int, int]]:
    """The text as prose, safe to print, and where in it each of some offsets into the text is.

    With `lines` its own lines are kept; `tab` is what a tab becomes then.
    """
    breaks = _han_break().finditer(text) if "\n" in text and not lines else ()
    gone = [at for break_ in breaks for at in range(*break_.span())]
    kept = _han_break().sub("", text) if gone else text
    parts: list[str] = []
    where: dict[int, int] = {}
    at = size = 0

    def clean(part: str) -> str:
        return many_lines(part.replace("\t", tab)) if lines else one_line(part)

    # Cut first and clean afterwards: cleaning changes lengths, and the offsets count the original.
    for offset in sorted(set(offsets)):
        end = offset - bisect_left(gone, offset)
        parts.append(clean(kept[at:end]))
        size += len(parts[-1])
        where[offset], at = size, end
    return "".join([*parts, clean(kept[at:])]), where


def standing(paragraph: Paragraph, line: int | None = None) -> str:
    """Where it stands, as people and grep say it: `12` on a line, `p. 7` on a page, or empty.

    `line` is to be said in place of that on which the paragraph begins.
    """
    if paragraph.line:
        return str(line or paragraph.line)
    label = one_line(paragraph.page_label or "").strip() or paragraph.page
    return f"p. {label}" if label else ""


def place(paragraph: Paragraph, offset: int) -> tuple[int, int]:
    """Line in the file and UTF-8 byte column on it, both from 1, of an offset into the text.

    Of no use where the file has no lines.
    """
    if paragraph.places:
        at = bisect_right(paragraph.places, offset, key=lambda place: place.start)
        begin, line, column = paragraph.places[max(at - 1, 0)]
    else:
        begin = paragraph.text.rfind("\n", 0, offset) + 1
        line, column = paragraph.line + paragraph.text.count("\n", 0, offset), 0
    before = len(paragraph.text[begin:offset].encode("utf-8", "surrogatepass"))
    return line, column + before + 1
