"""Which files are sources, as settings and names have it: other kinds, exclude, [[folder]]."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus, Valid

PNG = b"\x89PNG\r\n"


def counts(out: str) -> str:
    return out.partition(":")[0]


def test_attachments_are_one_line(library: MakeLibrary, sinorus: Sinorus) -> None:
    pictures = {f"img/{number}.png": PNG for number in range(600)}
    library({"a.md": "A zebra.\n", "b.zip": b"PK", **pictures})
    first = sinorus("index", "--strict")
    assert first.err == "note: skipped 600 .png, 1 .zip; --verbose names them\n"
    assert first.code == 0
    assert counts(first.out) == "1 new, 0 updated, 0 unchanged, 0 removed, 0 skipped"
    assert sinorus("index").err == first.err
    assert sinorus("index", "--quiet").err == ""
    for flag in ("--verbose", "-v"):
        named = sinorus("index", flag).err.splitlines()
        assert named[0] == "seeds/b.zip: skipped: not a kind of file that is read"
        assert named[-1] == "note: skipped 600 .png, 1 .zip"
        assert len(named) == 602


def test_at_most_six_kinds_are_named(library: MakeLibrary, sinorus: Sinorus) -> None:
    kinds = ["png", "png", "png", "jpg", "jpg", "aa", "bb", "cc", "dd", "ee", "ff"]
    library({"a.md": "A zebra.\n", **{f"{at}.{kind}": b"x" for at, kind in enumerate(kinds)}})
    said = "skipped 3 .png, 2 .jpg, 1 .aa, 1 .bb, 1 .cc, 1 .dd and 2 others; --verbose names them"
    assert sinorus("index").err == f"note: {said}\n"


def test_other_kinds_are_said_where_nothing_was_found(
    library: MakeLibrary, sinorus: Sinorus, valid: Valid
) -> None:
    root = library({"a.md": "A zebra.\n", "b.zip": b"PK", "c.png": PNG, "d.png": PNG})
    said = "3 files of kinds that are not read: 2 .png, 1 .zip"
    sinorus("index")
    assert sinorus("search", "zebra").err == ""
    for arguments in (["gnu"], ["gnu", "-l"], ["gnu", "-c"], ["gnu", "--json"]):
        assert f"note: {said}\n" in sinorus("search", *arguments).err
    assert sinorus("search", "gnu", "--no-notices").err == ""
    assert said in sinorus("status").out
    assert said in sinorus.terminal("status").out
    assert list(valid("status", sinorus("status", "--json").json)["other_kinds"].items()) == [
        (".png", 2),
        (".zip", 1),
    ]
    for name in ("b.zip", "c.png"):
        (root / "seeds" / name).unlink()
    assert "1 file of a kind that is not read: 1 .png" in sinorus("search", "gnu").err
    (root / "seeds/d.png").unlink()
    assert "not read" not in sinorus("search", "gnu").err
    assert sinorus("status", "--json").json["other_kinds"] == {}


def test_a_library_of_other_kinds_alone_says_why_it_is_empty(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    library({"c.zip": b"PK"})
    said = sinorus("search", "zebra").err
    assert "the library is empty" in said
    assert "1 file of a kind that is not read: 1 .zip" in said


def test_a_library_of_broken_files_alone_says_so(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"c.pdf": b"%PDF-1.7"})
    said = sinorus("search", "zebra").err
    assert "1 file skipped: sinorus index says why" in said
    assert "seeds/c.pdf: skipped: it is no PDF" in sinorus("index").err


def test_a_named_picture_is_no_stranger(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"a.md": "A zebra.\n", "c.png": PNG, "d.png": PNG})
    answer = sinorus("index", "--files-from", "-", stdin="seeds/a.md\nseeds/c.png\n")
    assert answer.err == "note: skipped 1 .png; --verbose names them\n"


FILES = {
    "a.md": "A zebra.\n",
    "old.bak.md": "A zebra.\n",
    "Templates/t.md": "A zebra.\n",
    "x/Templates/u.md": "A zebra.\n",
    "x/b.md": "A zebra.\n",
}


def zebras(sinorus: Sinorus) -> list[str]:
    return sorted(line.removeprefix("seeds/") for line in sinorus("search", "-l", "zebra").lines)


def test_patterns_take_effect_at_the_next_search(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library(FILES)
    assert len(zebras(sinorus)) == 5
    (root / "sinorus.toml").write_text('exclude = ["Templates/", "*.bak.md"]\n')
    assert zebras(sinorus) == ["a.md", "x/b.md"]
    (root / "seeds/x/.sinorusignore").write_text("!Templates/\nb.md\n")
    assert zebras(sinorus) == ["a.md", "x/Templates/u.md"]
    (root / ".sinorusignore").write_text("seeds/x\n")
    assert zebras(sinorus) == ["a.md"]
    assert sinorus("status", "--json").json["documents"] == 1
    (root / ".sinorusignore").unlink()
    (root / "seeds/x/.sinorusignore").unlink()
    (root / "sinorus.toml").unlink()
    assert len(zebras(sinorus)) == 5
    assert counts(sinorus("index", "--rebuild").out).startswith("5 new")


def test_what_is_excluded_is_silent(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "A zebra.\n", "img/c.png": PNG, "bad/b.txt": b"%PDF-1", "d.zip": b""})
    (root / "sinorus.toml").write_text('exclude = ["*.zip", "img/", "bad"]\n')
    (root / "seeds/img/gone.md").symlink_to("nowhere.md")
    os.mkfifo(root / "seeds/bad/pipe.md")
    answer = sinorus("index", "--strict")
    assert (answer.err, answer.code) == ("", 0)


def test_the_stronger_setting_excludes(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library(FILES)
    user = sinorus.home / "config/sinorus/config.toml"
    user.parent.mkdir(parents=True)
    user.write_text('exclude = ["*.md"]\n')
    assert zebras(sinorus) == []
    (root / "sinorus.toml").write_text('exclude = ["x/"]\n')
    assert len(zebras(sinorus)) == 3
    found = sinorus("search", "-c", "zebra", env={"SINORUS_EXCLUDE": "a.md:x/b.md:*.bak.md"})
    assert found.out == "3\n"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("[abc", "exclude: '[abc' is no pattern: it has [ without ]"),
        ("/", "exclude: '/' is no pattern: it names nothing"),
        ("a" * 300, "exclude: a pattern of more than 256 characters"),
    ],
)
def test_a_bad_pattern_of_settings_is_an_error(
    library: MakeLibrary, sinorus: Sinorus, pattern: str, words: str
) -> None:
    root = library(FILES)
    (root / "sinorus.toml").write_text(f'exclude = ["x/", "{pattern}"]\n')
    for command in (["search", "zebra"], ["index"], ["status"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2)
        assert f"sinorus.toml: {words}" in answer.err


def test_a_bad_pattern_in_a_file_is_named_with_its_line(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library(FILES)
    (root / "seeds/x/.sinorusignore").write_text("# mine\n\nb.md\n[x\n")
    answer = sinorus("index", "--strict")
    said = "seeds/x/.sinorusignore:4: '[x' is no pattern: it has [ without ]\n"
    assert (answer.err, answer.code) == (said, 1)
    assert "x/b.md" not in zebras(sinorus)


def test_hostile_patterns_are_done_with_in_no_time(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({f"{'a' * 200}{number}.md": "A zebra.\n" for number in range(100)})
    lines = ["a*" * 100 + "b", "**/a*a*a*a*a*a*a*a*b/**/c", "[a-z]*" * 30 + "!"] * 300
    (root / "seeds/.sinorusignore").write_text("\n".join(lines))
    began = time.monotonic()
    assert len(zebras(sinorus)) == 100
    (root / "seeds/.sinorusignore").write_text("*.md\n" * 250_000)
    assert "is larger than 64 KiB: it leaves nothing out" in sinorus("index").err
    assert time.monotonic() - began < 30


@pytest.mark.usefixtures("bound_by_permissions")
def test_patterns_that_cannot_be_read_now_lose_nothing_and_let_nothing_in(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library(FILES)
    ignore = root / "seeds/x/.sinorusignore"
    ignore.write_text("b.md\n")
    assert "x/Templates/u.md" in zebras(sinorus)
    ignore.chmod(0)
    (root / "seeds/x/new.md").write_text("A zebra.\n")
    found = sinorus("search", "-l", "zebra")
    assert "seeds/x/Templates/u.md" in found.lines
    assert not {"seeds/x/b.md", "seeds/x/new.md"} & set(found.lines)
    assert "seeds/x/.sinorusignore cannot be read: permission denied" in found.err


BOOKS = {
    "frus/v1/d1.md": "---\nauthor: Rusk\n---\n\nA zebra.\n",
    "frus/v1/d2.md": "---\npublished: 1970-01-01\nSource: TASS\nkeywords: x\n---\n\nA zebra.\n",
    "frus/d3.md": "A zebra.\n",
    "other/d4.md": "A zebra.\n",
}
TABLES = """\
[[folder]]
path = "seeds/frus"
publisher = "State"
lang = "English"
author = ["Kissinger, Henry", "Nixon"]
date = 1969-03-02
tags = "china, ussr"
volume = 14

