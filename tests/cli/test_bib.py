"""`sinorus bib`: the bibliography of documents, of a query, of a draft."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser
import pytest
from support.program import MakeLibrary, Sinorus


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
    (visit,) = bibtexparser.parse_string(sinorus("bib", "visit").out).entries
    dated = [visit.fields_dict[name].value for name in ("year", "month", "day")]
    assert dated == ["2023", "mar", "21"]
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


def test_entries_in_a_style(press: Path, sinorus: Sinorus) -> None:
    pytest.importorskip("pypandoc")
    said = sinorus("bib", "pact", "statement", "--style", "gost")
    assert (said.code, said.err) == (0, "")
    assert "Gabuev A., Lee A. A pact without an alliance" in said.out
    assert (
        "Песков Д. Заявление для прессы [Электронный ресурс]. URL: https://example.org/" in said.out
    )
    both = sinorus("bib", "pact", "--style", "gost", "--format", "bibtex")
    assert (both.code, both.out) == (2, "")


def test_no_sign_of_a_document_harms_a_bibliography(library: MakeLibrary, sinorus: Sinorus) -> None:
    bad = "\x1b[31m\u202e}\x07{\x9b@"
    head = {
        "title": f"T{bad}T",
        "author": f"A{bad}A",
        "publisher": bad,
        "url": f"http://e.org/{bad}",
    }
    library({"bad.md": f"{json.dumps(head | {'citekey': f'k{bad}'})}\n\nWords.\n"})
    for form in ("bibtex", "biblatex", "csl-json"):
        answer = sinorus("bib", "--format", form)
        assert answer.code == 0, answer.err
        assert all(sign.isprintable() or sign == "\n" for sign in answer.out)
        if form != "csl-json":
            assert len(keys(answer.out)) == 1
