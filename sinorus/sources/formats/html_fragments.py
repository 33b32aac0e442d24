"""HTML that stands in Markdown: its tags divide blocks and give styles, and nobody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from sinorus.model import Kind, Style
from sinorus.sources.formats.builder import Builder
from sinorus.sources.formats.wiki import is_note_mark

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LONGEST_TAG = 10_000
_TARGET = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANKS = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]+")
_STYLES: Mapping[str, Style] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "struck"),
    "sup": "superscript",
    "sub": "subscript",
    "a": "link",
}
_BLOCKS: Mapping[str, Kind | None] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("address", "article", "aside", "body", "center", "details", "dialog"), None),
    **dict.fromkeys(("div", "dl", "fieldset", "figure", "footer", "form", "header"), None),
    **dict.fromkeys(("hr", "html", "main", "nav", "ol", "p", "section", "summary", "ul"), None),
    "pre": "code",
    "table": "table",
}
_CONTAINERS: Mapping[str, Kind] = {"blockquote": "quote", "li": "list", "dt": "list", "dd": "list"}
_HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "head", "textarea", "svg", "object"}
)


class Fragments:
    """Reads tags one by one, or whole lines of HTML. `hides`: what comes now, nobody sees."""

    def __init__(self, out: Builder) -> None:
        self._out = out
        self._lines: list[tuple[str, int]] = []
        self._open: list[tuple[str, int, str]] = []
        self._containers: list[str] = []
        self._hidden = ""
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
        if self._hidden or name in _HIDDEN:
            self._hide(name, closing)
        elif name in _STYLES:
            self._style(name, closing, match.group(3))
        elif name == "br":
            self._out.writing().add_break()
        elif name in _BLOCKS or name in _CONTAINERS or name in ("td", "th", "tr"):
            self._out.writing().add_break("\n" if name != "td" else "\t")

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
        for token, at, number in _tokens(text, starts):
            source = sources[number] + len(text[starts[number] : at].encode())
            if token[0] == "<" and (match := _TAG.fullmatch(token)):
                self._block_tag(bool(match.group(1)), match.group(2).lower(), match.group(3))
            elif not self._hidden and not token.startswith(("<!", "<?")):
                self._text(token, source)
        self.end_block()
        while self._containers:
            self._leave(self._containers[-1])

    def _block_tag(self, closing: bool, name: str, attributes: str) -> None:
        out = self._out
        if self._hidden or name in _HIDDEN:
            self._hide(name, closing)
        elif name in _STYLES:
            self._style(name, closing, attributes)
        elif name in _CONTAINERS:
            self._leave(name)
            if not closing:
                out.flush()
                self._containers.append(name)
                out.inside.append(_CONTAINERS[name])
        elif name == "br":
            out.writing().add_break()
        elif name in ("tr", "td", "th"):
            self._row_or_cell(name, closing)
        elif name in _BLOCKS:
            in_table = out.draft is not None and out.draft.kind == "table" and name != "table"
            if in_table and name != "caption":
                return
            self.end_block()
            out.flush()
            kind = _BLOCKS[name]
            if kind and not closing:
                draft = out.begin(kind)
                draft.level = int(name[1]) if kind == "heading" else 0

    def _row_or_cell(self, name: str, closing: bool) -> None:
        draft = self._out.draft
        if closing or draft is None:
            return
        if name == "tr":
            draft.add_break()
        elif not draft.text.endswith("\n"):
            draft.add_break("\t")

    def _leave(self, name: str) -> None:
        self.end_block()
        self._out.flush()
        if name in self._containers:
            while self._containers:
                self._out.inside.pop()
                if self._containers.pop() == name:
                    break

    def _hide(self, name: str, closing: bool) -> None:
        if not closing and not self._hidden:
            self._hidden = name
        elif closing and name == self._hidden:
            self._hidden = ""

    def _style(self, name: str, closing: bool, attributes: str) -> None:
        if closing:
            self._close_style(name)
            return
        found = _TARGET.search(attributes) if name == "a" else None
        target = unescape(next(filter(None, found.groups()), "")) if found else ""
        self._open.append((name, self._out.writing().size, target))

    def _close_style(self, name: str) -> None:
        """Ends the innermost open style of this name, and those that were opened in it."""
        if all(name != opened for opened, _, _ in self._open):
            return
        draft = self._out.writing()
        while self._open:
            opened, start, target = self._open.pop()
            start = min(start, draft.size)
            raised = draft.text[start:] if opened == "sup" else ""
            if raised and is_note_mark(draft.text[max(0, start - 8) : start], raised):
                draft.truncate(start)
            elif opened != "a" or target:
                draft.style(start, _STYLES[opened], target)
            if opened == name:
                break

    def _text(self, text: str, source: int) -> None:
        draft = self._out.writing()
        if draft.kind == "code":
            draft.add(text, source, source + len(text.encode()))
        elif match := _ENTITY.fullmatch(text):
            draft.add(unescape(match.group()), source, source + len(text))
        elif text.isspace():
            if draft.size and not draft.text[-1].isspace():
                draft.add_break("\n" if "\n" in text else " ")
        else:
            draft.add(text, source, source + len(text.encode()))


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
    for piece in re.finditer(rf"{_ENTITY.pattern}|\s+|[^\s&]+|&", text[start:end]):
        yield start + piece.start(), start + piece.end()
