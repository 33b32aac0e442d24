"""A checked draft as JSON, whole or a finding a line."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.model.checking import GRADES, CheckReport, Finding
from sinorus.render.data.json import document, index_record, line
from sinorus.render.look import Look
from sinorus.render.view import Record, rounded, span_records


def check(report: CheckReport, look: Look) -> Iterator[str]:
    """A `sinorus.check` document."""
    counts = report.counts
    body: Record = {
        "draft": report.draft,
        "sound": report.sound,
        "short": report.short,
        "counts": {grade: counts.get(grade, 0) for grade in GRADES},
        "index": index_record(report.index),
        "results": [finding_record(one) for one in report.findings],
    }
    yield document("check", body, look)


def check_lines(report: CheckReport, look: Look) -> Iterator[str]:
    """One finding a line."""
    for one in report.findings:
        yield line({"draft": report.draft} | finding_record(one), look)


def finding_record(one: Finding) -> Record:
    """One finding with all that is known of it."""
    source = one.document
    return {
        "kind": one.kind,
        "grade": one.grade,
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        "text": one.text,
        "changed": span_records(one.changed),
        "cited": one.cited,
        "id": one.id,
        "document": source.id if source else None,
        "path": source.path if source else None,
        "source_line": one.source_line or None,
        "title": source.title if source else None,
        "found": one.found or None,
        "found_changed": span_records(one.found_changed),
        "likeness": rounded(one.likeness, 4),
        "cautions": list(one.cautions),
        "others": list(one.others),
    }
