r"""JSON documents (indented on a terminal only) and JSON Lines.

The text is exact: what could drive a terminal is written as a `\uXXXX` escape, which a JSON
reader turns back. Only lone surrogates, which no encoding has, become U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from sinorus.model import (
    Comparison,
    Document,
    IndexState,
    NameUse,
    SearchResult,
    Shown,
    Status,
    TextComparison,
)
from sinorus.render import view
from sinorus.render.data import comparison as comparisons
from sinorus.render.look import Look
from sinorus.render.view import Record
from sinorus.render.visible import BIDI

_ESCAPED = re.compile(rf"[\x7f-\x9f\u2028\u2029{BIDI}]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """A `sinorus.search/2` document."""
    yield _document({"schema": "sinorus.search/2"} | _search_body(result), look)


def searches(results: Iterable[SearchResult], look: Look) -> Iterator[str]:
    """A `sinorus.searches/2` document: the answers to many queries, in their order."""
    answers = [_search_body(result) for result in results]
    yield _document({"schema": "sinorus.searches/2", "searches": answers}, look)


def search_lines(result: SearchResult, look: Look) -> Iterator[str]:
    """One result a line; with many queries each begins with its `query`."""
    head: Record = {"query": result.query} if look.batch else {}
    for hit in result.hits:
        yield _line(head | view.search_record(hit), look)


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """A `sinorus.show/2` document."""
    records = [view.shown_record(one) for one in shown]
    yield _document({"schema": "sinorus.show/2", "results": records}, look)


def show_lines(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """One paragraph a line."""
    for one in shown:
        yield _line(view.shown_record(one), look)


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """A `sinorus.sources/2` document."""
    head: Record = {"schema": "sinorus.sources/2", "total": len(documents)}
    yield _document(head | {"results": [view.document_record(one) for one in documents]}, look)


def sources_lines(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """One document a line."""
    for document in documents:
        yield _line(view.document_record(document), look)


def status(state: Status, look: Look) -> Iterator[str]:
    """A `sinorus.status/2` document."""
    yield _document({"schema": "sinorus.status/2"} | view.status_record(state), look)


def compare(comparison: Comparison, look: Look) -> Iterator[str]:
    """A `sinorus.compare/2` document."""
    head: Record = {
        "schema": "sinorus.compare/2",
        "query": comparison.query,
        "parsed": comparison.parsed,
        "by": comparison.by,
        "index": _index(comparison.index),
        "names": _names(comparison.names),
    }
    yield _document(head | comparisons.comparison_body(comparison), look)


def compare_lines(comparison: Comparison, look: Look) -> Iterator[str]:
    """One group a line; the silent ones follow, with `silent` true and no matches."""
    for group in comparison.groups:
        yield _line(comparisons.group_record(group) | {"silent": False}, look)
    for silent in comparison.silent:
        yield _line(comparisons.silent_line(silent) | {"silent": True}, look)


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """A `sinorus.compare-texts/2` document."""
    head: Record = {"schema": "sinorus.compare-texts/2"}
    yield _document(head | comparisons.texts_body(comparison), look)


def compare_texts_lines(comparison: TextComparison, look: Look) -> Iterator[str]:
    """One row a line."""
    for row in comparison.rows:
        yield _line(comparisons.row_record(row), look)


def _search_body(result: SearchResult) -> Record:
    return {
        "query": result.query,
        "parsed": result.parsed,
        "partial": result.partial,
        "total": result.total,
        "documents": len(result.tally),
        "offset": result.offset,
        "limit": result.limit,
        "index": _index(result.index),
        "names": _names(result.names),
        "explanation": list(result.explanation.lines) if result.explanation else [],
        "results": [view.search_record(hit) for hit in result.hits],
    }


def _index(index: IndexState) -> Record:
    return {"updated": index.updated, "stale": index.stale}


def _names(names: Iterable[NameUse]) -> list[Record]:
    return [{"form": name.form, "others": list(name.others)} for name in names]


def _document(record: Record, look: Look) -> str:
    return _encoded(record, look, 2 if look.terminal else None)


def _line(record: Record, look: Look) -> str:
    return _encoded(record, look, None)


def _encoded(record: Record, look: Look, indent: int | None) -> str:
    # A stream that is not UTF-8 (a redirected Windows console) still gets valid JSON: in ASCII.
    unicode = look.encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig")
    text = json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False)
    text = _SURROGATE.sub("\ufffd", text)
    if not unicode:
        return json.dumps(json.loads(text), indent=indent) + "\n"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
