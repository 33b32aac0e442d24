"""The embedded engine beside clusters: building and searching the same files, in one run.

The clusters are named as NAME=URL[,URL…] and must be there; libraries of the run are deleted from
them at its end. Two sizes are measured, and what 10 million paragraphs would take is worked out
from them: the smaller size, and what each paragraph more has cost.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

from bench.collection import LIBRARY, Home, prepare
from bench.common import Sample, clocked, environment, medians, parser, table, tell
from bench.engine_queries import shown
from bench.queries import CLASSES, wording
from sinorus.config import load_settings
from sinorus.engines import open_engine
from sinorus.engines.port import Engine, SearchRequest
from sinorus.library import Library
from sinorus.query.parse import parse

QUERIES = {"rare word": "aback"} | {
    name: wording("sinorus", CLASSES[name][0]) or ""
    for name in ("common word", "two words", "four words", "common phrase", "NEAR/5", "prefix")
}
QUERIES |= {"Russian word": "развитие", "Chinese phrase": '"经济建设"'}
FAR = 10_000_000


class Measured(NamedTuple):
    """An engine at one size: what building took, bytes, the samples of each query.

    CPU times are of this process: what a cluster takes is not among them.
    """

    paragraphs: int
    build: Sample
    size: int
    queries: dict[str, list[Sample]]


def measure(root: Path, engine: str, runs: int) -> Measured:
    """Builds an index of the library in `root` from its files, and searches it."""
    settings = load_settings().having("engine", engine, "bench")
    settings = settings.having("library_name", f"bench-{uuid4().hex[:6]}", "bench")
    embedded_or_cluster = open_engine(settings, root, tell)
    with closing(Library(root, settings)) as library, closing(embedded_or_cluster) as opened:
        build = clocked(lambda: library.index(rebuild=True))
        found = {}
        for name, text in QUERIES.items():
            search = _search(opened, text)
            found[name] = [clocked(search) for _ in range(runs)]
        measured = Measured(opened.info().paragraphs, build, opened.size(), found)
        _forget(opened)
    return measured


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
            seconds, rate = one.build.wall / 1000, one.paragraphs / one.build.wall * 1000
            cells = [f"{one.paragraphs:,}", f"{seconds:.1f}", f"{one.build.cpu / 1000:.1f}"]
            sizes = [f"{one.size / 1e6:.0f}", f"{one.size / one.paragraphs:.0f}"]
            rows.append([name, *cells, f"{rate:,.0f}", *sizes])
        both = (small.paragraphs, large.paragraphs)
        taken = (far(a, b, both) / 1000 for a, b in zip(small.build, large.build, strict=True))
        size = f"{far(small.size, large.size, both) / 1e6:,.0f}"
        cells = [f"{FAR:,}, worked out", *(f"{one:,.0f}" for one in taken)]
        rows.append([name, *cells, "", size, ""])
    head = ("engine", "paragraphs", "s", "CPU s", "paragraphs a second")
    return table((*head, "index MB", "bytes a paragraph"), rows)


def searching(found: dict[str, list[Measured]]) -> str:
    """A row a query: its times at the larger size, and the median that is worked out."""
    rows = []
    for query in QUERIES:
        row = [query]
        for small, large in found.values():
            before, after = (medians(one.queries[query]).wall for one in (small, large))
            worked_out = far(before, after, (small.paragraphs, large.paragraphs))
            row += [*shown(large.queries[query]), f"{worked_out:,.0f}"]
        rows.append(row)
    head = ["query"]
    for name in found:
        head += [f"{name} median ms", "p95 ms", "CPU ms", f"at {FAR // 10**6} million, worked out"]
    return table(head, rows)


def main() -> None:
    """Measures and prints."""
    arguments = parser(__doc__)
    arguments.add_argument("cluster", nargs="*", help="NAME=URL[,URL…]")
    arguments.add_argument("--folder", type=Path, default=LIBRARY, help="what is indexed")
    arguments.add_argument("--times", type=int, nargs=2, default=(1, 3), help="two sizes: copies")
    arguments.add_argument("--runs", type=int, default=20, help="of each query")
    given = arguments.parse_args()
    engines = {"embedded": "whoosh"}
    for name, _, url in (one.partition("=") for one in given.cluster):
        engines[name] = f"opensearch+{url}"
    found: dict[str, list[Measured]] = {name: [] for name in engines}
    for times in given.times:
        with TemporaryDirectory() as folder:
            home = Home(Path(folder))
            prepare(home, given.folder, times)
            for name, engine in engines.items():
                tell(f"{name}, {times} times")
                found[name].append(measure(home.library, engine, given.runs))
    print(f"{environment(['opensearch-py', 'numpy'])}\n\n{building(found)}\n\n{searching(found)}")
