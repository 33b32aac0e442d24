"""Markdown to runs of lines: the blocks of a text, without the marks that make them blocks.

Only what bears on paragraphs is read. Where CommonMark would swallow text that is not meant as
a mark (years as list numbers, an unclosed fence to the end of the file), the text wins.
"""

from __future__ import annotations

from sinorus.sources.formats import marks
from sinorus.sources.formats.fences import Fences
from sinorus.sources.formats.lines import Line, Run, line_from
from sinorus.sources.formats.nesting import OpenItems

SPECIAL = frozenset("#=-_*+`~>|:[\u3000 \t0123456789")
_AFTER_BULLET = frozenset({"", " ", "\t"})
_LONGEST_UNDERLINED = 120
_DEEPEST_LIST = 12


def markdown_runs(lines: list[str], first_line: int) -> list[Run]:
    """The paragraphs of a Markdown text whose first line is number `first_line` of its file."""
    return _Reader(lines, first_line).read()


def first_title(lines: list[str]) -> str | None:
    """The text of a heading of level 1 that is the very first block, else None."""
    start = next((at for at, line in enumerate(lines) if line.strip()), None)
    if start is None:
        return None
    first = lines[start].strip()
    heading = marks.heading_mark(first) if marks.indent_of(lines[start]) < 4 else None
    if heading is not None:
        return heading[1] if heading[0] == 1 and heading[1] else None
    below = lines[start + 1].strip() if start + 1 < len(lines) else ""
    underlined = below[:1] == "=" and marks.underline_level(below) == 1
    return first if underlined and len(first) <= _LONGEST_UNDERLINED else None