[[folder]]
path = "seeds/frus/v1/"
date = 1972
volume = 17
"""


def known(sinorus: Sinorus) -> dict[str, list[object]]:
    keys = ("author", "publisher", "date", "lang", "tags", "extra", "title")
    found = sinorus("sources", "--json").json["results"]
    return {one["id"]: [one[key] for key in keys] for one in found}


def test_folders_say_what_documents_do_not(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library(BOOKS)
    before = known(sinorus)
    (root / "sinorus.toml").write_text(TABLES)
    both, tags = ["Kissinger, Henry", "Nixon"], ["china", "ussr"]
    assert known(sinorus) == {
        "frus/v1/d1": [["Rusk"], "State", "1972", "en", tags, {"volume": "17"}, "d1"],
        "frus/v1/d2": [both, "TASS", "1970-01-01", "en", ["x"], {"volume": "17"}, "d2"],
        "frus/d3": [both, "State", "1969-03-02", "en", tags, {"volume": "14"}, "d3"],
        "other/d4": before["other/d4"],
    }
    assert sinorus("search", "-c", "zebra", "--publisher", "State", "--no-notices").out == "2\n"
    assert sinorus("search", "-c", "volume:17", "--no-notices").out == "2\n"
    assert sinorus("index").err == ""


def test_a_changed_folder_is_read_again_and_nothing_else(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library(BOOKS)
    sinorus("index")
    for text, updated in (
        (TABLES, 3),
        (TABLES, 0),
        (TABLES.replace("volume = 17", "volume = 18"), 2),
        (TABLES.partition("\n\n")[0], 2),
        ("limit = 3\n" + TABLES.partition("\n\n")[0], 0),
        ("", 3),
    ):
        (root / "sinorus.toml").write_text(text)
        assert f"0 new, {updated} updated" in sinorus("index").out
    (root / "sinorus.toml").write_text(TABLES)
    found = sinorus("search", "zebra", "--publisher", "State", "--no-fold")
    assert len(found.lines) == 2
    assert "3 files changed: indexed before answering" in found.err
    assert sinorus("search", "zebra", "--no-fold").err == ""


def test_a_blank_field_is_filled_and_one_that_cannot_be_read_is_not(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library(
        {
            "a.md": "---\npublisher:\nauthor: []\nVolume: 3\n---\nA zebra.\n",
            "b.md": "---\ndate: next spring\n---\nA zebra.\n",
        }
    )
    table = (
        '[[folder]]\npath = "seeds"\npublisher = "P"\nauthor = "A; B"\ndate = 1969\nvolume = 1\n'
    )
    (root / "sinorus.toml").write_text(table)
    found = known(sinorus)
    assert found["a"][:3] == [["A", "B"], "P", "1969"]
    assert found["a"][5] == {"Volume": "3"}
    assert (found["b"][2], found["b"][5]) == (None, {"date": "next spring", "volume": "1"})


def test_faults_of_folders_are_named_with_their_lines(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library(BOOKS)
    (root / "seeds/frus/v1").joinpath("d9.md").write_text("A zebra.\n")
    (root / "sinorus.toml").write_text(
        '[[folder]]\npath = "seeds/frus"\ndate = "03/04/2022"\nlang = "Klingon"\n'
        '[[folder]]\npath = "seeds/frsu"\n[[folder]]\npath = "seeds/other/d4.md"\n'
    )
    answer = sinorus("index", "--strict")
    told = answer.err.splitlines()
    assert answer.code == 1
    assert told[0].startswith("sinorus.toml:3: date '03/04/2022' may be 2022-03-04 or 2022-04-03")
    assert told[1].startswith("sinorus.toml:4: lang 'Klingon' is not a language")
    assert told[2] == "sinorus.toml:6: [[folder]] 'seeds/frsu' does not exist"
    assert told[3] == "sinorus.toml:8: [[folder]] 'seeds/other/d4.md' is not a folder"
    assert len(told) == 4


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("papers", "'papers' is not in a source folder of this library"),
        ("seeds/../..", "'seeds/../..' is not in a source folder"),
        ("/etc", "'/etc' is not in a source folder"),
        (".", "'.' is not in a source folder"),
        ("seedsx", "'seedsx' is not in a source folder"),
    ],
)
def test_a_folder_that_is_no_source_is_an_error(
    library: MakeLibrary, sinorus: Sinorus, path: str, words: str
) -> None:
    root = library(BOOKS)
    (root / "sinorus.toml").write_text(f'limit = 3\n\n[[folder]]\npath = "{path}"\n')
    for command in (["search", "zebra"], ["index"], ["status"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2)
        assert f"sinorus.toml:4: {words}" in answer.err


def test_a_folder_twice_is_an_error(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library(BOOKS)
    (root / "sinorus.toml").write_text(
        '[[folder]]\npath = "seeds/frus"\n[[folder]]\npath = "./seeds/frus/"\n'
    )
    answer = sinorus("search", "zebra")
    assert (answer.out, answer.code) == ("", 2)
    assert "sinorus.toml:4: './seeds/frus/' has a [[folder]] already" in answer.err


def test_what_was_never_read_is_not_read_again_for_its_folder(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library({"a.md": "A zebra.\n", "b.txt": b"%PDF-1", "empty.md": ""})
    with (root / "seeds/huge.md").open("wb") as file:
        file.truncate(1 << 40)
    (root / "sinorus.toml").write_text('[[folder]]\npath = "seeds"\nlang = "en"\n')
    sinorus("index")
    for _ in range(2):
        state = sinorus("status", "--json").json
        assert (state["added"], state["changed"], state["removed"]) == (0, 0, 0)


def test_every_setting_is_documented() -> None:
    from sinorus.config import KEYS

    page = (Path(__file__).resolve().parents[2] / "docs/configuration.md").read_text("utf-8")
    for name in KEYS:
        assert f"| `{name}` |" in page, name
