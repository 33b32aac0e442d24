"""PDFium, as this reader calls it: a page's characters with boxes and styles, in few calls.

A call through ctypes takes a quarter of a microsecond and a book has two million characters. So
the text of a page is taken in one call, and of the rest only what stands at the two ends of each
piece: a word, a number or a mark, the least that can be set in a style or at a height of its own.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sinorus.sources.formats.pdf.runs import Page, Run, Style

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
HYPHEN = 0xFFFE
"""What PDFium gives for the hyphen of a word that goes on in the next line."""
NOTHING = 0xFFFF
"""Stands for a character that is to be left out."""
_GAP = 0.8
"""Of a size: a wider gap ends a run, for what follows may stand in another column."""
_SHIFT = 0.05
"""Of a size: text whose baseline or size differs by more is a run of its own."""
_BOLD, _FIXED, _ITALIC, _FORCE_BOLD = 600, 1, 64, 1 << 18
"""A weight from which on a font is bold, and bits of the flags of a font."""
_BOLD_NAMES = ("bold", "black", "heavy", "-bd", "cmbx", "demi", "-medi")
_PLAIN_NAMES = ("roman", "regu", "book", "light")
"""Parts of names of fonts, which are believed before their descriptors."""
_TURNED = 0.5
"""Of the pieces of a page: where more run up or down, the page is read turned."""
_RISE, _SMALL_FIGURE, _FIGURE = 0.18, 0.55, 0.6
"""Of a size: how far above the baseline the ink of a raised figure begins and how high it is at
most, and the size that it is then said to have."""
_INK = 0.7
"""Of the height of the last character: a first one that is lower has only the box of its ink."""
_LONGEST = 2_000_000
"""Characters of a page that are read at most."""


def _call(function: object, result: type, *arguments: type) -> Callable[..., Any]:
    """A function of PDFium that takes bare addresses, at half the price of the typed one."""
    address = ctypes.cast(function, _POINTER).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_loose_box = _call(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_char_box = _call(raw.FPDFText_GetCharBox, _INT, _POINTER, _INT, *[_POINTER] * 4)
_origin = _call(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_matrix = _call(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_font_size = _call(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_unicode = _call(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_is_generated = _call(raw.FPDFText_IsGenerated, _INT, _POINTER, _INT)
_object_of = _call(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_font_of = _call(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
_tag_of = _call(raw.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
_ascent = _call(raw.FPDFFont_GetAscent, _INT, _POINTER, ctypes.c_float, _POINTER)
_descent = _call(raw.FPDFFont_GetDescent, _INT, _POINTER, ctypes.c_float, _POINTER)
_flags_of = _call(raw.FPDFFont_GetFlags, _INT, _POINTER)
_weight_of = _call(raw.FPDFFont_GetWeight, _INT, _POINTER)
_name_of = _call(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)


class _Font(NamedTuple):
    """A font: the number of its style, and how much of a loose box is below the baseline."""

    style: int
    below: float


class _Object(NamedTuple):
    """A text object: its font, the number of its marked content or -1, and which way it runs.

    `turn` is 1 for text that runs up the page, -1 for down, else 0.
    """

    style: int
    below: float
    tag: int = -1
    turn: int = 0


class Glyphs:
    """Reads the pages of one open document; `styles` are all that were met."""

    def __init__(self, document: pdfium.PdfDocument, *, tagged: bool = False) -> None:
        self._document = document
        self._tagged = tagged
        self.styles: list[Style] = []
        self._numbers: dict[Style, int] = {}

    def page(self, index: int) -> Page:
        """The runs of a page, in the order of the file. Raises what PDFium raises."""
        page = self._document[index]
        try:
            text_page = page.get_textpage()
            try:
                return self._runs(page, text_page, index)
            finally:
                text_page.close()
        finally:
            page.close()

    def _runs(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, index: int) -> Page:
        width, height = page.get_size()
        left, bottom, right, top = page.get_bbox()
        address = ctypes.cast(text_page.raw, _POINTER).value
        codes = _codes(text_page, address)
        starts, ends = _pieces(codes)
        _drop_made_spaces(codes, address)
        if not len(starts):
            return Page(index, width, height, [], [])
        first = _boxes(address, starts)
        last = _boxes(address, ends - 1)
        mixed = _mixed(codes, starts, ends, first, last)
        if len(mixed):
            starts, ends = _divided(address, starts, ends, mixed)
            first = _boxes(address, starts)
            last = _boxes(address, ends - 1)
        style, below, tags, turns = self._objects(address, starts)
        whole = first[:, 1] - first[:, 3] > _INK * (last[:, 1] - last[:, 3])
        bottom_of = np.where(whole, first[:, 3], last[:, 3])  # of a hyphen PDFium has but its ink
        size = np.where(whole, first[:, 1], last[:, 1]) - bottom_of
        turned: list[Run] = []
        flat = (size > 0.1) & (turns == 0)
        if np.count_nonzero(~flat) > _TURNED * len(flat):
            x0, x1, y, size, flat, width, height = _turned(
                address, starts, ends, turns, (left, bottom, right, top)
            )
        else:
            x0, x1 = first[:, 0] - left, last[:, 2] - left
            y = top - (bottom_of + below * size)
            _raise_figures(address, codes, (starts, ends, y, size), top)
            flat &= (x1 > -1) & (x0 < right - left + 1) & (y > -1) & (y - size < top - bottom + 1)
            width, height = right - left, top - bottom
        keep = np.flatnonzero(flat)
        if len(keep) < len(flat):
            text = _decoded(codes)
            turned = [
                Run(text[starts[at] : ends[at]], 0, 0, 0, 0, 0)
                for at in np.flatnonzero(~flat).tolist()
            ]
            starts, ends, x0, x1, y, size, style = (
                column[keep] for column in (starts, ends, x0, x1, y, size, style)
            )
            tags = tags[keep] if tags is not None else None
        runs = _cut(codes, (starts, ends, x0, x1, y, size, style), tags)
        return Page(index, float(width), float(height), runs, turned)

    def _objects(self, address: int | None, starts: Any) -> tuple[Any, Any, Any, Any]:
        """Of each piece: style, how much is below the baseline, tag (or None), and turn."""
        places = starts.tolist()
        objects = np.array([one or 0 for one in map(_object_of, repeat(address), places)], np.uint64)
        change = np.empty(len(objects), np.bool_)
        change[0] = True
        change[1:] = objects[1:] != objects[:-1]
        first = np.flatnonzero(change)
        known: dict[int, _Object] = {}
        fonts: dict[int, _Font] = {}
        found = []
        for one, at in zip(objects[first].tolist(), starts[first].tolist(), strict=True):
            if one not in known:
                known[one] = self._object(one, fonts)._replace(turn=_turn(address, at))
            found.append(known[one])
        many = np.diff(np.append(first, len(objects)))
        style, below, tag, turn = (
            np.repeat(np.array(column), many) for column in zip(*found, strict=True)
        )
        return style, below, tag if self._tagged else None, turn

    def _object(self, address: int, fonts: dict[int, _Font]) -> _Object:
        font = (_font_of(address) if address else 0) or 0
        if font not in fonts:
            fonts[font] = self._font(font)
        tag = _tag_of(address) if self._tagged and address else -1
        return _Object(*fonts[font], tag)

    def _font(self, address: int) -> _Font:
        if not address:
            return _Font(self._number(Style()), 0.2)
        ascent, descent = ctypes.c_float(), ctypes.c_float()
        _ascent(address, 1.0, ctypes.addressof(ascent))
        _descent(address, 1.0, ctypes.addressof(descent))
        room = ascent.value - descent.value
        below = -descent.value / room if room > 0.1 else 0.0
        buffer = ctypes.create_string_buffer(128)
        _name_of(address, ctypes.addressof(buffer), 128)
        name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
        low = name.lower()
        flags = max(_flags_of(address), 0)
        bold = any(sign in low for sign in _BOLD_NAMES) or (
            not any(sign in low for sign in _PLAIN_NAMES)
            and (_weight_of(address) >= _BOLD or bool(flags & _FORCE_BOLD))
        )
        italic = bool(flags & _ITALIC) or any(
            sign in low for sign in ("italic", "oblique", "-it", "cmti", "cmsl")
        )
        fixed = bool(flags & _FIXED) or any(sign in low for sign in ("mono", "courier", "cmtt"))
        return _Font(self._number(Style(name, bold, italic, fixed)), below)

    def _number(self, style: Style) -> int:
        if style not in self._numbers:
            self._numbers[style] = len(self.styles)
            self.styles.append(style)
        return self._numbers[style]


def _codes(text_page: pdfium.PdfTextPage, address: int | None) -> Any:
    """The code points of a page, one for each character that PDFium counts."""
    size = min(text_page.count_chars(), _LONGEST)
    if size <= 0:
        return np.empty(0, np.uint32)
    buffer = np.zeros(size * 2 + 2, np.uint16)
    into = ctypes.cast(buffer.ctypes.data, ctypes.POINTER(ctypes.c_ushort))
    written = raw.FPDFText_GetText(text_page, 0, size, into)
    codes = buffer[: max(written - 1, 0)].astype(np.uint32)
    if len(codes) != size or ((codes >= 0xD800) & (codes < 0xE000)).any():
        codes = np.fromiter(map(_unicode, repeat(address), range(size)), np.uint32, size)
    codes[codes > 0x10FFFF] = 0xFFFD
    return codes


def _decoded(codes: Any) -> str:
    """The text, one character for each code; what UTF-16 writes as two stays two."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


