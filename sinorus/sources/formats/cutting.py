"""Where the paragraphs of a plain text begin, by the shape of the whole text."""

from __future__ import annotations

import re
from collections import Counter

from sinorus.sources.formats.layout import BREAKS, ENDS, RUNS_ON, SOFT, WIDE, Layout
from sinorus.sources.formats.openings import (
    DASHES,
    WIDEST_ROW,
    Mark,
    is_capitals,
    is_certain_name,
    is_row,
    is_rule,
    mark_of,
    share_columns,
    speaker_of,
)
from sinorus.sources.formats.pages import fills, interrupted, runs_over
from sinorus.sources.formats.shape import NARROWEST, Shape

_VERSE = 80
"""Columns; the lines of poems and addresses are not longer."""
_BROKEN = 40
"""Columns from which a line of ideographs that ends without a stop is no heading."""
_NUMBERED = 60
"""Columns of a heading that has a number."""
_IDEOGRAPHIC_INDENT = 4
_GOES_ON, _STOPS = 1, 2
# What is known of a line by its link alone, which are numbers from RUNS_ON on: tables to translate.
_WRAPPED = bytes([_GOES_ON, _GOES_ON, _STOPS]).ljust(256, b"\0")
_PROSE = bytes([0, 0, _STOPS]).ljust(256, b"\0")
_VERSES = bytes(256)
_ABBREVIATED = re.compile(
    r"\b(?:[^\W\d_]|Mrs?|Ms|Dr|St|Nos?|vs|vol|pp|Hon|Gen|Col|Sen|Rep|Prof|им|тов|гг|ст)\.\Z"
)


