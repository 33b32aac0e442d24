r"""Tables: CSV after RFC 4180 (with `\n` line ends) and tab-separated values.

The header is always there and always whole. Lists are joined by `; `. A value that begins with
`=`, `+`, `-` or `@` is left alone although a spreadsheet may compute it: a quotation that
begins with a dash has to come out as it stands in its source.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

from sinorus.model import Document, Hit, Paragraph, SearchResult, Shown
from sinorus.render import view
from sinorus.render.look import Look
from sinorus.render.view import Record
from sinorus.render.visible import cell

_DOCUMENT = Document("", "")
_PARAGRAPH = Paragraph("", 1, "", 1, 1)
_LATER = (
    *("kind", "speaker", "time", "crossing", "page", "end_page", "page_label", "citekey"),
    *("same", "was", "was_until"),
)
"""Columns that came later: they stand at the end, so that those before keep their places."""
_NO_COLUMN = frozenset({*_LATER, "spans", "notes", "noted_by", "was_changed", "changed"})


def _header(record: Record, *more: str) -> tuple[str, ...]:
    """The columns for such records: they have to be there also where no record is."""
    return (
        *(name for name in record if name not in _NO_COLUMN),
        *more,
        *(name for name in _LATER if name in record),
    )


SEARCH = _header(view.search_record(Hit(_DOCUMENT, _PARAGRAPH, 0.0)), "query")
SHOW = _header(view.shown_record(Shown("", _DOCUMENT, _PARAGRAPH)))
SOURCES = _header(view.document_record(_DOCUMENT))


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """One hit a record."""
    return comma_separated(SEARCH, _found(result))


def search_tabs(result: SearchResult, look: Look) -> Iterator[str]:
    """One hit a line."""
    return tab_separated(SEARCH, _found(result))


def searches(results: Iterable[SearchResult], look: Look) -> Iterator[str]:
    """One hit of any query a record, all under one header."""
    return comma_separated(SEARCH, chain.from_iterable(map(_found, results)))


def searches_tabs(results: Iterable[SearchResult], look: Look) -> Iterator[str]:
    """One hit of any query a line, all under one header."""
    return tab_separated(SEARCH, chain.from_iterable(map(_found, results)))


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """One paragraph a record."""
    return comma_separated(SHOW, map(view.shown_record, shown))


def show_tabs(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """One paragraph a line."""
    return tab_separated(SHOW, map(view.shown_record, shown))


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """One document a record."""
    return comma_separated(SOURCES, map(view.document_record, documents))


def sources_tabs(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """One document a line."""
    return tab_separated(SOURCES, map(view.document_record, documents))


def _found(result: SearchResult) -> Iterator[Record]:
    return (view.search_record(hit) | {"query": result.query} for hit in result.hits)


def comma_separated(header: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    """Records as CSV, the header first."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")

    def written(row: Iterable[str]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(row)
        return buffer.getvalue()

    yield written(header)
    for record in records:
        yield written(cell(key, record[key], lines=True) for key in header)


def tab_separated(header: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    """Records as lines of values with tabs between, the header first."""
    yield "\t".join(header) + "\n"
    for record in records:
        yield "\t".join(cell(key, record[key]) for key in header) + "\n"
