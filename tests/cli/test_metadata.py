"""What a document is by a bibliography, a folder and a file beside it, asked of processes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from support.program import MakeLibrary, Sinorus, Valid

FILM = "1\n00:00:01,000 --> 00:00:04,000\nA zebra is shown.\n"
BOOK = (
    "@book{{orlov, title = {{{title}}}, author = {{Orlov, P.}}, publisher = {{Press}},"
    " date = {{1969-03}}, file = {{:{file}:}}}}\n"
)


def told(sinorus: Sinorus, *names: str) -> dict[str, list[object]]:
    """The named values of each document, by its id."""
    found = sinorus("sources", "--json").json["results"]
    return {one["id"]: [one[name] for name in names] for one in found}


def with_bibliography(root: Path, text: str, name: str = "refs.bib", more: str = "") -> None:
    (root / name).write_text(text, "utf-8")
    (root / "sinorus.toml").write_text(f'bibliography = ["{name}"]\n{more}', "utf-8")


def test_the_file_the_bibliography_the_folder_and_the_sidecar(
    library: MakeLibrary, sinorus: Sinorus, valid: Valid
) -> None:
    own = "---\ntitle: Own\n---\nA zebra.\n"
    root = library({"a.txt": own, "b.txt": "A zebra.\n"})
    folder = '[[folder]]\npath = "seeds"\npublisher = "Folder"\nlang = "en"\nurl = "http://f.f"\n'
    with_bibliography(root, BOOK.format(title="Bib", file="seeds/a.txt"), more=folder)
    names = ("title", "author", "publisher", "date", "url", "citekey")
    first = ["Own", ["P. Orlov"], "Press", "1969-03", "http://f.f", "orlov"]
    assert told(sinorus, *names)["a"] == first
    (root / "seeds/a.txt.yaml").write_text("title: Side\npublisher: Me\nid: new\n", "utf-8")
    assert told(sinorus, *names)["new"] == ["Side", ["P. Orlov"], "Me", *first[3:]]
    hit = valid("search", sinorus("search", "zebra", "--json", "--no-fold").json)["results"]
    assert {one["document"]: one["citekey"] for one in hit} == {"new": "orlov", "b": None}
    assert sinorus("search", "zebra citekey:orlov", "-l").lines == ["seeds/a.txt"]
    header = sinorus("search", "zebra", "--csv").lines[0]
    assert header.endswith(",citekey,same,marks")
    lines = sinorus("search", "zebra", "--no-fold", "--format", "template:{citekey}").lines
    assert sorted(lines) == ["", "orlov"]


@pytest.mark.parametrize(
    ("name", "text", "document", "field"),
    [
        (
            "x.txt",
            "---\ndoi: 10.1000/AB\n---\nA zebra.\n",
            "x",
            "doi = {https://doi.org/10.1000/ab}",
        ),
        (
            "x.txt",
            "---\nurl: https://doi.org/10.1000/ab\n---\nA zebra.\n",
            "x",
            "doi = {10.1000/ab}",
        ),
        (
            "x.txt",
            "---\nurl: http://www.e.org/p/#s\n---\nA zebra.\n",
            "x",
            "url = {https://e.org/p}",
        ),
        ("x.txt", "---\ncitekey: KEY\n---\nA zebra.\n", "x", "note = {n}"),
        ("x.txt", "---\ncitation-key: key\n---\nA zebra.\n", "x", "note = {n}"),
        ("key.txt", "A zebra.\n", "key", "note = {n}"),
        ("12/y.txt", "A zebra.\n", "12/y", r"file = {T:C\:\\Zotero\\12\\y.txt:text/plain}"),
    ],
)
def test_how_an_entry_finds_its_document(
    library: MakeLibrary, sinorus: Sinorus, name: str, text: str, document: str, field: str
) -> None:
    root = library({name: text, "other.txt": "A zebra.\n"})
    with_bibliography(root, f"@book{{key, title = {{Found}}, {field}}}\n@book{{z, title={{Z}}}}\n")
    titles = told(sinorus, "title")
    assert titles == {document: ["Found"], "other": ["other"]}


def test_csl_json_and_the_environment(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"orlov.txt": "A zebra.\n"})
    (root / "a.json").write_text(json.dumps([{"id": "orlov", "title": "T"}]), "utf-8")
    answer = sinorus("sources", "--json", env={"SINORUS_BIBLIOGRAPHY": "a.json"}).json
    assert answer["results"][0]["title"] == "T"


def changed(sinorus: Sinorus) -> str:
    return sinorus("index").out.split(",")[1].strip()


def test_only_the_documents_concerned_are_read_again(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    own = {f"{n}.txt": f"---\ncitekey: k{n}\n---\nA zebra.\n" for n in range(5)}
    root = library({**own, "f.txt": "A zebra.\n"})
    entries = [f"@book{{k{n}, title={{T{n}}}}}\n" for n in range(5)]
    sinorus("index")
    with_bibliography(root, "".join(entries[:3]))
    assert changed(sinorus) == "3 updated"
    assert changed(sinorus) == "0 updated"
    with_bibliography(root, "% moved\n" + "".join(reversed(entries[:3])))
    assert changed(sinorus) == "0 updated"
    with_bibliography(root, "".join([*entries[:2], "@book{k2, title={New}}\n", entries[4]]))
    assert changed(sinorus) == "2 updated"
    with_bibliography(root, entries[0] + BOOK.format(title="F", file="seeds/f.txt"))
    answer = sinorus("search", "zebra", "-c")
    assert answer.err == "note: 4 files changed: indexed before answering\n"
    assert sinorus("search", "zebra", "-c").err == ""
    (root / "sinorus.toml").unlink()
    assert changed(sinorus) == "2 updated"


def test_a_sidecar_is_noticed_at_once(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.txt": "A zebra.\n", "b.txt": "A zebra.\n"})
    sinorus("index")
    side = root / "seeds/a.txt.yaml"
    for text, title in (("title: One", "One"), ("title: Two", "Two"), ("# title:", "a"), ("", "a")):
        side.write_text(text, "utf-8")
        answer = sinorus("search", "zebra", "--path", "seeds/a.txt", "--format", "template:{title}")
        assert answer.lines == [title]
        assert "1 file changed" in answer.err
    side.unlink()
    assert changed(sinorus) == "1 updated"
    assert changed(sinorus) == "0 updated"


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "title: T\nauthor: [A, B]\n"),
        (".yml", "---\ntitle: T\nauthor: [A, B]\n---\n"),
        (".toml", 'title = "T"\nauthor = ["A", "B"]\n'),
        (".json", '{"title": "T", "author": ["A", "B"]}'),
    ],
)
def test_sidecars_of_every_form(
    library: MakeLibrary, sinorus: Sinorus, suffix: str, text: str
) -> None:
    library({"film.srt": FILM, f"film.srt{suffix}": text, f"stray{suffix}": text})
    assert told(sinorus, "title", "author") == {"film": ["T", ["A", "B"]]}
    assert sinorus("index").err == f"note: skipped 1 {suffix}; --verbose names them\n"


def test_a_note_beside_a_film_describes_it(library: MakeLibrary, sinorus: Sinorus) -> None:
    front = "---\ntitle: T\nid: the-film\n---\n"
    root = library({"film.srt": FILM, "film.md": front})
    assert told(sinorus, "title") == {"the-film": ["T"]}
    run = sinorus("index", "--strict")
    assert (run.code, run.err) == (0, "")
    assert "0 skipped" in run.out
    (root / "seeds/film.md").write_text(front.replace("the-film", "notes") + "My notes.\n", "utf-8")
    assert told(sinorus, "title") == {"film": ["T"], "notes": ["T"]}
    (root / "seeds/film.md").write_text(front, "utf-8")
    (root / "seeds/film.srt").unlink()
    run = sinorus("index")
    assert "seeds/film.md: skipped: nothing to index: the file has no text\n" in run.err


def test_faults_are_told_where_they_are(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.txt": "A zebra.\n", "a.txt.yaml": "title: T\ndate: someday\nx: [\n"})
    with_bibliography(root, "@book{a, title={T}}\n@book{b, title={\n\n@book{c, date={never}}\n")
    errors = sinorus("index").err
    assert "refs.bib:2: the entry is broken: " in errors
    assert "refs.bib:4: date 'never' is not a date" in errors
    assert "seeds/a.txt: a.txt.yaml:" in errors
    with_bibliography(root, "", "gone.bib")
    (root / "gone.bib").unlink()
    assert "gone.bib: the bibliography does not exist" in sinorus("index").err
    with_bibliography(root, "no entries here")
    assert "refs.bib:1: it has no entries" in sinorus("index").err


def test_a_bibliography_outside_is_not_read(
    library: MakeLibrary, sinorus: Sinorus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "refs.bib").write_text("@book{a, title={Secret}}", "utf-8")
    root = library({"a.txt": "A zebra.\n"})
    (root / "link.bib").symlink_to(outside / "refs.bib")
    for written in (f"{outside}/refs.bib", "../../outside/refs.bib", "link.bib"):
        (root / "sinorus.toml").write_text(f'bibliography = ["{written}"]', "utf-8")
        run = sinorus("index")
        assert f"{written}: the bibliography " in run.err
        assert told(sinorus, "title") == {"a": ["a"]}
    (root / "sinorus.toml").write_text(f'bibliography = ["{outside}/refs.bib"]', "utf-8")
    answer = sinorus("sources", "--json", env={"SINORUS_TRUSTED": str(outside)})
    assert answer.json["results"][0]["title"] == "Secret"


def test_a_huge_bibliography_is_left_to_index(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"k7.txt": "A zebra.\n"})
    sinorus("index")
    with_bibliography(root, "".join(f"@book{{k{n}, title={{T{n}}}}}\n" for n in range(60_000)))
    answer = sinorus("search", "zebra", "--json")
    assert answer.json["index"]["stale"] is True
    assert "the bibliography has changed" in answer.err
    assert changed(sinorus) == "1 updated"
    assert sinorus("search", "zebra", "--format", "template:{title}").lines == ["T7"]
    assert sinorus("search", "zebra").err == ""


def test_what_is_missing_is_listed_for_an_editor(library: MakeLibrary, sinorus: Sinorus) -> None:
    library(
        {
            "a.txt": "---\ndate: 2020\nvolume: 7\n---\nA zebra.\n",
            "b.txt": "---\nauthor: A\ndate: 2021\n---\nA zebra.\n",
            "c.txt": "A zebra.\n",
        }
    )
    answer = sinorus("sources", "--missing", "date,author")
    assert answer.lines == [
        "seeds/a.txt:1:a:without author",
        "seeds/c.txt:1:c:without date, author",
    ]
    assert sinorus("sources", "--missing", "date", "--missing", "author").out == answer.out
    assert sinorus("sources", "--missing", "volume", "--vimgrep").lines == [
        "seeds/b.txt:1:1:without volume: b",
        "seeds/c.txt:1:1:without volume: c",
    ]
    assert sinorus("sources", "--missing", "citekey", "-c").out == "3\n"
    slip = sinorus("sources", "--missing", "autor")
    assert (slip.code, slip.out) == (2, "")
    assert "did you mean author?" in slip.err
    assert "list: sinorus sources --missing date,author\n" in sinorus("status").out
    assert "sinorus sources --missing date,author" in sinorus.terminal("status").out
