"""Libraries as they are: one bad file never stops a run, and is named with line and reason."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]

MESSY: dict[str, str | bytes] = {
    "good.md": "---\ntitle: Good\n---\nA zebra.\n",
    "broken.md": (
        "---\ntitle: Broken\nauthor: [Wang, Li\nlang: en\n---\n\nA zebra in broken words.\n"
    ),
    "colon.md": "---\nlang: en\ntitle: One: two\n---\nA zebra after a colon.\n",
    "open.md": "---\ntitle: Never closed\n\nA zebra that is not closed.\n",
    "list.md": "---\n- a\n- b: c\n---\nA zebra under a list.\n",
    "letter.md": "---\nDear friend,\n---\nhow is your zebra?\n",
    "date.md": "---\ntitle: Dated\ndate: next spring\n---\nA zebra of no date.\n",
    "lang.md": "---\nlang: Klingon tongue\n---\nA zebra of no tongue.\n",
    "twice.md": "---\ntitle: One\ntitle: Two\n---\nA zebra said twice.\n",
    "damaged.txt": "Зебра и ещё одна зебра стоят у реки \xff здесь.\n".encode().replace(
        b"\xc3\xbf", b"\xff"
    ),
    "empty.md": "",
    "blank.txt": " \n\t\n",
    "only.md": "---\ntitle: Nothing else\n---\n",
    "binary.txt": bytes(range(256)) * 20,
    "scan.djvu": b"AT&TFORM\n",
    "scan.txt": b"%PDF-1.7\nzebra\n",
    "table.xlsx": b"PK\x03\x04",
    ".hidden.md": "A zebra in hiding.\n",
}
FAULTS = [
    "seeds/binary.txt: skipped: binary file",
    "seeds/blank.txt: skipped: nothing to index: the file has no text",
    "seeds/broken.md:4: front matter is not valid YAML",
    "seeds/colon.md:3: front matter is not valid YAML",
    "seeds/damaged.txt:1: 1 place is not valid utf-8 and read as \ufffd",
    "seeds/date.md:3: date 'next spring' is not a date",
    "seeds/empty.md: skipped: nothing to index: the file has no text",
    "seeds/lang.md:2: lang 'Klingon tongue' is not a language",
    "seeds/letter.md:1: front matter is plain text",
    "seeds/list.md:1: front matter is a list",
    "seeds/only.md: skipped: nothing to index: the file has no text",
    "seeds/open.md:1: front matter is not closed by a line `---`",
    "seeds/scan.txt: skipped: it is no PDF, or a broken one: open it and save it anew",
    "seeds/twice.md:3: key 'title' is given more than once",
    "note: skipped 1 .djvu, 1 .xlsx; --verbose names them",
]


def faults(told: str) -> list[str]:
    """The start of each line of stderr, as far as FAULTS has it."""
    lines = told.split("\n")[:-1]
    assert len(lines) == len(FAULTS), told
    return [line[: len(fault)] for line, fault in zip(lines, FAULTS, strict=True)]


def test_every_bad_file_is_named_and_every_good_word_found(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library(MESSY)
    first = sinorus("index")
    assert first.code == 0
    assert first.out.startswith(
        "10 new, 0 updated, 0 unchanged, 0 removed, 5 skipped: 10 documents"
    )
    named = faults(first.err)
    assert [line.split(":")[0] for line in named] == [line.split(":")[0] for line in FAULTS]
    for line, fault in zip(named, FAULTS, strict=True):
        if not fault.startswith(("seeds/broken.md", "seeds/colon.md")):  # libyaml has the line
            assert line == fault
    found = sinorus("search", "-l", "zebra OR зебра").lines
    assert sorted(found) == [
        f"seeds/{name}"
        for name in sorted(MESSY)
        if name.partition(".")[0] in (
            "good", "broken", "colon", "open", "list", "letter", "date", "lang", "twice", "damaged"
        )
    ]  # fmt: skip
    assert sinorus("search", "-c", "hiding").out == "0\n"

    again = sinorus("index")
    assert again.out.startswith("0 new, 0 updated, 10 unchanged, 0 removed, 5 skipped")
    assert again.err == first.err
    for _ in range(2):
        strict = sinorus("index", "--strict")
        assert (strict.code, strict.err) == (1, first.err)
    assert sinorus("index", "--rebuild", "--strict").code == 1

    for name in MESSY:
        if name != "good.md":
            (root / "seeds" / name).unlink()
    clean = sinorus("index", "--strict")
    assert (clean.code, clean.err) == (0, "")


def test_a_broken_front_matter_keeps_what_can_be_read(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    library({"broken.md": MESSY["broken.md"], "colon.md": MESSY["colon.md"]})
    assert sinorus("index").code == 0
    known = {one["id"]: one for one in sinorus("sources", "--json").json["results"]}
    assert known["broken"]["title"] == "Broken"
    assert known["colon"]["lang"] == "en"
    shown = sinorus("search", "zebra", "broken").out
    assert shown == "seeds/broken.md:7:broken#1:A zebra in broken words.\n"


def test_a_mended_file_is_named_no_longer(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "---\ndate: soon\n---\nA zebra.\n", "b.md": b"\0\1\2" * 99})
    assert sinorus("index", "--strict").err.count("\n") == 2
    (root / "seeds/a.md").write_text("---\ndate: 2023\n---\nA zebra.\n")
    (root / "seeds/b.md").write_text("Another zebra.\n")
    mended = sinorus("index", "--strict")
    assert (mended.code, mended.err) == (0, "")
    assert sinorus("search", "-c", "zebra").out == "2\n"


NAMES = [
    b"two words.md",
    "зебра 斑马 🦓.md".encode(),
    b"new\nline.md",
    b"tab\there.md",
    b"-dash.md",
    b"--help.md",
    b"\xff\xfe.md",
    b"caf\xe9.txt",
    b"100% #1 @2.md",
    b"a;b&c|d'e\"f$(g)`h`.md",
    b"[bold].md",
    b"star*?.md",
    b"colon:3:x#1:y.md",
    b"no suffix",
    b"Mr. Smith",
    b"UPPER.MD",
    b"\\back.md",
    b"a" * 240 + b".md",
]


@pytest.fixture
def named(sinorus: Sinorus, tmp_path: Path) -> Path:
    """A library of files with names no one should give."""
    seeds = tmp_path / "library" / "seeds"
    seeds.mkdir(parents=True)
    for n, name in enumerate(NAMES):
        (seeds / os.fsdecode(name)).write_text(f"A zebra of number{n}.\n")
    sinorus.cwd = tmp_path / "library"
    return sinorus.cwd


def test_a_file_may_have_any_name(named: Path, sinorus: Sinorus) -> None:
    indexed = sinorus("index")
    assert (indexed.code, indexed.err) == (0, "")
    assert indexed.out.startswith(f"{len(NAMES)} new")
    assert sinorus("search", "-c", "zebra").out == f"{len(NAMES)}\n"
    assert len(sinorus("search", "zebra", "-n", "all").lines) == len(NAMES)
    assert len(sinorus("search", "zebra", "-l").lines) == len(NAMES)
    for form in ("csv", "tsv", "json", "jsonl", "markdown", "vimgrep", "rich"):
        answer = sinorus("search", "zebra", "-n", "all", "--format", form)
        assert (answer.code, answer.err) == (0, "")
    assert sinorus("index").out.startswith(f"0 new, 0 updated, {len(NAMES)} unchanged")


def test_null_ended_paths_are_the_very_bytes(named: Path, sinorus: Sinorus) -> None:
    answer = sinorus.shell("sinorus search -l -0 zebra | xargs -0 cat -- | sort | uniq | wc -l")
    assert answer.out.strip() == str(len(NAMES)), answer.err
    answer = sinorus.shell(
        "find seeds -type f -print0 | sinorus index --rebuild --files-from - -0 && "
        "find seeds -name 'tab*' -print0 | sinorus index --files-from - -0"
    )
    assert answer.code == 0, answer.err


def test_every_document_is_shown_by_the_id_it_was_found_under(
    named: Path, sinorus: Sinorus
) -> None:
    found = sinorus("search", "zebra", "-n", "all", "--jsonl")
    assert len({record["id"] for record in found.records}) == len(NAMES)
    for record in found.records:
        shown = sinorus("show", "--json", "--", record["id"])
        assert [one["text"] for one in shown.json["results"]] == [record["text"]], shown.err
    piped = sinorus("show", "-", "--jsonl", stdin=found.out)
    assert [one["id"] for one in piped.records] == [one["id"] for one in found.records]


def test_one_name_in_two_normal_forms(library: MakeLibrary, sinorus: Sinorus) -> None:
    composed, decomposed = (unicodedata.normalize(form, "é й") for form in ("NFC", "NFD"))
    root = library({f"{composed}.md": "A zebra.\n", f"{decomposed}.md": "Another zebra.\n"})
    if len(list((root / "seeds").iterdir())) == 1:
        pytest.skip("this file system knows one normal form only")
    answer = sinorus("index")
    assert answer.code == 0
    assert answer.err.count("belongs to") == 1
    assert sorted(sinorus("search", "zebra", "--json").ids) == [f"{composed}#1", f"{composed}~2#1"]
    assert len(sinorus("search", "-l", "zebra").lines) == 2
    for text in ("A zebra.", "Another zebra."):
        (one,) = [r for r in sinorus("search", "zebra", "--jsonl").records if r["text"] == text]
        assert sinorus("show", one["id"]).out.endswith(f":{text}\n")


def test_two_documents_that_claim_one_id(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({name: f"---\nid: same\n---\nZebra {name[0]}.\n" for name in ("a.md", "b.md")})
    first = sinorus("index")
    assert "seeds/b.md: its id 'same' belongs to seeds/a.md; it is indexed as 'same~2'" in first.err
    assert sinorus("index", "--strict").code == 1
    (root / "seeds/a.md").unlink()
    assert sinorus("index").code == 0
    assert sinorus("search", "-l", "zebra").lines == ["seeds/b.md"]
    rebuilt = sinorus("index", "--rebuild")
    assert rebuilt.err == ""
    assert sinorus("search", "zebra", "--json").ids == ["same#1"]


def test_sixty_folders_inside_each_other(library: MakeLibrary, sinorus: Sinorus) -> None:
    deep = "/".join(f"folder{n}" for n in range(60))
    library({f"{deep}/zebra.md": "A zebra.\n"})
    assert sinorus("search", "zebra").out == f"seeds/{deep}/zebra.md:1:{deep}/zebra#1:A zebra.\n"
    assert sinorus("show", "folder59/zebra").code == 0


def test_links_are_followed_once_and_never_out_of_the_library(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path
) -> None:
    root = library({"a/zebra.md": "A zebra.\n", "b/other.md": "Another zebra.\n"})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text("A secret zebra.\n")
    (root / "seeds/a/loop").symlink_to(root / "seeds")
    (root / "seeds/b/itself").symlink_to("itself")
    (root / "seeds/b/twin.md").symlink_to("other.md")
    (root / "seeds/out").symlink_to(tmp_path / "outside")
    (root / "seeds/out.md").symlink_to(tmp_path / "outside/secret.md")
    (root / "seeds/gone.md").symlink_to("nowhere.md")
    answer = sinorus("index")
    assert answer.code == 0
    assert answer.err.split("\n")[:-1] == [
        "seeds/b/itself: skipped: a link to something that does not exist",
        "seeds/gone.md: skipped: a link to something that does not exist",
        "seeds/out: skipped: a link that leaves the library is not followed",
        "seeds/out.md: skipped: a link that leaves the library is not followed",
    ]
    assert sinorus("search", "-l", "zebra").lines == ["seeds/a/zebra.md", "seeds/b/other.md"]
    assert sinorus("search", "-c", "secret").out == "0\n"


def test_a_pipe_among_the_files_does_not_stop_the_run(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library({"a.md": "A zebra.\n"})
    os.mkfifo(root / "seeds/pipe.md")
    answer = sinorus("index")
    assert answer.err == "seeds/pipe.md: skipped: a socket, pipe or device is not read\n"
    assert sinorus("search", "-c", "zebra").out == "1\n"


def test_a_file_that_may_not_be_read_is_named(
    library: MakeLibrary, sinorus: Sinorus, bound_by_permissions: None
) -> None:
    root = library({"a.md": "A zebra.\n", "b.md": "Another.\n", "c/d.md": "A third.\n"})
    (root / "seeds/b.md").chmod(0)
    (root / "seeds/c").chmod(0)
    try:
        answer = sinorus("index")
        assert answer.code == 0, answer.err
        assert answer.err == (
            "seeds/b.md: skipped: cannot be read: permission denied\n"
            "seeds/c: skipped: cannot be read: permission denied\n"
        )
        assert sinorus("search", "-c", "zebra").out == "1\n"
    finally:
        (root / "seeds/c").chmod(0o755)


def test_a_file_of_one_enormous_line(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"a.txt": "zebra " * 200_000, "b.txt": "斑马" * 100_000, "c.md": "x" * 1_000_000})
    answer = sinorus("index")
    assert answer.code == 0, answer.err
    found = sinorus("search", "zebra", "-n", "all", "--no-fold", "--jsonl").records
    assert sum(len(record["matches"]) for record in found) == 200_000
    assert sinorus("search", "斑马", "-c").code == 0


def test_ten_thousand_front_matter_keys_and_a_bomb(library: MakeLibrary, sinorus: Sinorus) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    library(
        {
            "bomb.md": f"---\n{bomb}---\nA zebra.\n",
            "keys.md": "---\n" + "".join(f"k{n}: {n}\n" for n in range(10_000)) + "---\nA zebra.\n",
            "deep.md": "---\na: " + "[" * 5_000 + "]" * 5_000 + "\n---\nA zebra.\n",
        }
    )
    answer = sinorus("index")
    assert answer.code == 0
    assert sinorus("search", "-c", "zebra").out == "3\n"
    assert "seeds/bomb.md:" in answer.err


def test_what_json_says_of_odd_names_is_json(named: Path, sinorus: Sinorus) -> None:
    for record in sinorus("sources", "--json").json["results"]:
        json.dumps(record, ensure_ascii=False).encode("utf-8")
