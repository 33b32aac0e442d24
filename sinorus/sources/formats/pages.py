"""What stands at the top and foot of the pages of a plain text: numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sinorus.sources.formats.layout import Layout

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
    at, widths, pages = layout.at, layout.widths, layout.pages
    short = [index for index, width in enumerate(widths) if width <= _WIDEST]
    count = len(at)
    found = []
    near = -2
    for index in short:
        after = index + 1 < count and (
            at[index + 1] - at[index] - 1 > spacing or index + 1 in pages
        )
        if index == near + 1 and index == 0:
            continue
        before = index > 0 and (at[index] - at[index - 1] - 1 > spacing or index in pages)
        if before or after or index - 1 in pages or index + 2 in pages:
            found.append(index)
            near = index
    return found


def _key(text: str) -> str:
    return _DIGITS.sub("#", text[:_WIDEST].lower())


def _is_furniture(layout: Layout, index: int, often: Counter[str]) -> bool:
    text = layout.texts[index]
    if len(text) <= _SHORTEST and (_NUMBER.match(text) or _NUMBERS.match(text)):
        return True
    if text[-1] in ".!?。":
        return False
    beside = any(place in layout.pages for place in range(index - 1, index + 3))
    if beside and any(map(str.isdigit, text)):
        return True
    return often[_key(text)] >= _REPEATED
