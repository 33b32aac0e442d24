"""Which files of a library are sources, whatever lies around in its folders."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from sinorus.files import Tree
from sinorus.model import Fingerprint
from sinorus.sources.changes import diff
from sinorus.sources.walk import Entry, walk


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some text.", encoding="utf-8")


def paths(root: Path, *folders: str) -> list[str]:
    return [entry.path for entry in walk(Tree(str(root)), folders or ["seeds"]).entries]


def faults(root: Path, *folders: str) -> dict[str, str]:
    found = walk(Tree(str(root)), folders or ["seeds"]).faults
    assert all(fault.skipped and fault.line is None for fault in found)
    return {fault.path: fault.reason for fault in found}


def test_text_and_markdown_files_are_sources_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["b.md", "a.TXT", "c.markdown", "d.mkd", "e.text", "README", "x/y/z.md", "Mr. Smith"]
    put(tmp_path, *(f"seeds/{name}" for name in names))
    assert paths(tmp_path) == sorted(f"seeds/{name}" for name in names)
    assert faults(tmp_path) == {}


def test_an_entry_tells_the_folder_the_size_and_the_time_in_nanoseconds(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.md")
    os.utime(tmp_path / "papers/a.md", ns=(1, 1_700_000_000_123_456_789))
    (entry,) = walk(Tree(str(tmp_path)), ["papers"]).entries
    assert (entry.folder, entry.size) == ("papers", 10)
    assert entry.mtime == (tmp_path / "papers/a.md").stat().st_mtime_ns


def test_what_begins_with_a_dot_is_passed_over_in_silence(tmp_path: Path) -> None:
    put(tmp_path, "seeds/.hidden.md", "seeds/.git/a.md", "seeds/a.md", "seeds/.DS_Store")
    assert paths(tmp_path) == ["seeds/a.md"]
    assert faults(tmp_path) == {}


def test_files_of_other_kinds_are_no_faults_but_listed(tmp_path: Path) -> None:
    put(tmp_path, "seeds/report.XLS", "seeds/a.md~", "seeds/x/a.png", "seeds/.hidden.png")
    (tmp_path / "seeds/gone.png").symlink_to("nowhere.png")
    (tmp_path / "seeds/link.jpg").symlink_to("x/a.png")
    assert faults(tmp_path) == {}
    others = walk(Tree(str(tmp_path)), ["seeds"]).others
    assert others == [
        f"seeds/{name}" for name in ("a.md~", "gone.png", "link.jpg", "report.XLS", "x/a.png")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "two words.md",
        "-rf.md",
        "line\nbreak.md",
        "🐉.md",
        "中俄关系.md",
        "Договор.txt",
        "a'b\"c.md",
    ],
)
def test_any_name_the_file_system_allows_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"seeds/{name}")
    assert paths(tmp_path) == [f"seeds/{name}"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    put(tmp_path, "seeds/a.md")
    (tmp_path / "seeds/a.md").rename(tmp_path / "seeds" / os.fsdecode(b"caf\xe9.md"))
    (path,) = paths(tmp_path)
    assert os.fsencode(path) == b"seeds/caf\xe9.md"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps one spelling of a name")
def test_twins_that_differ_only_in_unicode_form_are_two_files(tmp_path: Path) -> None:
    put(tmp_path, *(f"seeds/{unicodedata.normalize(f, 'café.md')}" for f in ("NFC", "NFD")))
    assert len(paths(tmp_path)) == 2


def test_sixty_nested_folders_are_no_hindrance(tmp_path: Path) -> None:
    deep = "seeds/" + "/".join(["d"] * 60) + "/a.md"
    put(tmp_path, deep)
    assert paths(tmp_path) == [deep]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit paths elsewhere")
def test_a_path_too_long_for_the_system_is_walked_a_name_at_a_time(tmp_path: Path) -> None:
    put(tmp_path, "seeds/a.md")
    here = os.open(tmp_path / "seeds", os.O_RDONLY)
    for _ in range(30):
        os.mkdir("n" * 200, dir_fd=here)
        below = os.open("n" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("b.md", os.O_CREAT, dir_fd=here))
    os.close(here)
    assert paths(tmp_path) == ["seeds/a.md", f"seeds/{'/'.join(['n' * 200] * 30)}/b.md"]
    assert faults(tmp_path) == {}


def test_a_loop_of_links_ends_and_lists_everything_once(tmp_path: Path) -> None:
    put(tmp_path, "seeds/a.md", "seeds/sub/b.md")
    (tmp_path / "seeds/sub/up").symlink_to("..")
    (tmp_path / "seeds/self").symlink_to("self")
    assert paths(tmp_path) == ["seeds/a.md", "seeds/sub/b.md"]
    assert faults(tmp_path) == {"seeds/self": "a link to something that does not exist"}


def test_a_link_to_what_lies_elsewhere_in_the_library_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "archive/old.md", "archive/box/c.md", "seeds/a.md")
    (tmp_path / "seeds/old.md").symlink_to("../archive/old.md")
    (tmp_path / "seeds/box").symlink_to(tmp_path / "archive/box")
    assert paths(tmp_path) == ["seeds/a.md", "seeds/box/c.md", "seeds/old.md"]


def test_what_can_be_reached_twice_is_listed_under_its_own_name(tmp_path: Path) -> None:
    put(tmp_path, "seeds/z/a.md")
    (tmp_path / "seeds/b").symlink_to("z")
    (tmp_path / "seeds/c.md").symlink_to("z/a.md")
    assert paths(tmp_path, "seeds", "seeds/z") == ["seeds/z/a.md"]


def test_links_that_leave_the_library_or_lead_nowhere_are_named(tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.md", "library/seeds/a.md")
    root = tmp_path / "library"
    (root / "seeds/file.md").symlink_to(tmp_path / "outside/secret.md")
    (root / "seeds/folder").symlink_to(tmp_path / "outside")
    (root / "seeds/gone.md").symlink_to("nowhere.md")
    assert paths(root) == ["seeds/a.md"]
    assert faults(root) == {
        "seeds/file.md": "a link that leaves the library is not followed",
        "seeds/folder": "a link that leaves the library is not followed",
        "seeds/gone.md": "a link to something that does not exist",
    }


def test_pipes_and_sockets_are_named_and_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "seeds/a.md")
    os.mkfifo(tmp_path / "seeds/pipe.md")
    monkeypatch.chdir(tmp_path / "seeds")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("plug.md")
        (tmp_path / "seeds/link.md").symlink_to("pipe.md")
        assert paths(tmp_path) == ["seeds/a.md"]
        assert set(faults(tmp_path)) == {"seeds/link.md", "seeds/pipe.md", "seeds/plug.md"}


def fails_to_open(monkeypatch: pytest.MonkeyPatch, name: str, fault: OSError) -> None:
    """Has the system say so of one name, as it does to those who are not root."""
    real = os.open

    def opened(path: str, *given: int, dir_fd: int | None = None) -> int:
        if path == name:
            raise fault
        return real(path, *given, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", opened)


def test_a_folder_one_may_not_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "seeds/a.md", "seeds/closed/b.md")
    fails_to_open(monkeypatch, "closed", PermissionError(13, "Permission denied"))
    assert paths(tmp_path) == ["seeds/a.md"]
    assert faults(tmp_path) == {"seeds/closed": "cannot be read: permission denied"}


def test_a_file_that_vanishes_during_the_walk_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "seeds/a.md", "seeds/sub/b.md")
    fails_to_open(monkeypatch, "sub", FileNotFoundError(2, "No such file or directory"))
    assert paths(tmp_path) == ["seeds/a.md"]
    assert faults(tmp_path) == {}


def test_a_source_folder_that_is_missing_a_file_or_elsewhere_is_named(tmp_path: Path) -> None:
    put(tmp_path, "notes.md", "seeds/a.md")
    assert faults(tmp_path, "papers", "notes.md", "..") == {
        "papers": "the source folder does not exist; create it or correct `sources`",
        "notes.md": "the source folder is not a folder",
        "..": "the source folder lies outside the library; name where it leads in `trusted` of "
        "your own config.toml if it may be read",
    }


def test_the_library_itself_may_be_the_source_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b/c.md")
    assert paths(tmp_path, ".") == ["a.md", "b/c.md"]
    assert paths(tmp_path, "./b/") == ["b/c.md"]


def known(path: str, size: int = 1, mtime: int = 1, ctime: int = 1, inode: int = 7) -> Fingerprint:
    return Fingerprint(path, path, size, mtime, ctime, inode, "")


def test_a_diff_tells_new_suspect_removed_and_unchanged_apart() -> None:
    entries = [Entry(path, "s", 1, 1, 1, 7) for path in ("s/a", "s/b", "s/c", "s/e")]
    changes = diff(entries, [known("s/z"), known("s/b"), known("s/c", mtime=2), known("s/0")])
    assert [entry.path for entry in changes.new] == ["s/a", "s/e"]
    assert [(entry.path, was.mtime) for entry, was in changes.suspect] == [("s/c", 2)]
    assert [was.path for was in changes.removed] == ["s/0", "s/z"]
    assert changes.unchanged == 1
    assert changes


def test_nothing_changed_is_falsy() -> None:
    assert not diff([Entry("a", ".", 1, 1, 1, 7)], [known("a")])
    assert not diff([], [])


def test_a_search_that_checks_for_changes_imports_no_parser() -> None:
    code = "import sys, sinorus.sources.walk, sinorus.sources.walk; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"yaml", "frontmatter", "charset_normalizer", "hashlib"}.isdisjoint(loaded)
