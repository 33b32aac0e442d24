"""reStructuredText: paragraphs as docutils and Sphinx show them, line by line in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left

from sinorus.model import Kind
from sinorus.sources.formats import rst_tables
from sinorus.sources.formats.lines import columns
from sinorus.sources.formats.registry import Content, Source
from sinorus.sources.formats.rst_explicit import Explicit

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_FIELD = re.compile(r":(?=[^\s:])((?:[^:\\\n]|\\.|:(?=[^\s`])){1,200}):(?:[ \t]+|$)")
_BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|$)")
_NUMBER = re.compile(r"\(?(?:(?P<value>\d{1,3})|#|[A-Za-z]|[ivxlcdmIVXLCDM]{2,8})[.)](?:[ \t]+|$)")
_VALUE = r"(?:[ =](?:<[^<>\n]{1,40}>|[A-Za-z][\w-]{0,40}))?"
_OPTION = re.compile(
    rf"(?:--?[A-Za-z][\w-]{{0,40}}{_VALUE}|/[A-Za-z]{{1,3}})"
    rf"(?:, (?:--?|/)[A-Za-z][\w-]{{0,40}}{_VALUE}){{0,5}}(?:[ \t]{{2,}}|[ \t]*$)"
)
_SHOWN_FIELDS = frozenset({"abstract", "dedication"})
_DEEPEST = 30
"""Lists that begin on one line."""


def read(source: Source) -> Content:
    """The paragraphs of a reStructuredText, and what its first list of fields says of it."""
    reading = _Reader(source)
    reading.run()
    reading.out.flush()
    blocks = reading.out.blocks(reading.lines.table)
    return Content(blocks, reading.fields, reading.field_lines, tuple(reading.faults))


class _Reader(Explicit):
    """Reads the body: sections, lists, tables, and paragraphs."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._styles: list[tuple[str, bool]] = []
        self._ends = [
            at
            for at, text in enumerate(self.texts)
            if "=" in text
            and self.is_blank(at + 1)
            and rst_tables.BORDER.match(text, len(text) - len(text.lstrip()))
        ]

    def run(self) -> None:
        """Reads all lines."""
        at = 0
        while at < len(self.texts):
            if self.is_blank(at):
                at += 1
                continue
            column = self.columns[at]
            while self.open and column < self.open[-1]:
                self.leave()
            if column > (self.open[-1] if self.open else 0):
                self.enter(column, "quote")
            at = self.element(at, self.margin(at))

    def element(self, at: int, start: int, depth: int = 0) -> int:
        """Reads what begins at a character of a line; the line behind it."""
        text = self.texts[at]
        lead = text[start]
        if lead.isalpha() and not text.startswith(tuple("()."), start + 1) and lead.isascii():
            return self.titled(at, start) or self.paragraph(at, start)
        if not start and (following := self.titled(at, start)):
            return following
        for begins in (self.explicit, self.field, self.drawn, self.table, self.options):
            if following := begins(at, start):
                return following
        return (depth < _DEEPEST and self.item(at, start, depth)) or self.paragraph(at, start)

    # Sections

    def titled(self, at: int, start: int) -> int:
        """Reads a title, or a line that divides; 0 if there is neither."""
        if self.open or start:
            return 0
        line = self._is_line(at)
        if line:
            if not self.is_blank(at + 1) and not self._is_line(at + 1) and self._is_line(at + 2):
                below = self.texts[at + 2].rstrip()
                if below[0] == line:
                    return self._section(at + 1, (line, True), at + 3)
            if len(self.texts[at].rstrip()) >= 4 and self.is_blank(at + 1):
                return at + 1
        sign = self._is_line(at + 1, 1)
        if sign and not line:
            width = len(self.texts[at + 1].rstrip())
            if width >= 4 or width >= columns(self.texts[at].strip()):
                return self._section(at, (sign, False), at + 2)
        return 0

    def _is_line(self, at: int, least: int = 2) -> str:
        """The sign that a line consists of, so often or more; empty if it has others."""
        text = self.texts[at] if at < len(self.texts) else ""
        sign = text[:1]
        if not sign or sign not in _PUNCTUATION:
            return ""
        text = text.rstrip()
        return sign if len(text) >= least and text == sign * len(text) else ""

    def _section(self, at: int, style: tuple[str, bool], following: int) -> int:
        if style not in self._styles:
            self._styles.append(style)
        draft = self.out.begin("heading")
        draft.level = self._styles.index(style) + 1
        text = self.texts[at]
        self.write(draft, [(at, self.margin(at), len(text.rstrip()))])
        return following

    # Lists

    def item(self, at: int, start: int, depth: int) -> int:
        """Reads an item with a mark or a number; 0 if there is none."""
        text = self.texts[at]
        match = _BULLET.match(text, start)
        if match is None:
            match = _NUMBER.match(text, start)
            if match is None or not self._is_numbered(at, start, match):
                return 0
        column = len(text[: match.end()].expandtabs())
        alone = match.end() >= len(text.rstrip())
        if alone:
            base = len(text[:start].expandtabs())
            column = self.below(at + 1, base) or base + 2
        self.body = True
        self.enter(column, "list")
        mark = match.group().strip()
        self.out.mark = mark if any(map(str.isalnum, mark)) else None
        return at + 1 if alone else self.element(at, match.end(), depth + 1)

    def _is_numbered(self, at: int, start: int, match: re.Match[str]) -> bool:
        """Whether a number opens an item: the next line is indented, empty, or an item too."""
        if self.is_blank(at + 1):
            return True
        base = len(self.texts[at][:start].expandtabs())
        if self.columns[at + 1] != base:
            return True
        return _NUMBER.match(self.texts[at + 1], self.margin(at + 1)) is not None

    def options(self, at: int, start: int) -> int:
        """Reads an option of a program, with what it does; 0 if there is none."""
        text = self.texts[at]
        if text[start] not in "-/":
            return 0
        match = _OPTION.match(text, start)
        if match is None:
            return 0
        base = len(text[:start].expandtabs())
        deeper = self.below(at + 1, base)
        if match.end() >= len(text.rstrip()) and not deeper:
            return 0
        stretches = [(at, start, len(text.rstrip()))]
        following = at + 1
        while not self.is_blank(following) and self.columns[following] > base:
            stretches.append(self.stretch(following))
            following += 1
        self.write(self.out.begin("list"), stretches)
        if deeper := self.below(following, base):
            self.enter(deeper, "list")
        return following

    def field(self, at: int, start: int) -> int:
        """Reads a field: of the document where nothing stands before, else a text."""
        text = self.texts[at]
        if text[start] != ":" or (match := _FIELD.match(text, start)) is None:
            return 0
        base = len(text[:start].expandtabs())
        stretches = [(at, match.end(), len(text.rstrip()))]
        following = at + 1
        while not self.is_blank(following) and self.columns[following] > base:
            stretches.append(self.stretch(following))
            following += 1
        name = match[1].strip().lower()
        if not self.body and not self.open and name not in _SHOWN_FIELDS:
            end = self.end_of(at, base)
            self.note_field(name, at, match.end(), end)
            return end
        if name not in _SHOWN_FIELDS:
            stretches[0] = (at, start + 1, len(text.rstrip()))
        was = self.body
        self.write(self.out.begin("list" if name not in _SHOWN_FIELDS else None), stretches)
        self.body = was
        if deeper := self.below(following, base):
            self.enter(deeper, "list")
        return following

    # Blocks

    def drawn(self, at: int, start: int) -> int:
        """Reads lines that keep their ends, or a session with Python; 0 if there are none."""
        text = self.texts[at]
        if text.startswith(">>> ", start):
            end = at
            while not self.is_blank(end):
                end += 1
            self.verbatim(at, end)
            return end
        if text[start] != "|" or text[start + 1 : start + 2].strip():
            return 0
        base, stretches = self.columns[at], []
        while not self.is_blank(at) and self.columns[at] >= base:
            text, begin = self.texts[at], self.margin(at)
            if text[begin] == "|" and not text[begin + 1 : begin + 2].strip():
                begin += 1
                while begin < len(text) and text[begin].isspace():
                    begin += 1
            stretches.append((at, begin, max(begin, len(text.rstrip()))))
            at += 1
        self.write(self.out.begin(), stretches)
        return at

    def table(self, at: int, start: int) -> int:
        """Reads a table; 0 if there is none."""
        text, margin = self.texts[at], self.margin(at)
        if start != margin or text[start] not in "+=" or len(text) > rst_tables.WIDEST:
            return 0
        end = at
        if text[start] == "+" and rst_tables.GRID.match(text, start):
            while self._is_drawn(end, margin):
                end += 1
            if end < at + 3:
                return 0
            self.rows(rst_tables.grid_rows(self.texts, at, end, margin))
            return end
        if not rst_tables.BORDER.match(text, start):
            return 0
        number = bisect_left(self._ends, at + 2)
        if number == len(self._ends):
            return 0
        end = self._ends[number] + 1
        if any(len(self.texts[one]) > rst_tables.WIDEST for one in range(at, min(end, at + 9))):
            return 0
        self.rows(rst_tables.simple_rows(self.texts, at, end, margin))
        return end

    def _is_drawn(self, at: int, margin: int) -> bool:
        text = self.texts[at] if at < len(self.texts) else ""
        return text[margin : margin + 1] in ("+", "|") and len(text) <= rst_tables.WIDEST

    def paragraph(self, at: int, start: int, kind: Kind | None = None) -> int:
        """Reads a paragraph, a term, or the line above what is code."""
        text = self.texts[at]
        base = len(text[:start].expandtabs())
        stretches = [(at, start, len(text.rstrip()))]
        following = at + 1
        while not self.is_blank(following) and self.columns[following] == base:
            if self.texts[following - 1].endswith("::") and following - 1 > at:
                break
            stretches.append(self.stretch(following))
            following += 1
        if kind is None and self.caption:
            kind, self.caption = "caption", False
        last, begin, end = stretches[-1]
        if self.texts[last].endswith("::", begin, end):
            before = self.texts[last][begin : end - 2]
            keeps = bool(before) and not before[-1].isspace()
            stretches[-1] = (last, begin, end - 1 if keeps else end - 2)
            self.write(self.out.begin(kind), stretches)
            return self.literal(following, base)
        deeper = not self.is_blank(following) and self.columns[following] > base
        if deeper and len(stretches) == 1:
            self.write(self.out.begin(kind or "list"), stretches)
            self.enter(self.columns[following], "list")
            return following
        self.write(self.out.begin(kind), stretches)
        return following
