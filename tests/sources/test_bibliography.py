"""Entries of bibliographies: what they say, and which document they belong to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sinorus.files import Tree
from sinorus.sources.bibliography import bibtex, csl
from sinorus.sources.bibliography.attachments import attachments
from sinorus.sources.bibliography.entries import Read
from sinorus.sources.bibliography.kept import BibliographyFiles
from sinorus.sources.bibliography.latex import shown
from sinorus.sources.bibliography.table import Attachment, Table
from sinorus.sources.describe import Described, describe


def said(text: str) -> Described:
    """What the first entry of a BibTeX file says."""
    (entry, *_) = bibtex.read(text).entries
    return describe(bibtex.metadata(entry), "")[0]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"{\L}{\'o}d{\'z}", "Łódź"),
        (r"\v{S}koda \& S{\o}n", "Škoda & Søn"),
        ("The {USSR} and {C}hina", "The USSR and China"),
        ("1969--1971 --- ``so''", "1969–1971 — “so”"),
        (r"50\% of \$10", "50% of $10"),
        ("costs $10", "costs $10"),
        (r"\emph{Izvestia}~1", "Izvestia 1"),
        ("Остров Даманский", "Остров Даманский"),
        ("{" * 5_000 + "x" + "}" * 5_000, "x"),
        (r"\emph{" * 5_000 + "x", "x"),
        (r"\begin{a}" * 2_000, "a" * 2_000),
    ],
)
def test_latex_is_what_a_reader_sees(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Orlov, Pyotr and John Smith", ("Pyotr Orlov", "John Smith")),
        ("{Ministry of Defence and Trade}", ("Ministry of Defence and Trade",)),
        ("van Beethoven, Ludwig and others", ("Ludwig van Beethoven",)),
        ("King, Jr., Martin", ("Martin King Jr.",)),
        ("郭, 光 and 习近平", ("郭光", "习近平")),
        ("family=Gaulle, given=Charles, prefix=de", ("Charles de Gaulle",)),
    ],
)
def test_names_are_parted(written: str, names: tuple[str, ...]) -> None:
    assert said(f"@book{{a, author = {{{written}}}}}").authors == names


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2021-03}", "2021-03"),
        ("date = {2019/2020}", "2019/2020"),
        ("date = {1969~}", "1969"),
        ("year = 1969, month = mar, day = 2", "1969-03-02"),
        ("year = {1969}, month = {3}", "1969-03"),
        ("year = 1969, month = mar # { 2}", "1969-03"),
    ],
)
def test_dates_of_both_kinds(fields: str, date: str) -> None:
    found = said(f"@book{{a, {fields}}}").date
    assert found is not None
    assert found.text.startswith(date)


def test_an_article_says_all_of_it() -> None:
    known = said(
        '@string{pr = "Problems"}\n@article{key, title = "A {B}", subtitle = {C},'
        " journal = pr # { 2},"
        " doi = {10.1000/a\\_b}, langid = {russian}, keywords = {x, y; z}, volume = 7,"
        " abstract = {No.}, file = {a.pdf}, editor = {E F}}"
    )
    assert (known.title, known.publisher, known.lang) == ("A B: C", "Problems 2", "ru")
    assert (known.url, known.citekey) == ("https://doi.org/10.1000/a_b", "key")
    assert known.tags == ("x", "y", "z")
    assert known.extra["volume"] == "7"
    assert known.extra["editor"] == ("E F",)
    assert not {"abstract", "file", "title"} & set(known.extra)


def test_a_broken_entry_costs_itself() -> None:
    found = bibtex.read(
        "@book{a, title={A}}\n@book{b, title={B\n\n@book{c, title}\n@book{d, title={D}}\n"
        "@book{a, title={A2}}\n@book{e, x={1}, x={2}}\n"
    )
    assert [entry.key for entry in found.entries] == ["a", "d", "a", "e"]
    assert [line for line, _ in found.faults] == [2, 4, 6, 7]


def test_circles_and_chains_of_crossref_end() -> None:
    circle = bibtex.read("@book{a, crossref={b}, x={1}}\n@book{b, crossref={a}, y={2}}\n")
    assert [set(one.fields) >= {"x", "y"} for one in circle.entries] == [True, True]
    assert bibtex.read("@book{a, crossref={a}}").entries[0].fields == {"crossref": "a"}
    known = said("@inbook{a, crossref={b}, title={T}, year=2020}\n@book{b, title={B}, date={1999}}")
    assert (known.title, known.extra["booktitle"]) == ("T", "B")
    assert known.date is not None
    assert known.date.text == "2020"


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        (
            "Full Text:files/12/x.pdf:application/pdf;Snap:files/13/y.html:text/html",
            ("files/12/x.pdf", "files/13/y.html"),
        ),
        ("/home/me/Zotero/storage/AB/x y.pdf", ("/home/me/Zotero/storage/AB/x y.pdf",)),
        (r"C\:\\Users\\me\\x.pdf", ("C:/Users/me/x.pdf",)),
        (r"C:\Users\me\x.pdf", ("C:/Users/me/x.pdf",)),
        (r"Text:C\:\\Users\\me\\x.pdf:application/pdf", ("C:/Users/me/x.pdf",)),
        (r"A\: b\; c:files/1/A\: b\; c.pdf:application/pdf", ("files/1/A: b; c.pdf",)),
        (":x.pdf:PDF", ("x.pdf",)),
        ("x.pdf:PDF", ("x.pdf",)),
        ("file:///home/me/a%20b.pdf", ("/home/me/a b.pdf",)),
        ("a.pdf;b.pdf", ("a.pdf", "b.pdf")),
        ("", ()),
        (";;::;", ()),
    ],
)
def test_files_as_managers_write_them(field: str, paths: tuple[str, ...]) -> None:
    assert attachments(field) == paths


def test_csl_json_as_zotero_writes_it() -> None:
    item = {
        "id": "http://zotero.org/users/1/items/AB",
        "citation-key": "orlov1969",
        "type": "article-journal",
        "title": "T",
        "author": [{"family": "Orlov", "given": "P."}, {"literal": "Institute"}],
        "container-title": "Problems",
        "issued": {"date-parts": [["1969", 3, 2]]},
        "URL": "https://example.org/a",
        "language": "ru-RU",
        "volume": "7",
    }
    (entry,) = csl.read(json.dumps([item])).entries
    known, faults = describe(csl.metadata(entry), "")
    assert not faults
    assert (known.title, known.authors) == ("T", ("P. Orlov", "Institute"))
    assert (known.publisher, known.lang, known.citekey) == ("Problems", "ru-RU", "orlov1969")
    assert known.date is not None
    assert known.date.text == "1969-03-02"
    assert known.extra["volume"] == "7"


def test_better_bibtex_json_and_keys_in_notes() -> None:
    items = {
        "items": [
            {
                "itemType": "book",
                "title": "T",
                "creators": [{"firstName": "A", "lastName": "B", "creatorType": "author"}],
                "attachments": [{"path": "C:\\Zotero\\AB\\x.pdf"}],
                "extra": "Citation Key: b2020",
                "date": "2020-05",
            }
        ]
    }
    (entry,) = csl.read(json.dumps(items)).entries
    assert (entry.key, entry.files) == ("b2020", ("C:/Zotero/AB/x.pdf",))
    assert describe(csl.metadata(entry), "")[0].authors == ("A B",)


def test_a_broken_item_costs_itself() -> None:
    text = '[\n  {"id": "a"},\n  {"id": "b", "x": },\n  {"id": "c"},\n  5\n]'
    found = csl.read(text)
    assert [entry.key for entry in found.entries] == ["a", "c"]
    assert [line for line, _ in found.faults] == [3, 5]


HOSTILE: dict[str, Callable[[int], str]] = {
    "braces": lambda n: "@book{a, title = {" + "{" * n + "}" * n + "}}",
    "open braces": lambda n: "@book{a, title = " + "{" * n,
    "open entries": lambda n: "@book{a, title = {x\n" * (n // 10),
    "at signs": lambda n: "@" * n,
    "brackets": lambda n: "@a(" * n,
    "quotes": lambda n: '@book{a, title = "' + '"' * n + "}",
    "one string many times": lambda n: (
        '@string{s = "' + "x" * 1_000 + '"}\n@book{a, t = ' + " # ".join(["s"] * (n // 10)) + "}"
    ),
    "a chain": lambda n: "".join(f"@a{{k{i}, crossref={{k{i + 1}}}}}\n" for i in range(n // 20)),
    "one key": lambda n: "@book{a, title={x}}\n" * (n // 20),
    "names": lambda n: "@book{a, author={" + "a and " * (n // 5) + "}}",
    "files": lambda n: "@book{a, file={" + "a:b;" * (n // 4) + "}}",
    "slashes": lambda n: "@book{a, file={" + "\\" * n + "}}",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_text(kind: str) -> None:
    def seconds(size: int) -> float:
        text = HOSTILE[kind](size)
        begun = time.process_time()
        for entry in bibtex.read(text).entries[:50]:
            describe(bibtex.metadata(entry), "")
        return time.process_time() - begun

    seconds(2_000)
    small, large = seconds(20_000), seconds(160_000)
    assert large < 40 * small + 0.5, (small, large)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '[\n{"a": ' * 20_000,
        "[{},{},{" * 10_000,
        '["' + "x" * 100_000,
        '[{"id": NaN, "author": 5, "issued": {"date-parts": 7}, "attachments": "x", "file": {}}]',
        '[{"issued": {"date-parts": [[{}]]}, "author": [[[]]], "title": {"a": 1}}]',
    ],
)
def test_hostile_json_ends(text: str) -> None:
    begun = time.process_time()
    found: Read = csl.read(text)
    for entry in found.entries:
        describe(csl.metadata(entry), "")
    assert time.process_time() - begun < 5


def test_a_file_is_known_by_its_place_or_by_its_end_alone() -> None:
    def claims(path: str, *documents: str) -> dict[str, str]:
        return Table([Attachment("e", path, "bib")]).claims("/lib", documents)

    assert claims("files/x.pdf", "bib/files/x.pdf", "seeds/x.pdf") == {"bib/files/x.pdf": "e"}
    assert claims("/lib/seeds/x.pdf", "seeds/x.pdf", "seeds/a/x.pdf") == {"seeds/x.pdf": "e"}
    assert claims("C:/Zotero/AB/x.pdf", "seeds/AB/x.pdf", "seeds/CD/x.pdf") == {
        "seeds/AB/x.pdf": "e"
    }
    assert claims("/elsewhere/x.pdf", "seeds/x.pdf") == {"seeds/x.pdf": "e"}
    assert claims("/elsewhere/x.pdf", "seeds/a/x.pdf", "seeds/b/x.pdf") == {}
    assert claims("../x.pdf", "x.pdf") == {"x.pdf": "e"}
    assert claims("й.pdf", "bib/и\u0306.pdf") == {"bib/и\u0306.pdf": "e"}
    table = Table(
        [Attachment("e", "/a/Full Text.pdf", ""), Attachment("f", "/b/Full Text.pdf", "")]
    )
    assert table.claims("/lib", ["seeds/Full Text.pdf"]) == {}


def test_what_was_read_is_kept_and_damage_to_it_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "a.bib").write_text("@book{k, title={T}}\n@book{l, title={L\n", "utf-8")
    tree = Tree(str(tmp_path))
    first = BibliographyFiles(tree, ["a.bib"]).bibliography()
    kept = tmp_path / "index/bibliography.json"
    again = BibliographyFiles(tree, ["a.bib"]).bibliography()
    assert again.table == first.table
    (digest,) = first.table.digests
    assert again.metadata(digest)["title"] == "T"
    assert [fault.line for fault in again.table.faults] == [2]
    for raw in (b"", b"[]", b"{", b"[1,[],[],{},{},[]]", kept.read_bytes()[:-9], b"\xff\n" * 99):
        kept.write_bytes(raw)
        found = BibliographyFiles(tree, ["a.bib"]).bibliography()
        assert found.metadata(digest).get("title") in ("T", None)


def test_a_large_change_is_not_read_by_a_search(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    file = tmp_path / "a.bib"
    file.write_text("@book{k, title={T}}\n", "utf-8")
    files = BibliographyFiles(Tree(str(tmp_path)), ["a.bib"])
    before = files.bibliography().table
    file.write_text("@book{k, title={T}}\n" + "% more\n" * 200_000 + "@book{l, title={L}}", "utf-8")
    found = files.quickly().bibliography().table
    assert found.late
    assert found.digests == before.digests
    assert len(files.bibliography().table.digests) == 2
    assert not files.quickly().bibliography().table.late