_OTHER, _MARK, _SPACE = 0, 1, 2
_KINDS = np.zeros(0x10000, np.uint8)
"""What a character is for the cutting of pieces, by its code; above all are `_OTHER`."""
for _sign in "0123456789*†‡§¶#[]()①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
    _KINDS[ord(_sign)] = _MARK
_KINDS[:33] = _SPACE
_KINDS[[0xA0, 0xAD, 0x3000, 0x200B, 0x2028, 0x2029, 0xFEFF]] = _SPACE
_UNTIDY = re.compile("[\ud800-\udfff\uffff\r\n]|  ")
_HYPHENS = np.array([HYPHEN, 0x2D, 0x2010, 0xAD])
_MIXED = 0.15
"""Of its height: characters of a piece that differ by more are not set alike."""
_MOST_MIXED = 3000
"""Pieces of a page that are cut again at most."""

def _pieces(codes: Any) -> tuple[Any, Any]:
    """Where pieces start and end: words, and in them what may be the mark of a note."""
    kind = _KINDS[np.minimum(codes, 0xFFFF)]
    change = np.empty(len(codes) + 1, np.bool_)
    change[0] = change[-1] = True
    change[1:-1] = (kind[1:] != kind[:-1]) | (codes[:-1] == HYPHEN)
    at = np.flatnonzero(change)
    starts, ends = at[:-1], at[1:]
    kept = kind[starts] != _SPACE if len(codes) else np.empty(0, np.bool_)
    return starts[kept], ends[kept]


