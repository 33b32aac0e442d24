"""`kill -9` at any moment of an index run: the last good state stays, the next run repairs it."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.tampering import commit

from sinorus.engines.whoosh.commit import toc_name
from sinorus.library.former import FILE, LOCK

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
Poll = Callable[[Callable[[], Any]], Any]
DOCUMENTS = 120
PARAGRAPHS = 10
KILLS = 10
"""For each of the three libraries: thirty in all."""


def text(number: int, version: int) -> str:
    """A document that says which version of itself it is, in its first and last paragraph."""
    filling = [
        " ".join(f"word{(number * 31 + n * k + version) % 997}" for k in range(1, 90))
        for n in range(PARAGRAPHS)
    ]
    stamp = f"stamp {number} in version {version}"
    return "\n\n".join([stamp, *filling, stamp]) + "\n"


def write(root: Path, versions: Mapping[int, int]) -> None:
    """Brings the files to these versions, leaving alone those that have it already."""
    for number, version in versions.items():
        path = root / f"seeds/{number:03}.md"
        if not path.exists() or path.read_text() != text(number, version):
            path.write_text(text(number, version))
    for path in (root / "seeds").iterdir():
        if int(path.stem) not in versions:
            path.unlink()


def indexed(sinorus: Sinorus) -> dict[int, int]:
    """The version of each document in the index, which must have both stamps and all between."""
    answer = sinorus(
        *("search", "stamp", "-n", "all", "--no-update", "--no-fold", "--no-notices"),
        *("--format", "template:{paragraph} {text}"),
    )
    assert (answer.code, answer.err) == (0, ""), answer.err
    stamps = sorted(answer.lines)
    found: dict[int, int] = {}
    for line in stamps:
        paragraph, _, number, _, _, version = line.split()
        assert paragraph in ("1", str(PARAGRAPHS + 2))
        assert found.setdefault(int(number), int(version)) == int(version)
    assert len(stamps) == 2 * len(found)
    return found


def workers(root: Path) -> list[int]:
    """The processes that work for a writer of this library's index."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if b"sinorus.engines.workers" not in (process / "cmdline").read_bytes():
                    continue
                opened = {str(handle.readlink()) for handle in (process / "fd").iterdir()}
            except OSError:
                continue
            if str(root / "index") in opened:
                found.append(int(process.name))
    return found


def leftovers(root: Path) -> set[str]:
    """The files of the index folder that no part of the program needs."""
    contents = commit(root)
    known = {toc_name(contents.generation), "names.json", "MAIN_WRITELOCK", FILE, LOCK}
    known |= {state.file_name() for state in contents.segments}
    return {path.name for path in (root / "index").iterdir()} - known


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_a_random_moment(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll, tmp_path: Path, seed: int
) -> None:
    del sinorus.environment["PYTHONWARNINGS"]  # what is killed leaves files open
    luck = random.Random(seed)
    noise = ""
    good = dict.fromkeys(range(DOCUMENTS), 0)
    root = library({})
    write(root, good)
    sinorus.anew = True  # as those that are killed
    started = time.monotonic()
    assert sinorus("index", "--quiet").code == 0
    length = time.monotonic() - started
    sinorus.anew = False
    assert indexed(sinorus) == good
    phases = set()
    for kill in range(1, KILLS + 1):
        wanted = {
            number: kill if luck.random() < 0.7 else good.get(number, kill)
            for number in luck.sample(range(DOCUMENTS + 20), DOCUMENTS)
        }
        write(root, wanted)
        with (tmp_path / "stderr").open("wb") as errors:
            process = sinorus.start("index", *(["--rebuild"] if kill % 2 else []), stderr=errors)
        time.sleep(luck.uniform(0, length))  # the moment is what this test is about
        ended = process.poll() is not None
        busy = bool(workers(root))
        process.kill()
        process.wait()

        there = indexed(sinorus)
        assert there in (good, wanted)
        phases.add("ended" if ended else "committed" if there == wanted else f"workers: {busy}")
        poll(lambda: not workers(root))
        noise += (tmp_path / "stderr").read_text()
        assert indexed(sinorus) == there

        if kill % 3 == 0:  # nobody runs index: the next search has to cope
            assert sinorus("search", "-c", "stamp").code == 0
        repaired = sinorus("index")
        assert (repaired.code, repaired.err) == (0, "")
        assert indexed(sinorus) == wanted
        assert sinorus("status", "--check").code == 0
        assert leftovers(root) == set()
        good = wanted
    assert noise == "", "what is left of a killed run complains"
    assert len(phases) > 1, "every kill met the run at the same place"
    incremental = sinorus("search", "word1 OR word2", "-n", "all", "--jsonl").out
    assert sinorus("index", "--rebuild").code == 0
    assert sinorus("search", "word1 OR word2", "-n", "all", "--jsonl").out == incremental


