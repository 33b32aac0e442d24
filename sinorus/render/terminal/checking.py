"""A checked draft on a terminal: what is to be looked at, the draft's words above the source's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from sinorus.model.checking import CheckReport, Finding
from sinorus.render.checking import said, total, where
from sinorus.render.edits import SIDES
from sinorus.render.look import Look
from sinorus.render.terminal.difference import changed_words
from sinorus.render.terminal.layout import hanging, wrapped
from sinorus.render.terminal.painter import Painter
from sinorus.render.visible import harmless, one_line

_LONGEST = 600
"""Characters of words that are the same on both sides."""


def check(reports: Sequence[CheckReport], look: Look) -> Iterator[str]:
    """Of each draft a line with the sums, then every finding that calls for a look."""
    painter = Painter(look)
    for number, report in enumerate(reports):
        head = Text.assemble((harmless(report.draft), "title"), f": {total(report)}")
        yield painter.paint([*([Text()] if number else []), *wrapped(head, painter.measure)])
        for one in report.findings:
            if not one.sound or one.cautions:
                yield painter.paint([Text(), *_finding(one, painter, look)])


def _finding(one: Finding, painter: Painter, look: Look) -> list[Text]:
    width = painter.measure
    style = "note" if one.sound else "warning" if one.grade in ("NEAR", "MOVED") else "match"
    head = Text.assemble((f"{one.line}:{one.column} ", "path"), (one.grade, style))
    head.append(f"  {said(one)}", "label")
    lines = wrapped(head, width)
    if source := where(one):
        place = painter.linked(source, "id", _link(one, look))
        title = one_line(one.document.title or "") if one.document else ""
        lines += hanging(
            Text("    "), Text.assemble(place, (f"  {title}" if title else "", "title")), width
        )
    if one.cited and one.grade in ("MISATTRIBUTED", "NOT-FOUND", "MOVED", "CHANGED"):
        lines += hanging(Text("    "), Text(f"cited: {harmless(one.cited)}", "label"), width)
    differs = bool(one.changed or one.found_changed)
    if one.was and not one.was.sound:  # else the draft has the words that the source had
        words = changed_words(one.was.text, one.was.changed, "removed", look)
        mark = "was: " if one.was.grade else "- "
        lines += hanging(Text(f"  {mark}", "label" if one.was.grade else ""), words, width)
    if one.kind == "quotation" or not one.was:
        lines += hanging(Text("  - " if differs else "    "), _words(one, "left", look), width)
    if one.found and differs:
        lines += hanging(Text("  + "), _words(one, "right", look), width)
    return lines


def _link(one: Finding, look: Look) -> str:
    return look.uri(one.document.path, one.source_line) if one.document else ""


def _words(one: Finding, side: str, look: Look) -> Text:
    text, spans = (one.text, one.changed) if side == "left" else (one.found, one.found_changed)
    if not spans and len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return changed_words(text, spans, SIDES[side], look)
