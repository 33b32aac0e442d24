"""A child of `bench/engines.py`: builds the index of one engine, or answers its queries.

    python -m bench.engine_child build ENGINE ROWS|READY|LIBRARY FOLDER [STEP]
    python -m bench.engine_child search ENGINE FOLDER

A child loads its paragraphs before its clock starts; only `sinorus` begins with the files of a
library. Libraries are imported where they are used: the Python that has Xapian may have no other.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.child import Row, answer_queries, measured, read_pickles, text_bytes
from bench.queries import LIMIT, Query, is_han, wording

if TYPE_CHECKING:
    from bench.collection import Ready

Prepared = Callable[[], int] | str
"""What runs a query and tells its matches; or why the engine cannot express it."""
IMPORTED = {
    "whoosh": ("whoosh.index", "whoosh.analysis"),
    "tantivy": ("tantivy",),
    "xapian": ("xapian",),
    "sinorus": ("sinorus.library.library", "sinorus.engines.whoosh.engine"),
}
"""What is imported before the clock starts."""
HEAP = 256_000_000
"""Bytes of memory for each thread of tantivy: enough that it merges little."""
FIELDS = ("place",)
"""The fields of the collection's own front matter that queries use."""
DAY = 0
"""The value slot of a paragraph's day in Xapian."""
_HAN = "the tokenizer of {} takes a run of Chinese characters for one word"


def index_fts5(folder: Path, rows: Sequence[Row], _: int) -> None:
    """One transaction, stems as `porter` makes them; only the text is searched."""
    with closing(sqlite3.connect(folder / "texts.db")) as base:
        base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, n UNINDEXED, text,"
            " author UNINDEXED, place UNINDEXED, day UNINDEXED, tokenize = 'porter unicode61')"
        )
        base.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", rows)
        base.commit()


def index_whoosh(folder: Path, rows: Sequence[Row], _: int) -> None:
    """Whoosh as it comes: one process, its own codec, stems, positions, stored texts."""
    from whoosh import index
    from whoosh.analysis.analyzers import StemmingAnalyzer
    from whoosh.fields import ID, NUMERIC, TEXT, Schema

    text = TEXT(analyzer=StemmingAnalyzer(), phrase=True, stored=True)
    schema = Schema(id=ID(stored=True), n=NUMERIC(stored=True), text=text)
    writer = index.create_in(str(folder), schema).writer()
    for name, n, content, *_others in rows:
        writer.add_document(id=name, n=n, text=content)
    writer.commit()


