"""Evidence sets as JSON, whole or a mark a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model.marks import MARK_STATES, MarkFound, MarkSet
from sinorus.render import view
from sinorus.render.data.json import document, line
from sinorus.render.look import Look
from sinorus.render.view import Record

_VERSION = 1


def marks(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """A `sinorus.marks` document: the sets, and all their marks."""
    body: Record = {
        "sound": all(one.sound for one in sets),
        "sets": [_set_record(one) for one in sets],
        "results": [_record(found) for one in sets for found in one.marks],
    }
    yield document("marks", body, look, version=_VERSION)


def mark_lines(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """One mark a line."""
    for one in sets:
        for found in one.marks:
            yield line(_record(found), look)


def _set_record(one: MarkSet) -> Record:
    first, last = one.days
    return {
        "name": one.name,
        "marks": len(one.marks),
        "notes": one.notes,
        "states": {state: one.states.get(state, 0) for state in MARK_STATES},
        "first_day": first or None,
        "last_day": last or None,
    }


def _record(found: MarkFound) -> Record:
    mark, source = found.mark, found.document
    first = found.paragraphs[0] if found.paragraphs else None
    last = found.paragraphs[-1] if found.paragraphs else None
    described = view.document_record(source) if source else {}
    names = ("title", "author", "publisher", "date", "date_precision", "url", "lang")
    return {
        "set": mark.set,
        "number": found.n,
        "state": found.state,
        "id": found.id,
        "was": mark.id,
        "document": source.id if source else None,
        "paragraph": first.n if first else None,
        "last_paragraph": last.n if last else None,
        "hash": first.hash if first else None,
        "path": source.path if source else None,
        "line": (first.line or None) if first else None,
        "page_label": first.page_label if first else None,
        **{name: described.get(name, [] if name == "author" else None) for name in names},
        "note": mark.note or None,
        "query": mark.query or None,
        "day": mark.day or None,
        "text": "\n\n".join(one.text for one in found.paragraphs) or None,
        "words": mark.words or None,
        "changed": view.span_records(found.changed),
        "found": found.found or None,
        "found_changed": view.span_records(found.found_changed),
        "likeness": view.rounded(found.likeness, 4) if found.state == "changed" else None,
    }
