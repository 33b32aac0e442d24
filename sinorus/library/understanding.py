"""A query as it will be run: parsed, restricted by its filters, its names widened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sinorus.engines.port import Engine
from sinorus.errors import QueryError
from sinorus.library.ids import Ids
from sinorus.model import Document, NameUse, Query
from sinorus.model.value import value
from sinorus.query.bounds import ASKED
from sinorus.query.fields import filter_nodes, restricted
from sinorus.query.nodes import DocumentIn, Node, Not, Or, filters_in, units
from sinorus.query.parse import parse, parse_literal
from sinorus.query.rewrite import expand_names
from sinorus.query.unparse import unparse
from sinorus.text.names import Names


@value(frozen=True)
class Understood:
    """A query and its trees: `written` before names were widened, `node` after."""

    query: Query
    written: Node
    node: Node
    names: tuple[NameUse, ...]

    @property
    def parsed(self) -> str:
        """The query as it was understood, in the query language."""
        return unparse(self.written)


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
    """The trees of a query. Raises QueryError, or FilterValueError for a filter that is wrong."""
    node: Node | None = None
    if query.text is not None:
        if query.literal:
            node = parse_literal(query.text, exact=query.exact, any_word=query.any_word)
        else:
            node = parse(
                query.text,
                fields=ExtraFields(engine),
                exact=query.exact,
                any_word=query.any_word,
            )
    written = restricted(node, _read_filters(engine, query.filters))
    if written is None:
        raise QueryError("there is nothing to search for", "", 0, "write a word or a filter")
    widened, uses = expand_names(written, names) if names else (written, ())
    return Understood(query, written, widened, uses)


def foremost(asked: Understood, most: int = ASKED) -> Understood:
    """The query without all but the first of its parts, for what asks for each of them alone."""
    parts = [*dict.fromkeys([*units(asked.node), *filters_in(asked.node)])]
    return asked if len(parts) <= most else replace(asked, node=Or(tuple(parts[:most])))


def scope(engine: Engine, filters: Mapping[str, Sequence[str]]) -> list[Document]:
    """The documents that the filters let through, sorted by id. Raises as `understand` does."""
    from sinorus.query.evaluate import document_test

    passes = document_test(_read_filters(engine, filters))
    return [document for document in engine.documents() if passes(document)]


def _read_filters(engine: Engine, filters: Mapping[str, Sequence[str]]) -> list[Node]:
    names = {name: values for name, values in filters.items() if name.endswith("source")}
    rest = {name: values for name, values in filters.items() if name not in names}
    found: list[Node] = []
    ids = Ids(engine)
    for name, values in names.items():
        node = DocumentIn(frozenset(ids.find(value).id for value in values))
        found.append(Not(node) if name.startswith("not_") else node)
    return [*found, *filter_nodes(rest)]
