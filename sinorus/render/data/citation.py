"""Quotations as JSON: the text of the draft, and everything that it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model.citation import Quotation
from sinorus.render import view
from sinorus.render.data.json import document, line
from sinorus.render.look import Look
from sinorus.render.view import Record


def quote(quotations: Sequence[Quotation], look: Look) -> Iterator[str]:
    """A `sinorus.quote` document."""
    yield document("quote", {"results": [_record(one) for one in quotations]}, look)


def quote_lines(quotations: Sequence[Quotation], look: Look) -> Iterator[str]:
    """One quotation a line."""
    for one in quotations:
        yield line(_record(one), look)


def _record(one: Quotation) -> Record:
    first, last = one.paragraphs[0], one.paragraphs[-1]
    place = view.place_record(first)
    place["end_line"], place["end_page"] = last.end_line or None, last.end_page
    described = view.document_record(one.document)
    names = ("title", "author", "publisher", "date", "date_precision", "lang")
    return {
        "id": first.id,
        "document": one.document.id,
        "paragraph": first.n,
        "last_paragraph": last.n,
        "hash": first.hash,
        "asked": one.asked,
        "check": one.check,
        "style": one.style,
        "block": one.block,
        "quotation": one.text,
        "words": one.words,
        "pieces": [
            {"id": f"{one.document.id}#{n}", "start": start, "end": end}
            for n, start, end in one.pieces
        ],
        "reference": one.reference,
        "citekey": one.key,
        "locator": one.locator._asdict(),
        "path": one.document.path,
        **place,
        **{name: described[name] for name in names},
        "url": one.url,
    }
