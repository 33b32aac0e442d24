"""What stands at the top and foot of the pages of a plain text: numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sinorus.sources.formats.layout import BREAKS, ENDS, RUNS_ON, SOFT, WIDE, Layout
from sinorus.sources.formats.openings import is_capitals, is_row, mark_of
from sinorus.sources.formats.shape import NARROWEST, Shape

_NUMBER = re.compile(
    r"[\[(\-–—\s]*(?:(?:page|p\.|стр\.?|с\.|第)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|из)\s*\d{1,4})?(?:\s*[页頁])?[\])\-–—\s]*\Z",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?:[^\s\d.:]{0,6}\d[\d/.\-]*(?:PV\.\d+)?(?:\s+|\Z)){1,4}\Z")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"(?<![\w])[^\W\d_]{2,}(?!\w)")
_WIDEST = 100
_SHORTEST = 30
_MOST = 4
"""Lines that may stand between two pages."""
_REPEATED = 3
_LONG = 60
"""Columns from which a line that is a paragraph may run on over an empty line."""
_WORD = 12  # columns that a long word needs


def interrupted(layout: Layout, shape: Shape) -> dict[int, bool]:
    """Of the numbers and heads of pages, and the line after them, whether a paragraph begins there.

    None does where a sentence goes on beyond them.
    """
    begins: dict[int, bool] = {}
    for first, last in _breaks(layout, shape.spacing):
        lines = range(first, last + 2)
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
    if kind not in {RUNS_ON, WIDE, BREAKS} or mark_of(layout.texts[after]) is not None:
        return False
    text, width = layout.texts[before], layout.widths[before]
    if width < NARROWEST or (kind == RUNS_ON and " " not in text) or is_row(text, False):
        return False
    if kind == RUNS_ON and (page or after in layout.pages):
        return True
    if layout.indents[after] > layout.indents[before] + 1:
        return False
    if not shape.wrapped:
        return shape.prose and kind != BREAKS and width >= _LONG
    full = shape.width - width - _WORD < shape.width // 5
    if kind == RUNS_ON:
        return full or shape.scattered
    if not (shape.even and full):
        return False
    if not shape.scattered:
        return False
    if kind == BREAKS:
        return within and layout.links[before] in {RUNS_ON, SOFT} and not is_capitals(text)
    return True


def _breaks(layout: Layout, spacing: int) -> Iterator[tuple[int, int]]:
    """The lines, first and last, that may be no text but belong to the pages.

    They are numbers, or stand beside a form feed and have a number, or come again and again with
    other numbers; on one side at least there is an empty line or the end of a page.
    """
    candidates = _beside_gaps(layout, spacing)
    if not candidates:
        return
    often = Counter([_key(layout.texts[index]) for index in candidates])
    found = [index for index in candidates if _is_furniture(layout, index, often)]
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


def _is_furniture(layout: Layout, index: int, often: Counter[str]) -> bool:
    text = layout.texts[index]
    if len(text) <= _SHORTEST and (_NUMBER.match(text) or _NUMBERS.match(text)):
        return True
    if text[-1] in ".!?。":
        return False
    beside = any(place in layout.pages for place in range(index - 1, index + 3))
    if beside and _has_digit(text):
        return True
    return often[_key(text)] >= _REPEATED
