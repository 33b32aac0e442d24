"""A query to a page of hits: understood, run, loosened if need be, highlighted, with neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from sinorus.engines.documents import KNOWN_FIELDS
from sinorus.engines.port import Engine, SearchRequest
from sinorus.errors import NoIndexError, QueryError
from sinorus.model import (
    Document,
    Explanation,
    Grouping,
    Hit,
    HitPage,
    IndexState,
    NameUse,
    Paragraph,
    Query,
    SearchResult,
    TermUse,
)
from sinorus.model.value import value
from sinorus.query.bounds import ASKED
from sinorus.query.evaluate import Highlighter, matches
from sinorus.query.fields import filter_nodes, restricted
from sinorus.query.nodes import And, DocumentIn, Node, Not, Or, ParagraphIn
from sinorus.query.parse import parse, parse_literal
from sinorus.query.passages import Passage
from sinorus.query.rewrite import expand, lightened, nearly, relax
from sinorus.query.tree import filters_in, flatten, of_paragraph, stems_in, units
from sinorus.query.unparse import unparse, word_shown
from sinorus.query.words import Exact
from sinorus.text.names import Names
from sinorus.text.stems import is_russian, learn, unknown
from sinorus.text.tokens import tokenize

if TYPE_CHECKING:
    from sinorus.text.terms import Terms

FEW = 10
"""Paragraphs that have all words: where there are fewer, those follow that lack one."""


@value(frozen=True)
class Understood:
    """A query and its trees: `written` before names and terms were widened, `node` after."""

    query: Query
    written: Node
    node: Node
    names: tuple[NameUse, ...]
    terms: tuple[TermUse, ...] = ()

    @property
    def parsed(self) -> str:
        """The query as it was understood, in the query language."""
        return unparse(self.written)


class ExtraFields(Mapping[str, Collection[str]]):
    """The fields that only this library has, with their values.

    They are read when a query names one that is not common.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def _names(self) -> Sequence[str]:
        return [name for name in self._engine.fields() if name not in KNOWN_FIELDS]

    def __getitem__(self, name: str) -> Collection[str]:
        if name not in self._names:
            raise KeyError(name)
        return self._engine.values(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def understand(
    engine: Engine, names: Names | None, query: Query, terms: Terms | None = None
) -> Understood:
    """The trees of a query, its words widened by names and terms.

    Raises QueryError, FilterValueError, UnknownKeyError.
    """
    _recall(engine, query)
    if query.group_by is not None:
        from sinorus.library.grouping import known_grouping

        query = query.having(group_by=known_grouping(query.group_by, ExtraFields(engine)))
    node: Node | None = None
    exact: Exact = "cased" if query.case_sensitive else query.exact
    if query.text is not None:
        if query.literal:
            node = parse_literal(query.text, exact=exact, any_word=query.any_word)
        else:
            node = parse(
                query.text,
                fields=ExtraFields(engine),
                exact=exact,
                any_word=query.any_word,
            )
    written = restricted(node, _read_filters(engine, query.filters))
    if written is None:
        raise QueryError("there is nothing to search for", "", 0, "write a word or a filter")
    if not (names or terms):
        return Understood(query, lightened(written), lightened(written), ())
    asked = None
    if terms:
        from sinorus.query.across import TermsAsked

        asked = TermsAsked(terms)
    widened, uses, told = expand(written, names, asked)
    return Understood(query, lightened(written), lightened(widened), uses, told)


def _recall(engine: Engine, query: Query) -> None:
    """Has the index say which stems the words of a query have: the dictionary need not be read."""
    texts = [query.text or "", *chain.from_iterable(query.filters.values())]
    if all(map(str.isascii, texts)):
        return
    tokens = [tokenize(text) for text in texts]
    words = [*chain.from_iterable(one.forms for one in tokens)]
    words += [join.form for one in tokens for join in one.joins]
    if missing := unknown(words):
        with suppress(NoIndexError):
            learn(engine.stems(missing))


def known_forms(engine: Engine, node: Node) -> Mapping[str, str] | None:
    """The stems of the Cyrillic forms that a query finds, as a `Passage` needs them."""
    wanted = {*filter(is_russian, stems_in(node))}
    return engine.forms(wanted) if wanted else {}


def foremost(asked: Understood, most: int = ASKED) -> Understood:
    """The query without all but the first of its parts, for what asks for each of them alone."""
    parts = [*dict.fromkeys([*units(asked.node), *filters_in(asked.node)])]
    return asked if len(parts) <= most else replace(asked, node=Or(tuple(parts[:most])))


def scope(engine: Engine, filters: Mapping[str, Sequence[str]]) -> list[Document]:
    """The documents that the filters let through, sorted by id. Raises as `understand` does.

    With filters of paragraphs: those that have a paragraph that all of them let through.
    """
    from sinorus.query.evaluate import document_test

    nodes = _read_filters(engine, filters)
    if any(of_paragraph(found) for node in nodes for found in filters_in(node)):
        request = SearchRequest(flatten(And, nodes), limit=0)
        return list(engine.documents(sorted(engine.search(request).tally)))
    passes = document_test(nodes)
    return [document for document in engine.documents() if passes(document)]


def _read_filters(engine: Engine, filters: Mapping[str, Sequence[str]]) -> list[Node]:
    names = {name: values for name, values in filters.items() if name.endswith("source")}
    places = {name: values for name, values in filters.items() if name.endswith("paragraph")}
    rest = {name: values for name, values in filters.items() if name not in (names | places)}
    found: list[Node] = []
    for name, values in places.items():
        inside = ParagraphIn(frozenset(map(_place, values)))
        found.append(Not(inside) if name.startswith("not_") else inside)
    if names:
        from sinorus.library.ids import Ids

        ids = Ids(engine)
    for name, values in names.items():
        node = DocumentIn(frozenset(ids.holding(value).id for value in values))
        found.append(Not(node) if name.startswith("not_") else node)
    return [*found, *filter_nodes(rest, ExtraFields(engine))]


def _place(name: str) -> tuple[str, int, int]:
    """The document, the first number and the last of `DOCUMENT#N` or `DOCUMENT#N-M`."""
    document, _, numbers = name.rpartition("#")
    first, _, last = numbers.partition("-")
    return document, int(first), int(last or first)


def search(
    engine: Engine, asked: Understood, index: IndexState, explanation: Explanation | None = None
) -> SearchResult:
    """The answer, with highlights, neighbours, and the missing words of partial hits."""
    query = asked.query
    request = SearchRequest(
        asked.node,
        limit=query.limit,
        offset=query.offset,
        sort=query.sort,
        cap=(query.max_per_doc, "document") if query.max_per_doc else None,
        fold=query.fold and bool(units(asked.node)),  # filters alone list what they match
    )
    found = engine.search(request)
    answers = [(found, asked.node, tuple[Node, ...]())]
    partial = not found.total
    if query.partial and found.total < FEW and (loose := _loosened(asked, partial)):
        marked, wanted = loose
        rest = _behind(engine, request, found)._replace(node=marked)
        lacking = engine.search(rest._replace(coverage=wanted) if partial else rest)
        answers.append((lacking, marked, wanted))
    hits: list[Hit] = []
    for page, node, words in answers:
        highlighter, known = Highlighter(node), known_forms(engine, node)
        named = [(part, word_shown(part)) for part in words]
        for hit in page.hits:
            rank = query.offset + len(hits) + 1
            hits.append(_finished(engine, hit, highlighter, known, named, asked, rank))
    if query.group_by:
        hits = _grouped(hits, query.group_by)
    return SearchResult(
        query=query.text or "",
        parsed=asked.parsed,
        partial=partial and bool(hits),
        total=found.total,
        tally=found.tally,
        offset=query.offset,
        limit=query.limit,
        index=index,
        hits=tuple(hits),
        names=asked.names,
        terms=asked.terms,
        explanation=explanation,
        lacking=answers[1][0].total if len(answers) > 1 else 0,
        more=any(page.more for page, _, _ in answers),
    )


def _loosened(asked: Understood, partial: bool) -> tuple[Node, tuple[Node, ...]] | None:
    """What to look for besides: any of the words where no paragraph has all, else all but one."""
    return relax(asked.node) if partial else nearly(asked.node)


def _behind(engine: Engine, request: SearchRequest, found: HitPage) -> SearchRequest:
    """The request for the rest of a page, of what comes after all that was `found`."""
    total = found.total
    if (request.cap is not None or request.fold) and total:
        total = len(engine.search(request._replace(limit=total, offset=0)).hits)
    limit = None if request.limit is None else request.limit - len(found.hits)
    return request._replace(limit=limit, offset=max(request.offset - total, 0))


def listing(engine: Engine, asked: Understood, *, without: bool = False) -> list[Document]:
    """The documents that have a match, in the natural order of ids; with `without`, those in scope
    that have none.

    `offset` and `limit` of the query count documents here.
    """
    from sinorus.text.order import natural_key

    query = asked.query
    tally = engine.search(SearchRequest(asked.node, limit=0)).tally
    end = None if query.limit is None else query.offset + query.limit
    if without:
        inside = scope(engine, query.filters)
        found = [document for document in inside if document.id not in tally]
        return sorted(found, key=lambda one: natural_key(one.id))[query.offset : end]
    ids = sorted(tally, key=natural_key)[query.offset : end]
    known = {document.id: document for document in engine.documents(ids)}
    return [known[name] for name in ids if name in known]


def _finished(
    engine: Engine,
    hit: Hit,
    highlighter: Highlighter,
    known: Mapping[str, str] | None,
    wanted: Sequence[tuple[Node, str]],
    asked: Understood,
    rank: int,
) -> Hit:
    passage = Passage(hit.document, hit.paragraph, known)
    n, before, after = hit.paragraph.n, asked.query.before, asked.query.after
    return replace(
        hit,
        rank=rank,
        matches=highlighter(passage),
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