class _Reader:
    """The runs so far, and the block that is open: its lines, its kind and what it is in."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.runs: list[Run] = []
        self.open: list[Line] = []
        self.kind = "text"  # or "item", "note", "table"
        self.depth = 0
        self.items = OpenItems()
        self.trail: list[tuple[int, str]] = []
        self.heading: tuple[str, ...] = ()
        self.fences = Fences(lines)

    def close(self) -> None:
        """End the open block."""
        if self.open:
            self.runs.append(Run(self.open, self.heading, whole=self.kind == "table"))
            self.open = []
        self.kind = "text"

    def read(self) -> list[Run]:
        """Take in all lines; most are blank or begin with no mark, which is told at a glance."""
        lines, at, end = self.lines, 0, len(self.lines)
        while at < end:
            physical = lines[at]
            if not physical or physical.isspace():
                if self.open or self.kind != "text":
                    self.close()
                at += 1
            elif self.depth or physical[0] in SPECIAL:
                at = self._read_marked(at, physical)
            else:
                self._add_plain(at, physical)
                at += 1
        self.close()
        return self.runs

    def _read_marked(self, at: int, physical: str) -> int:
        """Take in the line `at`, which may begin with a mark; the number of the next one."""
        depth, column = marks.quote_depth(physical)
        rest = physical[column:]
        stripped = rest.strip()
        if not stripped:
            self.close()
            self.depth = depth
            return at + 1
        if depth != self.depth and (
            depth > self.depth or not self.open or marks.begins_block(stripped)
        ):
            self.close()
            self.depth = depth
        indent = marks.indent_of(rest)
        first = stripped[0]
        return (
            (first in "`~" and self._fence(at, stripped, column + indent))
            or (
                (stripped[1:2] in _AFTER_BULLET if first in "-*+" else first.isdecimal())
                and self._item(at, column, indent, stripped)
            )
            or self._block(at, column, indent, stripped)
        )

    def _block(self, at: int, column: int, indent: int, stripped: str) -> int:
        """Take in a line that is no list item and no fence; the number of the next one."""
        first = stripped[0]
        note = marks.note_length(stripped) if first == "[" and indent < 4 else 0
        if first in "#=-" and self._is_heading(indent, stripped):
            pass
        elif first in "-*+_=" and marks.is_separator(stripped):
            self.close()
            self.items.clear()
        elif note:
            self.close()
            self.items.clear()
            self.kind = "note"
            self._append(at, self._text_at(at, column) + note)
        else:
            self._add_text(at, column, indent, stripped)
        return at + 1

    def _text_at(self, at: int, column: int) -> int:
        """Where the first character that is no white space stands, from `column` on."""
        physical = self.lines[at]
        return len(physical) - len(physical[column:].lstrip())

    def _is_heading(self, indent: int, stripped: str) -> bool:
        """Whether the line makes a heading, of itself or of the line above; if so, note it."""
        if self.depth or indent > 3:
            return False
        level = marks.underline_level(stripped)
        if level and self.kind == "text" and len(self.open) == 1:
            text = self.open[0].text
            if len(text) <= _LONGEST_UNDERLINED:
                self.open = []
                self._enter(level, text)
                return True
        heading = marks.heading_mark(stripped)
        if heading is None:
            return False
        self.close()
        self._enter(*heading)
        return True

    def _enter(self, level: int, text: str) -> None:
        self.trail = [above for above in self.trail if above[0] < level]
        if text:
            self.trail.append((level, text))
        self.heading = tuple(text for _, text in self.trail)
        self.items.clear()

    def _item(self, at: int, column: int, indent: int, stripped: str) -> int:
        """Open a list item if the line begins one; the line to read next, or 0."""
        item = marks.item_mark(stripped, indent)
        if item is None or marks.is_separator(stripped) or not self._may_begin(item):
            return 0
        self.close()
        self.kind = "item"
        start = self._text_at(at, column)
        while True:
            self.items.open(item)
            start += item.length
            text = self.lines[at][start:].rstrip()
            inner = None if item.empty else marks.item_mark(text, item.content)
            # `- 1. text` is a list in a list, `- 22. June` is a date
            if inner is None or not inner.first or len(self.items) >= _DEEPEST_LIST:
                break
            item = inner
        after_code = self._fence(at, text, start)
        if not after_code:
            self._append(at, start)
        return after_code or at + 1

    def _may_begin(self, item: marks.Item) -> bool:
        """Whether a list mark is one where it stands, and not a number in running text."""
        if self.kind == "table":
            return False
        nested = bool(self.items) and item.indent >= self.items.content
        if self.open and (nested or not self.items):
            return item.first and not item.empty and (nested or item.indent < 4)
        if self.open:
            return item.first or self.items.has_kind(item.kind)
        return item.indent < 4 or bool(self.items)

    def _add_text(self, at: int, column: int, indent: int, stripped: str) -> None:
        """Go on with the open block, or begin a paragraph."""
        if not self.open and self.kind == "text" and self.items:
            self.items.leave(indent)
        first, physical = stripped[0], self.lines[at]
        if first == "\u3000" or physical.startswith("\u3000", column):
            self.close()  # an ideographic space indents the first line of a paragraph
        if (
            self.kind == "text"
            and first in "|:-"
            and (marks.is_table_rule(stripped) or (not self.open and first == "|"))
        ):
            self.kind = "table"
        if column or physical[0] != first:
            self._append(at, column)
        else:  # nothing stands before the text
            self.open.append(Line(self.first_line + at, 0, stripped))

    def _add_plain(self, at: int, physical: str) -> None:
        """Take in a line that begins with no mark: what `_read_marked` would do, in fewer steps."""
        if self.items and not self.open and self.kind == "text":
            self.items.clear()  # the text of each is indented
        if physical[0].isspace():
            self._append(at, 0)
        else:
            self.open.append(Line(self.first_line + at, 0, physical.rstrip()))

    def _append(self, at: int, column: int) -> None:
        line = line_from(self.first_line + at, self.lines[at], column)
        if line.text:
            self.open.append(line)

    def _fence(self, at: int, stripped: str, column: int) -> int:
        """Take in fenced code as one block; the line after it, or 0 if there is none."""
        mark = marks.fence_mark(stripped)
        end = self.fences.closing(at, mark, self.depth) if mark else None
        if end is None:
            return 0
        self.close()
        code = [self._code_line(inner, column) for inner in range(at + 1, end)]
        while code and not code[-1].text:
            code.pop()
        first = next((n for n, line in enumerate(code) if line.text), 0)
        if code:
            self.runs.append(Run(code[first:], self.heading, whole=True))
        return end + 1

    def _code_line(self, at: int, column: int) -> Line:
        """A line of code: its own indent stays, that of the fence goes."""
        physical = self.lines[at]
        start = marks.quote_depth(physical)[1] if self.depth else 0
        while start < min(column, len(physical)) and physical[start] in " \t":
            start += 1
        text = physical[start:].rstrip()
        bare = line_from(self.first_line + at, physical, start)
        return Line(bare.number, bare.margin - (len(text) - len(bare.text)), text)