def test_killed_before_there_was_any_index(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll
) -> None:
    root = library({})
    write(root, dict.fromkeys(range(DOCUMENTS), 0))
    process = sinorus.start("index")
    poll(lambda: workers(root) or process.poll() is not None)
    process.kill()
    process.wait()
    poll(lambda: not workers(root))
    answer = sinorus("search", "-c", "stamp")
    assert answer.out == f"{2 * DOCUMENTS}\n", answer.err
    assert leftovers(root) == set()


KILLED = """\
import os, signal, sys
from sinorus.engines.whoosh.indexer import writer

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

renamed = os.rename

def rename(name, target, **handles):
    die() if target.endswith(".toc") else renamed(name, target, **handles)

calls = []
moment = sys.argv.pop(1)
if moment == "before the table of contents":
    writer.write_commit = die
elif moment == "before it has its name":
    os.rename = rename
else:
    writer.remove_orphans = lambda *_: calls.append(None) or len(calls) == 2 and die()
import sinorus.cli.main as cli
sys.exit(cli.run(["index", *sys.argv[1:]]))
"""


@pytest.mark.parametrize("flags", [[], ["--rebuild"]], ids=["a change", "a rebuild"])
@pytest.mark.parametrize(
    ("moment", "seen"),
    [
        ("before the table of contents", False),
        ("before it has its name", False),
        ("after it has", True),
    ],
)
def test_killed_between_writing_the_segments_and_the_table_of_contents(
    own_press: Path, sinorus: Sinorus, tmp_path: Path, moment: str, seen: bool, flags: list[str]
) -> None:
    before = sinorus("search", "gas", "--jsonl").out
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    (tmp_path / "killed.py").write_text(KILLED)
    killed = subprocess.run(
        [sys.executable, str(tmp_path / "killed.py"), moment, *flags],
        cwd=own_press,
        env=sinorus.environment,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert leftovers(own_press)
    for _ in range(2):
        answer = sinorus("search", "gas", "--jsonl", "--no-update", "--no-notices")
        assert (answer.err, answer.code) == ("", 0)
        assert answer.out == before or seen  # one document more, and every score is another
        assert [hit["id"] for hit in answer.records] == [
            json.loads(line)["id"] for line in before.splitlines()
        ]
        zebras = sinorus("search", "-o", "zebra", "--no-update")
        assert len(zebras.lines) == seen
        assert sinorus("status", "--check").code == 0
    assert sinorus("index").code == 0
    assert leftovers(own_press) == set()
    assert sinorus("search", "-c", "zebra", "--no-update").out == "1\n"
    assert sinorus("status", "--check").code == 0


def test_what_killed_runs_left_behind_is_cleared_away(own_press: Path, sinorus: Sinorus) -> None:
    """Files as they are left by a kill in the middle of writing them."""
    index = own_press / "index"
    (index / "writer.json").write_text('{"pid": 1, "host": "gone"}')
    (index / "MAIN_abcdefghijklmnop.seg").write_bytes(b"half a segment")
    (index / "MAIN_abcdefghijklmnop.pst").write_bytes(b"half")
    (index / "MAIN_0123456789abcdef.sin").write_bytes(bytes(64) + b"without a header")
    (index / "_MAIN_1.toc.4194304").write_bytes(b"half a table of contents")
    (index / "seal.json.4194304").write_text("{")
    (index / "names.json.4194304").write_text("{")
    (index / "writer.json.0123456789abcdef").write_text("{")
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    assert sinorus("index").code == 0
    assert leftovers(own_press) == set()
