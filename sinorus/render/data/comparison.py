"""What a comparison found, as plain records in the published order."""

from __future__ import annotations

from sinorus.model import Comparison, Group, Passage, Row, Side, SilentGroup, TextComparison
from sinorus.render.view import Record, document_record, matches, rounded, search_record


def comparison_body(comparison: Comparison) -> Record:
    """Everything a comparison of groups says, but for the query it answers."""
    return {
        "groups": [group_record(group) for group in comparison.groups],
        "silent": [silent_record(group) for group in comparison.silent],
    }


def group_record(group: Group) -> Record:
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


def silent_record(group: SilentGroup) -> Record:
    """A group that says nothing; `documents` and `words` are what was searched in it."""
    return {"key": group.key, "documents": group.documents, "words": group.words}


def silent_line(group: SilentGroup) -> Record:
    """The same with the keys of a group, for formats of one shape a line: nothing matches."""
    return {
        "key": group.key,
        "matches": 0,
        "paragraphs": 0,
        "documents": 0,
        "words": group.words,
        "rate": 0.0,
        "first": None,
        "last": None,
        "keywords": [],
        "best": [],
    }


def texts_body(comparison: TextComparison) -> Record:
    """Everything a comparison of two texts says."""
    return {
        "left": document_record(comparison.left),
        "right": document_record(comparison.right),
        "similarity": rounded(comparison.similarity, 4),
        "rows": [row_record(row) for row in comparison.rows],
        "passages": [_passage(passage) for passage in comparison.passages],
    }


def row_record(row: Row) -> Record:
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
        "line": side.paragraph.line,
        "text": side.paragraph.text,
        "changed": matches(side.changed),
    }


def _passage(passage: Passage) -> Record:
    return {
        "left": passage.left,
        "left_span": matches([passage.left_span])[0],
        "right": passage.right,
        "right_span": matches([passage.right_span])[0],
        "words": passage.words,
        "moved": passage.moved,
    }
