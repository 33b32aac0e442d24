"""A library reads and writes nothing outside itself, whatever its settings and links say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sinorus.files import LeadsOut, NotRegular, Tree

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
SECRET = "A secret walrus.\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the library with a secret in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.md").write_text(SECRET)
    return folder


def everything(folder: Path) -> dict[str, bytes | str]:
    """All that is in a folder, with where links lead."""
    return {
        path.relative_to(folder).as_posix(): (
            str(path.readlink()) if path.is_symlink() else path.read_bytes()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def decoy(root: Path, path: Path) -> None:
    """A folder of the library under the name that a path outside has below its root."""
    there = root / str(path).lstrip("/")
    there.mkdir(parents=True)
    (there / "secret.md").write_text("A harmless decoy.\n")


@pytest.mark.parametrize("with_decoy", [True, False])
@pytest.mark.parametrize(
    "written",
    ["{outside}", "/{outside}", "//{outside}", "{outside}/.", "/", "//", "..", "../outside",
     "seeds/../../outside", "./../outside/", "{outside}/../outside"],
)  # fmt: skip
@pytest.mark.parametrize("beside", [True, False])
def test_a_source_folder_outside_is_refused(
    library: MakeLibrary,
    sinorus: Sinorus,
    outside: Path,
    written: str,
    with_decoy: bool,
    beside: bool,
) -> None:
    root = library({"a.md": "A zebra.\n"})
    if with_decoy:
        decoy(root, outside)
    folders = [written.format(outside=outside), *(["seeds"] if beside else [])]
    (root / "sinorus.toml").write_text(f"sources = {folders!r}\n")
    done = sinorus("index")
    assert (done.out, done.code) == ("", 2)
    assert "lies outside the library" in done.err
    assert "trusted" in done.err
    for command in (["search", "walrus"], ["search", "decoy"], ["sources"], ["show", "secret"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) in (("", 1), ("", 2)), (command, answer)
    mine = sinorus.home / "mine.md"
    mine.write_text("A giraffe.\n")
    before = everything(outside)
    assert sinorus("add", mine).code == 2  # the first source folder is the one outside
    assert everything(outside) == before


@pytest.mark.parametrize("written", ["{root}/papers", "{root}//papers/", "papers", "./papers/."])
def test_a_source_folder_inside_may_be_written_whole(
    library: MakeLibrary, sinorus: Sinorus, written: str
) -> None:
    root = library({})
    (root / "papers").mkdir()
    (root / "papers/a.md").write_text("A zebra.\n")
    (root / "sinorus.toml").write_text(f"sources = [{written.format(root=root)!r}]\n")
    assert sinorus("search", "zebra").out == "papers/a.md:1:a#1:A zebra.\n"


@pytest.mark.parametrize("way", ["setting", "link to a folder", "link to a file", "index"])
def test_what_the_user_trusts_may_be_reached(
    library: MakeLibrary, sinorus: Sinorus, outside: Path, way: str
) -> None:
    root = library({"a.md": "A zebra.\n"})
    if way == "setting":
        (root / "sinorus.toml").write_text(f"sources = ['seeds', '{outside}']\n")
    elif way == "link to a folder":
        (root / "seeds/more").symlink_to(outside)
    elif way == "link to a file":
        (root / "seeds/secret.md").symlink_to(outside / "secret.md")
    else:
        (root / "index").symlink_to(outside)
        (root / "seeds/secret.md").write_text(SECRET)
    trust = {"SINORUS_TRUSTED": str(outside)}
    assert sinorus("search", "walrus", "-c").out != "1\n"
    assert sinorus("index", env=trust).code == 0
    found = sinorus("search", "walrus", "--jsonl", env=trust)
    (hit,) = found.records
    assert (hit["text"], hit["document"].rpartition("/")[2]) == ("A secret walrus.", "secret")
    shown = sinorus("search", "walrus", env=trust).out.split(":")
    assert (root / shown[0]).read_text() == SECRET
    assert sinorus("show", hit["id"], env=trust).code == 0
    assert sinorus("index", env=trust).out.startswith("0 new, 0 updated, 2 unchanged")
    config = sinorus.home / "config/sinorus/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'trusted = ["{outside}"]\n')
    assert sinorus("search", "walrus", "-c").out == "1\n"
    config.write_text('trusted = ["~/../outside"]\n')
    assert sinorus("search", "walrus", "-c").out == "1\n"


@pytest.mark.parametrize("name", ["sinorus.toml", "names.toml"])
@pytest.mark.parametrize("kind", ["link out", "zeros", "pipe", "folder", "too large", "deep"])
def test_settings_and_names_are_files_of_the_library(
    own_press: Path, sinorus: Sinorus, outside: Path, name: str, kind: str
) -> None:
    path = own_press / name
    if kind == "link out":
        (outside / name).write_text('sources = ["xinhua"]\n')
        path.symlink_to(outside / name)
    elif kind == "zeros":
        path.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "too large":
        with path.open("wb") as file:
            file.truncate(1 << 40)
    else:
        path.write_text("group = " + "[" * 100_000)
    for command in (["search", "Putin"], ["status"], ["index"]):
        answer = sinorus(*command)
        if command[0] != "search" and name == "names.toml":
            assert answer.code == 0  # they need no names
            continue
        assert (answer.out, answer.code) == ("", 2), (command, answer)
        assert name in answer.err, answer.err
        assert len(answer.err.splitlines()) <= 2, answer.err


def test_a_file_of_a_terabyte_is_skipped(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "A zebra.\n"})
    with (root / "seeds/b.md").open("wb") as file:
        file.truncate(1 << 40)
    answer = sinorus("index")
    assert answer.err == "seeds/b.md: skipped: it is larger than 256 MiB; split it\n"
    assert sinorus("search", "-c", "zebra").out == "1\n"
    assert sinorus("index").err == answer.err


@pytest.mark.parametrize("folder", ["seeds", "seeds/own"])
@pytest.mark.parametrize("command", ["add", "init"])
def test_nothing_is_written_through_a_link(
    library: MakeLibrary, sinorus: Sinorus, outside: Path, folder: str, command: str
) -> None:
    root = library({})
    target = root / folder
    if target.exists():
        target.rmdir()
    target.symlink_to(outside)
    (root / "sinorus.toml").symlink_to(outside / "made.toml")
    (root / "index").mkdir()
    (root / "index/.gitignore").symlink_to(outside / "made.ignore")
    mine = sinorus.home / "mine.md"
    mine.write_text("A giraffe.\n")
    before = everything(outside)
    env = {"SINORUS_SOURCES": folder}
    if command == "add":
        (root / "sinorus.toml").unlink()
        (root / "seeds").mkdir(exist_ok=True)
        answer = sinorus("--library", root, "add", mine, "--to", folder, env=env)
        assert (answer.out, answer.code) == ("", 2), answer
        assert "leads out of the library" in answer.err
    else:
        sinorus("init", root)
    assert everything(outside) == before


def test_add_writes_to_no_link_of_the_files_name(
    library: MakeLibrary, sinorus: Sinorus, outside: Path
) -> None:
    root = library({})
    (root / "seeds/mine.md").symlink_to(outside / "made.md")
    mine = sinorus.home / "mine.md"
    mine.write_text("A giraffe.\n")
    answer = sinorus("add", mine)
    assert (answer.out, answer.code) == ("", 2)
    assert "another file of this name" in answer.err
    assert everything(outside) == {"secret.md": SECRET.encode()}


READS = 50
SWAP = """\
import os, sys
path, link, kept = sys.argv[1:]
while True:
    os.rename(path, kept); os.rename(link, path)
    os.rename(path, link); os.rename(kept, path)
