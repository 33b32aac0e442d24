"""Bibliographies are read back by other programs: BibTeX by bibtexparser, all forms by pandoc."""

from __future__ import annotations

import json
import random
from typing import Any

import bibtexparser
import pytest
from support.drafts import needs_pandoc, pandoc

from sinorus.citation.bibliography import FORMS
from sinorus.citation.cited import cited_in
from sinorus.citation.entries import Entry, entry
from sinorus.citation.reference import Reference
from sinorus.model import Date, Document

DOCUMENTS = {
    "gabuev2021pax": Document(
        *("pax", "seeds/pax.md", "Pax Sinica: 100% & {more} of $5_000 #1", ("Alexander Gabuev",)),
        publisher="Carnegie Moscow Center",
        date=Date("2021-03"),
        url="https://carnegie.ru/pax?lang=en&x={1}",
        lang="en",
    ),
    "khrushchev1961": Document(
        *("газ", "seeds/газ.md", "О газе «и» нефти", ("Никита Сергеевич Хрущёв", "Ли, Анна")),
        publisher="Политиздат",
        date=Date("1961"),
        lang="ru",
        extra={"isbn": "5-250-00001-2", "location": "Москва", "pagetotal": "300"},
    ),
    "zhao2020": Document(
        *("上合", "seeds/上合.md", "上合组织的未来", ("赵华胜",)),
        date=Date("2020"),
        lang="zh",
        extra={"journal": "国际问题研究", "volume": "12", "number": "3", "pages": "1--19"},
    ),
    "mfa": Document(
        *("mfa", "seeds/mfa.md", "A statement", ("Ministry of Foreign Affairs and Trade",)),
        extra={"booktitle": "Documents {of", "editor": ("Ludwig van Beethoven",)},
        publisher="State Press",
        date=Date("2019/2020"),
    ),
    "undated": Document("undated", "seeds/undated.md", "No date \\ ~ ^ <x>"),
}
ENTRIES = [entry(document, key) for key, document in DOCUMENTS.items()]


def test_bibtex_is_read_by_bibtexparser() -> None:
    for form in ("bibtex", "biblatex"):
        library = bibtexparser.parse_string(FORMS[form](ENTRIES))
        assert not library.failed_blocks
        found = {one.key: (one.entry_type, one.fields_dict) for one in library.entries}
        assert list(found) == list(DOCUMENTS)
        kinds = [kind for kind, _ in found.values()]
        assert kinds[1:] == ["book", "article", "incollection", "misc"]
        assert found["khrushchev1961"][1]["author"].value == "Хрущёв, Никита Сергеевич and Ли, Анна"
        assert found["zhao2020"][1]["author"].value == "{赵华胜}"
        assert found["mfa"][1]["author"].value == "{Ministry of Foreign Affairs and Trade}"
        assert found["zhao2020"][1]["pages"].value == "1--19"
        assert found["gabuev2021pax"][1]["url"].value == "https://carnegie.ru/pax?lang=en&x=%7B1%7D"
    assert found["mfa"][1]["date"].value == "2019/2020"


def read_by_pandoc(text: str, form: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads(pandoc(text, "-f", form, "-t", "csljson"))}


@needs_pandoc
@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_pandoc_reads_the_same_of_bibtex_as_of_csl_json(form: str) -> None:
    found = read_by_pandoc(FORMS[form](ENTRIES), form)
    known = read_by_pandoc(FORMS["csl-json"](ENTRIES), "csljson")
    assert found.keys() == known.keys() == DOCUMENTS.keys()
    for key, item in known.items():
        one = found[key]
        for name in ("title", "author", "URL", "volume", "page", "ISBN", "editor"):
            seen = without_case_spans(one.get(name))
            assert seen == without_case_spans(item.get(name)), (key, name)
        if form == "biblatex":
            assert one.get("issued") == item.get("issued")
    assert found["khrushchev1961"]["type"] == "book"
    assert found["zhao2020"]["container-title"] == "国际问题研究"
    assert found["khrushchev1961"]["publisher-place"] == "Москва"


