"""A checked draft as JSON, whole or a finding a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sinorus.model.checking import GRADES, CheckReport, Finding, Grade
from sinorus.render.data.json import document, index_record, line
from sinorus.render.look import Look
from sinorus.render.view import Record, rounded, span_records


def check(reports: Sequence[CheckReport], look: Look) -> Iterator[str]:
    """A `sinorus.check` document: what some drafts quote and cite, one after the other."""
    counts: Counter[Grade] = Counter()
    for report in reports:
        counts.update(report.counts)
    body: Record = {
        "drafts": [report.draft for report in reports],
        "sound": all(report.sound for report in reports),
        "short": sum(report.short for report in reports),
        "counts": {grade: counts[grade] for grade in GRADES},
        "index": index_record(reports[0].index),
        "results": [
            {"draft": report.draft} | finding_record(one)
            for report in reports
            for one in report.findings
        ],
    }
    yield document("check", body, look)


def check_lines(reports: Sequence[CheckReport], look: Look) -> Iterator[str]:
    """One finding a line."""
    for report in reports:
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
        "was": one.was.text if one.was else None,
        "was_id": one.was.id if one.was else None,
        "was_until": one.was.until if one.was else None,
        "was_grade": one.was.grade if one.was else None,
        "was_changed": span_records(one.was.changed if one.was else ()),
    }