def index_tantivy(folder: Path, rows: Sequence[Row], threads: int) -> None:
    """English stems with positions, stored texts; the clock ends with the last merge."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("n", stored=True)
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem", index_option="position")
    for name in ("id", "author", "place"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("day", stored=True, indexed=True, fast=True)
    made = tantivy.Index(builder.build(), path=str(folder))
    writer = made.writer(heap_size=HEAP * threads, num_threads=threads)
    for name, n, text, author, place, day in rows:
        document = tantivy.Document()
        for field, value in (("id", name), ("text", text), ("author", author), ("place", place)):
            document.add_text(field, value)
        document.add_unsigned("n", n)
        document.add_unsigned("day", int(day.replace("-", "") or 0))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def index_xapian(folder: Path, rows: Sequence[Row], _: int) -> None:
    """English stems beside the words, with positions; Chinese by pairs of characters."""
    import xapian

    base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for row in rows:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(row[2])
        document.set_data(json.dumps(row))
        document.add_boolean_term(_place_term(row[4]))
        document.add_value(DAY, row[5])
        base.add_document(document)
    base.commit()
    base.close()


def _place_term(place: str) -> str:
    """The term of a place in Xapian; those longer than a term may be are cut."""
    return "XP" + place.lower()[:100]


def index_sinorus_ready(folder: Path, ready: Iterable[Ready]) -> None:
    """The engine alone: documents and paragraphs as the sources gave them."""
    from sinorus.engines.whoosh.engine import WhooshEngine
    from sinorus.model import Reading

    with closing(WhooshEngine(folder)) as engine, engine.writer(rebuild=True) as writer:
        for document, paragraphs, mark in ready:
            writer.add(Reading(mark, document, paragraphs))


def index_sinorus(root: Path) -> None:
    """All of it: walking, decoding, front matter, splitting, analysing, writing, committing."""
    from sinorus import Library

    with closing(Library.at(root)) as library:
        library.index(rebuild=True)


def sinorus_searches(folder: Path) -> Callable[[Query], Prepared]:
    """Parsing is part of each run, as it is for the others."""
    from sinorus.engines.port import SearchRequest
    from sinorus.engines.whoosh.engine import WhooshEngine
    from sinorus.query.parse import parse

    engine = WhooshEngine(folder)

    def prepare(query: Query) -> Prepared:
        text = wording("sinorus", query) or ""
        return lambda: engine.search(SearchRequest(parse(text, fields=FIELDS), limit=LIMIT)).total

    return prepare


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
        text = wording("fts5", query)
        if text is None or is_han(query):
            return f"FTS5 has no {query['kind']} search" if text is None else _HAN.format("FTS5")
        best, number = fts5_statement(query["kind"])
        values = [text, *(query[name] for name in ("place", "since", "until") if name in query)]

        def run() -> int:
            base.execute(best, values).fetchall()
            return int(base.execute(number, values).fetchone()[0])

        return run

    return prepare


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
        return index.parse_query(wording("tantivy", query) or "", ["text"])

    def prepare(query: Query) -> Prepared:
        def run() -> int:
            found: Any = searcher.search(node_of(query), LIMIT, count=True)
            for _, address in found.hits:
                searcher.doc(address).to_dict()
            return int(found.count)

        return _HAN.format("tantivy") if is_han(query) else run

    return prepare


def xapian_searches(folder: Path) -> Callable[[Query], Prepared]:
    """Its parser; places and days are filters beside it."""
    import xapian

    base = xapian.Database(str(folder))
    parser = xapian.QueryParser()
    parser.set_database(base)
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    names = ("BOOLEAN", "PHRASE", "LOVEHATE", "WILDCARD", "CJK_NGRAM")
    flags = sum(getattr(xapian.QueryParser, f"FLAG_{name}") for name in names)

    def prepare(query: Query) -> Prepared:
        text = wording("xapian", query)
        if text is None:
            return f"Xapian {xapian.version_string()} has no {query['kind']} search"

        def run() -> int:
            wanted = parser.parse_query(text, flags)
            if query["kind"] == "filter":
                days = (xapian.Query.OP_VALUE_RANGE, DAY, query["since"], query["until"])
                for node in (xapian.Query(_place_term(query["place"])), xapian.Query(*days)):
                    wanted = xapian.Query(xapian.Query.OP_FILTER, wanted, node)
            enquire = xapian.Enquire(base)
            enquire.set_query(wanted)
            found = enquire.get_mset(0, LIMIT, base.get_doccount())
            for hit in found:
                json.loads(hit.document.get_data())
            return int(found.get_matches_estimated())

        return run

    return prepare


BUILDS = {
    "fts5": index_fts5,
    "whoosh": index_whoosh,
    "tantivy": index_tantivy,
    "xapian": index_xapian,
}
SEARCHES = {
    "sinorus": sinorus_searches,
    "fts5": fts5_searches,
    "tantivy": tantivy_searches,
    "xapian": xapian_searches,
}


def main() -> None:
    """Builds one index, or answers queries; an engine may have a number of threads behind it."""
    task, engine, *given = sys.argv[1:]
    kind, _, threads = engine.partition("-")
    for module in IMPORTED.get(kind, ()):
        import_module(module)
    if task == "search":
        answer_queries(SEARCHES[kind](Path(given[0])))
    elif engine == "sinorus":
        measured(lambda: index_sinorus(Path(given[0])))
    elif engine == "sinorus-ready":
        ready: list[Ready] = list(read_pickles(Path(given[0])))
        measured(lambda: index_sinorus_ready(Path(given[1]), ready))
    else:
        step = int(given[2]) if len(given) > 2 else 1
        rows = [row for some in read_pickles(Path(given[0]), step) for row in some]
        facts = {"text": text_bytes(rows), "paragraphs": len(rows)}
        build = BUILDS[kind]
        measured(lambda: build(Path(given[1]), rows, int(threads or 1)), **facts)


if __name__ == "__main__":
    main()
