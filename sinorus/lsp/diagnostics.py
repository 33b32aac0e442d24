"""What an editor underlines: the findings of a check that call for a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lsprotocol.types import (
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
    Position,
    Range,
)

from sinorus.lsp.drafts import Checked
from sinorus.model import Finding
from sinorus.model.checking import Grade
from sinorus.model.documents import PART
from sinorus.render.checking import said, where
from sinorus.render.visible import harmless, one_line

SOURCE = "sinorus"
_SEVERITIES: Mapping[Grade, DiagnosticSeverity] = {
    "MISQUOTED-NEGATION": DiagnosticSeverity.Error,
    "MISATTRIBUTED": DiagnosticSeverity.Error,
    "NOT-FOUND": DiagnosticSeverity.Error,
    "NEAR": DiagnosticSeverity.Warning,
    "CHANGED": DiagnosticSeverity.Warning,
    "MOVED": DiagnosticSeverity.Information,
}
"""How bad a grade is; what is sound and has a caution is information."""
_LONGEST = 400
"""Characters of the source's wording that are told."""


def diagnostics(checked: Checked, root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each finding that is not as it should be, or that has a caution."""
    for finding in checked.mendings.report.findings:
        if finding.sound and not finding.cautions:
            continue
        related = [DiagnosticRelatedInformation(*there)] if (there := _there(finding, root)) else []
        yield Diagnostic(
            range=checked.buffer.lines.range(*checked.span(finding)),
            message=message(finding),
            severity=_SEVERITIES.get(finding.grade, DiagnosticSeverity.Information),
            code=finding.grade,
            source=SOURCE,
            related_information=related,
        )


def message(finding: Finding) -> str:
    """One sentence: what is wrong, the source's wording where it differs, and where it stands."""
    place = where(finding)
    if not finding.found or not (finding.changed or finding.found_changed):
        return f"{said(finding)}: {place}" if place else said(finding)
    has = "nearest is" if finding.grade == "NOT-FOUND" else "the source has"
    place = place.removeprefix("nearest: ")
    return f"{said(finding)}; {has} “{_short(finding.found)}” in {place}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _there(finding: Finding, root: Path) -> tuple[Location, str] | None:
    if finding.document is None or not finding.id:
        return None
    title = finding.document.title
    told = f"{harmless(finding.id)}  {one_line(title)}" if title else harmless(finding.id)
    return location(root / finding.document.path.partition(PART)[0], finding.source_line), told


def location(path: Path, line: int | None) -> Location:
    """The beginning of a line of a file, from 1; of a file without lines its beginning."""
    start = Position(max((line or 1) - 1, 0), 0)
    return Location(path.as_uri(), Range(start, start))
