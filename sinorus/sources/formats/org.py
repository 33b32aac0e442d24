"""Org, the outlines of Emacs: paragraphs as they are exported, line by line in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.org_inline import OrgInline
from sinorus.sources.formats.org_keywords import Keywords
from sinorus.sources.formats.passages import SourceLines, Stretch
from sinorus.sources.formats.registry import Content, Source

_HEADING = re.compile(r"(\*+)[ \t]+(?=\S)|(\*+)[ \t]*$")
_PRIORITY = re.compile(r"\[#[A-Za-z0-9]\][ \t]*")
_TAGS = re.compile(r"[ \t]+:(?:[\w@#%]{1,100}:){1,50}[ \t]*\Z")
_PLANNING = re.compile(r"[ \t]*(?:CLOSED|DEADLINE|SCHEDULED|CLOCK):[ \t]*[<\[]")
_COMMENT = re.compile(r"[ \t]*#(?:[ \t]|$)")
_KEYWORD = re.compile(r"[ \t]*#\+([\w-]{1,60})(?:\[[^\]\n]{0,200}\])?:[ \t]*")
_BLOCK = re.compile(r"[ \t]*#\+(begin|end)(?:_([\w-]{1,60})|:)", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:([\w-]{1,60}):[ \t]*$")
_RULE = re.compile(r"[ \t]*-{5,}[ \t]*$")
_FIXED = re.compile(r"[ \t]*:(?: |$)")
_ROW = re.compile(r"[ \t]*(\||\+-[-+]{0,1000}\+[ \t]*$)")
_LINE_OF_TABLE = re.compile(r"[ \t]*(?:\|-|\+-)")
_WIDTH = re.compile(r"<[lrc]?\d{0,4}>|[/<>]|<>|")
_ITEM = re.compile(
    r"([ \t]*)(?:[-+]|(?<=[ \t])\*|(?:\d{1,9}|[A-Za-z])[.)])(?:[ \t]+|$)"
    r"(?:\[@\w{1,9}\][ \t]*)?(?:\[[ Xx-]\](?:[ \t]+|$))?"
)
_TERM = re.compile(r"[ \t]+::(?=[ \t]|$)")
_DEFINITION = re.compile(r"\[fn:([\w-]{1,100})\][ \t]*")
_DIARY = re.compile(r"%%\(")
_ENVIRONMENT = re.compile(r"[ \t]*\\begin\{([A-Za-z0-9*]{1,40})\}")
_END = re.compile(r"[ \t]*\\end\{([A-Za-z0-9*]{1,40})\}")
_VERBATIM = frozenset({"src", "example"})
_UNSEEN = frozenset({"comment", "export"})
_UNSEEN_DRAWERS = frozenset({"properties", "logbook"})
_QUOTED: dict[str, Kind] = {"quote": "quote", "verse": "quote"}
_ESCAPED = re.compile(r"[ \t]*,(?=\*|#\+|,)")


def read(source: Source) -> Content:
    """The paragraphs of an Org text, and what its keywords say of it."""
    reading = _Reader(source)
    reading.run()
    blocks = reading.out.blocks(reading.lines.table)
    said = reading.keywords
    return Content(blocks, said.fields(), said.lines, tuple(said.faults))


class _Inside(NamedTuple):
    """A container that is open: an item, by the column of its mark, or a block, by its name."""

    column: int
    block: str = ""


class _Reader:
    def __init__(self, source: Source) -> None:
        self.lines = SourceLines(source)
        self.texts = self.lines.texts
        self.out = Builder()
        self.keywords = Keywords(source.line)
        self.open: list[_Inside] = []
        self.hidden = 0
        """The level of a heading that is a comment, with all that is below it."""
        self.ends: dict[str, list[int]] = {}
        self.drawer_ends: list[int] = []
        self.headings: list[int] = []
        self.notes = 0
        for at, text in enumerate(self.texts):
            if "#+" in text and (end := _BLOCK.match(text)) and end[1].lower() == "end":
                self.ends.setdefault((end[2] or "").lower(), []).append(at)
            elif ":" in text[:100] and text.strip().upper() == ":END:":
                self.drawer_ends.append(at)
            elif text[:1] == "*" and _HEADING.match(text):
                self.headings.append(at)
            elif "\\end{" in text[:200] and (closing := _END.match(text)):
                self.ends.setdefault(f"\\{closing[1]}", []).append(at)
            elif "#+" in text and (key := _KEYWORD.match(text)):
                self.keywords.declare(key[1], text[key.end() :])

    def run(self) -> None:
        at, blank = 0, 0
        while at < len(self.texts):
            text = self.texts[at]
            if not text.strip():
                blank += 1
                if blank == 2:
                    self.leave_all(("",))
                    self.out.labels.clear()
                at += 1
                continue
            following = self.take(at, text)
            blank, at = 0, following

    # What a line begins

    def take(self, at: int, text: str) -> int:
        """Reads what begins on a line; the line behind it."""
        if text[0] == "*" and (heading := _HEADING.match(text)):
            return self.heading(at, text, heading)
        if self.hidden:
            return at + 1
        column = len(text) - len(text.lstrip())
        item = _ITEM.match(text)
        while self.open and not self.open[-1].block and column <= self.open[-1].column:
            self.leave()
        if text[0] == "[" and (note := _DEFINITION.match(text)):
            self.leave_all()
            self.out.labels[:] = [f"fn:{note[1]}"]
            return self.paragraph(at, note.end())
        lead = text[column]
        if lead == "#" and (following := self.sign(at, text)):
            return following
        if lead == ":" and (following := self.drawer(at, text)):
            return following
        if lead in "|+" and (row := _ROW.match(text)) and (lead == "|" or row[1][0] == "+"):
            return self.table(at)
        if lead == "-" and _RULE.match(text):
            return at + 1
        if lead in "CDS" and _PLANNING.match(text):
            return at + 1
        if lead == "%" and _DIARY.match(text):
            return at + 1
        if lead == "\\" and (env := _ENVIRONMENT.match(text)):
            return self.environment(at, env[1])
        if item is not None:
            return self.item(at, text, item)
        return self.paragraph(at, column)

    def begins(self, at: int) -> bool:
        """Whether a line begins something, so that no paragraph goes on there."""
        text = self.texts[at]
        bare = text.lstrip()
        if not bare:
            return True
        lead = bare[0]
        if text[0] == "*" and _HEADING.match(text):
            return True
        if lead == "#":
            return bool(_COMMENT.match(text) or _KEYWORD.match(text) or _BLOCK.match(text))
        if lead == ":":
            ends = text.strip().upper() == ":END:"
            return ends or bool(_FIXED.match(text)) or self.drawer_end(at) is not None
        if lead == "|":
            return True
        if lead == "[" and text[0] == "[" and _DEFINITION.match(text):
            return True
        if lead == "\\" and _ENVIRONMENT.match(text):
            return True
        if lead == "-" and _RULE.match(text):
            return True
        return (lead in "CDS" and bool(_PLANNING.match(text))) or self.is_item(text)

    def is_item(self, text: str) -> bool:
        """Whether a line begins an item; within a paragraph a letter or a year does not."""
        found = _ITEM.match(text)
        if found is None:
            return False
        mark = found.group().strip()
        return not mark[:1].isalpha() and not (len(mark) > 3 and mark[:3].isdecimal())

    def heading(self, at: int, text: str, match: re.Match[str]) -> int:
        self.leave_all()
        self.out.labels.clear()
        level, start = len(match[1] or match[2]), match.end()
        if self.hidden and level > self.hidden:
            return at + 1
        self.hidden = 0
        end = len(text.rstrip())
        if tags := _TAGS.search(text, max(start - 1, end - 600)):
            end = tags.start()
        word = text[start:end].split(None, 1)[:1]
        if word and word[0] in self.keywords.states:
            start += len(word[0])
            start += len(text[start:end]) - len(text[start:end].lstrip())
        if priority := _PRIORITY.match(text, start, end):
            start = priority.end()
        if text.startswith("COMMENT", start) and text[start + 7 : start + 8].strip() == "":
            self.hidden = level
            return at + 1
        draft = self.out.begin("heading")
        draft.level = level
        self.write(draft, [(at, start, max(start, end))])
        return at + 1

    def sign(self, at: int, text: str) -> int:
        """Reads a comment, a keyword, or what stands between `#+begin` and `#+end`; else 0."""
        if _COMMENT.match(text):
            return at + 1
        if block := _BLOCK.match(text):
            return self.block(at, block[1].lower(), (block[2] or "").lower())
        key = _KEYWORD.match(text)
        if key is None:
            return 0
        name = key[1].lower()
        if name == "caption":
            self.write(self.out.begin("caption"), [(at, key.end(), len(text))])
        else:
            self.keywords.add(name, text[key.end() :], at)
        return at + 1

    def block(self, at: int, what: str, name: str) -> int:
        if what == "end":
            found = next((n for n, one in enumerate(self.open) if one.block == name), None)
            if found is not None:
                while len(self.open) > found:
                    self.leave()
            return at + 1
        end = _behind(self.ends.get(name, []), at)
        if end is None or not name:
            return at + 1
        if name in _UNSEEN:
            return end + 1
        if name in _VERBATIM:
            return self.verbatim(at + 1, end)
        if len(self.open) < 50:
            self.enter(_Inside(-1, name), _QUOTED.get(name, self.out.kind_here()))
        if name == "verse":
            return self.verse(at + 1, end)
        return at + 1

    def drawer_end(self, at: int) -> int | None:
        """Where a drawer ends that a line opens; before the next heading there may be none."""
        match = _DRAWER.match(self.texts[at])
        if match is None or match[1].lower() == "end":
            return None
        end, heading = _behind(self.drawer_ends, at), _behind(self.headings, at)
        return end if end is not None and (heading is None or end < heading) else None

    def drawer(self, at: int, text: str) -> int:
        """Reads a drawer or a line of fixed width; 0 where it is neither."""
        if _FIXED.match(text):
            end = at
            while end < len(self.texts) and _FIXED.match(self.texts[end]):
                end += 1
            draft = self.out.begin("code")
            for one in range(at, end):
                line = self.texts[one]
                start = line.index(":") + 1
                self.code_line(draft, one, start + (line[start : start + 1] == " "))
            self.out.flush()
            return end
        match = _DRAWER.match(text)
        closing = self.drawer_end(at)
        if match is None or closing is None:
            return at + 1 if match and match[1].lower() == "end" else 0
        name = match[1].lower()
        if name not in _UNSEEN_DRAWERS:
            return at + 1
        if name == "properties" and not self.out.here():
            for one in range(at + 1, closing):
                self.keywords.property(self.texts[one], one)
        return closing + 1

    # Blocks

    def paragraph(self, at: int, column: int, kind: Kind | None = None) -> int:
        """Reads a paragraph that begins at a column of a line."""
        stretches: list[Stretch] = []
        end = at
        while end == at or (end < len(self.texts) and not self.begins(end)):
            text = self.texts[end]
            start = column if end == at else len(text) - len(text.lstrip())
            inside = self.open[-1] if self.open else None
            if end > at and inside and not inside.block and start <= inside.column:
                break
            stretches.append((end, start, len(text.rstrip())))
            end += 1
        self.write(self.out.begin(kind), stretches)
        return end

    def item(self, at: int, text: str, match: re.Match[str]) -> int:
        column = len(match[1])
        if len(self.open) < 50:
            self.enter(_Inside(column), "list")
        mark = match.group().split()[0]
        self.out.mark = mark if mark[0].isalnum() else None
        if match.end() >= len(text.rstrip()):
            return at + 1
        return self.paragraph(at, match.end())

    def verse(self, start: int, end: int) -> int:
        """The lines of a verse: an empty one ends a paragraph."""
        stretches: list[Stretch] = []
        for at in range(start, end + 1):
            text = self.texts[at]
            if at < end and text.strip():
                stretches.append((at, len(text) - len(text.lstrip()), len(text.rstrip())))
            elif stretches:
                self.write(self.out.begin(), stretches)
                stretches = []
        return end

    def environment(self, at: int, name: str) -> int:
        """A formula of LaTeX that has lines of its own; without an end it is text."""
        end = _behind(self.ends.get(f"\\{name}", []), at)
        if end is not None:
            return self.verbatim(at, end + 1)
        return self.paragraph(at, len(self.texts[at]) - len(self.texts[at].lstrip()))

    def verbatim(self, start: int, end: int) -> int:
        """Lines as they are, without the margin that all of them have."""
        draft = self.out.begin("code")
        rows = [one for one in self.texts[start:end] if one.strip()]
        margin = min((len(one) - len(one.lstrip()) for one in rows), default=0)
        for at in range(start, end):
            self.code_line(draft, at, margin)
        self.out.flush()
        return end + (end < len(self.texts) and bool(_BLOCK.match(self.texts[end])))

    def code_line(self, draft: Draft, at: int, start: int) -> None:
        if draft.size:
            draft.add_break()
        text = self.texts[at]
        passage, begin = self.lines.line(at), min(start, len(text))
        if escape := _ESCAPED.match(text, begin):
            passage.copy(draft, begin, escape.end() - 1)
            begin = escape.end()
        passage.copy(draft, begin, len(text.rstrip()))

    def table(self, at: int) -> int:
        """Rows with a tab between cells; lines and widths of columns are no rows."""
        draft = self.out.begin("table")
        while at < len(self.texts) and _ROW.match(self.texts[at]):
            text = self.texts[at].rstrip()
            if not _LINE_OF_TABLE.match(text) and not _is_widths(text):
                self.row(draft, at, text)
            at += 1
        self.out.flush()
        return at

    def row(self, draft: Draft, at: int, text: str) -> None:
        draft.add_line_end()
        inline = OrgInline(self.lines.line(at), self.notes)
        start = text.index("|") + 1
        first = True
        while start < len(text):
            end = text.find("|", start)
            end = end if end >= 0 else len(text)
            cell = text[start:end]
            if not first:
                draft.add_break("\t")
            begin = start + len(cell) - len(cell.lstrip())
            inline.read(draft, begin, max(begin, start + len(cell.rstrip())))
            start, first = end + 1, False

    def write(self, draft: Draft, stretches: list[Stretch]) -> None:
        """Fills a draft with the text of some lines, and puts the notes that stand there behind."""
        inline = OrgInline(self.lines.passage(stretches), self.notes)
        start, text = 0, inline.text
        if draft.kind == "list" and (term := _TERM.search(text, 0, 300)) is not None:
            inline.read(draft, 0, term.start())
            draft.add_break()
            start = term.end()
            start += len(text[start:]) - len(text[start:].lstrip())
        inline.read(draft, start, len(text))
        self.notes = inline.number
        self.out.flush()
        for note in inline.notes:
            self.out.draft = note
            self.out.flush()

    # Containers

    def enter(self, one: _Inside, kind: Kind) -> None:
        self.out.flush()
        self.open.append(one)
        self.out.inside.append(kind)

    def leave(self) -> None:
        self.out.flush()
        self.open.pop()
        self.out.inside.pop()

    def leave_all(self, blocks: tuple[str, ...] | None = None) -> None:
        """Leaves all containers, or those at the end that are no blocks."""
        while self.open and (blocks is None or self.open[-1].block in blocks):
            self.leave()


def _behind(numbers: list[int], at: int) -> int | None:
    """The first of ascending numbers that is greater."""
    place = bisect_right(numbers, at)
    return numbers[place] if place < len(numbers) else None


def _is_widths(row: str) -> bool:
    """Whether a row only says how wide columns are."""
    if "<" not in row[:200] and "/" not in row[:200]:
        return False
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    return any(cells) and all(map(_WIDTH.fullmatch, cells))
