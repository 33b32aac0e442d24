"""A query over groups of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sinorus.corpus.groups import compare_groups
from sinorus.engines.port import Engine, SearchRequest
from sinorus.library.ids import Ids
from sinorus.library.searching import Understood, scope
from sinorus.model import Comparison, Grouping, Hit, IndexState
from sinorus.query import nodes
from sinorus.query.evaluate import Highlighter
from sinorus.query.nodes import assert_never
from sinorus.query.passages import Passage
from sinorus.query.tree import together, units
from sinorus.text.stems import learn, readings


def by_query(
    engine: Engine,
    asked: Understood,
    by: Grouping,
    among: Iterable[str],
    best: int,
    index: IndexState,
) -> Comparison:
    """What each group in scope says of a query; `among` limits it to these documents.

    Raises UnknownIdError for an id in `among` that names nothing.
    """
    documents = scope(engine, asked.query.filters)
    counted = node = together(asked.node)
    chosen: frozenset[str] | None = None
    if names := list(among):
        ids = Ids(engine)
        chosen = frozenset(ids.find(name).id for name in names)
        node = nodes.And((node, nodes.DocumentIn(chosen)))
    page = engine.search(SearchRequest(node, limit=None))
    learn(engine.stems())
    groups, silent = compare_groups(
        by,
        documents,
        _marked(page.hits, counted),
        best=best,
        among=chosen,
        query_stems=frozenset(_stems(counted)),
    )
    return Comparison(
        query=asked.query.text or "",
        parsed=asked.parsed,
        by=by,
        groups=groups,
        silent=silent,
        index=index,
        names=asked.names,
    )


def _marked(hits: Iterable[Hit], node: nodes.Node) -> Iterable[Hit]:
    marks = Highlighter(node)
    for rank, hit in enumerate(hits, 1):
        yield replace(hit, rank=rank, matches=marks(Passage(hit.document, hit.paragraph)))


def _stems(node: nodes.Node) -> Iterable[str]:
    """The words of a query itself, which set nothing apart."""
    for unit in units(node):
        match unit:
            case nodes.Term():
                yield from (unit.text, *readings(unit.text))
            case nodes.Phrase() | nodes.Synonyms():
                for part in unit.parts:
                    yield from _stems(part)
            case nodes.AnyExpanding() | nodes.Near():
                pass
            case _:
                assert_never(unit)
