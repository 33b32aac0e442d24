"""Paragraphs: which lines belong together, by indents, gaps, short last lines and styles.

Lines are compared in pairs. In one column, a paragraph ends where the next line is set in another
size, stands further below than usual, is indented, or where its own line ends so early that the
first word of the next would have had room. Over the border of a column or page, where no gap is to
be seen, only the indent and the short line tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.model import Kind
from sinorus.sources.formats.pdf.columns import Column
from sinorus.sources.formats.pdf.lines import Line, has_ended, is_wide
from sinorus.sources.formats.pdf.measures import Frame, Measures
from sinorus.sources.formats.pdf.runs import Style

_SIZES = 0.07
"""Of a size: lines that differ by more are not of one paragraph."""
_INDENT = 0.45
"""Of a size: a line that begins so much further in is indented."""
_SAME = 1.5
"""Points by which lines that begin below each other differ."""
_GAP, _WEAK_GAP = 1.3, 1.1
"""Of the leading: a gap between paragraphs, and one that needs another sign."""
_FAR = 1.9
"""Of the leading: nothing goes on over more than that."""
_SHORT = 1.0
"""Of a size: in justified text, a line that ends so much before the edge is a last line."""
_LITTLE = 0.6
"""Of the width of a column: a line that fills less is a last line, whatever follows."""
_DISPLAY = 1.12
"""Of the size of the text: what is larger is a heading, whose lines end where they look well."""
_WIDER, _WORD_SPACE = 1.12, 0.4
"""Times the width of a word by its letters, and of a size: room that it surely has."""
_LINES_OF_A_PARAGRAPH = 40
"""Lines of a text in which there is at least one indent or gap, if these mark its paragraphs."""
_HANG = 4.0
"""Of a size: so far at most the lines of an item stand in behind its number."""
_CENTRED = 3.0
"""Points by which the middles of two centred lines differ."""
_BULLET = re.compile(
    r"[•◦▪▫‣∙●○■□➢➤✓❖\uf0b7\uf0a7\uf0d8\uf02d](?=\s|\Z)|[•●▪■\uf0b7\uf0a7]|[-–—](?=\s)"
)
_OPENING, _CLOSING = "“‘（《〈「『【〔", "，。、；：？！”’）》〉」』】〕…—"
_LOOSE = 0.2
"""Of a size: room beside that for the characters of the next line."""
_DASHES = "-–—"
_NUMBERED = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)](?=\s|[^\d\s])|\(?[a-zа-яA-ZА-Я][.)]\s|\(?[ivxIVX]{1,5}[.)]\s"
    r"|\[\d{1,3}\]|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)


class Passage(NamedTuple):
    """Lines that are one paragraph, the pieces of it in each column one after the other."""

    lines: list[Line]
    kind: Kind = "text"
    frame: Frame = Frame(0, 0)
    above: float = 0.0
    """Points to the line before in the column, or 0."""


class Splitter:
    """Cuts columns into paragraphs, with what is usual in the document."""

    def __init__(
        self,
        usual: Measures,
        styles: Sequence[Style],
        flow: Sequence[Column],
        frames: Sequence[Frame],
    ) -> None:
        self._usual = usual
        self._marked = _marks(flow, frames, usual)
        self._bold = [style.bold for style in styles]
        self._italic = [style.italic for style in styles]
        self._fixed = [style.fixed for style in styles]
        body = usual.style
        self.is_body_fixed = 0 <= body < len(styles) and styles[body].fixed
        self.is_body_bold = 0 <= body < len(styles) and styles[body].bold
        """Whether the text itself is bold, so that bold tells nothing."""
        self.is_body_italic = 0 <= body < len(styles) and styles[body].italic

    def split(self, column: Column, frame: Frame) -> list[Passage]:
        """The paragraphs of one column."""
        found: list[Passage] = []
        group: list[Line] = []
        above = 0.0
        lines = column.lines
        edges, blocks = _right_edges(lines, frame)
        for number, line in enumerate(lines):
            if group:
                following = lines[number + 1] if number + 1 < len(lines) else None
                own = _ending(frame, edges[number - 1])
                inside = blocks[number] == blocks[number - 1] or edges[number] < frame.right
                if self._breaks(group, line, following, own if inside else frame):
                    found.append(Passage(group, self._kind(group), own, above))
                    above = line.y - group[-1].y
                    group = []
            group.append(line)
        if group:
            own = _ending(frame, edges[-1])
            found.append(Passage(group, self._kind(group), own, above))
        return found

    def _kind(self, group: Sequence[Line]) -> Kind:
        if not self.is_body_fixed and all(self.is_fixed(line) for line in group):
            return "code"
        return "list" if is_item(group) else "text"

    def _is_display(self, line: Line) -> bool:
        """Whether a line is set larger or bolder than the text, as headings are."""
        return line.size > _DISPLAY * self._usual.size or (
            not self.is_body_bold and self.is_bold(line)
        )

    def is_bold(self, line: Line) -> bool:
        """Whether all of a line is bold."""
        return _are_all(self._bold, line)

    def is_italic(self, line: Line) -> bool:
        """Whether all of a line is italic."""
        return _are_all(self._italic, line)

    def is_fixed(self, line: Line) -> bool:
        """Whether all of a line is set in a font of one width."""
        return _are_all(self._fixed, line)

    def _breaks(
        self, group: Sequence[Line], line: Line, following: Line | None, frame: Frame
    ) -> bool:
        last = group[-1]
        if abs(last.size - line.size) > _SIZES * max(last.size, line.size):
            return True
        step = (line.y - last.y) / self._usual.leading_of(line)
        code = not self.is_body_fixed and self.is_fixed(line) and self.is_fixed(last)
        if code or last.runs[-1].text.endswith("\ufffe"):
            return step > _FAR
        text = line.runs[0].text
        goes_on = is_lower(text) and not has_ended(last)
        if step > _GAP:
            return not (goes_on and step < _FAR and line.x0 - last.x0 < _INDENT * line.size)
        if self._is_display(last) and self._is_display(line):
            return bool(_NUMBERED.match(text))
        short = is_short(last, line, frame)
        if self.is_bold(line) != self.is_bold(last) and (short or step > _WEAK_GAP):
            return True
        if _BULLET.match(text):
            return text[0] not in _DASHES or short or has_ended(last)
        if frame.hang and not _is_inner(line, frame, frame.hang + _SAME):
            return not _is_inner(line, frame, frame.hang / 2)
        if _are_centred(last, line, frame):
            return step > _WEAK_GAP and not goes_on
        shift = max(line.x0, frame.left) - max(last.x0, frame.left)
        if shift > _INDENT * line.size:
            return not (goes_on and not short) and self._breaks_right(group, line, following, short)
        if shift < -_INDENT * line.size:
            if len(group) == 1:
                return short and not goes_on
            return abs(line.x0 - group[0].x0) >= 1 or not goes_on
        if has_ended(last) and (
            step > _WEAK_GAP or (len(group) == 1 and _is_first_line(line, following, frame))
        ):
            return True
        return self._breaks_below(group, line, short, frame)

    def _breaks_below(self, group: Sequence[Line], line: Line, short: bool, frame: Frame) -> bool:
        """Whether a line that begins below the one before, without a gap, begins a paragraph."""
        last, text = group[-1], line.runs[0].text
        ended = has_ended(last)
        if (short or ended) and _NUMBERED.match(text) and _NUMBERED.match(group[0].runs[0].text):
            return True
        if not short:
            return False
        if line.y - last.y > _WEAK_GAP * self._usual.leading_of(line):
            return True
        goes_on = is_lower(text) and not ended
        if self._marked and not frame.justified:
            return ended and _is_little(last, frame) and not goes_on
        return not goes_on

    def _breaks_right(
        self, group: Sequence[Line], line: Line, following: Line | None, short: bool
    ) -> bool:
        """Whether a line that begins further right than the one before begins a paragraph."""
        item = _NUMBERED.match(group[0].runs[0].text) or _BULLET.match(group[0].runs[0].text)
        if len(group) == 1 and item and line.x0 - group[0].x0 < _HANG * line.size:
            return short and has_ended(group[0])
        if short or len(group) > 1:
            return True
        if following is None or following.y - line.y > _FAR * self._usual.leading_of(line):
            return True
        hangs = abs(following.x0 - line.x0) < _INDENT * line.size
        return not (hangs and not has_ended(group[0]))

    def is_small_print(self, before: Passage, after: Passage) -> bool:
        """Whether a paragraph is set smaller than the text, which goes on behind it."""
        size = after.lines[0].size
        usual = abs(size - self._usual.size) < _SIZES * size
        return usual and before.lines[-1].size < (1 - _SIZES) * size

    def goes_over(self, before: Passage, after: Passage, *, broken: bool = False) -> bool:
        """Whether a paragraph goes on in the first one of the next column.

        `broken`: where the page ended early, only what is plainly unfinished goes on.
        """
        last, line = before.lines[-1], after.lines[0]
        if abs(last.size - line.size) > _SIZES * max(last.size, line.size):
            return False
        if "code" in (before.kind, after.kind):
            return before.kind == after.kind
        if last.runs[-1].text.endswith("\ufffe"):
            return True
        text = line.runs[0].text
        if _BULLET.match(text) or self.is_bold(last) != self.is_bold(line):
            return False
        if after.frame.hang:
            return _is_inner(line, after.frame, after.frame.hang / 2)
        goes_on = is_lower(text) and not has_ended(last)
        if broken and not goes_on:
            return False
        inner = last.x0 - before.frame.left
        indent = line.x0 - after.frame.left
        if len(before.lines) == 1 and before.kind != "list":
            inner = 0.0
        if indent > max(inner, 0.0) + _INDENT * line.size and not goes_on:
            returns = len(after.lines) < 2 or after.lines[1].x0 < line.x0 - _INDENT * line.size
            if returns or after.kind == "list":
                return False
        if _NUMBERED.match(text) and has_ended(last):
            return False
        return goes_on or not is_short(last, line, before.frame)


def _ending(frame: Frame, right: float) -> Frame:
    """A frame that ends there; most do, and `_replace` takes as long as all else of a line."""
    return frame if right == frame.right else frame._replace(right=right)


def _right_edges(lines: Sequence[Line], frame: Frame) -> tuple[list[float], list[int]]:
    """Where each line may end: at the edge of its column, or of the block that is set in there.

    And which block it is in: lines below each other that begin together are one.
    """
    found = [frame.right] * len(lines)
    blocks = [0] * len(lines)
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and abs(lines[end].x0 - lines[start].x0) < _SAME:
            continue
        right = max(line.x1 for line in lines[start:end])
        size = lines[start].size
        inner = lines[start].x0 > frame.left + _INDENT * size
        if inner and end - start > 1 and right < frame.right - size / 2:
            found[start:end] = [right] * (end - start)
        blocks[start:end] = [start] * (end - start)
        start = end
    return found, blocks


def _are_all(looks: Sequence[bool], line: Line) -> bool:
    """Whether all runs of a line have styles that look so."""
    if not looks[line.style]:
        return False
    return len(line.runs) == 1 or all(looks[run.style] for run in line.runs)


def is_item(group: Sequence[Line]) -> bool:
    """Whether a paragraph is the item of a list: it has a bullet, or its lines hang."""
    text = group[0].text
    bullet = _BULLET.match(text)
    if bullet and bullet[0] not in _DASHES:
        return True
    if not bullet and not _NUMBERED.match(text):
        return False
    return len(group) > 1 and all(line.x0 > group[0].x0 + _INDENT * line.size for line in group[1:])


def bullet_length(line: Line) -> int:
    """How many characters of the first run of an item are its bullet."""
    text = line.runs[0].text
    found = _BULLET.match(text)
    return found.end() if found else 0


def is_lower(text: str) -> bool:
    """Whether text begins in the middle of a sentence."""
    sign = text[:1]
    return sign.islower() or sign in ",;)]”»，。、；：）》」"


def is_short(last: Line, line: Line, frame: Frame) -> bool:
    """Whether a line ends so early that the beginning of the next one would have had room."""
    free = frame.right - last.x1
    run = line.runs[0]
    word = run.text.split(None, 1)[0] if run.text.strip() else run.text
    if is_wide(word[:1]):
        return free > (_kept_together(run.text) + _LOOSE) * last.size
    if frame.justified:
        return free > _SHORT * last.size
    width = (run.x1 - run.x0) * len(word) / max(1, len(run.text))
    return free > _WIDER * width + _WORD_SPACE * last.size


def _kept_together(text: str) -> int:
    """How many characters at the beginning of a Chinese line no line end may part."""
    many = 1
    while many < len(text) and (text[many - 1] in _OPENING or text[many] in _CLOSING):
        many += 1
    return many


def _marks(flow: Sequence[Column], frames: Sequence[Frame], usual: Measures) -> bool:
    """Whether paragraphs of the text begin with an indent or behind a gap, as nearly always.

    Where they do, a short line in ragged text tells little.
    """
    marked = lines = 0
    for column, frame in zip(flow, frames, strict=True):
        for last, line in zip(column.lines, column.lines[1:], strict=False):
            if abs(line.size - usual.size) > _SIZES * usual.size:
                continue
            lines += 1
            indent = _INDENT * line.size
            indented = line.x0 - max(last.x0, frame.left) > indent
            flush = abs(last.x0 - frame.left) < indent
            marked += line.y - last.y > _GAP * usual.leading or (indented and flush)
    return marked * _LINES_OF_A_PARAGRAPH > lines


def _is_first_line(line: Line, following: Line | None, frame: Frame) -> bool:
    """Whether a line is indented, and the one behind it is not."""
    indent = _INDENT * line.size
    inner = _is_inner(line, frame, indent)
    return inner and following is not None and line.x0 - following.x0 > indent


def _is_inner(line: Line, frame: Frame, indent: float) -> bool:
    return line.x0 - frame.left > indent


def _is_little(line: Line, frame: Frame) -> bool:
    return line.x1 - frame.left < _LITTLE * (frame.right - frame.left)


def _are_centred(last: Line, line: Line, frame: Frame) -> bool:
    """Whether two lines stand in the middle of a column, neither at its left edge."""
    middle = (frame.left + frame.right) / 2
    return (
        abs((last.x0 + last.x1) / 2 - middle) < _CENTRED
        and abs((line.x0 + line.x1) / 2 - middle) < _CENTRED
        and last.x0 > frame.left + last.size
        and line.x0 > frame.left + line.size
    )