class Cutter:
    """Goes through the lines once; what it knows of the paragraph in hand is in its attributes."""

    def __init__(self, layout: Layout, shape: Shape) -> None:
        self._layout = layout
        self._shape = shape
        self._start = 0
        self._hanging = False
        self._mark: Mark | None = None
        self._numbers: dict[str, int] = {}  # the last number of each style of item
        self._table = False
        self._pages = interrupted(layout, shape)
        self._marked = bytearray(len(layout.at))
        for index in layout.marked:
            self._marked[index] = 1
        self._speakers = self._names() if shape.wrapped or not shape.prose else frozenset()

    def starts(self) -> list[int]:
        """The lines that begin a paragraph, the first among them."""
        layout, shape = self._layout, self._shape
        gaps, most = layout.gaps, shape.spacing
        known = self._known()
        starts = [0]
        self._opened(0)
        for index in range(1, len(gaps)):
            sure = known[index]
            if sure == _GOES_ON and gaps[index] <= most:
                if index == self._start + 1:
                    self._hangs(index)
            elif (sure == _STOPS and (gaps[index] > most or not shape.wrapped)) or self._begins(
                index
            ):
                starts.append(index)
                self._start = index
                self._hanging = False
                self._opened(index)
            elif index == self._start + 1:
                self._hangs(index)
        return starts

    def _known(self) -> bytearray:
        """Of each line whether the paragraph surely goes on, or ended if nothing joins the two."""
        layout, shape = self._layout, self._shape
        if shape.wrapped:
            known = layout.links.translate(_WRAPPED)
        else:
            known = layout.links.translate(_PROSE if shape.prose else _VERSES)
        for index in self._special():
            known[index] = 0
        return known

    def _special(self) -> set[int]:
        """Lines that may be more than text, and those after them."""
        layout = self._layout
        rows = [index for index, text in enumerate(layout.texts) if "   " in text or "\t" in text]
        found = {*layout.marked, *rows, *layout.depths, *layout.pages, *self._pages}
        at = layout.links.find(SOFT) if not self._shape.wrapped else -1
        while at >= 0:
            found.add(at)  # a couplet, perhaps, after which a poem goes on
            at = layout.links.find(SOFT, at + 1)
        found.update([index + 1 for index in found])
        found.discard(len(layout.at))
        found.discard(len(layout.at) + 1)
        return found

    def _begins(self, index: int) -> bool:
        layout, shape = self._layout, self._shape
        if index in self._pages:
            self._table = False
            return self._pages[index]
        before, text = layout.texts[index - 1], layout.texts[index]
        if layout.depths:
            if index in layout.empty:
                return index - 1 not in layout.depths
            if index - 1 in layout.empty or layout.depths.get(index) != layout.depths.get(
                index - 1
            ):
                return True
        gap = not layout.tight(index, shape.spacing) or index in layout.pages
        if is_rule(text):
            return gap or not self._underlines(index)
        if is_rule(before) and len(before) > 0:
            return True
        row = self._in_table(index)
        if row is not None:
            return gap or row
        if gap:
            within = index - 1 > self._start and layout.tight(index - 1, shape.spacing)
            return not runs_over(layout, shape, index - 1, index, within)
        mark = mark_of(text) if self._marked[index] else None
        if mark is not None and (found := self._begins_item(index, mark)) is not None:
            return found
        if self._speakers and layout.links[index] == ENDS and speaker_of(text) in self._speakers:
            return True
        if shape.wrapped:
            return self._wrapped(index)
        return self._unwrapped(index)

    # What an opened paragraph is

    def _opened(self, index: int) -> None:
        mark = mark_of(self._layout.texts[index]) if self._marked[index] else None
        self._mark = mark
        if mark is not None and mark.values:
            last = self._numbers.get(mark.style, 0)
            self._numbers[mark.style] = last + 1 if last + 1 in mark.values else mark.values[-1]

    def _hangs(self, index: int) -> None:
        """Whether the second line of a paragraph says that the others are indented, too."""
        layout, before = self._layout, index - 1
        indents = layout.indents
        if indents[index] < indents[before] + 2:
            return
        if layout.links[index] == ENDS and self._mark is None:
            return
        self._hanging = self._mark is not None or self._is_full(index)

    # What opens one

    def _underlines(self, index: int) -> bool:
        """Whether a rule stands below a line that is a heading."""
        return self._start == index - 1 and self._layout.widths[index - 1] <= _VERSE

    def _is_row(self, index: int) -> bool:
        """Whether a line has columns, by itself or as the one before or after it has them."""
        layout, justified = self._layout, self._shape.justified
        text = layout.texts[index]
        if len(text) > WIDEST_ROW:
            return False
        if "   " not in text and "\t" not in text and "|" not in text and "...." not in text:
            return False
        if is_row(text, justified):
            return True
        beside = [
            layout.texts[at]
            for at in (index - 1, index + 1)
            if 0 <= at < len(layout.at) and layout.tight(max(at, index), self._shape.spacing)
        ]
        return not justified and any(share_columns(text, other) for other in beside)

    def _in_table(self, index: int) -> bool | None:
        """Whether a row of a table begins it, or None if the line is no row."""
        layout = self._layout
        table = self._table
        self._table = False
        if not self._is_row(index):
            return True if table else None
        if table:
            self._table = True
            return False
        following = index + 1 < len(layout.at) and layout.tight(index + 1, self._shape.spacing)
        if not (following and self._is_row(index + 1)):
            if self._start == index - 1 and self._is_row(index - 1):
                return False
            return None
        self._table = True
        return not (self._start == index - 1 and self._is_row(index - 1))

    def _begins_item(self, index: int, mark: Mark) -> bool | None:
        """Whether an item begins here, or None if its mark does not tell."""
        layout, shape = self._layout, self._shape
        kind = layout.links[index]
        before, text = layout.texts[index - 1], layout.texts[index]
        stopped = kind == ENDS or (kind == SOFT and before[-1] not in ",，、")
        stopped = stopped and _ABBREVIATED.search(before[-8:]) is None
        if mark.values:
            if self._numbers.get(mark.style, 0) + 1 in mark.values and (
                stopped or max(mark.values) > 1
            ):
                return True
            if mark.letter:
                listed = stopped and 1 in mark.values and (before[-1] == ":" or text[0].islower())
                return True if listed else None
            if stopped:
                return True if max(mark.values) < 1_000 else None
            short = self._is_short(index)
            return True if short and (min(mark.values) == 1 or self._mark is not None) else None
        same = self._mark is not None and self._mark.style == mark.style
        if mark.style not in DASHES:
            return True
        if mark.style == "-" and same and layout.indents[index] == layout.indents[self._start]:
            return True
        if kind == RUNS_ON or (kind == SOFT and mark.style != "-" and shape.wrapped):
            return mark.style == "-" and self._is_short(index)
        return True if stopped or self._is_short(index) else None

    def _names(self) -> frozenset[str]:
        """The names before a colon that begin a line after a full stop, if two lines do so."""
        layout = self._layout
        counted: Counter[str] = Counter()
        index = layout.links.find(ENDS)
        while index >= 0:
            name = speaker_of(layout.texts[index])
            if name is not None:
                counted[name] += 1
            index = layout.links.find(ENDS, index + 1)
        if sum(counted.values()) < 2:
            return frozenset()
        return frozenset(
            name for name, count in counted.items() if count > 1 or is_certain_name(name)
        )

    # Lines that were wrapped

    def _free(self, index: int) -> int:
        layout = self._layout
        return self._shape.width - layout.widths[index - 1] - layout.needed(index)

    def _is_full(self, index: int) -> bool:
        """Whether the line before had no room for much more."""
        return self._shape.wrapped and self._free(index) < self._shape.width // 4

    def _is_short(self, index: int) -> bool:
        """Whether the line before ends where nobody would have wrapped it."""
        shape = self._shape
        return not shape.wrapped or (shape.even and self._free(index) >= shape.width // 4)

    def _wrapped(self, index: int) -> bool:
        layout, shape = self._layout, self._shape
        kind, indents = layout.links[index], layout.indents
        here, before = indents[index], indents[index - 1]
        if kind in {RUNS_ON, SOFT}:
            return False
        if shape.hanging >= 0:
            outside = here <= shape.hanging
            return outside and (kind != WIDE or here < before)
        if self._hanging:
            return here <= indents[self._start] and (kind != WIDE or here < before)
        if self._mark is not None and here > indents[self._start] and kind != ENDS:
            return False
        if self._by_indent(index):
            return True
        free = self._free(index)
        if kind == ENDS:
            return self._ended(index, free)
        if kind == BREAKS and self._start == index - 1 and self._is_heading(index - 1):
            return not self._is_heading(index)
        if kind == BREAKS:
            return self._broken(index, free)
        return self._start == index - 1 and shape.even and 2 * free >= shape.width

    def _is_heading(self, index: int) -> bool:
        text = self._layout.texts[index]
        return is_capitals(text) and text[-1] not in ".,;-–—，"

    def _by_indent(self, index: int) -> bool:
        layout, shape = self._layout, self._shape
        here, before = layout.indents[index], layout.indents[index - 1]
        kind = layout.links[index]
        ideographic = layout.texts[index][0] >= "\u2e80"
        if ideographic and here >= shape.base + _IDEOGRAPHIC_INDENT:
            if kind == WIDE and here <= before and fills(layout, index - 1, index):
                return False
            roomy = self._free(index) >= (0 if shape.even else shape.width // 4)
            return here > before or kind == ENDS or roomy
        if not shape.by_indent or here <= shape.base:
            if here < before and before > shape.base and kind == ENDS:
                return index - self._start > 1  # after a quotation that is indented as a whole
            return False
        if kind == WIDE:
            return self._start == index - 1 and shape.even and self._free(index) >= 0
        if here > before:
            return True
        if here != before or self._start != index - 1:
            return False
        return kind == ENDS or self._free(index) >= (0 if shape.even else shape.width // 4)

    def _ended(self, index: int, free: int) -> bool:
        """Whether a line that begins after the end of a sentence begins a paragraph."""
        layout, shape = self._layout, self._shape
        before = layout.texts[index - 1]
        if self._is_heading(index) and not is_capitals(before):
            return True
        outside = self._mark is not None and layout.indents[index] <= layout.indents[self._start]
        if outside and not shape.divided and self._is_short(index):
            return _ABBREVIATED.search(before[-8:]) is None
        if not shape.by_length or free < shape.short:
            return False
        if shape.divided and index - 1 > self._start:
            kind = layout.links[index - 1]
            if kind in {BREAKS, ENDS} and self._free(index - 1) >= shape.short:
                return False  # within a poem or an address
        return _ABBREVIATED.search(before[-8:]) is None

    def _broken(self, index: int, free: int) -> bool:
        """Whether a line that begins with a capital after no stop begins a paragraph."""
        layout, shape = self._layout, self._shape
        if not shape.even or free < max(shape.short, 2 * shape.width // 5):
            return False
        if shape.by_length or not shape.divided:
            return True
        # Empty lines divide, but a heading may stand right above its text.
        heading = self._start == index - 1 and layout.texts[index - 1][-1] not in ",-–—"
        after = index + 1
        if not heading or after >= len(layout.at) or not layout.tight(after, shape.spacing):
            return False
        return layout.links[after] in {RUNS_ON, SOFT} and self._is_full(after)

    # Lines that are paragraphs

    def _unwrapped(self, index: int) -> bool:
        layout, shape = self._layout, self._shape
        kind, before = layout.links[index], layout.texts[index - 1]
        width = layout.widths[index - 1]
        narrow = width <= _VERSE and layout.widths[index] <= _VERSE
        if narrow and not shape.prose and (shape.divided or shape.commas):
            return is_capitals(before) != is_capitals(layout.texts[index]) and kind == ENDS
        if kind == RUNS_ON:
            return width < NARROWEST and " " not in before
        if kind == WIDE or (kind == SOFT and before[-1] in ",，、"):
            least = max(_BROKEN, shape.usual // 2)
            marked = width < _NUMBERED and mark_of(before) is not None
            sentences = kind == SOFT or "。" in before or ("，" in before and width >= _BROKEN)
            heading = marked or (width < least and not sentences)
            if heading and not fills(layout, index - 1, index):
                return True
            here, indent = layout.indents[index], layout.indents[index - 1]
            ideographic = layout.texts[index][0] >= "\u2e80"
            return ideographic and here >= _IDEOGRAPHIC_INDENT and here > indent
        return not self._goes_on_as_verse(index)

    def _goes_on_as_verse(self, index: int) -> bool:
        """Whether ideographs stand in narrow lines of one width, the last two a couplet."""
        layout = self._layout
        if index - 1 <= self._start or layout.links[index - 1] != SOFT:
            return False
        first, second, here = layout.widths[index - 2 : index + 1]
        narrow = layout.texts[index][0] >= "\u2e80" and here <= _BROKEN
        return narrow and first == second == here
