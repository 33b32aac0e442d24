"""The drafts that are open: what an editor has of them, and what the last check said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind
from pygls.uris import to_fs_path

from sinorus.library.drafts import known_kind
from sinorus.lsp.positions import Lines
from sinorus.model.citation import QuoteStyle

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from sinorus.library.cursor import Mendings
    from sinorus.model import Finding

KINDS = {
    "markdown": (
        *("markdown", "pandoc", "quarto", "rmd", "rmarkdown", "mdx", "vimwiki", "gfm"),
        *("markdown.pandoc", "markdown_inline", "md", "gfm-mode"),
    ),
    "latex": ("latex", "tex", "plaintex", "context", "LaTeX", "latex-expl3", "rsweave"),
    "org": ("org", "org-mode"),
    "typst": ("typst", "typ", "typst-ts"),
    "html": ("html", "xhtml", "mhtml", "html-ts"),
    "plain": ("plaintext", "text", "txt", "fundamental"),
}
"""The kinds of drafts, and the names that editors have for the language of each."""
_KINDS: Mapping[str, str] = {name: kind for kind, names in KINDS.items() for name in names}
_STYLES: Mapping[str, QuoteStyle] = {
    "markdown": "markdown",
    "latex": "latex",
    "org": "org",
    "typst": "typst",
    "html": "html",
    "plain": "plain",
}
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True)
class Buffer:
    """A draft as it stands in an editor: what was not saved too.

    `lines` has its text, whose lines end in `\\n`; `ends` is what they end in in the editor.
    """

    uri: str
    version: int | None
    kind: str
    lines: Lines
    ends: str

    @property
    def text(self) -> str:
        """The text."""
        return self.lines.text

    def style(self, chosen: QuoteStyle) -> QuoteStyle:
        """The style of quotations for it; `chosen` is the one that is set for Markdown."""
        return "pandoc" if (self.kind, chosen) == ("markdown", "pandoc") else _STYLES[self.kind]

    def written(self, text: str) -> str:
        """A text with the ends of lines that the draft has."""
        return text.replace("\n", self.ends)


def buffer_of(document: TextDocument, encoding: PositionEncodingKind | str) -> Buffer | None:
    """The draft in a document of the editor; None for what is in no language of drafts."""
    path = to_fs_path(document.uri) or ""
    kind = _KINDS.get(document.language_id or "") or known_kind(path)
    if kind is None:
        return None
    found = _LINE_END.search(document.source)
    text = _LINE_END.sub("\n", document.source)
    return Buffer(
        document.uri, document.version, kind, Lines(text, encoding), found[0] if found else "\n"
    )


class Checked:
    """A draft as it was checked, and what came of it."""

    def __init__(self, buffer: Buffer, mendings: Mendings) -> None:
        self.buffer, self.mendings = buffer, mendings

    def span(self, finding: Finding) -> tuple[int, int]:
        """From which offset to which a finding reaches."""
        place = self.buffer.lines.place
        start = place(finding.line, finding.column)
        return start, max(start, place(finding.end_line, finding.end_column))

    def still(self, buffer: Buffer, offset: int) -> Iterator[tuple[Finding, tuple[int, int]]]:
        """The findings whose words stand at an offset of a later text of the draft too."""
        for finding in self.mendings.report.findings:
            start, end = self.span(finding)
            words = self.buffer.text[start:end]
            first = buffer.text.find(words, max(0, offset - len(words) - 1), offset + len(words))
            if first >= 0 and first - 1 <= offset <= first + len(words) + 1:
                yield finding, (first, first + len(words))

    def at(self, start: Position, end: Position) -> Iterator[int]:
        """The numbers of the findings that touch a range."""
        first, last = (self.buffer.lines.offset(place) for place in (start, end))
        for number, finding in enumerate(self.mendings.report.findings):
            begins, ends = self.span(finding)
            if begins - 1 <= last and first <= ends + 1:
                yield number
