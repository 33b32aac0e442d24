"""What begins with two points in reStructuredText: notes, targets, directives, comments."""

from __future__ import annotations

import re

from sinorus.model import Kind
from sinorus.sources.formats import rst_directives, rst_tables
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.passages import SourceLines, Stretch
from sinorus.sources.formats.registry import Source
from sinorus.sources.formats.rst_inline import Names, RstInline
from sinorus.sources.formats.rst_names import names_in

_NOTE = re.compile(r"\[(\d{1,9}|#[\w.-]{0,100}|\*|[^\W_][\w.:+-]{0,100})\](?:[ \t]+|$)")
_TARGET = re.compile(r"_(?:_|`[^`\n]{1,200}`|(?:[^:\\\n]|\\.){1,200}):(?:[ \t]|$)")
_SUBSTITUTION = re.compile(r"\|[^|\n]{1,200}\|[ \t]")
_DIRECTIVE = re.compile(r"([A-Za-z][\w+.:-]{0,60}?)[ ]?::(?:[ \t]+|$)")
_OPTION = re.compile(r":([A-Za-z][\w-]{0,40}):(?:[ \t]+|$)")
_REVISED = re.compile(r"\$[A-Za-z]+: ?(.*?) ?\$")
_FIELD_NAMES = {"organization": "publisher", "organisation": "publisher"}
_LONGEST_FIELD = 100_000
_MOST_FIELDS = 500


class Lines:
    """The lines of a text, what is open where, and what was found."""

    def __init__(self, source: Source) -> None:
        self.lines = SourceLines(source)
        self.texts = self.lines.texts
        self.first = source.line
        self.out = Builder()
        self.names: Names = names_in(self.texts)
        self.columns: list[int] = []
        """Of each line the column that its text begins at; -1 where it has none."""
        self._margins: list[int] = []
        for text in self.texts:
            margin = len(text) - len(text.lstrip())
            lead = text[:margin]
            column = len(lead.expandtabs()) if "\t" in lead else margin
            self._margins.append(margin)
            self.columns.append(column if margin < len(text) else -1)
        self._next = [len(self.texts)] * (len(self.texts) + 1)
        for at in range(len(self.texts) - 1, -1, -1):
            self._next[at] = at if self.columns[at] >= 0 else self._next[at + 1]
        self.open: list[int] = []
        """The columns that the open containers have."""
        self._labelled: list[bool] = []
        self.fields: dict[str, object] = {}
        self.field_lines: dict[str, int] = {}
        self.faults: list[tuple[int, str]] = []
        self.body = False
        """Whether anything but titles was read, so that fields are no longer the document's."""
        self.caption = False
        """Whether the next paragraph is what is written below a picture."""

    def is_blank(self, at: int) -> bool:
        """Whether a line has nothing to see, or is behind the last."""
        return at >= len(self.texts) or self.columns[at] < 0

    def margin(self, at: int) -> int:
        """How many characters stand before the text of a line."""
        return self._margins[at]

    def stretch(self, at: int) -> Stretch:
        """All that is to be seen of a line."""
        return at, self._margins[at], len(self.texts[at].rstrip())

    def below(self, at: int, column: int) -> int:
        """The column of the next line with text, if that is greater; else 0."""
        following = self._next[min(at, len(self.texts))]
        found = self.columns[following] if following < len(self.texts) else -1
        return found if found > column else 0

    def end_of(self, at: int, column: int) -> int:
        """The line behind all that is indented below a line."""
        at += 1
        while at < len(self.texts):
            following = self._next[at]
            if following == len(self.texts) or self.columns[following] <= column:
                break
            at = following + 1
        return at

    def enter(self, column: int, kind: Kind, label: str = "") -> None:
        """Opens a container whose text stands at a column."""
        self.out.flush()
        self.open.append(column)
        self.out.inside.append(kind)
        self._labelled.append(bool(label))
        if label:
            self.out.labels.append(label)

    def leave(self) -> None:
        """Closes the innermost container."""
        self.out.flush()
        self.open.pop()
        self.out.inside.pop()
        self.caption = False
        if self._labelled.pop():
            self.out.labels.pop()

    def write(self, draft: object, stretches: list[Stretch]) -> None:
        """Fills the draft in hand with what a reader sees of stretches, and ends it."""
        draft = self.out.writing()
        inline = RstInline(self.lines.passage(stretches), self.names)
        inline.read(draft, 0, len(inline.text))
        self.body = self.body or draft.kind != "heading"
        self.out.flush()

    def verbatim(self, at: int, end: int) -> None:
        """Adds lines as they are, without the margin that all of them have."""
        draft = self.out.begin("code")
        margin = min(
            (self._margins[one] for one in range(at, end) if not self.is_blank(one)), default=0
        )
        for one in range(at, end):
            if draft.size:
                draft.add_break()
            text = self.texts[one].rstrip()
            self.lines.line(one).copy(draft, min(margin, len(text)), len(text))
        self.body = True
        self.out.flush()

    def literal(self, at: int, column: int) -> int:
        """Reads code: what is indented, or lines that all begin with the same sign."""
        begin = self._next[min(at, len(self.texts))]
        if begin == len(self.texts):
            return begin
        end = begin
        if self.columns[begin] > column:
            end = self.end_of(begin, column)
        elif self.columns[begin] == column and begin > at:
            sign = self.texts[begin][self._margins[begin]]
            while not sign.isalnum() and not self.is_blank(end):
                if not self.texts[end].startswith(sign, self._margins[end]):
                    break
                end += 1
        if end > begin:
            self.verbatim(begin, end)
        return end

    def rows(self, rows: list[rst_tables.Row]) -> None:
        """Adds a table: a line for each row, a tab between cells."""
        draft = self.out.begin("table")
        for row in rows:
            draft.add_line_end()
            for number, cell in enumerate(row):
                if number:
                    draft.add_break("\t")
                if cell:
                    inline = RstInline(self.lines.passage(cell, " "), self.names)
                    inline.read(draft, 0, len(inline.text))
        self.body = True
        self.out.flush()

    def note_field(self, name: str, at: int, start: int, end: int) -> None:
        """Notes what a field says of the document."""
        texts = [self.texts[at][start:], *self.texts[at + 1 : min(end, at + 200)]]
        rows = [text.strip() for text in texts if text.strip()]
        items = [row[2:].strip() for row in rows if row[:2] in ("- ", "* ")]
        if len(self.fields) >= _MOST_FIELDS or sum(map(len, rows)) > _LONGEST_FIELD:
            return
        name = _FIELD_NAMES.get(name, name)
        value = " ".join(rows)
        if revised := _REVISED.fullmatch(value):
            value = revised[1]
        self.fields[name] = items if items and len(items) == len(rows) else value
        self.field_lines[name] = self.first + at


