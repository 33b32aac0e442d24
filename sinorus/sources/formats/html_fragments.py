"""HTML that stands in Markdown: its tags divide blocks and give styles, and nobody reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from html.entities import html5

from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.html_tags import BLOCKS, CONTAINERS, HIDDEN, READINGS, STYLES
from sinorus.sources.formats.lines import byte_length
from sinorus.sources.formats.masks import is_masked
from sinorus.sources.formats.wiki import is_note_mark

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LONGEST_TAG = 10_000
_TARGET = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"


class Fragments:
    """Reads tags one by one, or whole lines of HTML. `hides`: what comes now, nobody sees."""

    def __init__(self, out: Builder, unmasked: Callable[[int, int], str]) -> None:
        self._unmasked = unmasked
        self._out = out
        self._lines: list[tuple[str, int]] = []
        self._open: list[tuple[str, int, str]] = []
        self._names: Counter[str] = Counter()
        self._containers: list[str] = []
        self._hidden = ""
        self._captioned: Draft | None = None
        self.pictured = 0
        """Characters in the block in hand that are said in place of pictures."""
        self.gap = False
        """Whether a comment was the last that was read: of the spaces around it, one is enough."""

    @property
    def busy(self) -> bool:
        """Whether a tag is open, or a comment was the last that was read."""
        return self.gap or bool(self._open or self._hidden)

    @property
    def hides(self) -> bool:
        """Whether what comes now stands in a script, a style sheet or the like."""
        return bool(self._hidden)

    def end_block(self) -> None:
        """Ends the styles that are open: a block has its own."""
        while self._open:
            self._close_style(self._open[-1][0])
        self._hidden = ""

    def add_tag(self, raw: str, source: int) -> None:
        """A tag or comment that stands in a paragraph."""
        match = _TAG.match(raw, 0, _LONGEST_TAG)
        if match is None:
            self.gap = True
            return
        closing, name = bool(match.group(1)), match.group(2).lower()
        if self._hidden or name in HIDDEN:
            self._hide(name, closing, match.group(3))
        elif name in STYLES:
            self._style(name, closing, match.group(3))
        elif name == "br":
            self._out.writing().add_break()
        elif name in BLOCKS or name in CONTAINERS or name in ("td", "th", "tr"):
            self._out.writing().add_break("\n" if name != "td" else "\t")
        elif name == "img":
            self.pictured += self._picture(match.group(3), source + match.start(3))

    def add_lines(self, text: str, source: int) -> None:
        """A line of a block of HTML, kept until `end_lines`."""
        self._lines.append((text, source))

    def end_lines(self) -> None:
        """Reads the lines of a block of HTML."""
        text = "".join([line for line, _ in self._lines])
        starts: list[int] = []
        size = 0
        for line, _ in self._lines:
            starts.append(size)
            size += len(line)
        sources = [source for _, source in self._lines]
        self._lines = []
        known, source, on = 0, 0, -1
        for token, at, number in _tokens(text, starts):
            if number != on:
                known, source, on = starts[number], sources[number], number
            source += byte_length(text[known:at])
            known = at
            if token[0] == "<" and (match := _TAG.fullmatch(token)):
                attributes = match.group(3), source + match.start(3)
                self._block_tag(bool(match.group(1)), match.group(2).lower(), *attributes)
            elif not self._hidden and not token.startswith(("<!", "<?")):
                self._text(token, source)
        self.end_block()
        while self._containers:
            self._leave(self._containers[-1])

    def _block_tag(self, closing: bool, name: str, attributes: str, source: int) -> None:
        out = self._out
        in_table = out.draft is not None and out.draft.kind == "table"
        if self._hidden or name in HIDDEN:
            self._hide(name, closing, attributes)
        elif name in STYLES:
            self._style(name, closing, attributes)
        elif name in ("tr", "td", "th"):
            self._row_or_cell(name, closing)
        elif name == "img":
            self._show_picture(attributes, source)
        elif in_table and name not in ("table", "caption"):
            if out.draft and (name == "br" or name in BLOCKS or name in CONTAINERS):
                out.draft.add_blank(" ")
        elif name in CONTAINERS:
            self._leave(name)
            if not closing:
                out.flush()
                self._containers.append(name)
                out.inside.append(CONTAINERS[name])
        elif name == "br":
            out.writing().add_break()
        elif name in BLOCKS:
            self.end_block()
            out.flush()
            kind = BLOCKS[name]
            if name == "caption" and closing:
                out.begin("table")
            elif kind and not closing:
                draft = out.begin(kind)
                draft.level = int(name[1]) if kind == "heading" else 0

    def _row_or_cell(self, name: str, closing: bool) -> None:
        draft = self._out.draft
        if closing or draft is None:
            return
        if name == "tr":
            draft.trim()
            draft.add_break()
        elif not draft.ends_with("\n"):
            draft.trim(" ")
            draft.add_break("\t")

    def _show_picture(self, attributes: str, source: int) -> None:
        """What a block says in place of a picture is its caption, if it says nothing else."""
        alone = self._out.draft is None or not self._out.draft.size
        if self._picture(attributes, source) and alone:
            draft = self._out.writing()
            if draft.kind == "text":
                draft.kind, self._captioned = "caption", draft

    def _picture(self, attributes: str, source: int) -> int:
        """Takes what is said in place of a picture; how many characters."""
        match = _ALTERNATIVE.search(attributes)
        if match is None or match.lastindex is None or not match.group(match.lastindex).strip():
            return 0
        said = match.group(match.lastindex)
        at = source + len(attributes[: match.start(match.lastindex)].encode())
        draft = self._out.writing()
        draft.add_blank(" ")
        shown = " ".join(unescape(said).split())
        draft.add(shown, at, at + byte_length(said))
        return seen_in(shown)

    def _leave(self, name: str) -> None:
        self.end_block()
        self._out.flush()
        if name in self._containers:
            while self._containers:
                self._out.inside.pop()
                if self._containers.pop() == name:
                    break

    def _hide(self, name: str, closing: bool, attributes: str) -> None:
        reading = self._hidden in READINGS
        if not closing and (not self._hidden or (reading and name in READINGS)):
            self._hidden = "" if attributes.endswith("/") else name
        elif closing and (name == self._hidden or (reading and name == "ruby")):
            self._hidden = ""

    def _style(self, name: str, closing: bool, attributes: str) -> None:
        if closing:
            self._close_style(name)
            return
        found = _TARGET.search(attributes) if name == "a" else None
        target = unescape(next(filter(None, found.groups()), "")) if found else ""
        self._open.append((name, self._out.writing().size, target))
        self._names[name] += 1

    def _close_style(self, name: str) -> None:
        """Ends the innermost open style of this name, and those that were opened in it."""
        if not self._names[name]:
            return
        draft = self._out.writing()
        while self._open:
            opened, start, target = self._open.pop()
            self._names[opened] -= 1
            start = min(start, draft.size)
            around = draft.tail(max(0, start - 8)) if opened == "sup" else ""
            before, raised = around[: min(start, 8)], around[min(start, 8) :]
            if raised and is_note_mark(before, raised):
                draft.truncate(start)
            elif opened != "a" or target:
                draft.style(start, STYLES[opened], target)
            if opened == name:
                break

    def _text(self, text: str, source: int) -> None:
        draft = self._out.writing()
        if draft is self._captioned and not text.isspace():
            draft.kind, self._captioned = "text", None
        if text[0] == "&" and (shown := unescape(text)) != text:
            draft.add(shown, source, source + len(text))
        elif draft.kind == "code":
            if is_masked(text):
                text = self._unmasked(source, source + byte_length(text))
            draft.add_lines(text, source)
        elif text == " ":
            if draft.size and not draft.tail(draft.size - 1).isspace():
                draft.add(text, source, source + 1)
        elif text.isspace():
            draft.add_blank("\n" if "\n" in text and draft.kind != "table" else " ")
        else:
            draft.add(text, source, source + len(text.encode()))


def seen_in(text: str) -> int:
    """How many characters are no white space."""
    return sum(map(len, text.split()))


def _tokens(text: str, starts: list[int]) -> Iterator[tuple[str, int, int]]:
    """Tags, comments, entities, white space and what is between, each with its place and line."""
    at, line = 0, 0
    for start, end in _bounds(text):
        for part in _words(text, start, end):
            while line + 1 < len(starts) and starts[line + 1] <= part[0]:
                line += 1
            yield text[part[0] : part[1]], part[0], line
        at = end
    assert at == len(text) or not text


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start != at:
            yield at, start if start >= 0 else len(text)
            at = start if start >= 0 else len(text)
            continue
        if text.startswith("<!--", at):
            end = text.find("-->", at)
            end = end + 3 if end >= 0 else len(text)
        elif text.startswith(("<!", "<?"), at):
            end = text.find(">", at) + 1 or len(text)
        else:
            match = _TAG.match(text, at, at + _LONGEST_TAG)
            end = match.end() if match else at + 1
        yield at, end
        at = end


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if text[start] == "<":
        yield start, end
        return
    for piece in _pieces().finditer(text, start, end):
        yield piece.span()


@cache
def _pieces() -> re.Pattern[str]:
    """Entities (the oldest need no semicolon), white space, and what is between them."""
    old = "|".join(sorted([name for name in html5 if name[-1] != ";"], key=len, reverse=True))
    return re.compile(rf"{_ENTITY}|&(?:{old})|\s+|[^\s&]+|&")
