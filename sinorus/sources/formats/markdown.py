"""Markdown to blocks: the events of pulldown-cmark, which knows CommonMark, tables and footnotes.

Where CommonMark makes a mark of what an author meant as text (a year as the number of a list, a
fence that is never closed, prose that is indented as code), the text wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from sinorus.sources.formats import masks
from sinorus.sources.formats.blocks import Block, Draft, LineTable
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.dividing import divided
from sinorus.sources.formats.inline import Inline, closing
from sinorus.sources.formats.lines import columns
from sinorus.sources.formats.marks import marks_of
from sinorus.sources.formats.numbering import OpenList
from sinorus.sources.formats.prose import is_prose
from sinorus.sources.formats.registry import Content, Source
from sinorus.sources.formats.stretches import Stretches, stretches, whole

if TYPE_CHECKING:
    from pyromark import Markdown

_UNCLOSED = 3
"""Fences without an end that are read as text; a text with more of them is no Markdown."""
_FENCE = re.compile(rb"(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[ \t]*\n?\Z")
_LONG, _SHORT = 120, 60
"""Columns of a line that is more than a heading even where a line of dashes stands below it."""
_STOP = (".", "。", "…", ";", "；", ",", "，", "、", ":", "：")


def read(source: Source) -> Content:
    """The paragraphs of a Markdown text."""
    return Content(markdown_blocks(*source))


def markdown_blocks(body: str, first_line: int, *, parse_all: bool = False) -> list[Block]:
    """The blocks of a Markdown text whose first line is number `first_line` of its file.

    With `parse_all` simple blocks are parsed as well, which takes longer and gives the same.
    """
    try:
        marks = marks_of(body)
    except UnicodeEncodeError:  # halves of characters, which the parser would refuse
        body = body.encode("utf-8", "replace").decode()
        marks = marks_of(body)
    masked = masks.masked(body, first_line, marks)
    body = masked.text
    for _ in range(_UNCLOSED):
        reader = None
        if not parse_all:
            text = stretches(body, first_line, masked.marks)
            if not text.source:
                return _simple_alone(text)
            reader = _read(text, masked)
        if reader is None:
            reader = _read(whole(body, first_line, masked.marks), masked)
        if reader is None or reader.unclosed is None:
            break
        lines = body.split("\n")
        at = reader.unclosed - first_line
        lines[at] = masks.mask_line(lines[at])
        body = "\n".join(lines)
    return reader.blocks() if reader else []


def _simple_alone(text: Stretches) -> list[Block]:
    """The blocks of a text that has nothing to be parsed."""
    out = Builder()
    for run in text.runs.values():
        out.add_simple(run)
    return _divided(out.blocks(LineTable((), ())))


def _divided(blocks: list[Block]) -> list[Block]:
    """The paragraphs of all these blocks."""
    found: list[Block] = []
    for block in blocks:
        if "\n" in block.text:
            found += divided(block)
        else:
            found.append(block)
    return found


def _read(text: Stretches, masked: masks.Masked) -> _Reader | None:
    """What was read; None where a sign of plain paragraphs is not a paragraph of its own."""
    reader = _Reader(text, masked)
    events = _parser().events_with_range(text.source)
    if text.begin:
        events = dropwhile(lambda event: event[1]["start"] < text.begin, events)
    reader.take(events)
    return None if reader.signs else reader


@cache
def _parser() -> Markdown:
    from pyromark import Markdown, Options

    return Markdown(
        options=Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_HEADING_ATTRIBUTES
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_MATH
        | Options.ENABLE_WIKILINKS
    )


class _Reader(Inline):
    """Turns events into blocks; `signs` are the places of plain paragraphs not come by yet.

    `unclosed` is the line of a fence that has no end though prose follows it.
    """

    def __init__(self, text: Stretches, masked: masks.Masked) -> None:
        super().__init__(text, masked)
        self.signs = dict(text.runs)
        self.unclosed: int | None = None
        self._lists: list[OpenList] = []
        self._cells = 0
        self._prose_end = 0
        self._simple: Draft | None = None
        """A paragraph that has just begun."""

    def blocks(self) -> list[Block]:
        """All blocks in the order of the text."""
        return _divided(self.out.blocks(self.lines))

    def take(self, events: Iterator[tuple[Any, Any]]) -> None:
        """Reads all events, each with its start and end in the source."""
        for event, place in events:
            if isinstance(event, str):
                if event != "Rule" and not self._passing and not self.html.hides:
                    self.out.writing().add_line_end()
                continue
            ((what, value),) = event.items()
            if what == "Text":
                self._text(value, place["start"], place["end"])
                continue
            acts = _ACTS.get(what)
            if acts is None:
                continue
            name, detail = value, None
            if what not in ("Start", "End"):
                name, detail = "", value
            elif not isinstance(value, str):
                ((name, detail),) = value.items()
            if act := acts.get(name):
                act(self, detail, place["start"], place["end"])
            if self._simple is not None:
                self._take_texts(events, self._simple)

    def _take_texts(self, events: Iterator[tuple[Any, Any]], draft: Draft) -> None:
        """Reads on as long as there are texts, line ends and marks of notes, as nearly always.

        It does what the methods of `draft` do, without a call for each event.
        """
        self._simple = None
        parts, starts, sources = draft.parts, draft.starts, draft.sources
        size, following = 0, -1
        for event, place in events:
            if isinstance(event, str):
                if parts and parts[-1] != "\n":
                    parts.append("\n")
                    size, following = size + 1, -1
                continue
            if (text := event.get("Text")) is not None:
                start, end = place["start"], place["end"]
                length = len(text)
                exact = length == end - start or len(text.encode()) == end - start
                if start != following or not exact:
                    starts.append(size)
                    sources.append(start)
                parts.append(text)
                size += length
                following = end if exact else -1
            elif (label := event.get("FootnoteReference")) is not None:
                draft.notes.append(label)
            else:
                draft.size, draft.next = size, following
                self.take(iter([(event, place)]))
                return

    # Blocks

    def _end(self, *_: Any) -> None:
        self._end_inline()
        self.out.flush()

    def _paragraph(self, _: Any, start: int, __: int) -> None:
        if start in self.signs and not self.out.inside and not self.out.labels:
            self._end()
            self.out.add_simple(self.signs.pop(start))
            self._passing = True
        elif self._goes_on(start):
            self.out.writing().add_line_end()
        else:
            self._end()
            self._simple = self.out.begin()

    def _goes_on(self, start: int) -> bool:
        """Whether a paragraph is the rest of one whose first line is indented as code."""
        draft = self.out.draft
        if draft is None or not draft.prose:
            return False
        between = self.source[self._prose_end - 1 : start]
        return between.count(b"\n") <= 1 and not between.strip()

    def _end_paragraph(self, *_: Any) -> None:
        self._passing = False
        self._end()

    def _heading(self, detail: Mapping[str, Any], _: int, __: int) -> None:
        self._end()
        self.out.begin("heading").level = int(detail["level"][1])

    def _end_heading(self, _: Any, start: int, end: int) -> None:
        """Ends a heading, but for prose above dashes that are meant to divide."""
        draft = self.out.draft
        raw = self.source[start:end].rstrip()
        if draft is not None and raw[:1] != b"#" and raw[-1:] == b"-":
            text = draft.text.strip()
            width = columns(text)
            if "\n" in text or width > _LONG or (width > _SHORT and text.endswith(_STOP)):
                draft.kind = self.out.kind_here()
        self._end()

    def _quote(self, *_: Any) -> None:
        self._end()
        self.out.inside.append("quote")

    def _definition(self, *_: Any) -> None:
        self._end()
        self.out.inside.append("list")

    def _leave(self, *_: Any) -> None:
        self._end()
        self.out.inside.pop()

    def _note(self, label: str, _: int, __: int) -> None:
        self._end()
        self.out.labels.append(label)

    def _end_note(self, *_: Any) -> None:
        self._end()
        self.out.labels.pop()

    def _list(self, first: int | None, _: int, __: int) -> None:
        self._end()
        self._lists.append(OpenList(first))

    def _end_list(self, *_: Any) -> None:
        self._end()
        self._lists.pop().give_back_numbers(self.out, self.source)

    def _item(self, _: Any, start: int, __: int) -> None:
        self._end()
        self.out.inside.append("list")
        self._lists[-1].begin_item(self.out, start)

    def _end_item(self, *_: Any) -> None:
        self._leave()
        self._lists[-1].end_item(self.out)

    def _code(self, *_: Any) -> None:
        self._end()
        self.out.begin("code")

    def _end_code(self, _: Any, start: int, end: int) -> None:
        draft, raw = self.out.draft, self.source[start:end]
        if raw[:1] in (b"`", b"~"):
            if b"\n\n" in raw and not _FENCE.search(raw, 3) and self.unclosed is None:
                self.unclosed = self.lines.place(start)[0]
        elif draft is not None and is_prose(draft.text):
            draft.kind, draft.prose = self.out.kind_here(), True
            self._prose_end = end
            return
        self.out.flush()

    def _html_lines(self, text: str, start: int, _: int) -> None:
        self.html.add_lines(text, start)

    def _end_html(self, *_: Any) -> None:
        self.html.end_lines()
        self._end()

    def _table(self, *_: Any) -> None:
        self._end()
        self.out.begin("table")

    def _row(self, _: Any, start: int, end: int) -> None:
        """Begins a row; a line without a stroke is the text that follows the table."""
        draft, is_row = self.out.writing(), b"|" in self.source[start:end]
        if is_row != (draft.kind in ("table", "footnote")):
            self._end()
            draft = self.out.begin("table" if is_row else None)
        elif draft.size:
            draft.add_break()
        self._cells = 0

    def _cell(self, *_: Any) -> None:
        draft = self.out.writing()
        if self._cells and draft.kind in ("table", "footnote"):
            draft.add_break("\t")
        self._cells += 1


_ACTS: Mapping[str, Mapping[str, Callable[..., None]]] = {
    "Start": {
        "Paragraph": _Reader._paragraph,
        "Heading": _Reader._heading,
        "BlockQuote": _Reader._quote,
        "List": _Reader._list,
        "Item": _Reader._item,
        "FootnoteDefinition": _Reader._note,
        "DefinitionListTitle": _Reader._definition,
        "DefinitionListDefinition": _Reader._definition,
        "CodeBlock": _Reader._code,
        "HtmlBlock": _Reader._end,
        "Table": _Reader._table,
        "TableRow": _Reader._row,
        "TableCell": _Reader._cell,
        "Emphasis": _Reader._open_style,
        "Strong": _Reader._open_style,
        "Strikethrough": _Reader._open_style,
        "Link": _Reader._link,
        "Image": _Reader._image,
    },
    "End": {
        "Paragraph": _Reader._end_paragraph,
        "Heading": _Reader._end_heading,
        "BlockQuote": _Reader._leave,
        "List": _Reader._end_list,
        "Item": _Reader._end_item,
        "FootnoteDefinition": _Reader._end_note,
        "DefinitionListTitle": _Reader._leave,
        "DefinitionListDefinition": _Reader._leave,
        "CodeBlock": _Reader._end_code,
        "HtmlBlock": _Reader._end_html,
        "Table": _Reader._end,
        "Emphasis": closing("emphasis"),
        "Strong": closing("strong"),
        "Strikethrough": _Reader._end_struck,
        "Link": closing("link"),
        "Image": _Reader._end_image,
    },
    "Code": {"": _Reader._inline_code},
    "InlineMath": {"": _Reader._math},
    "DisplayMath": {"": _Reader._math},
    "FootnoteReference": {"": _Reader._mark},
    "Html": {"": _Reader._html_lines},
    "InlineHtml": {"": _Reader._tag},
}
