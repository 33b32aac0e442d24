"""What stands at the top and foot of the pages of a plain text: numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sinorus.sources.formats.layout import (
    BREAKS,
    ENDS,
    RUNS_ON,
    SOFT,
    WIDE,
    Layout,
    ends_open,
)
from sinorus.sources.formats.openings import is_capitals, is_row, is_rule, mark_of
from sinorus.sources.formats.shape import NARROWEST, Shape

_NUMBER = re.compile(
    r"[\[(\-–—\s]*(?:(?:page|p\.|стр\.?|с\.|第)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|из)\s*\d{1,4})?(?:\s*[页頁])?[\])\-–—\s]*\Z",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?:[^\s\d.:]{0,6}\d[\d/.\-]*(?:PV\.\d+)?(?:\s+|\Z)){1,4}\Z")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"(?<![\w])[^\W\d_]{4,}(?!\w)")
_NOTE = re.compile(r"[*†‡§¹²³^]|[(\[]?\d{1,3}[)\].]?\s|VOL")
_NOTES = 40  # lines of notes that a page may end with
_UNMARKED = 12  # and of one that has no mark
_WIDEST = 100
_SHORTEST = 30
_MOST = 4
"""Lines that may stand between two pages."""
_REPEATED = 3
_LONG = 60
"""Columns from which a line that is a paragraph may run on over an empty line."""
_CLOSERS = "\"'”’»)]」』）_*"
_WORD = 12  # columns that a long word needs
_FULL = 40  # columns from which a line of ideographs was wrapped, if others are as wide
_ALIKE = 6
_ITEM = re.compile(r"[;,] (?:and|or|и|или)\Z")
_LABEL = 12  # signs that may stand before a colon
_HEADING = re.compile(
    r"\W*(?:正文)?\W*(?:目录)?\W*第?[\d〇零一二三四五六七八九十百]{1,5}[回章节節卷部篇编編]"
)


def interrupted(layout: Layout, shape: Shape) -> dict[int, bool]:
    """Of the numbers and heads of pages, and the line after them, whether a paragraph begins there.

    None does where a sentence goes on beyond them.
    """
    begins: dict[int, bool] = {}
    for index, gap in enumerate(layout.gaps):
        if index > 1 and gap > shape.spacing and layout.links[index] == SOFT:
            above = _above_notes(layout, shape, index, index, Counter())
            begins.update(dict.fromkeys(range(above, index + 1) if above >= 0 else (), False))
    breaks = list(_breaks(layout, shape))
    heads = Counter(_key(text) for first, last in breaks for text in layout.texts[first : last + 1])
    for first, last in breaks:
        lines = range(first, last + 2)
        if (above := _above_notes(layout, shape, first, last + 1, heads)) >= 0:
            begins.update(dict.fromkeys(range(above, last + 2), False))
            continue
        within = first > 1 and layout.tight(first - 1, shape.spacing)
        if runs_over(layout, shape, first - 1, last + 1, within, page=True):
            begins.update(dict.fromkeys(lines, False))
        elif layout.pages.isdisjoint(lines) and (
            all(layout.tight(index, shape.spacing) for index in lines)
            or (layout.tight(first, shape.spacing) and not _is_alone(layout, first))
        ):
            continue  # as likely a number or a name that belongs to the text
        else:
            begins.update({index: not layout.tight(index, 0) for index in lines})
            begins[first] = begins[last + 1] = True
    return begins


def _above_notes(layout: Layout, shape: Shape, first: int, after: int, heads: Counter[str]) -> int:
    """The first line of the notes at the foot of a page that a sentence goes on over, or -1.

    The page ends with the line before `first`, and the next one has its text from `after` on.
    Below a head of many pages a short one needs no mark.
    """
    if layout.link(first - 1, after) != SOFT or "://" in layout.texts[after][:_LABEL]:
        return -1
    headed = any(
        heads[_key(text)] >= _REPEATED and _has_digit(text) and _WORDS.search(text)
        for text in layout.texts[first:after]
    )
    for index in range(first - 1, max(1, first - _NOTES), -1):
        text = layout.texts[index]
        if layout.tight(index, shape.spacing) and not is_rule(text):
            continue
        within = layout.tight(index - 1, shape.spacing)
        if not (is_rule(text) or _NOTE.match(text) or (headed and first - index <= _UNMARKED)):
            break
        if runs_over(layout, shape, index - 1, after, within, page=True):
            return index
    return -1


def _is_alone(layout: Layout, index: int) -> bool:
    return layout.links[index] == ENDS and layout.texts[index].isalnum()


def runs_over(
    layout: Layout, shape: Shape, before: int, after: int, within: bool, *, page: bool = False
) -> bool:
    """Whether a sentence goes on in a line after an empty one, or on another page.

    `within`: the line before is not the first of its paragraph. `page`: a number or a head of a
    page stands between.
    """
    kind = layout.links[after] if after == before + 1 else layout.link(before, after)
    text, width = layout.texts[before], layout.widths[before]
    if kind == SOFT and text[-1] in "，、":
        kind = WIDE
    if kind not in {RUNS_ON, WIDE, BREAKS} or mark_of(layout.texts[after]) is not None:
        return False
    narrow = width < NARROWEST or (kind == RUNS_ON and " " not in text)
    if (narrow and not (page and within and kind == RUNS_ON)) or is_row(text, False):
        return False
    if _ITEM.search(text[-_LABEL:]):
        return False
    if kind == RUNS_ON and (page or after in layout.pages):
        return True
    if layout.indents[after] > layout.indents[before] + 1 and not ends_open(text):
        return False
    if kind == WIDE and fills(layout, before, after):
        return True
    if not shape.wrapped:
        if kind == RUNS_ON and (width >= _WIDEST or (shape.prose and layout.widths[after] > _LONG)):
            return True
        return shape.prose and kind != BREAKS and width >= _LONG
    if kind == RUNS_ON:
        return 2 * width >= shape.width or shape.scattered
    if not (shape.even and shape.width - width - _WORD < shape.width // 5 and shape.scattered):
        return False
    if kind == BREAKS:
        return within and layout.links[before] in {RUNS_ON, SOFT} and not is_capitals(text)
    return True


def fills(layout: Layout, before: int, after: int) -> bool:
    """Whether a line of ideographs is as wide as those around it, as where all were wrapped.

    Not so a heading, or what stands before a colon: lists have lines of one width, too.
    """
    text, width = layout.texts[before], layout.widths[before]
    if not _FULL <= width <= _WIDEST or mark_of(text) is not None or _HEADING.match(text):
        return False
    if "\u3000" in text or "：" in layout.texts[after][:_LABEL]:
        return False
    around = sorted(
        other
        for other in (
            *layout.widths[max(0, before - 3) : before],
            *layout.widths[after : after + 3],
        )
        if other <= _WIDEST
    )
    if len(around) < 2 or around[-1] - around[-2] > _ALIKE:
        return False
    return -2 * _ALIKE <= width - around[-1] <= _ALIKE


def _breaks(layout: Layout, shape: Shape) -> Iterator[tuple[int, int]]:
    """The lines, first and last, that may be no text but belong to the pages.

    They are numbers, or stand beside a form feed and have a number, or come again and again with
    other numbers; on one side at least there is an empty line or the end of a page.
    """
    candidates = _beside_gaps(layout, shape.spacing)
    if not candidates:
        return
    often = Counter([_key(layout.texts[index]) for index in candidates])
    found = [
        index
        for index in candidates
        if _is_furniture(layout, index, often) and not _is_text(layout, shape, index)
    ]
    first = last = -2
    for index in [*found, len(layout.at) + 2]:
        if index != last + 1:
            if first > 0 and last - first < _MOST and last + 1 < len(layout.at):
                yield first, last
            first = index
        last = index


def _beside_gaps(layout: Layout, spacing: int) -> list[int]:
    """Short lines beside an empty line or the end of a page, but for those after a full stop.

    Only what interrupts a sentence is looked for, and numbers.
    """
    gaps, pages, links, texts = layout.gaps, layout.pages, layout.links, layout.texts
    places = {index for index, gap in enumerate(gaps) if gap > spacing}
    places.update([index - 1 for index in places], pages, [index - 1 for index in pages])
    places.update([index + 1 for index in pages], [index - 2 for index in pages])
    last = len(gaps) - 1
    found: list[int] = []
    for index in sorted(places):
        if 0 < index < last and layout.widths[index] <= _WIDEST:
            within = links[index] not in {ENDS, SOFT} or (found and found[-1] == index - 1)
            if (
                within
                or index in pages
                or (len(texts[index]) <= _SHORTEST and _has_digit(texts[index]))
            ):
                found.append(index)
    return found


def _has_digit(text: str) -> bool:
    return _DIGITS.search(text) is not None


def _key(text: str) -> str:
    """What the heads of pages have in common: their words, whatever is made of the numbers."""
    words = _WORDS.findall(text[:_WIDEST].lower())
    return " ".join(words) if words else _DIGITS.sub("#", text[:_WIDEST].lower())


def _is_text(layout: Layout, shape: Shape, index: int) -> bool:
    """Whether a line is as wide as others are and runs on from one to the next of them."""
    if 3 * layout.widths[index] < 2 * shape.usual or "   " in layout.texts[index]:
        return False
    gaps, links = layout.gaps, layout.links
    return any(
        at < len(gaps) and gaps[at] == 0 and links[at] in {RUNS_ON, SOFT, WIDE}
        for at in (index, index + 1)
    )


def _is_furniture(layout: Layout, index: int, often: Counter[str]) -> bool:
    text = layout.texts[index]
    if len(text) <= _SHORTEST and (_NUMBER.match(text) or _NUMBERS.match(text)):
        return True
    if text.rstrip(_CLOSERS)[-1:] in set(".!?…。！？"):
        return False
    beside = any(place in layout.pages for place in range(index - 1, index + 3))
    if beside and _has_digit(text):
        return True
    return often[_key(text)] >= _REPEATED
