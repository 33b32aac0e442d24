"""How the lines of a plain text stand: where each begins and ends, and how each follows the last.

Everything is kept by columns, one value a line that has visible characters, and is found by
functions that run in C, so that a text of many short lines is read as fast as one of long ones.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from itertools import compress
from operator import add, itemgetter, ne

from sinorus.sources.formats.lines import columns

RUNS_ON, SOFT, ENDS, BREAKS, WIDE = range(5)
"""How a line follows the one before, by the sign at the end of that and its own first letter.

`RUNS_ON`: a small letter after no full stop; `SOFT`: a small letter after a full stop, or a comma
within a script that has no small letters; `ENDS`: no small letter after a full stop or a colon;
`BREAKS`: no small letter, and no full stop either; `WIDE`: a script without small letters goes on.
"""

MOST_COLUMNS = 400
"""Lines are measured up to here; none is wrapped at more."""
_TAB = 8
_WIDE = "\u2e80"  # before it hardly a character is two columns wide

_LOWER, _UPPER, _CASELESS, _SIGN, _OTHER = range(5)
_LETTER, _CASELESS_LETTER, _COMMA, _COLON, _STOP, _CLOSER, _DIGIT = range(7)
_OPENERS = "\"'“‘„«‹([{「『（《〈【—–-_*¿¡"
_CLOSERS = "\"'”’»›)]}」』）》〉】_*"
_STOPS = ".!?…。！？‽؟।"
_COMMAS = ",、，—–~～-‐\u00ad¬"
_COLONS = ":：;；"


class _Heads(dict[str, int]):
    """What a first character is; asked once for each character."""

    def __missing__(self, character: str) -> int:
        if character in _OPENERS:
            kind = _SIGN
        elif not character.isalpha():
            kind = _OTHER
        elif character.islower():
            kind = _LOWER
        else:
            kind = _UPPER if character.isupper() or character.istitle() else _CASELESS
        self[character] = kind
        return kind


class _Tails(dict[str, int]):
    """What a last character is."""

    def __missing__(self, character: str) -> int:
        kind = _LETTER
        for signs, found in ((_STOPS, _STOP), (_COLONS, _COLON), (_COMMAS, _COMMA)):
            if character in signs:
                kind = found
        if character in _CLOSERS:
            kind = _CLOSER
        elif character.isalpha() and HEADS[character] == _CASELESS:
            kind = _CASELESS_LETTER
        elif character.isdigit() or "\ue000" <= character <= "\uf8ff":
            kind = _DIGIT
        self[character] = kind
        return kind


HEADS, TAILS = _Heads(), _Tails()
_LINKS = {
    _LETTER: (RUNS_ON, BREAKS, WIDE, BREAKS, BREAKS),
    _CASELESS_LETTER: (WIDE, WIDE, WIDE, WIDE, WIDE),
    _COMMA: (RUNS_ON, BREAKS, SOFT, BREAKS, BREAKS),
    _COLON: (SOFT, ENDS, ENDS, ENDS, ENDS),
    _STOP: (SOFT, ENDS, ENDS, ENDS, ENDS),
    _CLOSER: (RUNS_ON, BREAKS, WIDE, BREAKS, BREAKS),
    _DIGIT: (RUNS_ON, BREAKS, WIDE, BREAKS, BREAKS),
}
_AFTER = bytes(kind for tail in range(7) for kind in _LINKS[tail])
_NOTE_MARK = re.compile(r"(?:[\[(（［〔]?[\d²³¹①-⑳\ue000-\uf8ff]{1,3}[\])）］〕]?)+\Z")
"""The mark of a note, or a sign that nobody sees, right behind the end of a sentence."""
_FIRST_LETTER = re.compile(r"[^\W_]")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_OPEN_WORDS = frozenset(
    (
        *("an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "into", "upon"),
        *("and", "or", "nor", "but", "that", "which", "whose", "as", "than", "is", "are", "was"),
        *("were", "be", "been", "has", "have", "had", "his", "her", "its", "their", "our", "my"),
        *("your", "this", "these", "between", "under", "over", "и", "в", "во", "на", "с", "со"),
        *("к", "ко", "о", "об", "от", "из", "до", "за", "для", "по", "при", "под", "над", "без"),
        *("у", "не", "но", "а", "что", "как", "или", "между", "через"),
    )
)
"""Words that end no sentence, no heading and no line of an address."""
_POINTS = frozenset(".)．）")
_HAN = frozenset("一二三四五六七八九十")
_HYPHENS = frozenset("-\u00ad\u2010¬")
_LOOK = 12  # signs that may stand around a letter


@dataclass(slots=True)
class Layout:
    """The lines of a text that have visible characters, by columns.

    `at` are their places among the physical lines, `gaps` how many empty lines stand before each,
    `texts` what is between the white space;
    `indents` and `widths` (with the indent) count columns; `links` says how each follows the one
    before. Before a line in `pages` a page ends; `depths` has how deep a line is quoted by `>`,
    if it is, and `empty` those that have only such marks; `led` is 1 where white space stands
    first. `marked` are lines that may begin with the mark of an item.
    """

    at: list[int]
    gaps: list[int]
    texts: list[str]
    indents: array[int]
    widths: array[int]
    links: bytearray
    led: bytearray
    marked: list[int]
    pages: set[int] = field(default_factory=set)
    depths: dict[int, int] = field(default_factory=dict)
    empty: set[int] = field(default_factory=set)

    def tight(self, index: int, spacing: int) -> bool:
        """Whether no more empty lines than `spacing` stand before a line."""
        return self.gaps[index] <= spacing

    def link(self, before: int, after: int) -> int:
        """How one line follows another one, whatever stands between."""
        texts = [self.texts[before], self.texts[after]]
        return _links(texts, bytearray(HEADS[text[0]] for text in texts), [1])[1]

    def needed(self, index: int) -> int:
        """The columns that the first word of a line would have needed in the line before."""
        text = self.texts[index]
        if text[0] >= "\u1100" or self.texts[index - 1][-1] >= "\u3000":
            return 4  # one ideograph, and one more that may not begin or end a line
        end = text.find(" ", 0, 40)
        return 1 + (end if end >= 0 else min(len(text), 40))


def read_layout(lines: list[str]) -> Layout:
    """The layout of physical lines, in time in proportion to their characters."""
    stripped = list(map(str.strip, lines))
    texts = list(filter(None, stripped))
    at = list(compress(range(len(lines)), stripped))
    firsts = [text[0] for text in texts]
    heads = bytearray(map(HEADS.__getitem__, firsts))
    second = [text[1:2] for text in texts]
    marked = [
        index
        for index, head in enumerate(heads)
        if head >= _SIGN or second[index] in _POINTS or firsts[index] in _HAN
    ]
    indents = array("i", [0]) * len(at)
    led = bytearray(map(ne, map(itemgetter(0), compress(lines, stripped)), firsts))
    index = led.find(1)
    while index >= 0:
        indents[index] = _indent(lines[at[index]])
        index = led.find(1, index + 1)
    depths, empty = _quoted(texts, marked)
    bare = texts
    if depths:
        bare = texts.copy()
        for index in depths:
            bare[index] = _QUOTED.sub("", texts[index], count=1).lstrip() or "."
            heads[index] = HEADS[bare[index][0]]
    links = _links(bare, heads, marked)
    gaps = [here - before - 1 for before, here in zip([-MOST_COLUMNS, *at], at, strict=False)]
    widths = _widths(texts, indents)
    return Layout(
        at, gaps, bare, indents, widths, links, led, marked, _pages(lines, at), depths, empty
    )


def _indent(physical: str) -> int:
    """The columns of white space before the text; the ideographic space is two."""
    indent = 0
    for character in physical:
        if character == "\t":
            indent += _TAB - indent % _TAB
        elif character == "\u3000":
            indent += 2
        elif not character.isspace():
            break
        elif character != "\f":
            indent += 1
        if indent > MOST_COLUMNS:
            break
    return indent


def _widths(texts: list[str], indents: array[int]) -> array[int]:
    found = list(map(len, texts))
    if not all(map(str.isascii, texts)):
        found = [
            length
            if length > MOST_COLUMNS
            or (text[0] < _WIDE and text[-1] < _WIDE and text[length >> 1] < _WIDE)
            else columns(text)
            for text, length in zip(texts, found, strict=True)
        ]
    widths = array("i", map(add, found, indents))
    if max(widths, default=0) > MOST_COLUMNS:
        widths = array("i", [width if width < MOST_COLUMNS else MOST_COLUMNS for width in widths])
    return widths


def _links(texts: list[str], heads: bytearray, marked: list[int]) -> bytearray:
    for index in marked:
        if heads[index] == _LOWER and texts[index][1:2] in _POINTS and texts[index][2:3] == " ":
            heads[index] = _OTHER  # `a)`
    tails = bytearray(map(TAILS.__getitem__, [text[-1] for text in texts]))
    at = heads.find(_SIGN)
    while at >= 0:
        found = _FIRST_LETTER.search(texts[at], 0, _LOOK)
        heads[at] = HEADS[found.group()] if found else _OTHER
        at = heads.find(_SIGN, at + 1)
    at = tails.find(_CLOSER)
    while at >= 0:
        inner = texts[at][-_LOOK:].rstrip(_CLOSERS + " ")
        if inner:
            tails[at] = TAILS[inner[-1]]
        at = tails.find(_CLOSER, at + 1)
    at = tails.find(_DIGIT)
    while at >= 0:
        inner = _NOTE_MARK.sub("", texts[at][-_LOOK:].rstrip(_CLOSERS)).rstrip(_CLOSERS)
        if inner and TAILS[inner[-1]] == _STOP:
            tails[at] = _STOP
        at = tails.find(_DIGIT, at + 1)
    links = bytearray([ENDS])
    links += bytes([_AFTER[5 * tail + head] for tail, head in zip(tails, heads[1:], strict=False)])
    at = links.find(BREAKS)
    while at >= 0:
        if ends_open(texts[at - 1]):
            links[at] = RUNS_ON
        at = links.find(BREAKS, at + 1)
    return links


def ends_open(text: str) -> bool:
    """Whether a line ends with a word that no sentence ends with, or within a word."""
    end = text[-_LOOK:]
    return end.rsplit(" ", 1)[-1] in _OPEN_WORDS or (end[-1] in _HYPHENS and end[-2:-1].isalpha())


def _pages(lines: list[str], at: list[int]) -> set[int]:
    """The lines before which a form feed stands, on a line of its own or at either end of one."""
    breaks = [place for place, line in enumerate(lines) if "\f" in line]
    pages: set[int] = set()
    index = 0
    for place in breaks:
        while index < len(at) and at[index] < place:
            index += 1
        line = lines[place]
        visible = index < len(at) and at[index] == place
        if not visible or "\f" in line[: len(line) - len(line.lstrip())]:
            pages.add(index)
        if visible and "\f" in line[len(line.rstrip()) :]:
            pages.add(index + 1)
    return pages


def _quoted(texts: list[str], marked: list[int]) -> tuple[dict[int, int], set[int]]:
    depths: dict[int, int] = {}
    empty: set[int] = set()
    for index in marked:
        marks = _QUOTED.match(texts[index])
        if marks is not None:
            depths[index] = marks.group().count(">")
            if marks.end() == len(texts[index]):
                empty.add(index)
    return depths, empty
