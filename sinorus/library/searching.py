"""One query to a page of hits: parsed, widened by names, run, loosened if need be, highlighted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from sinorus.engines.port import Engine, SearchRequest, Sort
from sinorus.errors import QueryError, SinorusError
from sinorus.model import (
    Document,
    Grouping,
    Hit,
    HitPage,
    IndexState,
    NameUse,
    Paragraph,
    SearchResult,
)
from sinorus.model.value import value
from sinorus.query.bounds import ASKED
from sinorus.query.evaluate import Highlighter, Passage, document_test, matches
from sinorus.query.fields import FilterError, filter_nodes, restricted
from sinorus.query.nodes import DocumentIn, Node, Not, Or, filters_in, units
from sinorus.query.parse import parse, parse_literal
from sinorus.query.rewrite import expand_names, relax
from sinorus.query.unparse import unparse, word_shown
from sinorus.text.names import Names


@value(frozen=True)
class Query:
    """What a user asks: the text (None: all that the filters let through) and how to read it.

    `filters` maps the names of `query.fields.FILTER_NAMES`, also with `not_` before them, to
    their values.
    """

    text: str | None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exact: bool = False
    any_word: bool = False
    literal: bool = False
    names: bool = True


@value(frozen=True)
class Page:
    """Which part of the answer is wanted, and with how much around each hit.

    `group_by` brings the hits of a group together, best group first; `partial` allows hits that
    lack some of the words where none has them all.
    """

    limit: int | None = 20
    offset: int = 0
    sort: Sort = "relevance"
    max_per_doc: int | None = None
    before: int = 0
    after: int = 0
    group_by: Grouping | None = None
    partial: bool = True
    explain: bool = False


@value(frozen=True)
class Understood:
    """A query as it will be run: `written` before names were widened, `node` after."""

    text: str
    written: Node
    node: Node
    names: tuple[NameUse, ...]


class ExtraFields(Collection[str]):
    """The fields that only this library has, read when a query names one that is not common."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._names: list[str] | None = None

    def _all(self) -> list[str]:
        if self._names is None:
            found = {name for document in self._engine.documents() for name in document.extra}
            self._names = sorted(found)
        return self._names

    def __contains__(self, name: object) -> bool:
        return name in self._all()

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def understand(engine: Engine, names: Names | None, query: Query) -> Understood:
    """The tree of a query. Raises QueryError, or SinorusError naming a filter that is wrong."""
    node: Node | None = None
    if query.text is not None:
        reading = {"exact": query.exact, "any_word": query.any_word}
        if query.literal:
            node = parse_literal(query.text, **reading)
        else:
            node = parse(query.text, fields=ExtraFields(engine), **reading)
    written = restricted(node, _read_filters(engine, query.filters))
    if written is None:
        raise QueryError("there is nothing to search for", "", 0, "write a word or a filter")
    widened, uses = expand_names(written, names) if names else (written, ())
    return Understood(query.text or "", written, widened, uses)


def run(engine: Engine, asked: Understood, page: Page, index: IndexState) -> SearchResult:
    """The answer, with highlights, neighbours, and the missing words of partial hits."""
    request = SearchRequest(
        asked.node,
        limit=page.limit,
        offset=page.offset,
        sort=page.sort,
        cap=(page.max_per_doc, "document") if page.max_per_doc else None,
    )
    found = engine.search(request)
    wanted: tuple[Node, ...] = ()
    if not found.total and page.partial and (loose := relax(asked.node)):
        node, wanted = loose
        found = engine.search(request._replace(node=node, coverage=wanted))
        marked = node
    else:
        marked = asked.node
    highlighter = Highlighter(marked)
    named = [(part, word_shown(part)) for part in wanted]
    hits = [
        _finished(engine, hit, highlighter, named, page, rank)
        for rank, hit in enumerate(found.hits, page.offset + 1)
    ]
    if page.group_by:
        hits = _grouped(hits, page.group_by)
    return SearchResult(
        query=asked.text,
        parsed=unparse(asked.written),
        partial=bool(wanted) and found.total > 0,
        total=found.total,
        tally=found.tally,
        offset=page.offset,
        limit=page.limit,
        index=index,
        hits=tuple(hits),
        names=asked.names,
        explanation=tuple(_explain(engine, asked)) if page.explain else (),
    )


def _explain(engine: Engine, asked: Understood) -> list[str]:
    from sinorus.library.hints import explain

    return explain(engine, foremost(asked), unparse(asked.written))


def foremost(asked: Understood, most: int = ASKED) -> Understood:
    """The query without all but the first of its parts, for what asks for each of them alone."""
    parts = [*dict.fromkeys([*units(asked.node), *filters_in(asked.node)])]
    return asked if len(parts) <= most else replace(asked, node=Or(tuple(parts[:most])))


def count(engine: Engine, asked: Understood) -> HitPage:
    """How many paragraphs match, in which documents; no hit is read."""
    return engine.search(SearchRequest(asked.node, limit=0))


def _finished(
    engine: Engine,
    hit: Hit,
    highlighter: Highlighter,
    wanted: Sequence[tuple[Node, str]],
    page: Page,
    rank: int,
) -> Hit:
    passage = Passage(hit.document, hit.paragraph)
    n = hit.paragraph.n
    return replace(
        hit,
        rank=rank,
        spans=highlighter(passage),
        missing=tuple(shown for part, shown in wanted if not matches(part, passage)),
        before=_around(engine, hit, n - page.before, n - 1) if page.before else (),
        after=_around(engine, hit, n + 1, n + page.after) if page.after else (),
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


def scope(engine: Engine, filters: Mapping[str, Sequence[str]]) -> list[Document]:
    """The documents that the filters let through, sorted by id. Raises as `understand` does."""
    passes = document_test(_read_filters(engine, filters))
    return [document for document in engine.documents() if passes(document)]


def _read_filters(engine: Engine, filters: Mapping[str, Sequence[str]]) -> list[Node]:
    names = {name: values for name, values in filters.items() if name.endswith("source")}
    rest = {name: values for name, values in filters.items() if name not in names}
    found: list[Node] = []
    if names:
        from sinorus.library.ids import Catalogue

        catalogue = Catalogue(list(engine.documents()))
    for name, values in names.items():
        node = DocumentIn(frozenset(catalogue.find(value).id for value in values))
        found.append(Not(node) if name.startswith("not_") else node)
    try:
        return [*found, *filter_nodes(rest)]
    except FilterError as fault:
        flag = "--" + fault.name.replace("_", "-")
        raise SinorusError(f"{flag}: {fault.message}", fault.hint) from None
