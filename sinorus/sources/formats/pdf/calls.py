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
from math import hypot
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
    boxes = np.zeros((len(at), 4), np.float32)
    base = boxes.ctypes.data
    places = range(base, base + 16 * len(at), 16)
    deque(map(loose_box, repeat(text_page), at.tolist(), places), maxlen=0)
    return boxes.astype(np.float64)


class Cell:
    """Room for the numbers that one call gives."""

    def __init__(self) -> None:
        self._doubles = (ctypes.c_double * 4)()
        self._floats = (ctypes.c_float * 6)()
        self._at = [ctypes.addressof(self._doubles) + 8 * number for number in range(4)]

    def ink(self, text_page: int, at: int) -> tuple[float, float, float, float]:
        """The box of the ink of a character: left, right, bottom, top."""
        char_box(text_page, at, *self._at)
        left, right, bottom, top = self._doubles
        return left, right, bottom, top

    def origin(self, text_page: int, at: int) -> tuple[float, float]:
        """Where a character begins on its baseline."""
        origin(text_page, at, self._at[0], self._at[1])
        return self._doubles[0], self._doubles[1]

    def matrix(self, text_page: int, at: int) -> tuple[float, float, float]:
        """How much a character runs to the right, how much upwards, and how much it is enlarged."""
        char_matrix(text_page, at, ctypes.addressof(self._floats))
        right, up, across, high, _, _ = self._floats
        return right, up, hypot(across, high)
