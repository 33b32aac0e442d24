"""A paragraph in the making of a file that has no lines: its text with styles, as it is seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from sinorus.model import Style, Styled

Styling = tuple[Style, str]
"""A style, and where a link leads."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_GAP = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]{2,}|\t")
_BETWEEN = re.compile(r"\n[ \t\xa0]*\n\s*")


def cleaned(text: str) -> str:
    """A text without what nobody can see; half a character is U+FFFD."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))


class SeenText:
    """Collects the text of a paragraph, its styles and the notes that it refers to."""

    __slots__ = ("_last", "_parts", "end_page", "notes", "page", "size", "spans")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._last: dict[Styling, int] = {}
        self.size = 0
        self.spans: list[Styled] = []
        self.notes: list[str] = []
        self.page: int | None = None
        self.end_page: int | None = None

    def add(self, text: str, styles: Iterable[Styling] = ()) -> None:
        """Adds text that has these styles; `\\n` is a line break."""
        text = cleaned(text)
        if not text:
            return
        start, self.size = self.size, self.size + len(text)
        self._parts.append(text)
        for style in styles:
            at = self._last.get(style, -1)
            if at >= 0 and self.spans[at].end == start:
                self.spans[at] = self.spans[at]._replace(end=self.size)
            else:
                self._last[style] = len(self.spans)
                self.spans.append(Styled(start, self.size, *style))

    def on_page(self, page: int) -> None:
        """Says on which page the text that was added last stands."""
        self.page = self.page or page
        self.end_page = page

    @property
    def last(self) -> str:
        """The last character so far, which costs nothing."""
        return self._parts[-1][-1] if self._parts else ""

    @property
    def text(self) -> str:
        """All text so far, as it was added."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def seen(self, *, lines: bool = True) -> tuple[str, tuple[Styled, ...]]:
        """The text with single blanks, and its spans. Without `lines` a line break is a blank."""
        return tidied(self.text, self.spans, lines=lines)

    def paragraphs(self) -> list[tuple[str, tuple[Styled, ...]]]:
        """The text apart where an empty line stands in it, each as `seen` gives it."""
        text = self.text
        bounds = [0]
        for gap in _BETWEEN.finditer(text):
            bounds += gap.span()
        bounds.append(len(text))
        if len(bounds) == 2:
            one = self.seen()
            return [one] if one[0] else []
        found, spans, first = [], sorted(self.spans), 0
        for start, end in zip(bounds[::2], bounds[1::2], strict=True):
            inside = []
            while first < len(spans) and spans[first].start < end:
                inside.append(spans[first])
                first += 1
            moved = [
                one._replace(start=max(0, one.start - start), end=min(one.end, end) - start)
                for one in inside
            ]
            spans[first:first] = [one._replace(start=end) for one in inside if one.end > end]
            piece = tidied(text[start:end], moved)
            if piece[0]:
                found.append(piece)
        return found


def tidied(
    text: str, spans: Iterable[Styled] = (), *, lines: bool = True
) -> tuple[str, tuple[Styled, ...]]:
    """A text with single blanks, none at ends of lines, and the spans where they are then."""
    olds, news, parts, size, at = [0], [0], [], 0, 0
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start >= end:
        return "", ()
    at = start
    olds, news = [start], [0]
    for gap in _GAP.finditer(text, start, end):
        sign = "\n" if lines and "\n" in gap[0] else " "
        parts += [text[at : gap.start()], sign]
        size += gap.start() - at + 1
        at = gap.end()
        olds.append(at)
        news.append(size)
    parts.append(text[at:end])
    if not lines:
        parts = ["".join(parts).replace("\n", " ")]
    plain = "".join(parts)
    if not plain:
        return "", ()

    def moved(offset: int) -> int:
        many = bisect_right(olds, offset) - 1
        if many < 0:
            return 0
        room = news[many + 1] if many + 1 < len(news) else len(plain)
        return min(news[many] + offset - olds[many], room)

    found = []
    for one in spans:
        first, last = moved(one.start), moved(one.end)
        while first < last and plain[first].isspace():
            first += 1
        while first < last and plain[last - 1].isspace():
            last -= 1
        if first < last:
            found.append(one._replace(start=first, end=last))
    found.sort(key=lambda one: (one.start, -one.end))
    return plain, tuple(found)