def _drop_made_spaces(codes: Any, address: int | None) -> None:
    """Blanks out spaces beside Han that PDFium made of the gaps that typesetting leaves there."""
    han = (codes >= 0x2E80) & (codes <= 0x9FFF) | (codes >= 0xFF00) & (codes <= 0xFFEF)
    if not han.any():
        return
    beside = np.flatnonzero((codes[1:-1] == 32) & (han[:-2] | han[2:])) + 1
    for at in beside.tolist():
        if _is_generated(address, at) == 1:
            codes[at] = NOTHING


def _boxes(address: int | None, at: Any) -> Any:
    """The loose boxes of these characters: left, top, right, bottom, in points of the page."""
    boxes = np.zeros((len(at), 4), np.float32)
    base = boxes.ctypes.data
    places = range(base, base + 16 * len(at), 16)
    deque(map(_loose_box, repeat(address), at.tolist(), places), maxlen=0)
    return boxes.astype(np.float64)


def _mixed(codes: Any, starts: Any, ends: Any, first: Any, last: Any) -> Any:
    """The pieces whose ends differ in size or height: in a number there may be the mark of a note.

    Hyphens are passed over, of which PDFium has only the box of their ink.
    """
    high = np.maximum(first[:, 1] - first[:, 3], last[:, 1] - last[:, 3])
    differ = np.abs(first - last)[:, (1, 3)].max(1) > _MIXED * high
    differ &= ends - starts > 1
    inked = np.isin(codes[ends - 1], _HYPHENS) | np.isin(codes[starts], _HYPHENS)
    return np.flatnonzero(differ & ~inked)


def _divided(address: int | None, starts: Any, ends: Any, mixed: Any) -> tuple[Any, Any]:
    """The pieces, those of `mixed` cut where the height of their characters changes."""
    extra: list[int] = []
    for at in mixed.tolist()[:_MOST_MIXED]:
        begin, end = int(starts[at]), int(ends[at])
        boxes = _boxes(address, np.arange(begin, end))
        high = boxes[:, 1] - boxes[:, 3]
        steps = np.abs(np.diff(boxes[:, (1, 3)], axis=0)).max(1)
        change = np.flatnonzero(steps > _MIXED * np.maximum(high[1:], high[:-1]))
        extra += (change + begin + 1).tolist()
    cuts = np.array(extra, starts.dtype)
    return np.sort(np.concatenate([starts, cuts])), np.sort(np.concatenate([ends, cuts]))


