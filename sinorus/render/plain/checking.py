"""A checked draft line by line: for people, for an editor's list of errors, for GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model.checking import CheckReport, Finding
from sinorus.render.checking import said, where
from sinorus.render.edits import BRACKETS, SIDES
from sinorus.render.look import Look
from sinorus.render.spans import pieces
from sinorus.render.visible import harmless, one_line


def check(reports: Sequence[CheckReport], look: Look) -> Iterator[str]:
    """`draft:line:column:GRADE:id:words` for every finding."""
    for report, one in _findings(reports):
        place = f"{harmless(report.draft)}:{one.line}:{one.column}"
        words = bracketed(one.text, one, "left", look)
        yield f"{place}:{one.grade}:{harmless(one.id or '')}:{words}\n"


def vimgrep(reports: Sequence[CheckReport], look: Look) -> Iterator[str]:
    """`draft:line:column: GRADE what is wrong: words` for what is to be looked at."""
    for report, one in _findings(reports):
        if one.sound and not one.cautions:
            continue
        place = f"{harmless(report.draft)}:{one.line}:{one.byte_column}"
        yield f"{place}: {_message(one)}\n"


def github(reports: Sequence[CheckReport], look: Look) -> Iterator[str]:
    """Annotations as GitHub's workflow commands write them, errors and warnings."""
    for report, one in _findings(reports):
        if one.sound and not one.cautions:
            continue
        level = "warning" if one.sound else "error"
        end = f",endLine={one.end_line}" + (
            f",endColumn={one.end_column}" if one.end_line == one.line else ""
        )
        head = f"file={_property(harmless(report.draft))},line={one.line},col={one.column}{end}"
        yield f"::{level} {head},title={_property(one.grade)}::{_escaped(_message(one))}\n"


def _findings(reports: Sequence[CheckReport]) -> Iterator[tuple[CheckReport, Finding]]:
    return ((report, one) for report in reports for one in report.findings)


def bracketed(text: str, finding: Finding, name: str, look: Look) -> str:
    """Words on one line, those that differ between wdiff's brackets."""
    spans = finding.changed if name == "left" else finding.found_changed
    opening, closing = BRACKETS[SIDES[name]]
    return "".join(
        look.styled(f"{opening}{part}{closing}", "match") if changed else part
        for part, changed in pieces(text, spans)
    )


def _message(one: Finding) -> str:
    words = f"“{_short(one.text)}”" if one.kind == "quotation" else harmless(one.text)
    source = f" [{place}]" if (place := where(one)) else ""
    differs = one.found and (one.changed or one.found_changed)
    theirs = f"; the source: “{_short(one.found)}”" if differs else ""
    return f"{one.grade}: {said(one)}: {words}{theirs}{source}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 160 else f"{line[:159]}…"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
