"""Links: the rectangles of a page that lead to an address outside of the file."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST = 500
"""Links of a page that are read at most."""
_LONGEST = 2000
"""Bytes of an address that is kept."""
_REACH = 2.0
"""Points by which a baseline may stand outside of its link."""


class Link(NamedTuple):
    """A rectangle in points from the upper left corner of the page, and where it leads."""

    x0: float
    x1: float
    top: float
    bottom: float
    target: str


def links_of(page: pdfium.PdfPage, bounds: Sequence[float]) -> list[Link]:
    """The links of a page with these bounds (left, bottom, right, top) that have an address."""
    found: list[Link] = []
    left, _, _, top = bounds
    at, link, rectangle = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_MOST):
        if not raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
            break
        target = _target(page, link)
        if target and raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rectangle)):
            high, low = top - rectangle.top, top - rectangle.bottom
            found.append(Link(rectangle.left - left, rectangle.right - left, high, low, target))
    return found


def _target(page: pdfium.PdfPage, link: Any) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    if not 1 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
    address = buffer.value.decode("utf-8", "replace").strip()
    return address if address.isprintable() else ""


def led(links: Sequence[Link], x0: Any, x1: Any, y: Any) -> Any:
    """For each piece of text the number of the link that it stands in, from 1, else 0."""
    found = np.zeros(len(x0), np.int64)
    middle = (x0 + x1) / 2
    for number, link in enumerate(links, 1):
        across = (middle > link.x0) & (middle < link.x1)
        found[across & (y > link.top) & (y < link.bottom + _REACH)] = number
    return found
