"""What stands in a block of Markdown: texts, code, formulas, tags, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sinorus.model import Style
from sinorus.sources.formats import masks
from sinorus.sources.formats.blocks import LineTable
from sinorus.sources.formats.html_fragments import Fragments, seen_in
from sinorus.sources.formats.markdown_builder import MarkdownBuilder
from sinorus.sources.formats.stretches import Stretches

_MONEY = re.compile(rb"[0-9A-Za-z]")
_BLANK = re.compile("[ \n]")


class Inline:
    """Takes what stands in blocks into the block in hand of `out`."""

    def __init__(self, text: Stretches, masked: masks.Masked) -> None:
        self.source = text.source.encode("utf-8", "surrogatepass")
        self.lines = LineTable(text.starts, text.numbers)
        self.out = MarkdownBuilder(self.source, masked.stood_in)
        self.html = Fragments(self.out, self._unmasked)
        self._masked = masked
        self._styles: list[tuple[int, str]] = []
        self._pictured = 0
        self._pictures = 0  # that are open: what stands for one may have others in it
        self._passing = False
        """Whether what is read now is passed over: a sign, or the name of a picture."""

    def _end_inline(self) -> None:
        """Ends what is open in the block in hand; one of pictures alone is a caption."""
        if self.html.busy:
            self.html.end_block()
        draft, pictured = self.out.draft, self._pictured + self.html.pictured
        self._pictured = self.html.pictured = 0
        self._styles.clear()
        if draft is None or not pictured or draft.kind != "text":
            return
        if pictured == seen_in(draft.text):
            draft.kind = "caption"

    def _text(self, text: str, start: int, end: int) -> None:
        if self._passing or self.html.hides:
            return
        draft = self.out.writing()
        if draft.kind == "code":
            if masks.is_masked(text):
                text = self._unmasked(start, end)
            draft.add_lines(text, start)
            return
        if (
            self.html.gap
            and text[:1] == " "
            and draft.size
            and draft.tail(draft.size - 1).isspace()
        ):
            text, start = text[1:], start + 1
        self.html.gap = False
        if "\n" in text:
            self._raw_lines(start, end)
        elif text:
            draft.add(text, start, end)

    def _raw_lines(self, start: int, end: int) -> None:
        """Adds text of several lines, each without the marks of its containers."""
        draft = self.out.writing()
        for number, line in enumerate(self.source[start:end].split(b"\n")):
            bare = line.lstrip(b" \t>") if number else line
            if number:
                draft.add_line_end()
                start += len(line) - len(bare)
            if bare:
                draft.add(bare.decode("utf-8", "replace"), start, start + len(bare))
            start += len(bare) + 1

    def _unmasked(self, start: int, end: int) -> str:
        """What stands in the file where the source has it from `start` to `end`, masked or not."""
        found = []
        while start < end:
            line, column = self.lines.place(start)
            until = self.source.find(b"\n", start, end) + 1 or end
            found.append(self._masked.original(line, column, until - start))
            start = until
        return b"".join(found).decode("utf-8", "replace")

    def _verbatim(self, text: str, start: int, end: int, style: Style) -> None:
        """Adds text between signs, such as code; a line end in it may be a space in `text`."""
        if self._passing or self.html.hides:
            return
        draft, raw, at = self.out.writing(), self.source[start:end], 0
        if masks.is_masked(text):
            shown = self._unmasked(start, end)
            raw, text = shown.encode(), shown.strip("`$").replace("\n", " ")
        begin = draft.size
        for number, word in enumerate(_BLANK.split(text)):
            if number:
                draft.add_break(" ")
            if word:
                coded = word.encode("utf-8", "surrogatepass")
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
        self._styles.append((self.out.writing().size, masks.without_masks(detail["dest_url"])))

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
        self._pictures += 1
        self._styles.append((self.out.writing().size, ""))

    def _end_image(self, *_: Any) -> None:
        self._passing = False
        self._pictures -= 1
        if self._styles:
            begin = self._styles.pop()[0]
            self._pictured += 0 if self._pictures else seen_in(self.out.writing().tail(begin))


def closing(style: Style) -> Callable[..., None]:
    """What ends a style of this kind."""
    return lambda reader, *_: reader._close(style)
