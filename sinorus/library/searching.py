"""An understood query to a page of hits: run, loosened if need be, highlighted, with neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sinorus.engines.port import Engine, SearchRequest
from sinorus.library.explaining import explain
from sinorus.library.understanding import Understood, scope
from sinorus.model import Document, Explanation, Grouping, Hit, IndexState, Paragraph, SearchResult
from sinorus.query.evaluate import Highlighter, Passage, matches
from sinorus.query.nodes import Node
from sinorus.query.rewrite import relax
from sinorus.query.unparse import word_shown


def search(
    engine: Engine, asked: Understood, index: IndexState, explanation: Explanation | None = None
) -> SearchResult:
    """The answer, with highlights, neighbours, and the missing words of partial hits.

    `explanation` is one that was made already, where the query asks for one.
    """
    query = asked.query
    request = SearchRequest(
        asked.node,
        limit=query.limit,
        offset=query.offset,
        sort=query.sort,
        cap=(query.max_per_doc, "document") if query.max_per_doc else None,
    )
    found = engine.search(request)
    marked, wanted = asked.node, tuple[Node, ...]()
    if not found.total and query.partial and (loose := relax(asked.node)):
        marked, wanted = loose
        found = engine.search(request._replace(node=marked, coverage=wanted))
    highlighter = Highlighter(marked)
    named = [(part, word_shown(part)) for part in wanted]
    hits = [
        _finished(engine, hit, highlighter, named, asked, rank)
        for rank, hit in enumerate(found.hits, query.offset + 1)
    ]
    if query.group_by:
        hits = _grouped(hits, query.group_by)
    if query.explain and explanation is None:
        explanation = explain(engine, asked)
    return SearchResult(
        query=query.text or "",
        parsed=asked.parsed,
        partial=bool(wanted) and found.total > 0,
        total=found.total,
        tally=found.tally,
        offset=query.offset,
        limit=query.limit,
        index=index,
        hits=tuple(hits),
        names=asked.names,
        explanation=explanation,
    )


def listing(engine: Engine, asked: Understood, *, without: bool = False) -> list[Document]:
    """The documents that have a match, sorted by id; with `without`, those in scope that have none.

    `offset` and `limit` of the query count documents here.
    """
    query = asked.query
    tally = engine.search(SearchRequest(asked.node, limit=0)).tally
    end = None if query.limit is None else query.offset + query.limit
    if without:
        inside = scope(engine, query.filters)
        return [document for document in inside if document.id not in tally][query.offset : end]
    return list(engine.documents(sorted(tally)[query.offset : end]))


def _finished(
    engine: Engine,
    hit: Hit,
    highlighter: Highlighter,
    wanted: Sequence[tuple[Node, str]],
    asked: Understood,
    rank: int,
) -> Hit:
    passage = Passage(hit.document, hit.paragraph)
    n, before, after = hit.paragraph.n, asked.query.before, asked.query.after
    return replace(
        hit,
        rank=rank,
        spans=highlighter(passage),
        missing=tuple(shown for part, shown in wanted if not matches(part, passage)),
        before=_around(engine, hit, n - before, n - 1) if before else (),
        after=_around(engine, hit, n + 1, n + after) if after else (),
    )


def _around(engine: Engine, hit: Hit, first: int, last: int) -> tuple[Paragraph, ...]:
    if last < 1:
        return ()
    return tuple(engine.paragraphs(hit.document.id, max(first, 1), last))


def _grouped(hits: Sequence[Hit], by: Grouping) -> list[Hit]:
    """The hits with those of one group together, in the order in which the groups come up."""
    places: dict[tuple[str | None, ...], int] = {}
    for hit in hits:
        places.setdefault(hit.document.groups(by), len(places))
    return sorted(hits, key=lambda hit: places[hit.document.groups(by)])
