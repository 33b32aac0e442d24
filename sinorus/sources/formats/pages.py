"""What stands at the top and foot of the pages of a plain text: numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sinorus.sources.formats.layout import ENDS, SOFT, Layout

_NUMBER = re.compile(
    r"[\[(\-–—\s]*(?:(?:page|p\.|стр\.?|с\.|第)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|из)\s*\d{1,4})?(?:\s*[页頁])?[\])\-–—\s]*\Z",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?:[^\s\d.:]{0,6}\d[\d/.\-]*(?:PV\.\d+)?(?:\s+|\Z)){1,4}\Z")
_DIGITS = re.compile(r"\d+")
_WIDEST = 100
_SHORTEST = 30
_MOST = 4
"""Lines that may stand between two pages."""
_REPEATED = 3


def breaks(layout: Layout, spacing: int) -> Iterator[tuple[int, int]]:
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
            if 0 < first and last - first < _MOST and last + 1 < len(layout.at):
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
            if within or index in pages or (len(texts[index]) <= _SHORTEST and _has_digit(texts[index])):
                found.append(index)
    return found


def _has_digit(text: str) -> bool:
    return _DIGITS.search(text) is not None


def _key(text: str) -> str:
    return _DIGITS.sub("#", text[:_WIDEST].lower())


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
