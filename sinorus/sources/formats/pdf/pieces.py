"""Pieces of the text of a page, which are cut before it is known where they stand.

A piece is a word, a number or a mark. Those whose two ends are not set alike are cut again, so that
the mark of a note is a piece of its own also within a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from sinorus.sources.formats.pdf import calls

HYPHEN = 0xFFFE
"""What PDFium gives for the hyphen of a word that goes on in the next line."""
NOTHING = 0xFFFF
"""Stands for a character that is to be left out."""
_LONGEST = 2_000_000
"""Characters of a page that are read at most."""
_OTHER, _MARK, _SPACE = 0, 1, 2
_KINDS = np.zeros(0x10000, np.uint8)
"""What a character is for the cutting of pieces, by its code; those above are `_OTHER`."""
for _sign in "0123456789*†‡§¶#[]()①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
    _KINDS[ord(_sign)] = _MARK
_KINDS[:33] = _SPACE
_KINDS[[0xA0, 0xAD, 0x3000, 0x200B, 0x2028, 0x2029, 0xFEFF]] = _SPACE
_HYPHENS = (HYPHEN, 0x2D, 0x2010, 0xAD)
_MIXED = 0.15
"""Of its height: characters of a piece that differ by more are not set alike."""
_MOST_MIXED = 3000
"""Pieces of a page that are cut again at most."""
_RISE, _SMALL_FIGURE, _FIGURE = 0.18, 0.55, 0.6
"""Of a size: how far above the baseline the ink of a raised figure begins and how high it is at
most, and the size that it is then said to have."""


def codes_of(text_page: pdfium.PdfTextPage, address: int) -> Any:
    """The codes of the characters of a page; what UTF-16 writes as two of them may be two."""
    size = min(text_page.count_chars(), _LONGEST)
    if size <= 0:
        return np.empty(0, np.uint32)
    buffer = np.zeros(size * 2 + 2, np.uint16)
    into = buffer.ctypes.data_as(raw.FPDFText_GetText.argtypes[3])
    written = raw.FPDFText_GetText(text_page, 0, size, into)
    codes = buffer[: max(written - 1, 0)].astype(np.uint32)
    if len(codes) != size:
        codes = np.fromiter(map(calls.code_of, repeat(address), range(size)), np.uint32, size)
        codes[codes > 0x10FFFF] = 0xFFFD
    return codes


def text_of(codes: Any) -> str:
    """The text, one character for each code."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")  # type: ignore[no-any-return]


def drop_made_spaces(codes: Any, address: int) -> None:
    """Blanks out spaces beside Han that PDFium made of the gaps that typesetting leaves there."""
    han = (codes >= 0x2E80) & (codes <= 0x9FFF) | (codes >= 0xFF00) & (codes <= 0xFFEF)
    if not han.any():
        return
    beside = np.flatnonzero((codes[1:-1] == 32) & (han[:-2] | han[2:])) + 1
    for at in beside.tolist():
        if calls.is_generated(address, at) == 1:
            codes[at] = NOTHING


def pieces_of(codes: Any) -> tuple[Any, Any]:
    """Where pieces start and end."""
    kind = _KINDS[np.minimum(codes, 0xFFFF)]
    change = np.empty(len(codes) + 1, np.bool_)
    change[0] = change[-1] = True
    change[1:-1] = (kind[1:] != kind[:-1]) | (codes[:-1] == HYPHEN)
    at = np.flatnonzero(change)
    starts, ends = at[:-1], at[1:]
    kept = kind[starts] != _SPACE if len(codes) else np.empty(0, np.bool_)
    return starts[kept], ends[kept]


def end_boxes(address: int, starts: Any, ends: Any) -> tuple[Any, Any]:
    """The boxes of the first and of the last character of each piece."""
    first = calls.loose_boxes(address, starts)
    last = first.copy()
    longer = np.flatnonzero(ends - starts > 1)
    last[longer] = calls.loose_boxes(address, ends[longer] - 1)
    return first, last


def untidy(codes: Any, starts: Any, ends: Any) -> Any:
    """Whether these stretches have what is no character, line ends or two spaces in them."""
    surrogate = (codes >= 0xD800) & (codes <= 0xDFFF)
    bad = surrogate | are(codes, (NOTHING, 10, 13))
    bad[:-1] |= (codes[:-1] == 32) & (codes[1:] == 32)
    many = np.append(0, np.cumsum(bad))
    return many[ends] > many[starts]


def unlike(codes: Any, starts: Any, ends: Any, first: Any, last: Any) -> Any:
    """The pieces whose ends differ in size or height, by their boxes.

    Hyphens are passed over, of which PDFium has only the box of their ink.
    """
    (_, top, _, bottom), (_, other_top, _, other_bottom) = first.T, last.T
    most = _MIXED * np.maximum(top - bottom, other_top - other_bottom)
    differ = (np.abs(top - other_top) > most) | (np.abs(bottom - other_bottom) > most)
    found = np.flatnonzero(differ & (ends - starts > 1))
    if not len(found):
        return found
    hyphens = are(codes[ends[found] - 1], _HYPHENS) | are(codes[starts[found]], _HYPHENS)
    return found[~hyphens]


def are(codes: Any, signs: Iterable[int]) -> Any:
    """Whether each code is one of few signs; `np.isin` takes as long as all else of a page."""
    found = np.zeros(len(codes), np.bool_)
    for sign in signs:
        found |= codes == sign
    return found


def cuts(address: int, starts: Any, ends: Any, mixed: Any) -> Any:
    """Where in these pieces another text object begins, which may be set in another way."""
    extra: list[int] = []
    for at in mixed.tolist()[:_MOST_MIXED]:
        before = 0
        for place in range(int(starts[at]), int(ends[at])):
            one = calls.object_of(address, place)
            if before and one and one != before:
                extra.append(place)
            before = one or before
    return np.array(extra, starts.dtype)


def raise_figures(address: int, codes: Any, columns: tuple[Any, ...], top: float) -> None:
    """Makes raised figures small and raised that a font has as glyphs of its own.

    They are digits beside other text whose ink does not come down to the baseline.
    """
    starts, ends, y, size = columns
    digits = (codes[starts] >= 0x30) & (codes[starts] <= 0x39)
    glued = np.zeros(len(starts), np.bool_)
    glued[1:] = starts[1:] == ends[:-1]
    glued[:-1] |= glued[1:]
    figures = np.flatnonzero(digits & glued)
    if not len(figures):
        return
    bottom, upper = calls.inks(address, starts[figures])
    high = size[figures]
    rise = bottom - (top - y[figures])
    raised = (rise > _RISE * high) & (upper - bottom < _SMALL_FIGURE * high)
    y[figures[raised]] -= rise[raised]
    size[figures[raised]] *= _FIGURE
