"""What is on a page: runs of text in one style on one line, and their styles.

Lengths are points (1/72 inch). `x` grows to the right and `y` downwards from the upper left corner
of what is seen of a page; the `y` of text is that of its baseline.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sinorus.sources.formats.pdf.structure import Element


class Style(NamedTuple):
    """How a font looks; its size is that of a run."""

    font: str = ""
    bold: bool = False
    italic: bool = False
    fixed: bool = False


class Run(NamedTuple):
    """Text of one style on one line without a wide gap.

    `x0` and `x1` are where it begins and ends, `y` its baseline, `size` that of the font as drawn,
    `style` a number in `Fonts.styles`, `tag` the number of its marked content on the page or -1,
    `space` whether white space stands before it in the file, `link` where it leads, else empty.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    style: int
    tag: int = -1
    space: bool = False
    link: str = ""


class Page(NamedTuple):
    """A page, its number from 0: its size and its runs in the order of the file.

    `turned` are pieces that run up or down it, as stamps at a margin do; they have no places.
    `elements` are those of its structure tree, by the tags of runs.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    turned: list[str]
    elements: Mapping[int, Element] = MappingProxyType({})
