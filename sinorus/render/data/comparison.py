"""Comparisons as JSON documents and JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.model import Comparison, Group, Passage, Row, Side, TextComparison
from sinorus.render.data.json import document, index_record, line, name_records
from sinorus.render.look import Look
from sinorus.render.view import (
    Record,
    document_record,
    note_records,
    place_record,
    rounded,
    search_record,
    span_records,
    styled_records,
)


def compare(comparison: Comparison, look: Look) -> Iterator[str]:
    """A `sinorus.compare` document; `documents` and `words` of a silent group are its size."""
    body: Record = {
        "query": comparison.query,
        "parsed": comparison.parsed,
        "by": comparison.by,
        "index": index_record(comparison.index),
        "names": name_records(comparison.names),
        "groups": [_group(group) for group in comparison.groups],
        "silent": [
            {"key": group.key, "documents": group.documents, "words": group.words}
            for group in comparison.silent
        ],
    }
    yield document("compare", body, look)


def compare_lines(comparison: Comparison, look: Look) -> Iterator[str]:
    """One group a line; the silent ones follow, with `silent` true and no matches."""
    for group in comparison.groups:
        yield line(_group(group) | {"silent": False}, look)
    for silent in comparison.silent:
        group = Group(silent.key, 0, 0, 0, silent.words, 0.0, None, None, (), ())
        yield line(_group(group) | {"silent": True}, look)


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """A `sinorus.compare-texts` document."""
    body: Record = {
        "left": document_record(comparison.left),
        "right": document_record(comparison.right),
        "similarity": rounded(comparison.similarity, 4),
        "rows": [_row(row) for row in comparison.rows],
        "passages": [_passage(passage) for passage in comparison.passages],
    }
    yield document("compare-texts", body, look)


def compare_texts_lines(comparison: TextComparison, look: Look) -> Iterator[str]:
    """One row a line."""
    for row in comparison.rows:
        yield line(_row(row), look)


def _group(group: Group) -> Record:
    """One group of sources, with its best paragraphs as search results."""
    return {
        "key": group.key,
        "matches": group.matches,
        "paragraphs": group.paragraphs,
        "documents": group.documents,
        "words": group.words,
        "rate": rounded(group.rate, 3),
        "first": group.first.text if group.first else None,
        "last": group.last.text if group.last else None,
        "keywords": [
            {
                "word": keyword.word,
                "count": keyword.count,
                "others": keyword.others,
                "log_likelihood": rounded(keyword.log_likelihood, 4),
                "log_ratio": rounded(keyword.log_ratio, 4),
            }
            for keyword in group.keywords
        ],
        "best": [search_record(hit) for hit in group.best],
    }


def _row(row: Row) -> Record:
    """Two paragraphs that belong together; a side is null where only the other has it."""
    return {
        "kind": row.kind,
        "similarity": rounded(row.similarity, 4),
        "left": _side(row.left),
        "right": _side(row.right),
    }


def _side(side: Side | None) -> Record | None:
    if side is None:
        return None
    return {
        "id": side.paragraph.id,
        "paragraph": side.paragraph.n,
        "kind": side.paragraph.kind,
        **place_record(side.paragraph),
        "speaker": side.paragraph.speaker,
        "time": side.paragraph.time,
        "text": side.paragraph.text,
        "spans": styled_records(side.paragraph),
        "changed": span_records(side.changed),
        **note_records(side.paragraph),
    }


def _passage(passage: Passage) -> Record:
    return {
        "left": passage.left,
        "left_span": span_records([passage.left_span])[0],
        "right": passage.right,
        "right_span": span_records([passage.right_span])[0],
        "words": passage.words,
        "moved": passage.moved,
    }
