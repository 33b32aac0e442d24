"""The shape of a whole text: wrapped or one paragraph a line, and what divides its paragraphs.

No block is judged by itself. How often a small letter begins a line says whether lines were
wrapped, and at what widths those lines end that surely do not end a paragraph: what is much
shorter than they are, does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.sources.formats.layout import (
    BREAKS,
    ENDS,
    MOST_COLUMNS,
    RUNS_ON,
    SOFT,
    WIDE,
    Layout,
)

NARROWEST = 30
"""Columns; what is narrower is as likely a list of words or a poem as it is wrapped."""
_SAMPLE = 6_000  # lines that are enough to know a shape by
_WRAPPED = 0.3  # the share of lines that run on from which a text was wrapped
_FULL = 0.9  # and the share of those that were filled where it is smaller
_DOUBLE = 0.25  # lines without an empty one before, to those with one, in double spacing
_OFTEN = 0.15  # of the borders that are known, what else must be as often to be one too
_FALSE = 0.1  # short lines of which so many may be there by chance
_BY_CHANCE = 0.06  # of the lines within paragraphs, so many end with the end of a sentence
_FEW = 20
_ENOUGH = 500  # lines within paragraphs whose widths are measured


class Shape(NamedTuple):
    """What is known of a whole text.

    `spacing`: so many empty lines stand between two lines of one paragraph, 1 in double spacing.
    `width`: columns that lines were wrapped at. `short`: a line that leaves so many columns free
    for the next word is short, and `even` says that lines within paragraphs hardly ever are.
    `by_length`: a short line ends a paragraph; `divided`: empty lines do. `by_indent`: a line
    that begins further right than `base` begins one. `prose`: most lines are whole sentences;
    `commas`: many end within one, as in a poem. `scattered`: many empty lines are within sentences.
    `justified`: most lines have more than one blank between words. `usual`: half of the lines have
    at least so many columns. `hanging`: the indent of lines that begin a paragraph where the others
    stand further right, or -1.
    """

    wrapped: bool
    spacing: int
    width: int
    short: int
    even: bool
    by_length: bool
    divided: bool
    by_indent: bool
    base: int
    prose: bool
    commas: bool
    scattered: bool
    justified: bool
    usual: int
    hanging: int


class _Links(NamedTuple):
    """Lines by how they follow the one before, without an empty line between."""

    on: list[int]
    ends: list[int]
    breaks: list[int]

    @property
    def share(self) -> float:
        return len(self.on) / max(1, len(self.on) + len(self.ends) + len(self.breaks))


def shape_of(layout: Layout) -> Shape:
    """The shape of a text, from at most 6,000 of its lines."""
    sample = _sample(len(layout.at))
    spacing = _spacing(layout, sample)
    links = _links(layout, sample, spacing)
    width = _width(layout, links.on or sample)
    some = links.on[:: len(links.on) // _ENOUGH + 1]
    within = sorted([_free(layout, index, width) for index in some])
    wrapped = _is_wrapped(layout, links, within, width)
    base = _base(layout, links.on)
    gaps = [index for index in sample if layout.gaps[index] > spacing]
    divisions = [index for index in gaps if layout.links[index] in {ENDS, BREAKS}]
    indented = _indented(layout, links, base, len(divisions)) if wrapped else 0
    borders = len(divisions) + indented
    short, even, ending = _short(layout, links, within, width) if wrapped else (width, False, 0)
    by_length = ending > 0 and (
        borders == 0
        or (2 * indented < borders and even and ending >= 3 and ending >= _OFTEN * borders)
    )
    tight = len(links.on) + len(links.ends) + len(links.breaks)
    return Shape(
        wrapped,
        spacing,
        width,
        short,
        even,
        by_length,
        bool(gaps),
        indented > 0,
        base,
        len(links.ends) >= 0.6 * tight,
        _has_commas(layout, sample),
        _scattered(layout, gaps, width),
        3 * ["  " in layout.texts[index] for index in sample].count(True) >= len(sample),
        _quantile([layout.widths[index] for index in sample], 0.5),
        _hanging(layout, links) if wrapped and not indented else -1,
    )


def _sample(count: int) -> Sequence[int]:
    """Lines but the first, in pieces from all over the text if there are too many."""
    if count <= _SAMPLE:
        return range(1, count)
    piece = 500
    step = count * piece // _SAMPLE
    return [
        index
        for start in range(1, count, step)
        for index in range(start, min(start + piece, count))
    ]


def _links(layout: Layout, sample: Sequence[int], spacing: int) -> _Links:
    found = _Links([], [], [])
    texts, kinds, gaps = layout.texts, layout.links, layout.gaps
    widest = _quantile([layout.widths[index] for index in sample], 0.9)
    for index in sample:
        if gaps[index] > spacing:
            continue
        kind = kinds[index]
        if kind in {RUNS_ON, WIDE}:
            enough = layout.widths[index - 1] >= 0.4 * widest
            if enough and (kind == WIDE or " " in texts[index - 1]):
                found.on.append(index)
            else:
                found.breaks.append(index)
        elif kind == ENDS:
            found.ends.append(index)
        elif kind == BREAKS:
            found.breaks.append(index)
    return found


def _spacing(layout: Layout, sample: Sequence[int]) -> int:
    """How many empty lines are no border: 0, or 1 or 2 where sentences mostly run on over them."""
    gaps = [layout.gaps[index] for index in sample]
    fewer = gaps.count(0)
    for gap in (1, 2):
        if gaps.count(gap) < 4 * fewer:
            continue
        lines = [index for index in sample if layout.gaps[index] == gap]
        if len(lines) >= 2 and fewer <= _DOUBLE * len(lines):
            on = [index for index in lines if layout.links[index] in {RUNS_ON, WIDE}]
            width = _width(layout, on)
            free = [_free(layout, index, width) for index in on]
            full = sum(columns < 0.25 * width for columns in free)
            if width >= NARROWEST and len(on) >= _WRAPPED * len(lines) and full >= 0.5 * len(on):
                return gap
        fewer += len(lines)
    return 0


def _is_wrapped(layout: Layout, links: _Links, within: list[int], width: int) -> bool:
    if not within or width >= MOST_COLUMNS:
        return False
    filled = bisect_left(within, 0) * len(links.on) // len(within)
    if links.share >= _WRAPPED:
        # Without one full stop, filled lines alone tell a text from a list of things.
        sentences = (
            links.ends
            or len(links.on) < 3
            or any(". " in layout.texts[index] or "。" in layout.texts[index] for index in links.on)
        )
        return bool(sentences) or 2 * filled >= len(links.on)
    return links.share >= 0.1 and len(links.on) >= 5 and filled >= _FULL * len(links.on)


def _width(layout: Layout, lines: Sequence[int]) -> int:
    """The columns that lines were wrapped at: almost none of those that run on are wider."""
    return _quantile([layout.widths[index - 1] for index in lines], 0.98)


def _quantile(values: list[int], share: float) -> int:
    if not values:
        return 0
    values.sort()
    return values[min(len(values) - 1, int(share * len(values)))]


def _free(layout: Layout, index: int, width: int) -> int:
    """The columns that were left in the line before, had the first word of this stood there."""
    return width - layout.widths[index - 1] - layout.needed(index)


def _base(layout: Layout, on: list[int]) -> int:
    """The indent of most lines that go on with a paragraph."""
    counted = Counter([layout.indents[index] for index in on])
    return counted.most_common(1)[0][0] if counted else 0


def _indented(layout: Layout, links: _Links, base: int, gaps: int) -> int:
    """How many lines begin a paragraph by their indent; 0 if that is not how it is done."""
    indents = layout.indents
    beginning = [
        index for index in links.ends if indents[index] > base and indents[index - 1] <= base
    ]
    within = sum(indents[index] > base >= indents[index - 1] for index in links.on)
    count = len(beginning)
    if count < 3 * within or count < _OFTEN * gaps:
        return 0
    return count


def _hanging(layout: Layout, links: _Links) -> int:
    indents = layout.indents
    deeper = [index for index in links.on if indents[index] >= indents[index - 1] + 2]
    back = sum(indents[index] <= indents[index - 1] - 2 for index in links.ends)
    beginning = sum(indents[index] > indents[index - 1] for index in links.ends)
    if len(deeper) < max(2, 3 * beginning) or 2 * back < len(deeper):
        return -1
    return Counter([indents[index - 1] for index in deeper]).most_common(1)[0][0]


def _short(layout: Layout, links: _Links, within: list[int], width: int) -> tuple[int, bool, int]:
    """From how many free columns on a line is short, whether that is rare, and how many are.

    The lines that run on have the widths of those within paragraphs; among the lines that end a
    sentence, as many as follow from that are there by chance, and the others end paragraphs.
    """
    ending = sorted([_free(layout, index, width) for index in links.ends])
    middle = within[len(within) // 2]
    chance = max(2 * bisect_left(ending, middle), _BY_CHANCE * len(links.on))
    least = 0 if len(within) >= _FEW else width // 10
    even = len(within) - bisect_left(within, width // 4) <= 0.02 * len(within)
    for short in range(least, width):
        count = len(ending) - bisect_left(ending, short)
        if count == 0:
            break
        longer = (len(within) - bisect_left(within, short) + 0.5) / (len(within) + 1)
        if longer * chance <= _FALSE * count:
            return short, even, _standing(layout, links.ends, short, width)
    return width, even, 0


def _standing(layout: Layout, ends: list[int], short: int, width: int) -> int:
    """How many short lines that end a sentence stand after a full one, as in no poem."""
    kinds = layout.links
    return sum(
        _free(layout, index, width) >= short
        and (
            index < 2
            or kinds[index - 1] in {RUNS_ON, SOFT, WIDE}
            or _free(layout, index - 1, width) < short
        )
        for index in ends
    )


def _has_commas(layout: Layout, sample: Sequence[int]) -> bool:
    """Whether many lines end within a sentence, at a comma, as those of poems do."""
    tails = "".join([layout.texts[index - 1][-1] for index in sample])
    return sum(map(tails.count, ",;:，；：、—–")) >= 0.2 * len(sample)


def _scattered(layout: Layout, gaps: list[int], width: int) -> bool:
    """Whether empty lines stand within sentences so often that they are those of pages."""
    on = [
        index
        for index in gaps
        if layout.links[index] in {RUNS_ON, WIDE} and 4 * _free(layout, index, width) < width
    ]
    return len(on) >= 0.25 * len(gaps)