"""


@pytest.mark.parametrize("path", ["seeds/x", "seeds/x/y", "seeds/x/y/secret.md"])
def test_a_link_swapped_in_is_not_followed_out(tmp_path: Path, outside: Path, path: str) -> None:
    """Another process puts a link there and takes it away, as fast as it can."""
    root = tmp_path / "library"
    (root / "seeds/x/y").mkdir(parents=True)
    (root / "seeds/x/y/secret.md").write_text("A zebra.\n")
    (outside / "y").mkdir()
    (outside / "y/secret.md").write_text(SECRET)
    link = tmp_path / "link"
    link.symlink_to(outside / "secret.md" if path.endswith(".md") else outside)
    arguments = [str(root / path), str(link), str(tmp_path / "kept")]
    swapper = subprocess.Popen([sys.executable, "-c", SWAP, *arguments])
    read = refused = 0
    try:
        while read < READS or refused < READS:
            try:
                handle = Tree(str(root)).open_file("seeds/x/y/secret.md")
            except (FileNotFoundError, LeadsOut, NotRegular, NotADirectoryError) as fault:
                refused += isinstance(fault, LeadsOut)
                continue
            with open(handle) as file:  # noqa: PTH123 - it is a descriptor
                assert file.read() == "A zebra.\n"
            read += 1
    finally:
        swapper.kill()
        swapper.wait()


def test_a_path_with_dots_opens_nothing(tmp_path: Path, outside: Path) -> None:
    root = tmp_path / "library"
    (root / "seeds").mkdir(parents=True)
    tree = Tree(str(root))
    for path in (
        "../outside/secret.md",
        "seeds/../../outside/secret.md",
        str(outside / "secret.md"),
    ):
        with pytest.raises(LeadsOut):
            tree.open_file(path)


def test_a_trusted_folder_may_be_named_by_a_link(
    library: MakeLibrary, sinorus: Sinorus, outside: Path, tmp_path: Path
) -> None:
    root = library({"a.md": "A zebra.\n"})
    (tmp_path / "papers").symlink_to(outside)
    (root / "sinorus.toml").write_text(f"sources = ['seeds', '{tmp_path}/papers/']\n")
    answer = sinorus("search", "walrus", "-c", env={"SINORUS_TRUSTED": str(tmp_path / "papers")})
    assert answer.out == "1\n", answer
    assert sinorus("search", "walrus", "-c", "--no-update").code in (0, 1)
