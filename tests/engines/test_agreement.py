"""Every engine finds exactly what `evaluate` says, on random libraries and random queries."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.random_libraries import fill, libraries, nears, nodes, positional

from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import Engine, GroupRequest, SearchRequest
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.model import Document, HitPage, Paragraph
from sinorus.query.evaluate import matches
from sinorus.query.nodes import Near, Node, Positional, Synonyms
from sinorus.query.passages import Passage

SEARCH = "sinorus.engines.whoosh.search"
WAYS = {
    "lists": {"search.FEW": 10**9, "search.FEW_WARM": 10**9},
    "arrays": {"search.FEW": -1, "search.FEW_WARM": -1},
    "arrays with a bitmap": {"search.FEW": -1, "search.FEW_WARM": -1, "lookups.TABLED": 0},
}
"""What is patched to have a search done in each way that there is, however few its numbers are."""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(libraries(), st.lists(nodes, min_size=12, max_size=12))
def test_engines_find_what_evaluate_says(
    library: list[tuple[Document, list[Paragraph]]], queries: list[Node]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory, whoosh = MemoryEngine(), WhooshEngine(Path(folder))
        fill(memory, library)
        # In two commits, the second with a changed document, so that segments and deletions count.
        fill(whoosh, library[:1])
        fill(whoosh, library[1:] + library[:1])
        for document, paragraphs in library:
            for engine in (memory, whoosh):
                known = [replace(one, hash="") for one in engine.paragraphs(document.id)]
                assert known == paragraphs
        assert whoosh.check() == []
        for node in queries:
            expected = {
                paragraph.id
                for document, paragraphs in library
                for paragraph in paragraphs
                if matches(node, Passage(document, paragraph))
            }
            for request in (
                SearchRequest(node, limit=None),
                SearchRequest(node, limit=3, offset=1, cap=(1, "document")),
                SearchRequest(node, limit=4, sort="-date"),
                SearchRequest(node, limit=4, sort="source"),
                SearchRequest(node, limit=4, sort="title"),
                SearchRequest(node, limit=4, sort="title", coverage=queries[:2]),
                SearchRequest(node, limit=2, coverage=queries[:3]),
            ):
                right = memory.search(request)
                assert right.total == len(expected)
                if request.limit is None:
                    assert {hit.paragraph.id for hit in right.hits} == expected
                for bounds in WAYS.values():
                    with pytest.MonkeyPatch.context() as patch:
                        for name, bound in bounds.items():
                            patch.setattr(f"{SEARCH}.{name}", bound)
                        same(whoosh.search(request), right)
            for by in ("document", "author", "year"):
                grouped = GroupRequest(node, by)
                assert sorted(whoosh.tally(grouped), key=str) == sorted(
                    memory.tally(grouped), key=str
                )
        whoosh.close()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(libraries(), st.lists(st.tuples(nears, positional, st.integers(0, 2)), max_size=12))
def test_another_alternative_never_takes_a_hit_away(
    library: list[tuple[Document, list[Paragraph]]], queries: list[tuple[Near, Positional, int]]
) -> None:
    """Unless it makes two parts equal, which then need a place each."""
    with tempfile.TemporaryDirectory() as folder:
        engines = MemoryEngine(), WhooshEngine(Path(folder))
        for engine in engines:
            fill(engine, library)
        for node, more, number in queries:
            parts, at = list(node.parts), number % len(node.parts)
            known = parts[at].parts if isinstance(parts[at], Synonyms) else (parts[at],)
            parts[at] = Synonyms((*known, more))
            if len(set(parts)) < len(set(node.parts)):
                continue
            widened = Near(tuple(parts), node.distance, node.ordered)
            for engine in engines:
                for bounds in WAYS.values():
                    with pytest.MonkeyPatch.context() as patch:
                        for name, bound in bounds.items():
                            patch.setattr(f"{SEARCH}.{name}", bound)
                        assert found(engine, node) <= found(engine, widened)
        engines[1].close()


def found(engine: Engine, node: Node) -> set[object]:
    """The paragraphs that an engine finds."""
    return {hit.paragraph.id for hit in engine.search(SearchRequest(node, limit=None)).hits}


def same(page: HitPage, right: HitPage) -> None:
    """Asserts that two pages have the same hits, scores, order and counts."""
    assert page.total == right.total
    assert dict(page.tally) == dict(right.tally)
    assert [hit.paragraph.id for hit in page.hits] == [hit.paragraph.id for hit in right.hits]
    assert [hit.crossing for hit in page.hits] == [hit.crossing for hit in right.hits]
    scores = [[round(hit.score, 9) for hit in answer.hits] for answer in (page, right)]
    assert scores[0] == scores[1]
