"""Comparisons as JSON documents and JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.model import (
    Comparison,
    Group,
    Passage,
    Row,
    RowKind,
    Side,
    SilentGroup,
    TextComparison,
    UnaskedGroup,
)
from sinorus.render.data.csv import comma_separated, tab_separated
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

_KINDS: tuple[RowKind, ...] = ("same", "changed", "moved", "left", "right")
_COLUMNS = (
    *("key", "matches", "paragraphs", "documents", "words", "rate", "first", "last", "keywords"),
    *("best", "silent", "written", "across", "together"),
)
_TEXT_COLUMNS = ("kind", "similarity", "left", "right", "left_text", "right_text")


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
        "order": comparison.order,
        "languages": list(comparison.languages),
        "unasked": [_unasked(group) for group in comparison.unasked],
        "small": [
            {"key": group.key, "documents": group.documents, "words": group.words}
            for group in comparison.small
        ],
    }
    yield document("compare", body, look)


def compare_lines(comparison: Comparison, look: Look) -> Iterator[str]:
    """One group a line; those without matches follow: `silent`, or what is `unasked` of them."""
    for group in comparison.groups:
        yield line(_group(group) | {"silent": False, "unasked": None}, look)
    for unasked in comparison.unasked:
        more = {"silent": False, "unasked": _unasked(unasked)}
        yield line(_group(_mute(unasked)) | more, look)
    for silent in comparison.silent:
        yield line(_group(_mute(silent)) | {"silent": True, "unasked": None}, look)


def compare_table(comparison: Comparison, look: Look) -> Iterator[str]:
    """One group a record, those without matches too."""
    return comma_separated(_COLUMNS, _records(comparison))


def compare_tabs(comparison: Comparison, look: Look) -> Iterator[str]:
    """One group a line, those without matches too."""
    return tab_separated(_COLUMNS, _records(comparison))


def _records(comparison: Comparison) -> Iterator[Record]:
    nothing: Record = {"silent": False, "written": 0, "across": 0, "together": 0}
    for group in comparison.groups:
        yield _row_of(group) | nothing
    for one in comparison.unasked:
        counts: Record = {
            "written": one.written,
            "across": one.across,
            "together": one.together,
        }
        yield _row_of(_mute(one)) | nothing | counts
    for silent in comparison.silent:
        yield _row_of(_mute(silent)) | nothing | {"silent": True}


def _row_of(group: Group) -> Record:
    words = [f"{word.word} {word.count}" for word in group.keywords]
    return _group(group) | {"keywords": words, "best": [hit.paragraph.id for hit in group.best]}


def _mute(group: SilentGroup | UnaskedGroup) -> Group:
    return Group(group.key, 0, 0, 0, group.words, 0.0, None, None, (), ())


def _unasked(group: UnaskedGroup) -> Record:
    return {
        "key": group.key,
        "documents": group.documents,
        "words": group.words,
        "written": group.written,
        "across": group.across,
        "together": group.together,
    }


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """A `sinorus.compare-texts` document."""
    body: Record = {
        "left": document_record(comparison.left),
        "right": document_record(comparison.right),
        "similarity": rounded(comparison.similarity, 4),
        "rows": [_row(row) for row in comparison.rows],
        "passages": [_passage(passage) for passage in comparison.passages],
        "summary": {
            **{str(kind): comparison.counts.get(kind, 0) for kind in _KINDS},
            "passages_moved": comparison.moved,
        },
        "languages": list(comparison.languages) if comparison.languages else None,
        "only": comparison.only,
    }
    yield document("compare-texts", body, look)


def compare_texts_lines(comparison: TextComparison, look: Look) -> Iterator[str]:
    """One row a line."""
    for row in comparison.rows:
        yield line(_row(row), look)


def compare_texts_table(comparison: TextComparison, look: Look) -> Iterator[str]:
    """One row a record."""
    return comma_separated(_TEXT_COLUMNS, map(_text_row, comparison.rows))


def compare_texts_tabs(comparison: TextComparison, look: Look) -> Iterator[str]:
    """One row a line."""
    return tab_separated(_TEXT_COLUMNS, map(_text_row, comparison.rows))


def _text_row(row: Row) -> Record:
    sides = {"left": row.left, "right": row.right}
    found: Record = {"kind": row.kind, "similarity": rounded(row.similarity, 4)}
    for name, side in sides.items():
        found[name] = side.paragraph.id if side else None
        found[f"{name}_text"] = side.paragraph.text if side else None
    return found


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
                "unit": keyword.unit,
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
