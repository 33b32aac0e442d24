"""Many queries, one output: every record says which query it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sinorus.model import SearchResult
from sinorus.render.look import Look

if TYPE_CHECKING:
    from sinorus.render import Renderer


def many(one: Renderer[SearchResult], name: str) -> Renderer[Iterable[SearchResult]]:
    """A renderer of the answers to many queries, from that of one; streams but for JSON."""

    def rendered(results: Iterable[SearchResult], look: Look) -> Iterator[str]:
        look = replace(look, batch=True)
        if name == "json":
            from sinorus.render.data.json import searches

            yield from searches(results, look)
            return
        result = None
        for result in results:
            yield from one(result, look)
            look = replace(look, header=False)
        if result is None and name in ("csv", "tsv"):
            from sinorus.render.data.csv import SEARCH

            yield ("," if name == "csv" else "\t").join(SEARCH) + "\n"

    return rendered
