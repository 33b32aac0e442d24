"""The whole text of a paragraph in lines that fit, in its styles, as a reader expects its kind."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from sinorus.model import Paragraph, Span
from sinorus.render.spans import merged, printable
from sinorus.render.terminal.layout import wrapped
from sinorus.render.terminal.painter import dim_note_marks
from sinorus.render.visible import one_line

_SHOWN = ("strong", "emphasis", "code", "struck")
"""Styles of a text that a terminal shows; matches are shown above them."""
_LEADS = {"list": ("• ", "  "), "quote": ("┃ ", "┃ ")}
"""What stands before the first line of a kind, and before the others. Not the thin bar, which
stands between columns."""
_OWN_LINES = ("code", "table")
"""Kinds whose line breaks mean something."""


def paragraph_lines(
    paragraph: Paragraph,
    width: int,
    matches: Iterable[Span] = (),
    *,
    style: str = "",
    known: str | None = None,
) -> list[Text]:
    """A paragraph in lines of at most `width` cells, at least one.

    Who speaks stands before the words, unless he is `known` from the paragraph before.
    """
    first, further = _LEADS.get(paragraph.kind, ("", ""))
    text = _text(paragraph, matches)
    if paragraph.speaker and paragraph.speaker != known and paragraph.kind != "speaker":
        text = Text.assemble((f"{one_line(paragraph.speaker)}: ", "speaker"), text)
    text.style = style
    own = paragraph.kind in _OWN_LINES
    parts = list(text.split("\n", allow_blank=True)) if own else [text]
    lines = [line for part in parts for line in wrapped(part, width - len(first))]
    if not first:
        return lines
    leads = [first, *[further] * (len(lines) - 1)]
    return [Text.assemble((lead, "note"), line) for lead, line in zip(leads, lines, strict=True)]


def _text(paragraph: Paragraph, matches: Iterable[Span]) -> Text:
    length = len(paragraph.text)
    styled: dict[str, list[Span]] = {}
    for start, end, kind, _ in paragraph.spans:
        if kind in _SHOWN:
            styled.setdefault(kind, []).append((start, end))
    # Those of a style are merged: so no letter has more styles than there are.
    runs = [(name, span) for name in styled for span in merged(styled[name], length)]
    runs += [("match", span) for span in merged(matches, length)]
    offsets = {at for _, span in runs for at in span}
    plain, where = printable(
        *(paragraph.text, offsets),
        lines=paragraph.kind in _OWN_LINES,
        tab=" │ " if paragraph.kind == "table" else " ",
    )
    text = Text(plain)
    if paragraph.kind == "heading":
        text.stylize("strong")
    if paragraph.kind == "speaker" and paragraph.text.startswith(paragraph.speaker or "\0"):
        text.stylize("speaker", 0, len(one_line(paragraph.speaker or "")))
    for name, (start, end) in runs:
        text.stylize(name, where[start], where[end])
    dim_note_marks(text)
    return text
