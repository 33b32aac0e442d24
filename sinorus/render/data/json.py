r"""JSON documents (indented on a terminal only) and JSON Lines.

The text is exact: what could drive a terminal is written as a `\uXXXX` escape, which a JSON
reader turns back. Only lone surrogates, which no encoding has, become U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from sinorus.model import (
    Document,
    IndexState,
    NameUse,
    SearchResult,
    Shown,
    SourcePage,
    Status,
    TermUse,
)
from sinorus.render import view
from sinorus.render.look import Look
from sinorus.render.view import Record
from sinorus.render.visible import BIDI

_ESCAPED = re.compile(rf"[\x7f-\x9f\u2028\u2029{BIDI}]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


VERSION = 2
"""Of JSON documents: `sinorus.NAME/VERSION`; rises if a key changes its meaning or goes."""


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """A `sinorus.search` document."""
    yield document("search", _search_body(result), look)


def searches(results: Iterable[SearchResult], look: Look) -> Iterator[str]:
    """A `sinorus.searches` document: the answers to many queries, in their order."""
    answers = [_search_body(result) for result in results]
    yield document("searches", {"searches": answers}, look)


def search_lines(result: SearchResult, look: Look) -> Iterator[str]:
    """One result a line; with many queries each begins with its `query`."""
    head: Record = {"query": result.query} if look.batch else {}
    for hit in result.hits:
        yield line(head | view.search_record(hit), look)


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """A `sinorus.show` document."""
    records = [view.shown_record(one) for one in shown]
    yield document("show", {"results": records}, look)


def show_lines(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """One paragraph a line."""
    for one in shown:
        yield line(view.shown_record(one), look)


def sources(page: SourcePage, look: Look) -> Iterator[str]:
    """A `sinorus.sources` document."""
    body = {"total": page.total, "offset": page.offset, "limit": page.limit}
    records = [view.document_record(one) for one in page]
    yield document("sources", {**body, "results": records}, look)


def sources_lines(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """One document a line."""
    for one in documents:
        yield line(view.document_record(one), look)


def status(state: Status, look: Look) -> Iterator[str]:
    """A `sinorus.status` document."""
    yield document("status", view.status_record(state), look)


def _search_body(result: SearchResult) -> Record:
    return {
        "query": result.query,
        "parsed": result.parsed,
        "partial": result.partial,
        "total": result.total,
        "documents": len(result.tally),
        "offset": result.offset,
        "limit": result.limit,
        "index": index_record(result.index),
        "names": name_records(result.names),
        "terms": term_records(result.terms),
        "elsewhere": {"titles": result.titles, "across": dict(result.across)},
        "explanation": list(result.explanation.lines) if result.explanation else [],
        "results": [view.search_record(hit) for hit in result.hits],
    }


def index_record(index: IndexState) -> Record:
    """The state of the index that an answer comes from."""
    return {"updated": index.updated, "stale": index.stale}


def name_records(names: Iterable[NameUse]) -> list[Record]:
    """The names in a query with their other forms, or with the names they may be."""
    return [
        {"form": name.form, "others": list(name.others), "may_be": list(name.may_be)}
        for name in names
    ]


def term_records(terms: Iterable[TermUse]) -> list[Record]:
    """The words of a query that were asked in all languages, with the forms they were asked in."""
    return [
        {
            "form": term.form,
            "others": list(term.others),
            "senses": list(term.senses),
            "source": term.source,
        }
        for term in terms
    ]


def document(name: str, body: Record, look: Look, version: int = VERSION) -> str:
    """A JSON document with the schema it has; indented on a terminal."""
    record = {"schema": f"sinorus.{name}/{version}"} | body
    return _encoded(record, look, 2 if look.terminal else None)


def line(record: Record, look: Look) -> str:
    """A record on a line of its own."""
    return _encoded(record, look, None)


def _encoded(record: Record, look: Look, indent: int | None) -> str:
    # A stream that is not UTF-8 (a redirected Windows console) still gets valid JSON: in ASCII.
    unicode = look.encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig")
    text = json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False)
    text = _SURROGATE.sub("\ufffd", text)
    if not unicode:
        return json.dumps(json.loads(text), indent=indent) + "\n"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