def without_case_spans(value: Any) -> Any:
    """Titles without the marks that keep their capitals; particles with their names."""
    if isinstance(value, str):
        return value.replace('<span class="nocase">', "").replace("</span>", "")
    if isinstance(value, list):
        return [_with_its_particle(one) for one in value]
    return value


def _with_its_particle(name: dict[str, str]) -> dict[str, str]:
    found = {part: text for part, text in name.items() if not part.endswith("particle")}
    particles = [text for part, text in name.items() if part.endswith("particle")]
    return found | {"family": " ".join([*particles, found["family"]])} if particles else found


@needs_pandoc
def test_whatever_a_title_has_it_is_read_back() -> None:
    chance = random.Random(19)
    signs = "\\`*_{}[]#+-.!~^$&%@=:;/'\"(), abZ9яё中文«»“”–"
    titles = [" ".join(("x" + "".join(chance.choices(signs, k=12))).split()) for _ in range(150)]
    entries = [entry(Document(f"d{n}", "p", title), f"d{n}") for n, title in enumerate(titles)]
    for form, name in (("csl-json", "csljson"), ("biblatex", "biblatex"), ("bibtex", "bibtex")):
        text = FORMS[form](entries)
        if form != "csl-json":
            assert not bibtexparser.parse_string(text).failed_blocks
        found = read_by_pandoc(text, name)
        assert len(found) == len(titles)
        if form == "csl-json":
            assert [one["title"] for one in json.loads(text)] == titles


@needs_pandoc
def test_pandoc_formats_what_it_is_given() -> None:
    """Three languages in its own style: names, dates, no stray commas in a Chinese name."""
    draft = "[@gabuev2021pax, para. 3; @khrushchev1961, p. 4; @zhao2020]\n"
    bibliography = FORMS["csl-json"](ENTRIES)
    front = f"---\nreferences: {bibliography}\n---\n\n"
    said = pandoc(front + draft, "--citeproc", "-t", "plain", "--wrap=none")
    assert "(Gabuev 2021, para. 3; Хрущёв and Ли 1961, 4; 赵华胜 2020)" in said
    assert "赵华胜. 2020. “上合组织的未来.” 国际问题研究 12 (3): 1–19." in said
    assert "Хрущёв, Никита Сергеевич, and Анна Ли. 1961." in said


def test_lines_of_csl_json_are_items() -> None:
    items = json.loads(FORMS["csl-json"](ENTRIES))
    assert [one["type"] for one in items] == [
        *("webpage", "book", "article-journal", "chapter", "report"),
    ]
    assert items[0]["issued"] == {"date-parts": [[2021, 3]]}
    assert items[3]["issued"] == {"date-parts": [[2019], [2020]]}
    assert "issued" not in items[4]
    assert items[2]["author"] == [{"literal": "赵华胜"}]
    assert json.loads(FORMS["csl-json"]([])) == []


def test_an_entry_is_of_the_type_that_it_says() -> None:
    def kind(**extra: str) -> str:
        return str(entry(Document("d", "p", "T", extra=extra), "k").item["type"])

    assert kind(type="treaty") == "treaty"
    assert kind(type="journalArticle") == "article-journal"
    assert kind(type="something else") == "report"
    assert isinstance(ENTRIES[0], Entry)


def test_what_a_draft_cites() -> None:
    draft = r"""
    As [@gabuev2021pax, para. 3; see -@mfa] and @zhao2020. says, @{khrushchev1961}; a@mfa.org,
    @maria, \parencite[see][p.~3]{undated, other2020key} \cite*{zhao2020}, #cite(<typ1990st>, [3])
    [cite:@gabuev2021pax para. 3] @unknown1999word <!-- sinorus: газ#3-4@0123abcd -->
    """
    found = cited_in(draft, DOCUMENTS.__contains__)
    assert found.keys == ("gabuev2021pax", "mfa", "zhao2020", "khrushchev1961", "undated")
    assert found.references == (Reference("газ", 3, 4, "0123abcd"),)
    assert found.unknown == ("other2020key", "typ1990st", "unknown1999word")
