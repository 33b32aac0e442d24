"""A reader that stays: it answers from the commit that it opened, whatever becomes of the files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.tampering import segments

from sinorus import Library
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.engines.whoosh.indexer.merge_policy import MergePolicy
from sinorus.engines.whoosh.indexer.writer import WriteOptions

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]


def texts(library: Library, query: str) -> list[str]:
    """The paragraphs that match, from the index as it is."""
    found = library.search(query, limit=None, fold=False, update=False)
    assert found.total == len(found.hits)
    return sorted(hit.paragraph.text for hit in found.hits)


def everything(library: Library) -> object:
    """All that is asked of a library here, read anew from its segments."""
    shown = [one.paragraph.text for one in library.show("old2", update=False)]
    names = [document.id for document in library.sources(update=False)]
    return texts(library, "zebra"), texts(library, "striped OR giraffe"), shown, names


def test_a_library_stays_open_over_ten_commits_and_their_merges(
    library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WhooshEngine, "writing", WriteOptions(MergePolicy(together=2)))
    root = library({f"old{n}.md": f"A zebra, number {n}.\n\nIt is striped.\n" for n in range(5)})
    with Library.at(root) as writing:
        writing.index()
    first = segments(root)
    with Library.at(root) as asked, Library.at(root) as opened:
        before = everything(asked)
        opened.is_empty()  # this one has not read anything else yet
        for number in range(10):
            (root / f"seeds/old{number % 5}.md").write_text(f"A giraffe, number {number}.\n")
            with Library.at(root) as writing:
                assert writing.index().updated == 1
            assert len(segments(root)) < 4, "nothing was merged"
            assert everything(asked) == before
        assert not any(path.exists() for path in first)
        assert everything(opened) == before
        assert everything(asked) == before
        assert asked.status(check=True).damage == ()
        with Library.at(root) as new:
            assert texts(new, "zebra") == []
            assert texts(new, "giraffe") == [f"A giraffe, number {n}." for n in range(5, 10)]
            assert new.status(check=True).damage == ()
        asked.close()
        assert texts(asked, "giraffe") == [f"A giraffe, number {n}." for n in range(5, 10)]


READER = """\
import sys
from sinorus import Library

with Library.at(sys.argv[1]) as library:
    library.is_empty()
    print("open", flush=True)
    for line in sys.stdin:
        found = library.search(line.strip(), limit=None, fold=False, update=False)
        print(found.total, *sorted(hit.paragraph.id for hit in found.hits), flush=True)
"""


def test_a_process_stays_open_while_others_write(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path
) -> None:
    """Ten index runs, each with a segment of its own, of which the eighth makes one of them all."""
    root = library({f"old{n}.md": f"A zebra, number {n}.\n" for n in range(3)})
    assert sinorus("index").code == 0
    first = segments(root)
    (tmp_path / "reader.py").write_text(READER)
    reader = subprocess.Popen(
        [sys.executable, str(tmp_path / "reader.py"), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=sinorus.environment,
        text=True,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None

    def ask(query: str) -> str:
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write(f"{query}\n")
        reader.stdin.flush()
        return reader.stdout.readline().strip()

    try:
        assert reader.stdout.readline() == "open\n"
        most = 0
        for number in range(10):
            (root / f"seeds/new{number}.md").write_text(f"A zebra and a giraffe, {number}.\n")
            assert sinorus("index", "--quiet").code == 0
            most = max(most, len(segments(root)))
            if number % 2:
                assert ask("zebra") == "3 old0#1 old1#1 old2#1"
        assert most == 7
        assert len(segments(root)) < most
        assert not first[0].exists()
        assert sinorus("index", "--rebuild", "--quiet").code == 0
        assert ask("giraffe") == "0"
        assert ask("old0 OR zebra NEAR/3 number") == "3 old0#1 old1#1 old2#1"
        assert sinorus("search", "zebra", "-c").out == "13\n"
    finally:
        reader.stdin.close()
        assert reader.wait(100) == 0
        reader.stdout.close()


def test_a_writer_beside_a_reader_that_looks_again(library: MakeLibrary, sinorus: Sinorus) -> None:
    """The same object, closed between two looks, sees what was committed between them."""
    root = library({"a.md": "A zebra.\n"})
    with Library.at(root) as reading, Library.at(root) as writing:
        writing.index()
        for number in range(12):
            assert len(texts(reading, "zebra")) == number + 1
            (root / f"seeds/{number}.md").write_text("A zebra more.\n")
            writing.index()
            assert len(texts(reading, "zebra")) == number + 1
            reading.close()