def _raise_figures(
    address: int | None, codes: Any, columns: tuple[Any, ...], top: float
) -> None:
    """Makes raised figures small and raised that a font has as glyphs of its own.

    They are digits beside other text whose ink does not come down to the baseline.
    """
    starts, ends, y, size = columns
    digits = (codes[starts] >= 0x30) & (codes[starts] <= 0x39)
    glued = np.zeros(len(starts), np.bool_)
    glued[1:] = starts[1:] == ends[:-1]
    glued[:-1] |= starts[1:] == ends[:-1]
    cells = (ctypes.c_double * 4)()
    at = [ctypes.addressof(cells) + 8 * number for number in range(4)]
    for number in np.flatnonzero(digits & glued).tolist():
        _char_box(address, int(starts[number]), at[0], at[1], at[2], at[3])
        high = size[number]
        rise = cells[2] - (top - y[number])
        if rise > _RISE * high and cells[3] - cells[2] < _SMALL_FIGURE * high:
            y[number] -= rise
            size[number] *= _FIGURE


def _turn(address: int | None, at: int) -> int:
    matrix = (ctypes.c_float * 6)()
    _matrix(address, at, ctypes.addressof(matrix))
    if abs(matrix[1]) <= abs(matrix[0]):
        return 0
    return 1 if matrix[1] > 0 else -1


def _turned(
    address: int | None, starts: Any, ends: Any, turns: Any, bounds: tuple[float, ...]
) -> tuple[Any, ...]:
    """Pieces that run up or down a page, as if the page were turned so that they run right."""
    left, bottom, right, top = bounds
    many = len(starts)
    x0, x1, y, size = (np.zeros(many) for _ in range(4))
    cells = (ctypes.c_double * 6)()
    at = [ctypes.addressof(cells) + 8 * number for number in range(6)]
    matrix = (ctypes.c_float * 6)()
    way = 1 if turns.sum() > 0 else -1
    chosen = turns == way
    for number in np.flatnonzero(chosen).tolist():
        start, end = int(starts[number]), int(ends[number])
        _matrix(address, start, ctypes.addressof(matrix))
        _origin(address, start, at[4], at[5])
        _char_box(address, end - 1, at[0], at[1], at[2], at[3])
        size[number] = abs(matrix[1]) * _font_size(address, start)
        if way > 0:
            x0[number], x1[number] = cells[5] - bottom, cells[3] - bottom
            y[number] = cells[4] - left
        else:
            x0[number], x1[number] = top - cells[5], top - cells[2]
            y[number] = right - cells[4]
    return x0, x1, y, size, chosen & (size > 0.1), top - bottom, right - left


def _cut(codes: Any, columns: tuple[Any, ...], tags: Any) -> list[Run]:
    """The runs: pieces that follow each other on one line, in one style."""
    starts, ends, x0, x1, y, size, style = columns
    if not len(starts):
        return []
    same = np.minimum(size[1:], size[:-1])
    gap = x0[1:] - x1[:-1]
    new = np.empty(len(starts), np.bool_)
    new[0] = True
    new[1:] = (
        (np.abs(y[1:] - y[:-1]) > _SHIFT * same)
        | (np.abs(size[1:] - size[:-1]) > _SHIFT * same)
        | (style[1:] != style[:-1])
        | (gap > _GAP * same)
        | (gap < -_GAP * same)
    )
    if tags is not None:
        new[1:] |= tags[1:] != tags[:-1]
    hyphen = codes[ends - 1] == HYPHEN
    new[1:] |= hyphen[:-1]
    at = np.flatnonzero(new)
    stop = np.append(at[1:], len(starts)) - 1
    text = _decoded(codes)
    found = zip(
        starts[at].tolist(),
        ends[stop].tolist(),
        x0[at].tolist(),
        x1[stop].tolist(),
        y[at].tolist(),
        size[at].tolist(),
        style[at].tolist(),
        tags[at].tolist() if tags is not None else repeat(-1),
        strict=False,
    )
    runs = []
    for begin, end, left, right, line, height, number, tag in found:
        space = begin > 0 and text[begin - 1] in " \u00a0\u3000\t"
        written = text[begin:end]
        if _UNTIDY.search(written):
            written = written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            written = " ".join(written.replace("\uffff", "").split())
        runs.append(Run(written, left, right, line, height, number, tag, space))
    return runs
