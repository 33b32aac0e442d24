"""Numbers that an OpenDocument text shows before the items of its lists."""

from __future__ import annotations

from sinorus.sources.formats.numerals import shown
from sinorus.sources.formats.odt.styles import name_of, value
from sinorus.sources.formats.xml_tree import Element

_NUMBER = "text:list-level-style-number"
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LONGEST = 20
"""Characters before or behind a number."""


class Lists:
    """Is told where lists and items begin and end; `take` gives the mark of an item, once.

    `holders` are the elements that hold the styles.
    """

    def __init__(self, holders: list[Element]) -> None:
        self._levels: dict[tuple[str, int], Element] = {}
        self._open: list[_Open] = []
        self._last: dict[tuple[str, int], int] = {}
        self._next = ""
        for holder in holders:
            for style in holder:
                if name_of(style) == "text:list-style":
                    self._read(style)

    def _read(self, style: Element) -> None:
        name = value(style, "style:name")
        for level in style:
            depth = value(level, "text:level")
            if name_of(level) == _NUMBER and depth.isdecimal():
                self._levels[name, int(depth)] = level

    def begin(self, node: Element) -> None:
        """A list begins, perhaps within an item of another, whose style it has unless it says."""
        style = value(node, "text:style-name") or (self._open[-1].style if self._open else "")
        depth = len(self._open) + 1
        level = self._levels.get((style, depth))
        goes_on = value(node, "text:continue-numbering") == "true"
        goes_on = goes_on or bool(value(node, "text:continue-list"))
        said = value(level, "text:start-value") if level is not None else ""
        count = self._last.get((style, depth), 0) if goes_on else _number(said, 1) - 1
        self._open.append(_Open(style, level, count))
        self._next = ""

    def end(self) -> None:
        """The innermost list ends."""
        ended = self._open.pop()
        self._last[ended.style, len(self._open) + 1] = ended.count
        self._next = ""

    def begin_item(self, item: Element) -> None:
        """An item of the innermost list begins."""
        inner = self._open[-1] if self._open else None
        if inner is not None:
            inner.count = _number(value(item, "text:start-value"), inner.count + 1)
            self._next = self._mark(inner)

    def _mark(self, inner: _Open) -> str:
        if inner.level is None:
            return ""
        how = value(inner.level, "style:num-format")
        if not how:
            return ""
        levels = _number(value(inner.level, "text:display-levels"), 1)
        counted = self._open[-levels:] if levels <= len(self._open) else self._open
        numbers = [shown(one.count, _FORMATS.get(one.format, "decimal")) for one in counted]
        before = value(inner.level, "style:num-prefix")[:_LONGEST]
        behind = value(inner.level, "style:num-suffix")[:_LONGEST]
        return f"{before}{'.'.join(numbers)}{behind}".strip()

    def take(self) -> str:
        """The mark of the item in hand, or nothing."""
        found, self._next = self._next, ""
        return found


class _Open:
    """A list that is open: its style, the level of that, and the number of its last item."""

    def __init__(self, style: str, level: Element | None, count: int) -> None:
        self.style, self.level, self.count = style, level, count

    @property
    def format(self) -> str:
        return value(self.level, "style:num-format") if self.level is not None else ""


def _number(said: str, otherwise: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else otherwise
