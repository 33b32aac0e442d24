"""Folding loses nothing and doubles nothing, whatever is repeated and wherever a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from support.conformance import make, put, unhashed
from support.folding import assert_folded

from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import SearchRequest
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.query.parse import parse

TEXTS = ["gas", "Gas!", "gas and oil", "oil", "Oil, gas.", "gas  and\noil", "no gas", "·"]
"""Some with the same words, written in other ways."""
libraries = st.lists(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5), max_size=5)
SORTS = ("relevance", "title", "-date", "source")


def requests(query: str) -> list[SearchRequest]:
    return [SearchRequest(parse(query), sort=sort) for sort in SORTS]


@given(libraries, st.sampled_from(["gas", "gas oil", "gas OR oil", "-oil gas"]), st.integers(1, 4))
def test_in_memory(library: Sequence[Sequence[str]], query: str, size: int) -> None:
    engine = MemoryEngine()
    put(engine, *(unhashed(make(f"d{n}", texts)) for n, texts in enumerate(library)))
    for request in requests(query):
        assert_folded(engine, request, size)


@settings(max_examples=25, deadline=None)
@given(libraries, st.sampled_from(["gas", "gas OR oil"]), st.integers(1, 3))
def test_in_segments(library: Sequence[Sequence[str]], query: str, size: int) -> None:
    """Each document in a segment of its own; what it finds is what the reference finds."""
    with TemporaryDirectory() as folder:
        memory, whoosh = MemoryEngine(), WhooshEngine(Path(folder))
        for n, texts in enumerate(library):
            for engine in (memory, whoosh):
                put(engine, unhashed(make(f"d{n}", texts)))
        for request in requests(query) if library else ():
            assert_folded(whoosh, request, size)
            pages = [engine.search(request._replace(fold=True)) for engine in (memory, whoosh)]
            first, second = ([(hit.paragraph.id, hit.same) for hit in page.hits] for page in pages)
            assert first == second
        whoosh.close()
