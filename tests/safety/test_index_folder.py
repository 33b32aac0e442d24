"""Links and special files in the folder of the index: nothing is followed, nothing waits."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Answer, Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
MINE = b"# what a user must not lose\n"
NAMES = [
    *("writer.json", "names.json", "MAIN_WRITELOCK", "seal.json", "_MAIN_0.toc", "_MAIN_1.toc"),
    *("_MAIN_5.toc", "MAIN_0123456789abcdef.sin", "_MAIN_1.toc.1", "names.json.1", "MAIN.tmp"),
    *("MAIN_x.seg", "writer.json.tmp", ".gitignore"),
]
"""All names that the program makes, made or takes away, and some like them."""
COMMANDS = [
    ["search", "Putin", "-c"],
    ["show", "pact#1"],
    ["index"],
    ["index", "--rebuild"],
    ["search", "zebra", "-c"],
    ["status"],
    ["status", "--check"],
]
KINDS = [
    "a link to a file",
    "a link to nothing",
    "a link to zeros",
    "a pipe",
    "a socket",
    "a folder",
]


def put(path: Path, kind: str, mine: Path) -> None:
    """Something in the place of a file."""
    path.unlink(missing_ok=True)
    if kind == "a link to a file":
        path.symlink_to(mine)
    elif kind == "a link to nothing":
        path.symlink_to(mine.with_name("not-there"))
    elif kind == "a link to zeros":
        path.symlink_to("/dev/zero")
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
        (path / "mine").write_bytes(MINE)
    else:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket must be short
        try:
            with socket.socket(socket.AF_UNIX) as unix:
                unix.bind(path.name)
        finally:
            os.chdir(here)


def in_order(answer: Answer) -> bool:
    """An answer, or one sentence that says why there is none."""
    return "Traceback" not in answer.err and (
        answer.code in (0, 1) or (answer.code == 2 and 1 <= len(answer.err.splitlines()) <= 3)
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_the_place_of_a_file_is_not_followed(
    own_press: Path, sinorus: Sinorus, tmp_path: Path, name: str, kind: str
) -> None:
    """All commands end, a user's file stays as it is, and a rebuild mends what can be mended."""
    mine = tmp_path / "home/.bashrc"
    mine.write_bytes(MINE)
    index = own_press / "index"
    put(index / name, kind, mine)
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    for command in COMMANDS:
        answer = sinorus(*command)
        assert in_order(answer), (command, answer)
        assert mine.read_bytes() == MINE, command
        assert sorted(path.name for path in mine.parent.iterdir() if path.name != "bin") == [
            ".bashrc"
        ], command
    if kind == "a folder":
        assert (index / name / "mine").read_bytes() == MINE
    if (
        name in ("MAIN_WRITELOCK", "_MAIN_5.toc") and kind == "a folder"
    ) or name == "MAIN_WRITELOCK":
        (index / name).rmdir() if False else None
        return
    assert sinorus("index", "--rebuild").code == 0 or kind == "a folder"


@pytest.mark.parametrize("kind", KINDS)
def test_a_lock_that_is_no_file_is_named(
    own_press: Path, sinorus: Sinorus, tmp_path: Path, kind: str
) -> None:
    put(own_press / "index/MAIN_WRITELOCK", kind, tmp_path / "mine")
    answer = sinorus("index", "--rebuild")
    assert (answer.out, answer.code) == ("", 2)
    assert "index/MAIN_WRITELOCK is not a regular file" in answer.err
    assert sinorus("search", "gas", "-c").out == "2\n"


@pytest.mark.parametrize("where", ["a folder", "nothing", "itself", "the home of the user"])
def test_an_index_that_leads_out_is_refused(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path, where: str
) -> None:
    root = library({"a.md": "A zebra.\n"})
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("MAIN_mine.txt", "_MAIN_1.toc", "MAIN_x.seg", "names.json"):
        (outside / name).write_bytes(MINE)
    target = {"nothing": tmp_path / "gone", "itself": Path("index")}.get(where, outside)
    (root / "index").symlink_to(target)
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    for command in (["search", "zebra"], ["index"], ["index", "--rebuild"], ["status", "--check"]):
        answer = sinorus(*command)
        assert in_order(answer), (command, answer)
        if command[0] != "status" or where == "a folder":
            assert answer.code == 2, (command, answer)
        if where == "a folder":
            assert "leads out of the library" in answer.err, (command, answer)
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before
    assert not (tmp_path / "gone").exists()


def test_an_index_may_be_a_link_within_the_library(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "A zebra.\n"})
    (root / ".made").mkdir()
    (root / "index").symlink_to(".made")
    assert sinorus("search", "zebra", "-c").out == "1\n"
    assert any((root / ".made").glob("_MAIN_*.toc"))


def test_a_huge_table_of_contents_is_damage(own_press: Path, sinorus: Sinorus) -> None:
    with (own_press / "index/_MAIN_7.toc").open("wb") as file:
        file.truncate(1 << 40)
    answer = sinorus("search", "gas")
    assert (answer.out, answer.code) == ("", 2)
    assert "the index is damaged: _MAIN_7.toc: it is larger than 256 MiB" in answer.err
    assert sinorus("index", "--rebuild").code == 0
    assert sinorus("search", "gas", "-c").out == "2\n"


def test_what_is_made_is_for_all_to_read_and_the_user_to_write(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library({"a.md": "A zebra.\n"})
    (root / "names.toml").write_text('[[group]]\nforms = ["zebra", "зебра"]\n', "utf-8")
    old = os.umask(0o022)
    try:
        assert sinorus("search", "Putin", "-c").code == 1
    finally:
        os.umask(old)
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (root / "index").iterdir()
        if path.name != ".gitignore"
    }
    assert {"MAIN_WRITELOCK", "names.json"} < set(modes)
    assert set(modes.values()) == {0o644}, modes
