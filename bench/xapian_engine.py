"""Xapian, which belongs to the Python of the system: its index and its queries.

    python bench/xapian_engine.py build ROWS FOLDER
    python bench/xapian_engine.py search FOLDER

Started by `bench/engines.py`. Only the standard library and Xapian are imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xapian
from child_process import Row, answer_queries, measured, read_rows, text_bytes

DAY = 0
"""The value slot of a paragraph's day."""
LIMIT = 20


def index_xapian(folder: Path, rows: Sequence[Row]) -> None:
    """English stems beside the words, with positions; Chinese by pairs of characters."""
    base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for name, n, text, author, place, day in rows:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(text)
        document.set_data(json.dumps([name, n, text, author, place, day]))
        document.add_boolean_term(place_term(place))
        document.add_value(DAY, day)
        base.add_document(document)
    base.commit()
    base.close()


def place_term(place: str) -> str:
    """The term of a place; those longer than a term may be are cut."""
    return "XP" + place.lower()[:100]


class Searcher:
    """Queries on an index."""

    def __init__(self, folder: Path) -> None:
        self.base = xapian.Database(str(folder))
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.base)
        self.parser.set_stemmer(xapian.Stem("en"))
        self.parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self.parser.set_default_op(xapian.Query.OP_AND)
        flags = ("BOOLEAN", "PHRASE", "LOVEHATE", "WILDCARD", "CJK_NGRAM")
        self.flags = sum(getattr(xapian.QueryParser, f"FLAG_{name}") for name in flags)

    def prepare(self, query: dict[str, Any]) -> Callable[[], int] | str:
        """What runs a query and reads its hits, or why there is nothing that would."""
        words = query["words"]
        kinds = {
            "words": lambda: " ".join(words),
            "phrase": lambda: f'"{" ".join(words)}"',
            "near": lambda: " NEAR/5 ".join(words),
            "prefix": lambda: f"{words[0]}*",
            "not": lambda: f"({words[0]} OR {words[1]}) AND {words[2]} NOT {words[3]}",
            "filter": lambda: words[0],
        }
        if query["kind"] not in kinds:
            return f"Xapian {xapian.version_string()} has no {query['kind']} search"
        text = kinds[query["kind"]]()
        return lambda: self.run(text, query)

    def run(self, text: str, query: dict[str, Any]) -> int:
        """Reads the best hits with their texts; how many there are in all."""
        wanted = self.parser.parse_query(text, self.flags)
        if query["kind"] == "filter":
            for node in (
                xapian.Query(place_term(query["place"])),
                xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, query["since"], query["until"]),
            ):
                wanted = xapian.Query(xapian.Query.OP_FILTER, wanted, node)
        enquire = xapian.Enquire(self.base)
        enquire.set_query(wanted)
        found = enquire.get_mset(0, LIMIT, self.base.get_doccount())
        for hit in found:
            json.loads(hit.document.get_data())
        return int(found.get_matches_estimated())


def main() -> None:
    """Builds, or answers queries."""
    if sys.argv[1] == "build":
        rows = read_rows(Path(sys.argv[2]))
        folder = Path(sys.argv[3])
        size = text_bytes(rows)
        measured(lambda: index_xapian(folder, rows), text=size, paragraphs=len(rows))
    else:
        answer_queries(Searcher(Path(sys.argv[2])).prepare)


if __name__ == "__main__":
    main()
