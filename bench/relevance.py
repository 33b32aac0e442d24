"""nDCG@10 of any-word queries on judged collections, beside BM25, SQLite FTS5 and stock Whoosh.

A collection is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`. Each corpus document
becomes one file of a temporary library, its text one paragraph, and every judged query goes
through the library as `sinorus search --any` would send it. A document gains rel / log2(rank + 1);
the sum is divided by that of the best possible order of all that was judged for the query. Where
relevance is graded, a second row has the other common gain, (2^rel - 1) / log2(rank + 1).
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from heapq import nsmallest
from math import log, log2
from pathlib import Path
from typing import Any, NamedTuple

from bench.common import (
    SHARED,
    environment,
    parser,
    plain_environment,
    table,
    tell,
    temporary_library,
)
from bench.startup import SINORUS
from sinorus import Library, Query
from sinorus.engines.scoring import K1, B
from sinorus.errors import QueryError
from sinorus.text.tokens import tokenize

BARS = {"cranfield": 0.54, "cisi": 0.365, "xquad_en": 0.97, "xquad_ru": 0.95, "xquad_zh": 0.96}
"""What a collection should reach."""
DEPTH = 10
CLI_QUERIES = 20
FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")

HEAD = (
    *("collection", "documents", "queries", "literal", "sinorus", "names off", "plain BM25"),
    *("FTS5, words once", "FTS5", "Whoosh", "ratio", "bar", ""),
)

Ranker = Callable[[str], list[str]]
"""A query to the ids of the best documents, best first."""


class Text(NamedTuple):
    """A document of a corpus; `text` has no line ends."""

    id: str
    title: str
    text: str


class Collection(NamedTuple):
    """A corpus, its queries by id, and the relevance above 0 of documents by query id."""

    name: str
    texts: Sequence[Text]
    queries: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path) -> Collection:
    """The collection in `folder`; of the queries, those that have a relevant document."""
    texts = [
        Text(record["_id"], _one_line(record.get("title")), _one_line(record["text"]))
        for record in _records(folder / "corpus.jsonl")
    ]
    judged: dict[str, dict[str, int]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                judged.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    asked = {record["_id"]: record["text"] for record in _records(folder / "queries.jsonl")}
    return Collection(
        folder.name, texts, {name: asked[name] for name in asked if name in judged}, judged
    )


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def mean_ndcg(of: Collection, ranked: Mapping[str, list[str]], gain: Callable[[int], int]) -> float:
    """The mean nDCG at DEPTH of the rankings of all queries, between 0 and 1."""
    values = []
    for name, judged in ((name, of.judged[name]) for name in of.queries):
        found = [gain(judged.get(one, 0)) for one in ranked[name]]
        best = sorted(map(gain, judged.values()), reverse=True)
        values.append(_discounted(found) / _discounted(best))
    return sum(values) / len(values)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains[:DEPTH], 1))


@contextmanager
def library_of(collection: Collection) -> Iterator[tuple[Path, Library]]:
    """A library of one file a text: its id and title as front matter, then one paragraph."""
    with temporary_library() as root:
        for number, text in enumerate(collection.texts, 1):
            name, title = (json.dumps(one, ensure_ascii=False) for one in (text.id, text.title))
            front = f"---\nid: {name}\ntitle: {title if text.title else 'null'}\n---\n\n"
            body = f"{front}{text.text or text.title}\n"
            (root / "seeds" / f"{number:05}.txt").write_text(body, "utf-8")
        with closing(Library.at(root)) as library:
            library.index(rebuild=True)
            yield root, library


class Sinorus:
    """Rankings of a library; `literal` counts the queries that were no valid query text."""

    def __init__(self, library: Library, *, names: bool) -> None:
        self.library, self.names = library, names
        self.literal = 0

    def __call__(self, query: str) -> list[str]:
        try:
            return self._search(query, literal=False)
        except QueryError:
            self.literal += 1
            return self._search(query, literal=True)

    def _search(self, query: str, *, literal: bool) -> list[str]:
        asked = Query(
            query, any_word=True, literal=literal, names=self.names, limit=DEPTH, max_per_doc=1
        )
        found = self.library.search(asked, update=False)
        return [hit.document.id for hit in found.hits]


def plain_ranker(texts: Sequence[Text]) -> Ranker:
    """BM25 and nothing else, on the words that sinorus has: title and text are one text, and every
    word of the query, signs aside, counts as often as it is written.
    """
    postings: dict[str, list[tuple[int, int]]] = {}
    lengths = []
    for number, text in enumerate(texts):
        whole = text.text if text.title in ("", text.text) else f"{text.title} . {text.text}"
        stems = tokenize(whole or text.title).stems
        lengths.append(len(stems))
        for stem, count in Counter(stems).items():
            postings.setdefault(stem, []).append((number, count))
    average = sum(lengths) / len(lengths)

    def rank(query: str) -> list[str]:
        scores: dict[int, float] = {}
        for stem in tokenize(query).stems:
            found = postings.get(stem, [])
            idf = log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                normal = count / (1 - B + B * lengths[number] / average)
                gain = idf * normal * (K1 + 1) / (normal + K1)
                scores[number] = scores.get(number, 0.0) + gain
        best = nsmallest(DEPTH, scores, key=lambda number: (-scores[number], number))
        return [texts[number].id for number in best]

    return rank


def sqlite_ranker(texts: Iterable[Text], *, repeated: bool) -> Ranker:
    """SQLite FTS5: Porter stems, bm25() over title and text, any word of the query.

    With `repeated` a word that stands twice in the query counts twice, as it does in sinorus.
    """
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE texts USING fts5"
        "(id UNINDEXED, title, text, tokenize = 'porter unicode61')"
    )
    rows = ((text.id, text.title, text.text) for text in texts)
    base.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)

    def rank(query: str) -> list[str]:
        words = re.findall(r"\w+", query)
        asked = " OR ".join(f'"{word}"' for word in (words if repeated else dict.fromkeys(words)))
        found = base.execute(
            "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid LIMIT ?",
            (asked, DEPTH),
        )
        return [row[0] for row in found]

    return rank


def whoosh_ranker(texts: Iterable[Text]) -> Ranker:
    """Stock Whoosh: StemmingAnalyzer, its BM25F, title and text, any word of the query."""
    from whoosh.analysis.analyzers import StemmingAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser.default import MultifieldParser
    from whoosh.qparser.syntax import OrGroup
    from whoosh.scoring import BM25F

    schema = Schema(
        id=ID(stored=True), title=TEXT(StemmingAnalyzer()), text=TEXT(StemmingAnalyzer())
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for text in texts:
        writer.add_document(id=text.id, title=text.title, text=text.text)
    writer.commit()
    parser = MultifieldParser(["title", "text"], schema, group=OrGroup)
    searcher = index.searcher(weighting=BM25F())

    def rank(query: str) -> list[str]:
        words = " ".join(re.findall(r"\w+", query)).lower()  # no operators: AND is a word here
        return [hit["id"] for hit in searcher.search(parser.parse(words), limit=DEPTH)]

    return rank


def measure(of: Collection) -> list[list[str]]:
    """The rows of a collection: one, or two where relevance is graded."""
    with library_of(of) as (_, library):
        ours = Sinorus(library, names=True)
        rankers: list[Ranker] = [ours, Sinorus(library, names=False), plain_ranker(of.texts)]
        rankers += [sqlite_ranker(of.texts, repeated=repeated) for repeated in (False, True)]
        rankers.append(whoosh_ranker(of.texts))
        found = [{name: rank(text) for name, text in of.queries.items()} for rank in rankers]
    gains: dict[str, Callable[[int], int]] = {of.name: lambda relevance: relevance}
    if len({relevance for judged in of.judged.values() for relevance in judged.values()}) > 1:
        gains[f"{of.name}, 2^rel"] = lambda relevance: 2**relevance - 1
    bar = BARS.get(of.name)
    rows = []
    for name, gain in gains.items():
        values = [mean_ndcg(of, ranked, gain) for ranked in found]
        verdict = "" if bar is None else "ok" if values[0] >= bar else "short"
        sizes = (len(of.texts), len(of.queries), ours.literal)
        shown = [*map(str, sizes), *(f"{value:.4f}" for value in values)]
        ratio = f"{values[0] / max(values[2:]):.2f}"
        rows.append([name, *shown, ratio, "" if bar is None else f"{bar:g}", verdict])
    return rows


def compare_cli(of: Collection) -> list[str]:
    """A row: of the first queries, how many get the same ids from the command line."""
    with library_of(of) as (root, library):
        ranker = Sinorus(library, names=True)
        asked = list(of.queries.values())[:CLI_QUERIES]
        same = sum(ranker(query) == cli_ranking(root, query) for query in asked)
    return [of.name, str(len(asked)), str(same), "ok" if same == len(asked) else "short"]


def cli_ranking(root: Path, query: str) -> list[str]:
    """The ids that `sinorus search --any --json` prints; literal where the query is none."""
    flags = ["--any", "--json", "--limit", str(DEPTH), "--max-per-doc", "1"]
    for extra in ([], ["--literal"]):
        done = subprocess.run(
            [*SINORUS, "--library", str(root), "search", *flags, *extra, "--", query],
            env=plain_environment(root),
            capture_output=True,
            check=False,
        )
        if done.returncode in (0, 1):
            return [hit["document"] for hit in json.loads(done.stdout)["results"]]
    raise SystemExit(f"sinorus search failed:\n{done.stderr.decode()}")


def collections_in(folder: Path) -> list[Path]:
    """The collections below `folder`, those with a bar first. Ends the program if none is."""
    found = [path.parent for path in sorted(folder.glob("*/corpus.jsonl"))]
    whole = [path for path in found if all((path / name).is_file() for name in FILES)]
    if not whole:
        raise SystemExit(f"no collection in {folder}: one is a folder with {', '.join(FILES)}")
    order = list(BARS)
    return sorted(whole, key=lambda path: order.index(path.name) if path.name in BARS else 99)


def main() -> None:
    """Prints one table."""
    arguments = parser(__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=SHARED / "relevance")
    arguments.add_argument("--cli", action="store_true", help="compare the command with the API")
    options = arguments.parse_args()
    rows = []
    for path in collections_in(options.folder):
        tell(f"{path.name} …")
        collection = read_collection(path)
        rows += [compare_cli(collection)] if options.cli else measure(collection)
    print(f"{environment()}\n")
    print(table(("collection", "queries", "same top 10", "") if options.cli else HEAD, rows))
