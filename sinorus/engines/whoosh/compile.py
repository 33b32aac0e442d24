"""A query tree to a query of Whoosh's: its boolean matchers over our own leaves.

Words, phrases, neighbourhoods and filters are leaves that know their paragraphs already, because
Whoosh's spans do not count as `query.positions` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from whoosh.matching.mcore import ListMatcher, NullMatcher
from whoosh.query import compound, qcore

from sinorus.query.nodes import And, Node, Not, Or

Find = Callable[[Node], Iterable[int]]


class Paragraphs(qcore.Query):
    """A leaf: the paragraphs of a segment, by number."""

    def __init__(self, found: Iterable[int]) -> None:
        self._ids = sorted(found)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Whoosh's matcher over them."""
        return ListMatcher(self._ids) if self._ids else NullMatcher()

    def estimate_size(self, ixreader: Any) -> int:
        """How many there are: Whoosh starts with the rarest."""
        return len(self._ids)

    def is_leaf(self) -> bool:
        """That it has no parts."""
        return True

    def normalize(self) -> Any:
        """Itself."""
        return self


class _Segment:
    """All that Whoosh's boolean queries ask of a searcher: the reader it is for."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def reader(self) -> Any:
        return self._reader


def run(node: Node, reader: Any, find: Find) -> list[int]:
    """The paragraphs of a segment that match `node`, sorted; `find` gives those of its leaves."""
    return list(compile_query(node, reader, find).matcher(_Segment(reader)).all_ids())


def compile_query(node: Node, reader: Any, find: Find) -> Any:
    """The Whoosh query that `node` is."""
    if isinstance(node, Or):
        return compound.DefaultOr([compile_query(part, reader, find) for part in node.parts])
    if not isinstance(node, And):
        return Paragraphs(find(node))
    wanted = [part for part in node.parts if not isinstance(part, Not)]
    barred = [part.part for part in node.parts if isinstance(part, Not)]
    if not wanted:
        return Paragraphs(set(find(node.parts[0])).intersection(*map(find, node.parts[1:])))
    query = compound.And([compile_query(part, reader, find) for part in wanted])
    if not barred:
        return query
    # Not Whoosh's AndNot: in 3.54 its matcher lets the first paragraph through when the excluded
    # ones begin before it.
    kept = query.matcher(_Segment(reader)).all_ids()
    return Paragraphs(set(kept).difference(*(run(part, reader, find) for part in barred)))
