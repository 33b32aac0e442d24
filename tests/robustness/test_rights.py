"""A library that may be read but not written: on a server, a stick, in a colleague's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]


def protect(*paths: Path) -> None:
    """Takes the right to write from files and folders."""
    for path in paths:
        path.chmod(path.stat().st_mode & ~0o222)


@pytest.fixture
def frozen(own_press: Path, bound_by_permissions: None) -> Iterator[Path]:
    """The library PRESS in which nothing may be written."""
    protect(own_press, *own_press.rglob("*"))
    yield own_press
    thaw(own_press)


def thaw(root: Path) -> None:
    """Gives the right to write back, so that the folder can be removed."""
    for path in [root, *root.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o700)


def test_a_library_that_cannot_be_written_can_be_searched(frozen: Path, sinorus: Sinorus) -> None:
    for command in (
        ["search", "gas"],
        ["search", "Putin", "--json"],
        ["show", "pact"],
        ["compare", "gas"],
        ["sources"],
        ["status"],
        ["status", "--check"],
    ):
        answer = sinorus(*command, *(["--no-notices"] if command[0] != "status" else []))
        assert (answer.code, answer.err) == (0, ""), command
        assert answer.out
    assert sinorus("index").out.startswith("0 new, 0 updated, 4 unchanged")


def test_without_the_compiled_names_too(
    own_press: Path, sinorus: Sinorus, bound_by_permissions: None
) -> None:
    (own_press / "names.toml").write_text('[[group]]\nforms = ["zebra", "зебра"]\n', "utf-8")
    protect(own_press / "index")
    try:
        assert sinorus("search", "-c", "Putin").out == "2\n"
    finally:
        thaw(own_press)


def test_a_change_that_cannot_be_indexed_is_announced(frozen: Path, sinorus: Sinorus) -> None:
    """The answer is from before; an error would keep a reader from all that is there."""
    seeds = frozen / "seeds"
    seeds.chmod(0o755)
    (seeds / "new.md").write_text("A zebra.\n")
    answer = sinorus("search", "gas", "--json")
    assert answer.code == 0, answer.err
    assert (answer.json["total"], answer.json["index"]["stale"]) == (2, True)
    assert "index" in answer.err


@pytest.mark.parametrize("what", ["folder", "folder and files"])
def test_an_index_that_cannot_be_written_is_a_clear_error(
    own_press: Path, sinorus: Sinorus, bound_by_permissions: None, what: str
) -> None:
    index = own_press / "index"
    protect(index, *(index.iterdir() if what == "folder and files" else ()))
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    try:
        for flags in ([], ["--rebuild"]):
            answer = sinorus("index", *flags)
            assert (answer.out, answer.code) == ("", 2), answer.err
            assert answer.err.startswith("error: ")
            assert str(index) in answer.err
            assert "ermission denied" in answer.err
    finally:
        thaw(own_press)
    assert sinorus("search", "-c", "zebra").out == "1\n"


def test_a_library_without_an_index_that_cannot_be_written(
    library: MakeLibrary, sinorus: Sinorus, bound_by_permissions: None
) -> None:
    root = library({"a.md": "A zebra.\n"})
    protect(root)
    try:
        for command in (["search", "zebra"], ["index"]):
            answer = sinorus(*command)
            assert (answer.out, answer.code) == ("", 2)
            assert answer.err.startswith(f"error: cannot write the index in {root}/index")
    finally:
        thaw(root)


def test_an_index_that_may_not_be_read_is_not_taken_for_none(
    own_press: Path, sinorus: Sinorus, bound_by_permissions: None
) -> None:
    del sinorus.environment["PYTHONWARNINGS"]  # Whoosh leaves what it could open
    for path in (own_press / "index", *(own_press / "index").iterdir()):
        mode = path.stat().st_mode
        if path.name in ("names.json", "MAIN_WRITELOCK"):
            continue
        path.chmod(0)
        try:
            answer = sinorus("search", "gas")
            assert "Traceback" not in answer.err, (path.name, answer.err)
            assert (answer.out, answer.code) == ("", 2), path.name
        finally:
            path.chmod(mode)


def test_a_document_cannot_be_added_where_nothing_may_be_written(
    frozen: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("A zebra.\n")
    answer = sinorus("add", mine)
    assert (answer.out, answer.code) == ("", 2)
    assert "permission denied" in answer.err


def test_settings_that_may_not_be_read_are_an_error(
    own_press: Path, sinorus: Sinorus, bound_by_permissions: None
) -> None:
    for name in ("sinorus.toml", "names.toml"):
        (own_press / name).touch(0)
        answer = sinorus("search", "gas")
        (own_press / name).unlink()
        assert (answer.out, answer.code) == ("", 2), answer.err
        assert name in answer.err
