"""What is decided is decided under the lock: no order of events leaves a wrong answer for good."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.engines.whoosh.indexer.live_documents import LiveDocuments
from sinorus.files import Tree
from sinorus.library.reading import read_file
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.walk import walk

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
Poll = Callable[[Callable[[], Any]], Any]


@contextmanager
def held(root: Path) -> Iterator[None]:
    """The lock of the index, as any other writer has it."""
    with (root / "index/MAIN_WRITELOCK").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def started(sinorus: Sinorus, *arguments: str) -> subprocess.Popen[bytes]:
    """A command that waits for the lock: it has looked at the files before."""
    process = sinorus.start(*arguments)
    name = f"/proc/{process.pid}/fd"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            opened = [str((Path(name) / fd).readlink()) for fd in os.listdir(name)]  # noqa: PTH208
        except OSError:
            opened = []
        if any(path.endswith("MAIN_WRITELOCK") for path in opened):
            return process
        time.sleep(0.01)
    raise AssertionError("it never asked for the lock")


def ids(sinorus: Sinorus) -> list[str]:
    """The ids of all documents."""
    return [one["id"] for one in sinorus("sources", "--json", "--no-update").json["results"]]


def test_two_waiting_writers_make_no_double_id(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "A zebra.\n"})
    assert sinorus("index").code == 0
    with held(root):
        (root / "seeds/p2.md").write_text("---\nid: x\n---\nA second giraffe.\n")
        second = started(sinorus, "index", "--wait", "60")
        (root / "seeds/p1.md").write_text("---\nid: x\n---\nA first giraffe.\n")
        first = started(sinorus, "index", "--wait", "60")
    assert (first.wait(60), second.wait(60)) == (0, 0)
    assert sorted(ids(sinorus)) == ["a", "x", "x~2"]
    assert sinorus("search", "giraffe", "-c").out == "2\n"
    assert len(sinorus("show", "x#1").lines) == 1
    assert sinorus("status", "--check").code == 0


@pytest.mark.parametrize("event", ["new", "changed", "removed", "renamed", "folder gone"])
def test_what_happens_while_a_writer_waits_is_seen(
    library: MakeLibrary, sinorus: Sinorus, event: str
) -> None:
    root = library({"a.md": "A zebra.\n", "box/b.md": "A giraffe.\n"})
    assert sinorus("index").code == 0
    (root / "seeds/c.md").write_text("A walrus.\n")
    with held(root):
        waiting = started(sinorus, "index", "--wait", "60")
        if event == "new":
            (root / "seeds/d.md").write_text("A walrus too.\n")
        elif event == "changed":
            (root / "seeds/c.md").write_text("A walrus and a walrus.\n\nA walrus.\n")
        elif event == "removed":
            (root / "seeds/c.md").unlink()
        elif event == "renamed":
            (root / "seeds/c.md").rename(root / "seeds/d.md")
        else:
            (root / "seeds/box").rename(root / "box")
    assert waiting.wait(60) == 0
    walruses = {"new": "2", "changed": "2", "removed": "0"}.get(event, "1")
    assert sinorus("search", "walrus", "-c", "--no-update").out == f"{walruses}\n"
    giraffes = "0" if event == "folder gone" else "1"
    assert sinorus("search", "giraffe", "-c", "--no-update").out == f"{giraffes}\n"
    assert sinorus("index").out.startswith("0 new, 0 updated")


def test_another_writers_change_is_not_made_again_nor_lost(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    """Ten writers wait; each finds what those before it did."""
    root = library({"a.md": "A zebra.\n"})
    assert sinorus("index").code == 0
    waiting = []
    with held(root):
        for number in range(10):
            (root / f"seeds/n{number}.md").write_text(f"---\nid: n\n---\nGiraffe {number}.\n")
            waiting.append(started(sinorus, "index", "--wait", "60"))
    assert [process.wait(60) for process in waiting] == [0] * 10
    assert sorted(ids(sinorus)) == sorted(["a", "n", *(f"n~{k}" for k in range(2, 11))])
    assert sinorus("status", "--check").code == 0
    commits = [path.name for path in (root / "index").glob("_MAIN_*.toc")]
    assert commits == ["_MAIN_1.toc"], "nine of them had nothing to do"


def doubled(root: Path, *names: str) -> None:
    """An index in which two files have one id, as versions before made it."""
    engine, tree = WhooshEngine(root / "index"), Tree(str(root))
    with engine.writer() as writer:
        for entry in walk(tree, ["seeds"]).entries:
            if entry.path.rpartition("/")[2] in names:
                list(writer.ingest(read_file, Conversions(tree), [(entry, None)]))


def test_a_double_id_is_found_and_mended(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "A zebra.\n"})
    assert sinorus("index").code == 0
    for name in ("p1.md", "p2.md"):
        (root / f"seeds/{name}").write_text(f"---\nid: x\n---\nA giraffe of {name[:2]}.\n")
        doubled(root, name)
    assert sorted(ids(sinorus)) == ["a", "x", "x"]
    checked = sinorus("status", "--check")
    assert checked.code == 2
    assert "2 documents have the id x" in checked.out + checked.err
    answer = sinorus("search", "giraffe", "--jsonl")
    assert sorted(one["id"] for one in answer.records) == ["x#1", "x~2#1"]
    assert sorted(ids(sinorus)) == ["a", "x", "x~2"]
    assert sinorus("status", "--check").code == 0
    assert sinorus("index").out.startswith("0 new, 0 updated, 3 unchanged")


def test_a_double_path_is_found_and_mended(
    library: MakeLibrary, sinorus: Sinorus, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = library({"a.md": "A zebra.\n"})
    assert sinorus("index").code == 0
    engine, tree = WhooshEngine(root / "index"), Tree(str(root))
    with engine.writer() as writer, monkeypatch.context() as patched:
        patched.setattr(LiveDocuments, "delete_path", lambda *_: None)
        (root / "seeds/a.md").write_text("A giraffe.\n")
        list(
            writer.ingest(read_file, Conversions(tree), [(walk(tree, ["seeds"]).entries[0], None)])
        )
    assert ids(sinorus) == ["a", "a"]
    assert sinorus("status", "--check").code == 2
    assert sinorus("index").code == 0
    assert ids(sinorus) == ["a"]
    assert sinorus("search", "giraffe", "-c").out == "1\n"
    assert sinorus("search", "zebra", "-c").out == "0\n"
    assert sinorus("status", "--check").code == 0


@pytest.mark.parametrize("command", [["search", "zebra", "-c"], ["sources", "--json"]], ids=str)
@pytest.mark.parametrize("documents", [8, 150])
def test_eight_first_searches_at_once(
    library: MakeLibrary, sinorus: Sinorus, command: list[str], documents: int
) -> None:
    """One makes the index, the others wait for it; all of them answer."""
    root = library({f"{n}.md": f"A zebra.\n\n{'word ' * 2_000}\n" for n in range(documents)})
    processes = [
        subprocess.Popen(
            sinorus.command(*command),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=root,
            env=sinorus.environment,
        )
        for _ in range(8)
    ]
    said = [(*process.communicate(timeout=100), process.returncode) for process in processes]
    assert [code for _, _, code in said] == [0] * 8, said
    assert len({out for out, _, _ in said}) == 1, said
    assert sum(f"indexed {documents} documents".encode() in err for _, err, _ in said) == 1, said
    assert (root / "index/_MAIN_0.toc").exists(), "it was made once"
    assert sinorus("status", "--check").code == 0


def test_who_makes_no_progress_is_not_waited_for(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll
) -> None:
    """The one that makes the first index is stopped; the others say so and go on when it does."""
    root = library({f"{n:03}.md": "A zebra. " + "word " * 3_000 for n in range(190)})
    first = sinorus.start("index")
    holder = root / "index/writer.json"
    poll(lambda: holder.exists() and str(first.pid) in holder.read_text())
    os.killpg(first.pid, signal.SIGSTOP)
    try:
        waiting = sinorus("search", "zebra", "-c", env={"SINORUS_WAIT": "1"})
        assert (waiting.out, waiting.code) == ("", 2)
        assert "another process makes the first index" in waiting.err
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    assert sinorus("search", "zebra", "-c").out == "190\n"
    assert first.wait(60) == 0


def test_three_hundred_files_are_renamed(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({f"{n:03}.md": f"Zebra {n}.\n" for n in range(300)})
    assert sinorus("index").code == 0
    for path in sorted((root / "seeds").iterdir()):
        path.rename(path.with_name(f"new-{path.name}"))
    assert "600 files changed: indexed" in sinorus("search", "zebra", "-c").err
    assert sinorus("index").out.startswith("0 new, 0 updated, 300 unchanged, 0 removed")
    found = sinorus("search", "zebra", "-l", "-n", "all").lines
    assert found == [f"seeds/new-{n:03}.md" for n in range(300)] or sorted(found) == [
        f"seeds/new-{n:03}.md" for n in range(300)
    ]
    assert sinorus("status", "--check").code == 0
    names = [f"{n:03}" for n in range(300)]
    for name in names:  # and each gets the name of the next
        (root / f"seeds/new-{name}.md").rename(root / f"seeds/x{name}.md")
    for at, name in enumerate(names):
        (root / f"seeds/x{name}.md").rename(root / f"seeds/new-{names[at - 1]}.md")
    assert sinorus("index").code == 0
    shown = sinorus("show", "new-000", "new-299")
    assert [line.rpartition(":")[2] for line in shown.lines] == ["Zebra 1.", "Zebra 0."]
