"""The queries of each engine in its own language, and the warm process that runs them.

    python bench/engine_searches.py ENGINE FOLDER

Started by `bench/engines.py`.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from child_process import answer_queries
from engine_builds import HERE, xapian_python
from engine_collection import Home

LIMIT = 20
Query = dict[str, Any]
Prepared = Callable[[], int] | str
"""What runs a query and tells its matches; or why the engine cannot express it."""

FIELDS = ("place",)
"""The fields of the collection's own front matter that queries use."""


def command(engine: str, home: Home) -> list[str | Path]:
    """What starts the process that answers the queries of an engine."""
    if engine == "xapian":
        program = HERE / "xapian_engine.py"
        return [xapian_python() or "", program, "search", home.index(engine)]
    return [sys.executable, Path(__file__), engine, home.index(engine)]


def is_han(query: Query) -> bool:
    """Whether a query is in Chinese characters."""
    return any("\u4e00" <= char <= "\u9fff" for word in query["words"] for char in word)


def sinorus_text(query: Query) -> str:
    """A query as a user of sinorus types it."""
    words = query["words"]
    kinds = {
        "words": lambda: " ".join(words),
        "phrase": lambda: f'"{" ".join(words)}"',
        "near": lambda: " NEAR/5 ".join(words),
        "prefix": lambda: f"{words[0]}*",
        "wildcard": lambda: words[0],
        "fuzzy": lambda: f"{words[0]}~1",
        "not": lambda: f"({words[0]} OR {words[1]}) {words[2]} NOT {words[3]}",
        "filter": lambda: (
            f'{words[0]} place:"{query["place"]}" date:{query["since"]}..{query["until"]}'
        ),
    }
    return kinds[query["kind"]]()


def sinorus_searches(folder: Path) -> Callable[[Query], Prepared]:
    """Parsing is part of each run, as it is for the others."""
    from sinorus.engines.port import SearchRequest
    from sinorus.engines.whoosh.engine import WhooshEngine
    from sinorus.query.parse import parse

    engine = WhooshEngine(folder)

    def prepare(query: Query) -> Prepared:
        text = sinorus_text(query)
        return lambda: engine.search(SearchRequest(parse(text, fields=FIELDS), limit=LIMIT)).total

    return prepare


def fts5_text(query: Query) -> str | None:
    """A query for MATCH; None for what FTS5 has not. Its NEAR counts the words in between."""
    words = query["words"]
    kinds = {
        "words": lambda: " ".join(f'"{word}"' for word in words),
        "phrase": lambda: f'"{" ".join(words)}"',
        "near": lambda: f"NEAR({' '.join(words)}, 4)",
        "prefix": lambda: f"{words[0]}*",
        "not": lambda: f"({words[0]} OR {words[1]}) AND {words[2]} NOT {words[3]}",
        "filter": lambda: f'"{words[0]}"',
    }
    return kinds[query["kind"]]() if query["kind"] in kinds else None


def fts5_statement(kind: str) -> tuple[str, str]:
    """The statements for the best hits and for the number of all."""
    where = "FROM texts WHERE texts MATCH ?"
    if kind == "filter":
        where += " AND place = ? AND day BETWEEN ? AND ?"
    return f"SELECT id, n, text {where} ORDER BY rank LIMIT {LIMIT}", f"SELECT count(*) {where}"


def fts5_searches(folder: Path) -> Callable[[Query], Prepared]:
    """Two statements for each query: the best by rank, and the count."""
    base = sqlite3.connect(f"file:{folder / 'texts.db'}?mode=ro", uri=True)

    def prepare(query: Query) -> Prepared:
        text = fts5_text(query)
        if text is None:
            return f"FTS5 has no {query['kind']} search"
        if is_han(query):
            return "the tokenizer of FTS5 takes a run of Chinese characters for one word"
        best, number = fts5_statement(query["kind"])
        values = [text]
        if query["kind"] == "filter":
            values += [query["place"], query["since"], query["until"]]

        def run() -> int:
            base.execute(best, values).fetchall()
            return int(base.execute(number, values).fetchone()[0])

        return run

    return prepare


def tantivy_text(query: Query) -> str:
    """A query for the parser of tantivy, with all words required."""
    words = query["words"]
    kinds = {
        "words": lambda: " ".join(f"+{word}" for word in words),
        "phrase": lambda: f'"{" ".join(words)}"',
        "near": lambda: f'"{" ".join(words)}"~4',
        "not": lambda: f"+({words[0]} OR {words[1]}) +{words[2]} -{words[3]}",
        "filter": lambda: (
            f'+{words[0]} +place:"{query["place"]}" '
            f"+day:[{query['since'].replace('-', '')} TO {query['until'].replace('-', '')}]"
        ),
    }
    return kinds[query["kind"]]()


def tantivy_searches(folder: Path) -> Callable[[Query], Prepared]:
    """Its parser where that knows the kind; patterns are held against stems, of one score."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    schema, searcher = index.schema, index.searcher()

    def node_of(query: Query) -> tantivy.Query:
        word = query["words"][0]
        if query["kind"] in ("prefix", "wildcard"):
            pattern = word.replace("*", ".*") + (".*" if query["kind"] == "prefix" else "")
            return tantivy.Query.regex_query(schema, "text", pattern)
        if query["kind"] == "fuzzy":
            return tantivy.Query.fuzzy_term_query(schema, "text", word, distance=1)
        return index.parse_query(tantivy_text(query), ["text"])

    def prepare(query: Query) -> Prepared:
        if is_han(query):
            return "the tokenizer of tantivy takes a run of Chinese characters for one word"

        def run() -> int:
            found = searcher.search(node_of(query), LIMIT, count=True)
            for _, address in found.hits:
                searcher.doc(address).to_dict()
            return int(found.count)

        return run

    return prepare


def main() -> None:
    """Answers queries, as a child."""
    engine, folder = sys.argv[1], Path(sys.argv[2])
    searches = {
        "fts5": fts5_searches,
        "tantivy-1": tantivy_searches,
        "tantivy-2": tantivy_searches,
        "sinorus": sinorus_searches,
    }
    answer_queries(searches[engine](folder))


if __name__ == "__main__":
    main()
