"""The runs of a page: its pieces with places and styles, those that belong together as one."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium

from sinorus.sources.formats.pdf import calls
from sinorus.sources.formats.pdf.fonts import Fonts
from sinorus.sources.formats.pdf.links import led, links_of
from sinorus.sources.formats.pdf.pieces import (
    HYPHEN,
    are,
    codes_of,
    cuts,
    drop_made_spaces,
    end_boxes,
    pieces_of,
    raise_figures,
    text_of,
    unlike,
    untidy,
)
from sinorus.sources.formats.pdf.runs import Page, Run
from sinorus.sources.formats.pdf.structure import elements

_GAP = 0.8
"""Of a size: a wider gap ends a run, for what follows may stand in another column."""
_SHIFT = 0.05
"""Of a size: text whose baseline or size differs by more is a run of its own."""
_TURNED = 0.5
"""Of the pieces of a page: where more run up or down, the page is read turned."""
_LEAST_SIZE = 0.1
"""Points: smaller text is not to be seen."""
_SPACES = (0x20, 0xA0, 0x3000, 0x09)


class _Places(NamedTuple):
    """Of each piece, in points: where it begins and ends, its baseline from above, its size."""

    x0: Any
    x1: Any
    y: Any
    size: Any


class _Objects(NamedTuple):
    """Of each piece, by the text object that it begins in: style, baseline, size, turn and tag.

    A text object is what one instruction shows: it has one font, size and baseline. The baseline
    is from below, as PDFium counts; `turn` is 1 for text that runs up the page, -1 for down.
    """

    style: Any
    y: Any
    size: Any
    turn: Any
    tag: Any


class Glyphs:
    """Reads the pages of one open document; runs have the numbers of the styles of its `fonts`."""

    def __init__(self, document: pdfium.PdfDocument, fonts: Fonts, *, tagged: bool) -> None:
        self._document = document
        self._tagged = tagged
        self._fonts = fonts

    def page(self, index: int) -> Page:
        """The runs of a page, in the order of the file. Raises what PDFium raises."""
        page = self._document[index]
        try:
            text_page = page.get_textpage()
            try:
                return self.read(page, text_page, index)
            finally:
                text_page.close()
        finally:
            page.close()

    def read(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, index: int) -> Page:
        """The runs of an open page."""
        bounds = left, bottom, right, top = page.get_bbox()
        address = ctypes.cast(text_page.raw, calls.POINTER).value or 0
        codes = codes_of(text_page, address)
        starts, ends = pieces_of(codes)
        if not len(starts):
            return Page(index, right - left, top - bottom, [], [])
        drop_made_spaces(codes, address)
        first, last = end_boxes(address, starts, ends)
        extra = cuts(address, starts, ends, unlike(codes, starts, ends, first, last))
        if len(extra):
            starts, first = _with(starts, first, extra, calls.loose_boxes(address, extra))
            ends, last = _with(ends, last, extra, calls.loose_boxes(address, extra - 1))
        objects = self._objects(address, starts, first[:, 3])
        turns = objects.turn
        if np.count_nonzero(turns) > _TURNED * len(turns):
            way = 1 if turns.sum() > 0 else -1
            places = _turned(address, starts, ends, turns == way, way, bounds)
            seen = (turns == way) & (places.size > _LEAST_SIZE)
            width, height = top - bottom, right - left
        else:
            places = _Places(first[:, 0] - left, last[:, 2] - left, top - objects.y, objects.size)
            raise_figures(address, codes, (starts, ends, places.y, places.size), top)
            width, height = right - left, top - bottom
            seen = (turns == 0) & (places.size > _LEAST_SIZE) & _inside(places, width, height)
        hidden = [
            text_of(codes[starts[at] : ends[at]])
            for at in np.flatnonzero(~seen & (turns != 0)).tolist()
        ]
        kept = np.flatnonzero(seen)
        links = links_of(page, bounds)
        leads = led(links, places.x0, places.x1, places.y) if links else objects.tag * 0
        columns = (starts, ends, *places, objects.style, objects.tag, leads)
        runs = _runs(codes, [one[kept] for one in columns], ["", *(link.target for link in links)])
        tree = elements(page) if self._tagged else {}
        return Page(index, width, height, runs, hidden, tree)

    def _objects(self, address: int, starts: Any, bottoms: Any) -> _Objects:
        """What is known of pieces by their text objects; `bottoms` are those of their boxes."""
        objects = _objects_at(address, starts, bottoms)
        change = np.empty(len(objects), np.bool_)
        change[0] = True
        change[1:] = objects[1:] != objects[:-1]
        first = np.flatnonzero(change)
        at, found = starts[first], objects[first].tolist()
        fonts = list(map(calls.font_of, found))
        styles = {font: self._fonts.style(font) for font in dict.fromkeys(fonts)}
        right, up, across, high = calls.matrices(address, at).T
        turn = np.where(np.abs(up) <= np.abs(right), 0, np.where(up > 0, 1, -1))
        size = calls.font_sizes(address, at) * np.hypot(across, high)
        tags = map(calls.tag_of, found) if self._tagged else repeat(-1, len(found))
        columns = (
            np.array([styles[font] for font in fonts]),
            *(calls.origins(address, at)[1], size, turn),
            np.fromiter(tags, np.int64, len(found)),
        )
        many = np.diff(np.append(first, len(objects)))
        return _Objects(*(np.repeat(one, many) for one in columns))


def _with(places: Any, boxes: Any, more: Any, more_boxes: Any) -> tuple[Any, Any]:
    """Places in their order, and the boxes there, with some more."""
    places = np.concatenate([places, more])
    order = np.argsort(places, kind="stable")
    return places[order], np.concatenate([boxes, more_boxes])[order]


def _objects_at(address: int, starts: Any, bottoms: Any) -> Any:
    """The addresses of the text objects in which pieces begin.

    Neighbours with boxes of one bottom are asked for the first and last of them: where these are of
    one object, all are, since an object's characters follow each other.
    """
    new = np.empty(len(starts), np.bool_)
    new[0] = True
    new[1:] = bottoms[1:] != bottoms[:-1]
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(starts)) - 1
    begins = calls.objects(address, starts[first])
    ends = begins.copy()
    far = np.flatnonzero(last != first)
    ends[far] = calls.objects(address, starts[last[far]])
    many = last - first + 1
    objects = np.repeat(begins, many)
    unsure = np.flatnonzero(np.repeat(begins != ends, many))
    if len(unsure):
        objects[unsure] = calls.objects(address, starts[unsure])
    return objects


def _inside(places: _Places, width: float, height: float) -> Any:
    """Whether pieces are on what is seen of the page."""
    x0, x1, y, size = places
    return (x1 > -1) & (x0 < width + 1) & (y > -1) & (y - size < height + 1)


def _turned(
    address: int, starts: Any, ends: Any, chosen: Any, way: int, bounds: tuple[float, ...]
) -> _Places:
    """Pieces that run up (1) or down a page, as if the page were turned so that they run right."""
    left, bottom, right, top = bounds
    x0, x1, y, size = (np.zeros(len(starts)) for _ in range(4))
    at = np.flatnonzero(chosen)
    first, last = starts[at], ends[at] - 1
    _, _, along, over = calls.matrices(address, first).T
    size[at] = np.hypot(along, over) * calls.font_sizes(address, first)
    across, up = calls.origins(address, first)
    low, high = calls.inks(address, last)
    if way > 0:
        x0[at], x1[at], y[at] = up - bottom, high - bottom, across - left
    else:
        x0[at], x1[at], y[at] = top - up, top - low, right - across
    return _Places(x0, x1, y, size)


def _runs(codes: Any, columns: list[Any], targets: Sequence[str]) -> list[Run]:
    """Pieces that follow each other on one line, in one style, as runs."""
    starts, ends, x0, x1, y, size, style, tag, lead = columns
    if not len(starts):
        return []
    same = np.minimum(size[1:], size[:-1])
    gap = x0[1:] - x1[:-1]
    hyphen = codes[ends[:-1] - 1] == HYPHEN
    new = np.empty(len(starts), np.bool_)
    new[0] = True
    new[1:] = (
        (np.abs(y[1:] - y[:-1]) > _SHIFT * same)
        | (np.abs(size[1:] - size[:-1]) > _SHIFT * same)
        | (style[1:] != style[:-1])
        | (tag[1:] != tag[:-1])
        | (lead[1:] != lead[:-1])
        | (np.abs(gap) > _GAP * same)
        | hyphen
    )
    at = np.flatnonzero(new)
    stop = np.append(at[1:], len(starts)) - 1
    begins, stops = starts[at], ends[stop]
    text = text_of(codes)
    written = [text[one:other] for one, other in zip(begins.tolist(), stops.tolist(), strict=True)]
    for number in np.flatnonzero(untidy(codes, begins, stops)).tolist():
        written[number] = _tidy(written[number])
    spaced = (begins > 0) & are(codes[begins - 1], _SPACES)
    leads = lead[at].tolist()
    rows = zip(
        written,
        x0[at].tolist(),
        x1[stop].tolist(),
        *(_shared(one[at].tolist()) for one in (y, size)),
        *(style[at].tolist(), tag[at].tolist()),
        spaced.tolist(),
        [targets[one] for one in leads] if any(leads) else repeat("", len(leads)),
        strict=True,
    )
    return list(map(partial(tuple.__new__, Run), rows))


def _shared(values: list[float]) -> list[float]:
    """The same values, each of them kept once, as those of a line are."""
    kept: dict[float, float] = {}
    return [kept.setdefault(one, one) for one in values]


def _tidy(text: str) -> str:
    """A text without what is no character, and with single spaces."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.replace("\uffff", "").split())
