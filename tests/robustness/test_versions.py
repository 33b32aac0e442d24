"""Indexes of other versions: an older one is rebuilt, which is said, a newer one is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from support.tampering import CHECK, READING, segments

from sinorus.engines.whoosh.segment.file import FORMAT, HEADER

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
REBUILT = "the index was made by another version of sinorus and is rebuilt"


def newer(path: Path) -> None:
    """Rewrites the header of a segment as a version to come would."""
    content = path.read_bytes()
    magic, _, *others, _ = HEADER.unpack_from(content)
    head = HEADER.pack(magic, FORMAT + 1, *others, 0)[:-4]
    path.write_bytes(head + crc32(head).to_bytes(4, "little") + content[HEADER.size :])


def test_a_segment_of_a_newer_version_is_refused(own_press: Path, sinorus: Sinorus) -> None:
    (path,) = segments(own_press)
    newer(path)
    held = path.read_bytes()
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    reading = [["show", "pact"] if command[0] == "show" else command for command in READING]
    for command in (*reading, ["search", "gas", "--no-update"], ["status"], CHECK, ["index"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2), (command, answer)
        assert answer.err == (
            "error: the index was made by a newer version of sinorus\n"
            "  update sinorus, or run sinorus index --rebuild\n"
        )
    assert segments(own_press) == [path]
    assert path.read_bytes() == held
    assert sinorus("index", "--rebuild").code == 0
    assert sinorus("search", "-c", "zebra OR gas").out == "3\n"
    assert sinorus("status", "--check").code == 0


def stand_in(index: Path) -> None:
    """Files named as those of the first formats."""
    (index / "_MAIN_1.toc").write_bytes(b"\x80\x04 what Whoosh wrote")
    (index / "MAIN_abcdefghijklmnop.seg").write_bytes(b"a segment")


def real(index: Path) -> None:
    """What stock Whoosh makes."""
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in

    made = create_in(str(index), Schema(name=ID(stored=True), text=TEXT))
    with made.writer() as writer:
        writer.add_document(name="x", text="A zebra of Whoosh's own")
    made.close()


def old_library(library: MakeLibrary, make: Callable[[Path], None], files: int = 3) -> Path:
    root = library({f"{n}.md": f"A zebra of {n}.\n" for n in range(files)})
    (root / "index").mkdir()
    make(root / "index")
    return root


def is_new(root: Path) -> bool:
    """Whether nothing is there but an index of today."""
    names = {path.name for path in (root / "index").iterdir()}
    ours = {path.name for path in segments(root)} | {"MAIN_WRITELOCK", "names.json"}
    return all(name.endswith(".toc") for name in names - ours) and len(names - ours) == 1


@pytest.mark.parametrize("make", [stand_in, real])
@pytest.mark.parametrize("command", [["search", "zebra", "-c"], ["sources", "-c"], ["index"]])
def test_an_index_of_an_older_format_is_rebuilt(
    library: MakeLibrary, sinorus: Sinorus, make: Callable[[Path], None], command: list[str]
) -> None:
    root = old_library(library, make)
    (root / "index/seal.json").write_text('{"files": {}}')
    if command[0] == "search":
        asleep = sinorus(*command, "--no-update")
        assert (asleep.out, asleep.code) == ("", 2)
        assert "another version of sinorus" in asleep.err
    answer = sinorus(*command)
    assert answer.code == 0, answer
    assert f"note: {REBUILT}\n" in answer.err
    assert answer.out.startswith("3 new" if command == ["index"] else "3\n")
    assert is_new(root)
    again = sinorus("search", "zebra", "-c")
    assert (again.out, again.err, again.code) == ("3\n", "", 0)
    assert sinorus("status", "--check").code == 0


def test_a_large_library_is_not_rebuilt_on_the_way(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = old_library(library, stand_in, 1_300)
    (root / "index/seal.json").write_text("{}")
    answer = sinorus("search", "zebra")
    assert (answer.out, answer.code) == ("", 2)
    assert "the index was made by another version of sinorus" in answer.err
    assert "sinorus index --rebuild" in answer.err
    assert REBUILT in sinorus("index").err
    assert sinorus("search", "zebra", "-c").out == "1300\n"


@pytest.mark.parametrize("make", [stand_in, real])
def test_what_is_no_index_of_ours_is_not_read(
    library: MakeLibrary, sinorus: Sinorus, make: Callable[[Path], None]
) -> None:
    """Without the seal that our first formats had it may be anybody's: nothing is made over it."""
    root = old_library(library, make)
    held = sorted(path.name for path in (root / "index").iterdir())
    for command in (["search", "zebra"], ["show", "0"], ["sources"], ["index"], ["status"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2), (command, answer)
        assert answer.err.startswith("error: the index is damaged: _MAIN_1.toc")
        assert "run sinorus index --rebuild" in answer.err
    assert {*held, "names.json"} >= {path.name for path in (root / "index").iterdir()}
    assert sinorus("index", "--rebuild").code == 0
    assert is_new(root)
    assert sinorus("search", "zebra", "-c").out == "3\n"
