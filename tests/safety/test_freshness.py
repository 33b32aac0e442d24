"""No file is taken for unchanged or gone that is not, and what may pass is tried again."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sinorus.files import Tree
from sinorus.model import Fingerprint
from sinorus.sources.changes import diff
from sinorus.sources.read import read_content
from sinorus.sources.walk import walk

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]


def rewritten(path: Path, text: str, how: str) -> None:
    """Other text of the same size and mtime in a file, as different programs leave it."""
    before = path.stat()
    assert len(text) == before.st_size
    if how == "in place":
        path.write_text(text)
    elif how == "mapped":
        import mmap

        with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as view:
            view[:] = text.encode()
    else:
        other = path.with_suffix(".other")
        other.write_text(text)
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        if how == "replaced":
            other.replace(path)
        else:  # as rsync --inplace and cp -p do
            shutil.copy2(other, path)
            other.unlink()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


@pytest.mark.parametrize("how", ["in place", "mapped", "replaced", "copied over"])
@pytest.mark.parametrize("command", ["search", "index"])
def test_other_text_of_the_same_size_and_mtime_is_noticed(
    library: MakeLibrary, sinorus: Sinorus, how: str, command: str
) -> None:
    root = library({"a.md": "alpha one\n", "b.md": "another\n"})
    assert sinorus("index").code == 0
    rewritten(root / "seeds/a.md", "gamma one\n", how)
    if command == "index":
        assert sinorus("index").out.startswith("0 new, 1 updated, 1 unchanged")
    assert sinorus("search", "gamma", "-c").out == "1\n"
    assert sinorus("search", "alpha", "-c").out == "0\n"


def test_two_files_that_change_places_are_noticed(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "alpha one\n", "b.md": "gamma two\n"})
    first, second = root / "seeds/a.md", root / "seeds/b.md"
    for path in (first, second):
        os.utime(path, ns=(1, 1_700_000_000_000_000_000))
    assert sinorus("index").code == 0
    first.rename(root / "kept")
    second.rename(first)
    (root / "kept").rename(second)
    assert sinorus("search", "gamma", "-l").lines == ["seeds/a.md"]
    assert sinorus("search", "alpha", "-l").lines == ["seeds/b.md"]


def test_a_copied_library_is_not_said_to_have_changed(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path
) -> None:
    root = library({f"{n}.md": f"A zebra {n}.\n" for n in range(60)})
    assert sinorus("index").code == 0
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    sinorus.cwd = copy
    answer = sinorus("search", "zebra", "--json", "-n", "1")
    assert (answer.json["total"], answer.json["index"]["stale"]) == (60, False)
    assert "changed" not in answer.err
    assert sinorus("index").out.startswith("0 new, 0 updated, 60 unchanged")
    commits = sorted(path.name for path in (copy / "index").glob("_MAIN_*.toc"))
    sinorus("search", "zebra", "-c")
    assert sorted(path.name for path in (copy / "index").glob("_MAIN_*.toc")) == commits


class Clock:
    """A file system whose times have few digits, by what it says of files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tick: int) -> None:
        real = os.fstat

        def fstat(handle: int) -> object:
            state = real(handle)
            coarse = {
                name: getattr(state, name) // tick * tick for name in ("st_mtime_ns", "st_ctime_ns")
            }
            named = {name: getattr(state, name) for name in ("st_mode", "st_size", "st_ino")}
            named.update(st_dev=state.st_dev, **coarse)
            return type("State", (), named)()

        monkeypatch.setattr("sinorus.sources.content.os.fstat", fstat)


