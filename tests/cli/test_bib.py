"""`sinorus bib`: the bibliography of documents, of a query, of a draft."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser
from support.program import Sinorus


def keys(text: str) -> list[str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return [one.key for one in library.entries]


def test_of_documents_of_a_query_and_of_all(press: Path, sinorus: Sinorus) -> None:
    every = sinorus("bib")
    assert (every.code, every.err) == (0, "")
    assert keys(every.out) == [
        *("gabuev2022pact", "notes", "peskov2023zaiavlenie", "wang2023xijinpingfang"),
    ]
    assert keys(sinorus("bib", "pact", "statement#2").out) == [
        *("gabuev2022pact", "peskov2023zaiavlenie"),
    ]
    assert keys(sinorus("bib", "alliance", "OR", "газ").out) == [
        *("gabuev2022pact", "notes", "peskov2023zaiavlenie"),
    ]
    nothing = sinorus("bib", "hovercraft eels")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing found" in nothing.err
    wrong = sinorus("bib", "pact", "nothing#3")
    assert (wrong.code, wrong.out) == (2, "")


def test_of_a_draft_by_key_and_by_quotation(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    quoted = sinorus("quote", "visit#2").out
    draft.write_text(f"See [@gabuev2022pact, para. 1].\n\n{quoted}\n", "utf-8")
    said = sinorus("bib", "--draft", draft, "--format", "csl-json")
    assert (said.code, said.err) == (0, "")
    assert [one["id"] for one in json.loads(said.out)] == [
        *("gabuev2022pact", "wang2023xijinpingfang"),
    ]
    piped = sinorus("bib", "--draft", "-", stdin="\\cite{gabuev2022pact} and \\cite{lost2001key}")
    assert (piped.code, keys(piped.out)) == (1, ["gabuev2022pact"])
    assert "the draft cites lost2001key, which is nothing in the library" in piped.err
    assert sinorus("bib", "--draft", tmp_path / "none.md").code == 2
