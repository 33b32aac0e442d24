"""What it means that paragraphs with the same words are one hit: asked of any engine."""

from __future__ import annotations

from sinorus.engines.port import Engine, SearchRequest
from sinorus.model import Hit


def standing(hit: Hit) -> list[str]:
    """The paragraphs that a hit stands for: itself first."""
    return [hit.paragraph.id, *hit.same]


def pages(engine: Engine, request: SearchRequest, size: int) -> list[Hit]:
    """All hits of a request, page by page, until a page says that no more follow."""
    found: list[Hit] = []
    while True:
        page = engine.search(request._replace(limit=size, offset=len(found)))
        found += page.hits
        if not page.more:
            return found
        assert len(page.hits) == size


def assert_folded(engine: Engine, request: SearchRequest, size: int) -> None:
    """Fails unless folding loses and doubles nothing, and pages are the whole in pieces."""
    whole = engine.search(request._replace(limit=None, offset=0, fold=True))
    every = engine.search(request._replace(limit=None, offset=0, fold=False))
    ids = [hit.paragraph.id for hit in every.hits]
    stood = [name for hit in whole.hits for name in standing(hit)]
    assert sorted(stood) == sorted(ids)
    assert (whole.total, dict(whole.tally)) == (every.total, dict(every.tally))
    firsts = [hit.paragraph.id for hit in whole.hits]
    assert firsts == [name for name in ids if name in set(firsts)], "in the order they have apart"
    for hit in whole.hits:
        hashes = {one.paragraph.hash for one in every.hits if one.paragraph.id in standing(hit)}
        assert hashes == {hit.paragraph.hash}
    assert [hit.paragraph.id for hit in pages(engine, request._replace(fold=True), size)] == firsts