class Explicit(Lines):
    """Reads what begins with two points."""

    def explicit(self, at: int, start: int) -> int:
        """Reads a note, target, directive or comment; 0 if there is none."""
        text = self.texts[at]
        base = len(text[:start].expandtabs())
        if text.startswith("__ ", start):
            return at + 1
        if not text.startswith("..", start) or text[start + 2 : start + 3].strip():
            return 0
        begin = start + 2
        while begin < len(text) and text[begin].isspace():
            begin += 1
        if note := _NOTE.match(text, begin):
            self.body = True
            label = self.names.label(note[1], self.names.notes)
            self.enter(self.below(at + 1, base) or base + 3, "footnote", label)
            alone = note.end() >= len(text.rstrip())
            return at + 1 if alone else self._noted(at, note.end())
        if _TARGET.match(text, begin) or _SUBSTITUTION.match(text, begin):
            return self.end_of(at, base)
        if directive := _DIRECTIVE.match(text, begin):
            return self._directive(at, base, directive)
        if begin >= len(text) and self.is_blank(at + 1):
            return at + 1
        return self.end_of(at, base)

    def _noted(self, at: int, start: int) -> int:
        """The first paragraph of a note, whose further lines are indented."""
        stretches = [(at, start, len(self.texts[at].rstrip()))]
        column = self.open[-1]
        following = at + 1
        while not self.is_blank(following) and self.columns[following] >= column:
            stretches.append(self.stretch(following))
            following += 1
        self.write(self.out.begin(), stretches)
        return following

    def _directive(self, at: int, base: int, match: re.Match[str]) -> int:
        """Reads a directive: its argument and options, and what they make of its content."""
        name = match[1].lower()
        end = self.end_of(at, base)
        if name in rst_directives.UNSEEN:
            return self._unseen(name, at, match.end(), end)
        argument, options, content = self._head(at, base, match.end(), end)
        if name == "title":
            self.fields["title"] = " ".join(self.texts[row][a:b] for row, a, b in argument)
            return end
        told = options.get("alt" if name in ("image", "figure") else "caption")
        if told is not None:
            self.write(self.out.begin("caption"), [told])
        if name in rst_directives.CODE:
            if argument and name in ("math", "parsed-literal"):
                self.write(self.out.begin("code"), argument)
            if content < end:
                self.verbatim(content, end)
            return end
        if name in ("table", *rst_tables.ROWS):
            if argument:
                self.write(self.out.begin("caption"), argument)
            if name in rst_tables.ROWS:
                rows = rst_tables.ROWS[name](self.texts, content, end)
                if "header" in options:
                    rows.insert(0, rst_tables.comma_row(self.texts, *options["header"][:2]))
                self.rows(rows)
                return end
        elif argument and name not in rst_directives.BARE:
            signed = name.rpartition(":")[2] in rst_directives.SIGNED
            kind: Kind = "quote" if name in rst_directives.QUOTING else self.out.kind_here()
            self.write(self.out.begin("code" if signed else kind), argument)
        if deeper := self.below(content, base):
            quotes = name in rst_directives.QUOTING
            self.enter(deeper, "quote" if quotes else self.out.kind_here())
            self.caption = name == "figure"
        return content

    def _unseen(self, name: str, at: int, start: int, end: int) -> int:
        """Passes over what a reader does not see; what stands in another file is named."""
        if name == "meta":
            for row in range(at + 1, end):
                if option := _OPTION.match(self.texts[row], self._margins[row]):
                    self.fields.setdefault(
                        option[1].lower(), self.texts[row][option.end() :].strip()
                    )
        if name == "include" and len(self.faults) < 20:
            file = self.texts[at][start:].strip()[:200]
            self.faults.append((self.first + at, f"what stands in {file!r} is not read"))
        return end

    def _head(
        self, at: int, base: int, start: int, end: int
    ) -> tuple[list[Stretch], dict[str, Stretch], int]:
        """The argument of a directive, its options, and the line that its content begins on."""
        argument: list[Stretch] = []
        options: dict[str, Stretch] = {}
        text = self.texts[at].rstrip()
        if start < len(text):
            argument.append((at, start, len(text)))
        at += 1
        while at < end and not self.is_blank(at):
            margin, text = self._margins[at], self.texts[at].rstrip()
            if option := _OPTION.match(text, margin):
                options[option[1].lower()] = (at, option.end(), len(text))
            elif options:
                pass  # an option goes on
            elif argument:
                argument.append(self.stretch(at))
            else:
                break
            at += 1
        return argument, options, at
