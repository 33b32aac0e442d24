"""A cluster finds what the embedded engine finds, in its order: random queries and real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.cluster import engine_of, forget, needs_cluster
from support.conformance import make
from support.random_libraries import fill, libraries, nodes

from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import Engine, SearchRequest
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.errors import UnsupportedQuery
from sinorus.files import Tree
from sinorus.library.migration import copy_index
from sinorus.model import Document, Hit, Paragraph
from sinorus.query.nodes import Node
from sinorus.query.parse import parse
from sinorus.text.tokens import tokenize

pytestmark = needs_cluster
QUERIES = 200
MOST = 5_000
"""Hits up to which all of them are compared, and not their number in each document alone."""


@pytest.fixture(scope="module")
def random_library() -> Iterator[Engine]:
    with closing(engine_of("random")) as engine:
        yield engine
    forget("random")


@pytest.mark.long
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(libraries(), st.lists(nodes, min_size=12, max_size=12))
def test_a_cluster_finds_what_evaluate_says(
    random_library: Engine,
    library: list[tuple[Document, list[Paragraph]]],
    queries: list[Node],
) -> None:
    memory = MemoryEngine()
    fill(memory, library)
    with random_library.writer(rebuild=True):
        pass
    fill(random_library, library[:1])
    fill(random_library, library[1:] + library[:1])  # so that versions and deletions count
    for node in queries:
        for request in (
            SearchRequest(node, limit=None),
            SearchRequest(node, limit=3, offset=1, cap=(1, "document")),
            SearchRequest(node, limit=4, sort="-date"),
            SearchRequest(node, limit=4, sort="title", coverage=queries[:2]),
            SearchRequest(node, limit=2, coverage=queries[:3]),
        ):
            right = memory.search(request)
            try:
                page = random_library.search(request)
            except UnsupportedQuery:
                continue  # a NEAR that wants a phrase twice: the one thing it cannot do
            assert page.total == right.total
            assert dict(page.tally) == dict(right.tally)
            if request.limit is None:
                assert {hit.paragraph for hit in page.hits} == {hit.paragraph for hit in right.hits}
            if request.sort != "relevance":
                assert [hit.paragraph for hit in page.hits] == [hit.paragraph for hit in right.hits]


def real_queries(engine: Engine) -> list[str]:
    """Queries of every form, of the words of a library's own paragraphs."""
    chosen = random.Random(7)  # the same every time
    documents = [document for document in engine.documents() if document.paragraphs > 3]
    found: list[str] = []
    while len(found) < QUERIES:
        document = chosen.choice(documents)
        n = chosen.randint(1, document.paragraphs)
        (paragraph,) = engine.paragraphs(document.id, n, n)
        forms = tokenize(paragraph.text).forms
        if len(forms) < 12:
            continue
        at = chosen.randint(0, len(forms) - 6)
        a, b, c, d = forms[at : at + 4]
        form = max(forms, key=len)
        year = document.date.text[:4] if document.date else "1960"
        forms_of_queries = (
            *(a, f"{a} {b}", f"{a} {b} {c} {d}", f'"{a} {b}"', f'"{a} {b} {c}"'),
            *(f"{a} NEAR/5 {c}", f"{d} ADJ/8 {a}", f"{form[:4]}*", f"{form[:2]}*{form[-1]}"),
            *(f"={form}", f"{form}~1", f"{a} OR {form}", f"{form} -{b}", f"{form} date:{year}"),
            *(f"{a} {form} lang:{document.lang or 'en'}", f"title:{a} OR {form}"),
            f'"{a} {b}" {form}',
        )
        found.append(chosen.choice(forms_of_queries))
    return found


@pytest.fixture
def both(shared_indexed: Path) -> Iterator[tuple[Engine, Engine]]:
    """The library in ../shared in both engines."""
    embedded, cluster = WhooshEngine(shared_indexed / "index"), engine_of("agreement")
    for _ in copy_index(Tree(str(shared_indexed)), embedded, cluster):
        pass
    yield embedded, cluster
    cluster.close()
    embedded.close()
    forget("agreement")


def close(one: float, other: float) -> bool:
    """Whether scores are the same but for the four bytes that a cluster has for them."""
    return abs(one - other) <= 1e-4 * max(1.0, abs(one))


def same_top(hits: tuple[Hit, ...], right: tuple[Hit, ...]) -> bool:
    """Whether the first ten are the same but for those that score alike."""
    known = {hit.paragraph.id: hit.score for hit in right}
    pairs = list(zip(hits[:10], right[:10], strict=True))
    return all(
        hit.paragraph.id == other.paragraph.id
        or close(known.get(hit.paragraph.id, -1.0), other.score)
        for hit, other in pairs
    )


@pytest.mark.long
def test_two_hundred_queries_have_the_same_answers(both: tuple[Engine, Engine]) -> None:
    embedded, cluster = both
    other_order: list[str] = []
    queries = real_queries(embedded)
    for query in queries:
        node = parse(query, fields=())
        right = embedded.search(SearchRequest(node, limit=60))
        page = cluster.search(SearchRequest(node, limit=10))
        assert (page.total, dict(page.tally)) == (right.total, dict(right.tally)), query
        if page.total <= MOST:
            whole = [engine.search(SearchRequest(node, limit=None)).hits for engine in both]
            ids = [sorted(hit.paragraph.id for hit in hits) for hits in whole]
            assert ids[0] == ids[1], query
        if not same_top(page.hits, right.hits):
            other_order.append(query)
    assert len(other_order) <= QUERIES // 20, other_order


def test_scores_are_those_of_the_reference(random_library: Engine) -> None:
    memory = MemoryEngine()
    filling = "words that stand here to make up a paragraph of some common length"
    for engine in (memory, random_library):
        with engine.writer(rebuild=True) as writer:
            writer.add(make("a", [f"pact {filling}", f"pact pact treaty {filling}", filling]))
            writer.add(make("b", [f"treaty of pact {filling}"], ("A treaty",), title="The pact"))
            writer.add(make("c", ["Pact", "border treaties"], lang="en"))
    for query in ("pact", "pact treaty", '"treaty of pact"', "pact NEAR/3 treaty", "=treaties"):
        request = SearchRequest(parse(query), limit=None)
        right, found = memory.search(request).hits, random_library.search(request).hits
        assert [hit.paragraph.id for hit in found] == [hit.paragraph.id for hit in right], query
        scores = [hit.score for hit in found]
        assert scores == pytest.approx([hit.score for hit in right], rel=1e-5), query


def test_pages_go_on_beyond_what_a_cluster_counts_to(random_library: Engine) -> None:
    with random_library.writer(rebuild=True) as writer:
        for number in range(12):
            writer.add(make(f"d{number:02}", ["word"] * 1_000))
    ids = [f"d{number:02}#{n}" for number in range(12) for n in range(1, 1_001)]
    node = parse("word")
    for offset in (0, 9_990, 11_995):
        page = random_library.search(SearchRequest(node, limit=20, offset=offset))
        assert page.total == 12_000
        assert [hit.paragraph.id for hit in page.hits] == ids[offset : offset + 20]
    whole = random_library.search(SearchRequest(node, limit=None)).hits
    assert [hit.paragraph.id for hit in whole] == ids
