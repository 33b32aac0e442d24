"""The embedded engine beside clusters: building and searching the same files, in one run.

The clusters are named as NAME=URL[,URL…] and must be there; libraries of the run are deleted from
them at its end. Two sizes are measured, and what 10 million paragraphs would take is worked out
from them: the smaller size, and what each paragraph more has cost.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple
from uuid import uuid4

from common import environment, spread, table, tell, timed
from engine_collection import LIBRARY, Home, prepare

from sinorus.config import load_settings
from sinorus.engines import open_engine
from sinorus.engines.port import Engine, SearchRequest
from sinorus.library import Library
from sinorus.query.parse import parse

QUERIES = {
    "rare word": "aback",
    "common word": "soviet",
    "two words": "nuclear weapons",
    "four words": "foreign minister soviet government",
    "phrase": '"soviet union"',
    "NEAR/5": "soviet NEAR/5 government",
    "prefix": "negoti*",
    "Russian word": "развитие",
    "Chinese phrase": '"经济建设"',
}
FAR = 10_000_000


class Measured(NamedTuple):
    """An engine at one size: seconds of building, bytes, median and p95 milliseconds by query."""

    paragraphs: int
    seconds: float
    size: int
    queries: dict[str, tuple[float, float]]


def measure(root: Path, engine: str, runs: int) -> Measured:
    """Builds an index of the library in `root` from its files, and searches it."""
    settings = load_settings().having("engine", engine, "bench")
    settings = settings.having("library_name", f"bench-{uuid4().hex[:6]}", "bench")
    embedded_or_cluster = open_engine(settings, root, tell)
    with closing(Library(root, settings)) as library, closing(embedded_or_cluster) as opened:
        started = perf_counter()
        report = library.index(rebuild=True)
        seconds = perf_counter() - started
        times = {}
        for name, text in QUERIES.items():
            samples = timed(_search(opened, text), runs)
            times[name] = spread(samples)[1:]
        found = Measured(report.paragraphs, seconds, opened.size(), times)
        _forget(opened)
    return found


def _search(engine: Engine, text: str) -> Callable[[], object]:
    request = SearchRequest(parse(text), limit=20)

    def search() -> object:
        page = engine.search(request)
        return len(page.tally)  # as the command line does: so many paragraphs in so many documents

    search()
    return search


def _forget(engine: Engine) -> None:
    if engine.shared:
        from opensearchpy import OpenSearch

        from sinorus.engines.opensearch.engine import OpenSearchEngine

        assert isinstance(engine, OpenSearchEngine)
        with closing(OpenSearch(list(engine.address.urls), timeout=60)) as client:
            client.indices.delete(index=f"{engine.address.alias}.*")


def far(small: float, large: float, sizes: tuple[int, int]) -> float:
    """What comes out at `FAR` paragraphs if each one more costs what it did between two sizes."""
    slope = (large - small) / (sizes[1] - sizes[0])
    return max(0.0, small + slope * (FAR - sizes[0]))


def building(found: dict[str, list[Measured]]) -> str:
    """Rows of an engine at each size, and one that is worked out."""
    rows = []
    for name, (small, large) in found.items():
        for one in (small, large):
            rate = one.paragraphs / one.seconds
            cells = [f"{one.paragraphs:,}", f"{one.seconds:.1f}", f"{rate:,.0f}"]
            rows.append([name, *cells, f"{one.size / 1e6:.0f}", f"{one.size / one.paragraphs:.0f}"])
        sizes = (small.paragraphs, large.paragraphs)
        seconds = far(small.seconds, large.seconds, sizes)
        size = far(small.size, large.size, sizes)
        cells = [f"{FAR:,}, worked out", f"{seconds:,.0f}", "", f"{size / 1e6:,.0f}", ""]
        rows.append([name, *cells])
    head = ["engine", "paragraphs", "s", "paragraphs a second", "index MB", "bytes a paragraph"]
    return table(head, rows)


def searching(found: dict[str, list[Measured]]) -> str:
    """A row a query: median and p95 at the larger size, and the median that is worked out."""
    rows = []
    for query in QUERIES:
        row = [query]
        for small, large in found.values():
            median, p95 = large.queries[query]
            sizes = (small.paragraphs, large.paragraphs)
            row += [f"{median:.1f}", f"{p95:.1f}"]
            row.append(f"{far(small.queries[query][0], median, sizes):,.0f}")
        rows.append(row)
    head = ["query"]
    for name in found:
        head += [f"{name} median ms", "p95 ms", f"at {FAR // 10**6} million, worked out"]
    return table(head, rows)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cluster", nargs="*", help="NAME=URL[,URL…]")
    parser.add_argument("--folder", type=Path, default=LIBRARY, help="what is indexed")
    parser.add_argument("--times", type=int, nargs=2, default=(1, 3), help="two sizes, in copies")
    parser.add_argument("--runs", type=int, default=20, help="of each query")
    given = parser.parse_args()
    engines = {"embedded": "whoosh"}
    for one in given.cluster:
        name, _, url = one.partition("=")
        engines[name] = f"opensearch+{url}"
    found: dict[str, list[Measured]] = {name: [] for name in engines}
    for times in given.times:
        with TemporaryDirectory() as folder:
            home = Home(Path(folder))
            tell(f"writing files, {times} times")
            prepare(home, given.folder, times)
            for name, engine in engines.items():
                tell(f"{name}, {times} times")
                found[name].append(measure(home.library, engine, given.runs))
    print(f"{environment(['opensearch-py', 'numpy'])}\n\n{building(found)}\n\n{searching(found)}")


if __name__ == "__main__":
    main()
