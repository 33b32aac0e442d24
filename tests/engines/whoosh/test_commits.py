"""One commit is read once, and never taken for another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from support.conformance import found, make, put

from sinorus import Library
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.files import Folder

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables of contents that are read, in order."""
    names: list[str] = []
    actual = Folder.read

    def counted(folder: Folder, name: str, most: int) -> bytes:
        if name.endswith(".toc"):
            names.append(name)
        return actual(folder, name, most)

    monkeypatch.setattr(Folder, "read", counted)
    return names


def test_an_index_run_reads_the_table_of_contents_once(
    library: MakeLibrary, read: list[str]
) -> None:
    root = library({f"{n}.md": f"A zebra of {n}.\n" for n in range(3)})
    runs: list[tuple[int, list[str]]] = []
    for number, rebuild in enumerate([False, False, False, True]):
        if number != 1:
            (root / f"seeds/new{number}.md").write_text("A giraffe.\n")
        with Library.at(root) as opened:
            report = opened.index(rebuild=rebuild)
            runs.append((report.documents, read.copy()))
            assert opened.search("zebra", update=False).total == 3
        read.clear()
    assert runs == [
        (4, []),
        (4, ["_MAIN_0.toc"]),  # nothing had changed
        (5, ["_MAIN_0.toc"]),
        (6, ["_MAIN_1.toc"]),
    ]


def test_a_search_that_indexes_first_reads_it_once(library: MakeLibrary, read: list[str]) -> None:
    root = library({"a.md": "A zebra.\n"})
    with Library.at(root) as opened:
        opened.index()
    (root / "seeds/b.md").write_text("Another zebra.\n")
    read.clear()
    with Library.at(root) as opened:
        assert opened.search("zebra").total == 2
    assert read == ["_MAIN_0.toc"]


def test_what_another_has_committed_meanwhile_is_seen_by_a_writer(tmp_path: Path) -> None:
    with closing(WhooshEngine(tmp_path)) as engine, closing(WhooshEngine(tmp_path)) as other:
        put(engine, make("a", ["word"]))
        assert found(engine, "word") == ["a#1"]
        put(other, make("b", ["word"]))
        with engine.writer() as writer:
            assert [one.document for one in writer.fingerprints()] == ["a", "b"]
            assert found(engine, "word") == ["a#1", "b#1"]
            writer.add(make("c", ["word"]))
        assert found(engine, "word") == ["a#1", "b#1", "c#1"]
        assert engine.check() == []


def test_another_index_with_the_same_number_is_not_the_one_that_was_read(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with closing(WhooshEngine(index)) as engine, closing(WhooshEngine(index)) as other:
        put(engine, make("a", ["word"]))
        assert engine.info().documents == 1
        shutil.rmtree(index)
        put(other, make("b", ["word"]))
        assert [path.name for path in index.glob("*.toc")] == ["_MAIN_0.toc"]
        with engine.writer() as writer:
            assert [one.document for one in writer.fingerprints()] == ["b"]
            writer.add(make("c", ["word"]))
        assert found(engine, "word") == ["b#1", "c#1"]


def test_a_fault_of_a_caller_stays_that_fault_without_an_index(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    with pytest.raises(ZeroDivisionError), engine.writer():
        print(1 / 0)
