"""A paragraph as it is stored in the index."""

from __future__ import annotations

import json

from sinorus.model import Paragraph


def write_record(paragraph: Paragraph) -> str:
    """The stored form of a paragraph, without its document."""
    return json.dumps(
        [
            paragraph.n,
            paragraph.line,
            paragraph.end_line,
            paragraph.heading,
            paragraph.hash,
            paragraph.margins,
            paragraph.text,
        ],
        separators=(",", ":"),
    )


def read_record(document: str, record: str) -> Paragraph:
    """The paragraph that `write_record` wrote. Raises ValueError if it is none."""
    n, line, end_line, heading, mark, margins, text = json.loads(record)
    return Paragraph(document, n, text, line, end_line, tuple(heading), mark, tuple(margins))
