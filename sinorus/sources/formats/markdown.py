"""Markdown to blocks: the events of pulldown-cmark, which knows CommonMark, tables and footnotes.

Where CommonMark makes a mark of what an author meant as text (a year as the number of a list, a
fence that is never closed, prose that is indented as code), the text wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sinorus.model import Style
from sinorus.sources.formats import wiki
from sinorus.sources.formats.blocks import Block, Draft, LineTable
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.dividing import divided
from sinorus.sources.formats.html_fragments import Fragments
from sinorus.sources.formats.stretches import Stretches, stretches, whole

if TYPE_CHECKING:
    from pyromark import Markdown

_UNCLOSED = 3
"""Fences without an end that are read as text; a text with more of them is no Markdown."""
_FENCE = re.compile(rb"(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[ \t]*\n?\Z")
_NUMBER = re.compile(rb"([0-9]{1,9})[.)][ \t]+")
_YEAR = 1000
"""Numbers of items from here on are years."""
_PROSE = re.compile(r"(?:[^\W\d_]{2,}[\s,;:.]+){5}")
"""Some words in a row, which code that is only indented hardly has."""
_MONEY = re.compile(rb"[0-9A-Za-z]")


def markdown_blocks(body: str, first_line: int) -> list[Block]:
    """The blocks of a Markdown text whose first line is number `first_line` of its file."""
    body = body.encode("utf-8", "replace").decode() if not body.isascii() else body
    body = wiki.mask(body)
    for _ in range(_UNCLOSED):
        reader = _read(stretches(body, first_line)) or _read(whole(body, first_line))
        if reader is None or reader.unclosed is None:
            break
        body = _without_fence(body, reader.unclosed - first_line)
    return reader.blocks() if reader else []


def _without_fence(body: str, line: int) -> str:
    """The text with the sign of a fence on a line (from 0) masked."""
    lines = body.split("\n")
    lines[line] = re.sub("[`~]", "\x7f", lines[line])
    return "\n".join(lines)


def _read(text: Stretches) -> _Reader | None:
    """What was read; None where a sign of plain paragraphs is not a paragraph of its own."""
    reader = _Reader(text)
    reader.take(_parser().events_with_range(text.source))
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


class _List:
    """A list that is open: its first number, and for each item its block and where its mark is."""

    def __init__(self, first: int | None) -> None:
        self.first = first
        self.items: list[tuple[int, int]] = []


class _Reader:
    """Turns events into blocks; `signs` are the places of plain paragraphs not come by yet.

    `unclosed` is the line of a fence that has no end though prose follows it.
    """

    def __init__(self, text: Stretches) -> None:
        self.source = text.source.encode("utf-8", "surrogatepass")
        self.lines = LineTable(text.starts, text.numbers)
        self.signs = dict(text.runs)
        self.out = Builder(text.labels)
        self.html = Fragments(self.out)
        self.unclosed: int | None = None
        self._styles: list[tuple[int, str]] = []
        self._lists: list[_List] = []
        self._pictured = 0
        self._cells = 0
        self._simple: Draft | None = None
        """A paragraph that has just begun."""
        self._passing = False
        """Whether what is read now is passed over: a sign, or the name of a picture."""

    def blocks(self) -> list[Block]:
        """All blocks in the order of the text."""
        return [part for block in self.out.blocks(self.lines) for part in divided(block)]

    def take(self, events: Iterator[tuple[Any, Any]]) -> None:
        """Reads all events, each with its start and end in the source."""
        for event, place in events:
            if isinstance(event, str):
                if event != "Rule" and not self._passing and not self.html.hides:
                    self.out.writing().add_break()
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
                parts.append("\n")
                size, following = size + 1, -1
                continue
            if (text := event.get("Text")) is not None:
                start, end = place["start"], place["end"]
                if start != following:
                    starts.append(size)
                    sources.append(start)
                parts.append(text)
                length = len(text)
                size += length
                exact = length == end - start or len(text.encode()) == end - start
                following = end if exact else -1
            elif (label := event.get("FootnoteReference")) is not None:
                draft.notes.append(label)
            else:
                draft.size, draft.next = size, following
                self.take(iter([(event, place)]))
                return

    # Blocks

    def _end(self, *_: Any) -> None:
        draft = self.out.draft
        if draft is None:
            return
        if self.html.busy:
            self.html.end_block()
        if self._pictured:
            if self._pictured == len(draft.text.strip()) and draft.kind == "text":
                draft.kind = "caption"
            self._pictured = 0
        if self._styles:
            self._styles.clear()
        self.out.flush()

    def _paragraph(self, _: Any, start: int, __: int) -> None:
        if start in self.signs and not self.out.inside and not self.out.labels:
            self._end()
            self.out.add_simple(self.signs.pop(start))
            self._passing = True
        else:
            self._end()
            self._simple = self.out.begin()

    def _end_paragraph(self, *_: Any) -> None:
        self._passing = False
        self._end()

    def _heading(self, detail: Mapping[str, Any], _: int, __: int) -> None:
        self._end()
        self.out.begin("heading").level = int(detail["level"][1])

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
        self._lists.append(_List(first))

    def _end_list(self, *_: Any) -> None:
        self._end()
        ended = self._lists.pop()
        if ended.first is None or (ended.first == 1 and len(ended.items) == 1):
            return
        marks = [(block, start, _NUMBER.match(self.source, start)) for block, start in ended.items]
        numbers = [int(mark.group(1)) for _, _, mark in marks if mark]
        counted = all(before <= after for before, after in pairwise(numbers))
        if len(numbers) > 1 and counted and numbers[0] < _YEAR:
            return
        for block, start, mark in marks:
            draft = self.out.made(block)
            if mark and draft is not None and draft.source == mark.end() and draft.kind == "list":
                draft.prepend(mark.group().decode(), start)
                draft.kind = self.out.inside[-1] if self.out.inside else "text"

    def _item(self, _: Any, start: int, __: int) -> None:
        self._end()
        self.out.inside.append("list")
        self._lists[-1].items.append((self.out.here(), start))

    def _code(self, *_: Any) -> None:
        self._end()
        self.out.begin("code")

    def _end_code(self, _: Any, start: int, end: int) -> None:
        draft, raw = self.out.draft, self.source[start:end]
        if raw[:1] in (b"`", b"~"):
            if b"\n\n" in raw and not _FENCE.search(raw, 3) and self.unclosed is None:
                self.unclosed = self.lines.number(start)
        elif draft is not None and _PROSE.search(draft.text):
            draft.kind = self.out.inside[-1] if self.out.inside else "text"
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

    # What stands in a block

    def _text(self, text: str, start: int, end: int) -> None:
        """Adds text; code may be of several lines."""
        if self._passing or self.html.hides:
            return
        draft = self.out.writing()
        if self.html.gap and text[0] == " " and draft.size and draft.text[-1].isspace():
            text, start = text[1:], start + 1
        self.html.gap = False
        if "\n" not in text:
            draft.add(text, start, end)
            return
        for line in text.splitlines(keepends=True):  # code, whose lines stand together
            bare, size = line.rstrip("\n"), len(line.encode())
            if bare:
                draft.add(bare, start, start + len(bare.encode()))
            if bare != line:
                draft.add_break()
            start += size

    def _verbatim(self, text: str, start: int, end: int, style: Style) -> None:
        """Adds text between signs, such as code; a line end in it is a space in `text`."""
        if self._passing or self.html.hides:
            return
        draft, raw, at = self.out.writing(), self.source[start:end], 0
        begin = draft.size
        for number, word in enumerate(text.split(" ")):
            if number:
                draft.add_break(" ")
            if word:
                coded = word.encode()
                found = raw.find(coded, at)
                at = max(found, at)
                draft.add(word, start + at, start + at + len(coded))
                at += len(coded) if found >= 0 else 0
        draft.style(begin, style)

    def _inline_code(self, text: str, start: int, end: int) -> None:
        self._verbatim(text, start, end, "code")

    def _math(self, text: str, start: int, end: int) -> None:
        """A formula, unless the signs are those of sums of money: `$5bn to US$10bn`."""
        before, after = self.source[max(0, start - 1) : start], self.source[end : end + 1]
        money = (
            _MONEY.match(before) or _MONEY.match(after) or self.source[end - 2 : end - 1] == b" "
        )
        if money and not self._passing:
            self._text(self.source[start:end].decode("utf-8", "replace"), start, end)
        else:
            self._verbatim(text, start, end, "math")

    def _mark(self, label: str, _: int, __: int) -> None:
        if not self._passing and not self.html.hides:
            self.out.writing().notes.append(label)

    def _tag(self, text: str, start: int, _: int) -> None:
        if not self._passing:
            self.html.add_tag(text, start)

    def _open_style(self, *_: Any) -> None:
        self._styles.append((self.out.writing().size, ""))

    def _link(self, detail: Mapping[str, Any], _: int, __: int) -> None:
        self._styles.append((self.out.writing().size, wiki.without_masks(detail["dest_url"])))

    def _close(self, style: Style) -> None:
        if self._styles:
            begin, target = self._styles.pop()
            self.out.writing().style(begin, style, target)

    def _end_struck(self, _: Any, start: int, __: int) -> None:
        self._close("struck" if self.source[start : start + 2] == b"~~" else "subscript")

    def _image(self, detail: Mapping[str, Any], _: int, __: int) -> None:
        """What stands for a picture is its caption; the name of an embedded file is none."""
        kind = detail["link_type"]
        if isinstance(kind, dict) and not kind.get("WikiLink", {}).get("has_pothole", True):
            self._passing = True
        self._styles.append((self.out.writing().size, ""))

    def _end_image(self, *_: Any) -> None:
        self._passing = False
        if self._styles:
            self._pictured += self.out.writing().size - self._styles.pop()[0]


def _closing(style: Style) -> Callable[..., None]:
    return lambda reader, *_: reader._close(style)


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
        "Heading": _Reader._end,
        "BlockQuote": _Reader._leave,
        "List": _Reader._end_list,
        "Item": _Reader._leave,
        "FootnoteDefinition": _Reader._end_note,
        "DefinitionListTitle": _Reader._leave,
        "DefinitionListDefinition": _Reader._leave,
        "CodeBlock": _Reader._end_code,
        "HtmlBlock": _Reader._end_html,
        "Table": _Reader._end,
        "Emphasis": _closing("emphasis"),
        "Strong": _closing("strong"),
        "Strikethrough": _Reader._end_struck,
        "Link": _closing("link"),
        "Image": _Reader._end_image,
    },
    "Code": {"": _Reader._inline_code},
    "InlineMath": {"": _Reader._math},
    "DisplayMath": {"": _Reader._math},
    "FootnoteReference": {"": _Reader._mark},
    "Html": {"": _Reader._html_lines},
    "InlineHtml": {"": _Reader._tag},
}
