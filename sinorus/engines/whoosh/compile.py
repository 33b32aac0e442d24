"""A query tree to a query of Whoosh's: its boolean matchers over our own leaves.

Phrases, neighbourhoods and filters are leaves that know their paragraphs from `postings.py` and
the manifest, because Whoosh's spans do not count as `query.positions` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from whoosh.matching.mcore import ListMatcher, NullMatcher
from whoosh.query import compound, qcore
from whoosh.searching import Searcher

from sinorus.engines.whoosh.manifest import Manifest
from sinorus.engines.whoosh.postings import SegmentPostings
from sinorus.engines.whoosh.records import read_record
from sinorus.query.evaluate import document_matches
from sinorus.query.nodes import (
    FILTERS,
    And,
    Everything,
    FieldWords,
    Node,
    Not,
    Or,
)
from sinorus.text.tokens import tokenize


class Paragraphs(qcore.Query):
    """A leaf: the paragraphs of a segment, by number and sorted, that `find` gives."""

    def __init__(self, find: Callable[[], Iterable[int]]) -> None:
        self._find = find
        self._found: list[int] | None = None

    def _ids(self) -> list[int]:
        if self._found is None:
            self._found = sorted(self._find())
        return self._found

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Whoosh's matcher over them."""
        return ListMatcher(self._ids()) if self._ids() else NullMatcher()

    def estimate_size(self, ixreader: Any) -> int:
        """How many there are: Whoosh starts with the rarest."""
        return len(self._ids())

    def is_leaf(self) -> bool:
        """That it has no parts."""
        return True

    def normalize(self) -> Any:
        """Itself."""
        return self


class Segment:
    """One segment as a search sees it: its postings and which document each paragraph is of."""

    def __init__(self, reader: Any, manifest: Manifest) -> None:
        self.reader = reader
        self.manifest = manifest
        self.postings = SegmentPostings(reader)
        self.ordinal = reader.column_reader("ordinal")
        self.n = reader.column_reader("n")
        self.length = reader.column_reader("length")

    def all(self) -> Iterable[int]:
        """All its paragraphs; the ordinal 0 is the manifest's, deleted ones are left out."""
        deleted = self.reader.is_deleted
        known = set(self.manifest.ordinals())
        return (
            key
            for key, ordinal in enumerate(self.ordinal.load())
            if ordinal in known and not deleted(key)
        )

    def compile(self, node: Node) -> Any:
        """The Whoosh query that `node` is on this segment."""
        if isinstance(node, And):
            return self._all_of(node)
        if isinstance(node, Or):
            return compound.Or([self.compile(part) for part in node.parts])
        if isinstance(node, Not):
            return self._all_of(And((node,)))
        if isinstance(node, Everything):
            return Paragraphs(self.all)
        if isinstance(node, FieldWords) and node.name == "heading":
            return Paragraphs(lambda: self._in_headings(node))
        if isinstance(node, FILTERS):
            return Paragraphs(lambda: self._of_documents(node))
        return Paragraphs(lambda: self.postings.frequencies(node))

    def _all_of(self, node: And) -> Any:
        wanted = [self.compile(part) for part in node.parts if not isinstance(part, Not)]
        barred = [part.part for part in node.parts if isinstance(part, Not)]
        query = compound.And(wanted) if wanted else Paragraphs(self.all)
        if not barred:
            return query
        # Not Whoosh's AndNot: in 3.54 its matcher lets the first paragraph through when the
        # excluded ones begin before it.
        return Paragraphs(
            lambda: set(self._run(query)).difference(*(self.matching(part) for part in barred))
        )

    def _of_documents(self, node: Any) -> list[int]:
        manifest = self.manifest
        passing = {
            ordinal
            for ordinal in manifest.ordinals()
            if document_matches(node, manifest.document(ordinal))
        }
        ordinals = self.ordinal.load()
        return [key for key in self.all() if ordinals[key] in passing] if passing else []

    def _in_headings(self, node: FieldWords) -> list[int]:
        """Paragraphs under a heading with these words; each heading is looked at on its own."""
        size = len(node.words)
        candidates = set.intersection(
            *(set(self.postings.heading_words(word)) for word in node.words)
        )
        found = []
        for key in sorted(candidates):
            for heading in read_record("", self.reader.stored_fields(key)["record"]).heading:
                stems = tuple(tokenize(heading).stems)
                if any(stems[at : at + size] == node.words for at in range(len(stems))):
                    found.append(key)
                    break
        return found

    def matching(self, node: Node) -> list[int]:
        """The paragraphs of the segment that match, sorted, through Whoosh's matchers."""
        return self._run(self.compile(node))

    def _run(self, query: Any) -> list[int]:
        searcher = Searcher(self.reader)
        return list(query.matcher(searcher, searcher.boolean_context()).all_ids())