@pytest.mark.parametrize("tick", [1_000_000_000, 2_000_000_000])
def test_what_was_written_just_before_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tick: int
) -> None:
    """Where times are seconds, two edits in one of them leave the same times."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.md").write_text("alpha")
    tree = Tree(str(tmp_path))
    Clock(monkeypatch, tick)
    content = read_content(tree, "seeds/a.md")
    assert content.ctime == 0
    mark = content.fingerprint("a", "seeds/a.md")
    (entry,) = walk(tree, ["seeds"]).entries
    same = entry._replace(mtime=mark.mtime, inode=mark.inode)
    assert [known for _, known in diff([same], [mark]).suspect] == [mark]


def test_what_was_written_within_a_tick_of_the_kernel_is_waited_for(tmp_path: Path) -> None:
    """Two edits, one before and one after a look, as fast as they can: none is missed."""
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "seeds/a.md"
    tree = Tree(str(tmp_path))
    for number in range(200):
        path.write_text(f"alpha {number:03}")
        mark = read_content(tree, "seeds/a.md").fingerprint("a", "seeds/a.md")
        path.write_text(f"gamma {number:03}")
        os.utime(path, ns=(mark.mtime, mark.mtime))
        changes = diff(walk(tree, ["seeds"]).entries, [mark])
        assert len(changes.suspect) == 1, number


def test_a_diff_looks_at_all_that_a_look_costs() -> None:
    mark = Fingerprint("a", "a", 1, 2, 3, 4, "x")
    from sinorus.sources.walk import Entry

    entry = Entry("a", ".", 1, 2, 3, 4)
    assert diff([entry], [mark]).unchanged == 1
    for field in ("size", "mtime", "ctime", "inode"):
        assert len(diff([entry._replace(**{field: 9})], [mark]).suspect) == 1, field


@pytest.fixture
def locked(bound_by_permissions: None) -> Iterator[Callable[[Path], None]]:
    """Takes all permissions from files and folders, and gives them back in the end."""
    modes: list[tuple[Path, int]] = []

    def lock(path: Path) -> None:
        modes.append((path, path.stat().st_mode))
        path.chmod(0)

    yield lock
    for path, mode in reversed(modes):
        if path.exists():
            path.chmod(mode)


def test_a_file_that_could_not_be_read_is_tried_again(
    library: MakeLibrary, sinorus: Sinorus, locked: Callable[[Path], None]
) -> None:
    root = library({"a.md": "A zebra.\n", "b.md": "A giraffe.\n"})
    locked(root / "seeds/b.md")
    for _ in range(2):
        refused = sinorus("index")
        assert refused.err == "seeds/b.md: skipped: cannot be read: permission denied\n"
        assert sinorus("index", "--strict").code == 1
    assert sinorus("search", "giraffe", "-c").out == "0\n"
    (root / "seeds/b.md").chmod(0o644)
    indexed = sinorus("index")
    assert (indexed.err, indexed.out[:20]) == ("", "1 new, 0 updated, 1 ")
    assert sinorus("search", "giraffe", "-c").out == "1\n"
    assert sinorus("index", "--strict").code == 0


def test_a_file_that_can_be_read_no_longer_is_kept_as_it_was(
    library: MakeLibrary, sinorus: Sinorus, locked: Callable[[Path], None]
) -> None:
    root = library({"a.md": "A zebra.\n", "b.md": "A giraffe.\n"})
    assert sinorus("index").code == 0
    locked(root / "seeds/b.md")
    told = "seeds/b.md: cannot be read: permission denied; what is known of it is kept"
    for _ in range(2):
        answer = sinorus("search", "giraffe", "--json")
        assert (answer.json["total"], answer.json["index"]["stale"]) == (1, True)
        assert told in answer.err
        indexed = sinorus("index")
        assert indexed.code == 0
        assert told.replace(": cannot", ": skipped: cannot") in indexed.err
    (root / "seeds/b.md").chmod(0o644)
    (root / "seeds/b.md").write_text("A walrus.\n")
    assert sinorus("search", "walrus", "-c").out == "1\n"
    assert sinorus("search", "giraffe", "-c").out == "0\n"


@pytest.mark.parametrize("mode", [0, 0o444, 0o111], ids=["nothing", "names only", "no names"])
@pytest.mark.parametrize("folder", ["seeds/box", "seeds/box/deep", "seeds"])
def test_a_folder_that_cannot_be_read_keeps_what_is_known(
    library: MakeLibrary,
    sinorus: Sinorus,
    locked: Callable[[Path], None],
    folder: str,
    mode: int,
) -> None:
    root = library({"box/deep/b.md": "A giraffe.\n", "box/deep/c.md": "A walrus.\n"})
    (root / "more").mkdir()
    (root / "more/a.md").write_text("A zebra.\n")
    (root / "sinorus.toml").write_text('sources = ["seeds", "more"]\n')
    assert sinorus("index").code == 0
    locked(root / folder)
    (root / folder).chmod(mode)
    (root / "more/new.md").write_text("A zebra more.\n")
    answer = sinorus("search", "giraffe OR walrus", "--json")
    assert (answer.json["total"], answer.json["index"]["stale"]) == (2, True)
    assert "cannot be read: permission denied; what is known of it is kept" in answer.err
    for flags in ([], []):
        indexed = sinorus("index", *flags)
        assert indexed.code == 0, indexed
        assert "permission denied; what is known of it is kept" in indexed.err
        assert sinorus("index", "--strict").code == 1
    assert sinorus("search", "zebra", "-c", "--no-update").out == "2\n"
    (root / folder).chmod(0o755)
    (root / "seeds/box/deep/c.md").unlink()
    assert sinorus("index").out.startswith("0 new, 0 updated, 3 unchanged, 1 removed")
    assert sinorus("search", "giraffe OR walrus", "-c").out == "1\n"


def test_a_link_whose_end_cannot_be_reached_keeps_what_is_known(
    library: MakeLibrary, sinorus: Sinorus, locked: Callable[[Path], None]
) -> None:
    root = library({"a.md": "A zebra.\n"})
    (root / "store/deep").mkdir(parents=True)
    (root / "store/deep/b.md").write_text("A giraffe.\n")
    (root / "seeds/link").symlink_to("../store/deep")
    (root / "seeds/b.md").symlink_to("../store/deep/b.md")
    assert sinorus("index").code == 0
    locked(root / "store")
    assert sinorus("search", "giraffe", "-c").out != "0\n"
    assert sinorus("index").code == 0
    assert sinorus("search", "giraffe", "-c").out != "0\n"


def test_a_file_that_was_away_while_it_was_read_is_found_later(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    """It goes between the look and the reading of a run, and comes back as it was."""
    root = library({f"{n:03}.md": f"A zebra {n}.\n" for n in range(40)})
    script = (
        "import os, sys\n"
        "import sinorus.library.reading as reading\n"
        "real = reading.read_content\n"
        "def read(tree, path):\n"
        "    if path.endswith('020.md'):\n"
        "        os.rename(path, 'away')\n"
        "    try:\n"
        "        return real(tree, path)\n"
        "    finally:\n"
        "        if os.path.exists('away'):\n"
        "            os.rename('away', path)\n"
        "reading.read_content = read\n"
        "import sinorus.cli.main as cli\n"
        "sys.exit(cli.run(['index']))\n"
    )
    (root / "script.py").write_text(script)
    done = sinorus.shell(f"exec {sys.executable} script.py")
    assert "seeds/020.md: skipped: it was removed while being read" in done.err
    assert sinorus("search", "zebra", "-c", "--no-update").out == "39\n"
    assert sinorus("search", "zebra", "-c").out == "40\n"
