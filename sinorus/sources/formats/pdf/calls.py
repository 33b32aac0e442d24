"""PDFium's functions, as they are called here: with bare addresses, for half the price.

A call through ctypes takes a quarter of a microsecond and a book has two million characters. So
the text of a page is taken in one call, and of the rest only what stands at the two ends of each
piece: a word, a number or a mark, the least that can be set in a style or at a height of its own.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def _call(function: object, result: type, *arguments: type) -> Callable[..., Any]:
    address = ctypes.cast(function, POINTER).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


loose_box = _call(raw.FPDFText_GetLooseCharBox, _INT, POINTER, _INT, POINTER)
char_box = _call(raw.FPDFText_GetCharBox, _INT, POINTER, _INT, *[POINTER] * 4)
origin = _call(raw.FPDFText_GetCharOrigin, _INT, POINTER, _INT, POINTER, POINTER)
char_matrix = _call(raw.FPDFText_GetMatrix, _INT, POINTER, _INT, POINTER)
font_size = _call(raw.FPDFText_GetFontSize, ctypes.c_double, POINTER, _INT)
code_of = _call(raw.FPDFText_GetUnicode, ctypes.c_uint, POINTER, _INT)
is_generated = _call(raw.FPDFText_IsGenerated, _INT, POINTER, _INT)
object_of = _call(raw.FPDFText_GetTextObject, ctypes.c_size_t, POINTER, _INT)
font_of = _call(raw.FPDFTextObj_GetFont, ctypes.c_size_t, POINTER)
tag_of = _call(raw.FPDFPageObj_GetMarkedContentID, _INT, POINTER)
flags_of = _call(raw.FPDFFont_GetFlags, _INT, POINTER)
weight_of = _call(raw.FPDFFont_GetWeight, _INT, POINTER)
name_of = _call(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, POINTER, POINTER, ctypes.c_size_t)


def loose_boxes(text_page: int, at: Any) -> Any:
    """The boxes of these characters as their font has them: left, top, right, bottom, in points."""
    return _rows(loose_box, text_page, at, 4).astype(np.float64)


def matrices(text_page: int, at: Any) -> Any:
    """How these characters run: to the right and upwards along a line, and the same across it."""
    return _rows(char_matrix, text_page, at, 6)[:, :4].astype(np.float64)


def origins(text_page: int, at: Any) -> tuple[Any, Any]:
    """Where these characters begin on their baselines: from the left and from below, in points."""
    places = np.zeros((len(at), 2))
    base = places.ctypes.data
    across, up = (range(base + one, base + one + 16 * len(at), 16) for one in (0, 8))
    deque(map(origin, repeat(text_page), at.tolist(), across, up), maxlen=0)
    return places[:, 0], places[:, 1]


def inks(text_page: int, at: Any) -> tuple[Any, Any]:
    """Where the ink of these characters begins and ends, from below, in points."""
    places = np.zeros((len(at), 4))
    base = places.ctypes.data
    into = (range(base + one, base + one + 32 * len(at), 32) for one in (0, 8, 16, 24))
    deque(map(char_box, repeat(text_page), at.tolist(), *into), maxlen=0)
    return places[:, 2], places[:, 3]


def font_sizes(text_page: int, at: Any) -> Any:
    """The sizes of the fonts of these characters, before their matrix enlarges them."""
    return np.fromiter(map(font_size, repeat(text_page), at.tolist()), np.float64, len(at))


def objects(text_page: int, at: Any) -> Any:
    """The addresses of the text objects that these characters are of; 0 is none."""
    return np.fromiter(map(object_of, repeat(text_page), at.tolist()), np.uint64, len(at))


def _rows(call: Callable[..., Any], text_page: int, at: Any, width: int) -> Any:
    """What a call writes for each character, as rows of so many floats; zeros where it fails."""
    found = np.zeros((len(at), width), np.float32)
    base, step = found.ctypes.data, 4 * width
    places = range(base, base + step * len(at), step)
    deque(map(call, repeat(text_page), at.tolist(), places), maxlen=0)
    return found
