"""A disk that is full: a run says so in a sentence, leaves the index as it was, and no litter."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.tampering import commit

from sinorus.engines.whoosh.commit import toc_name
from sinorus.library.former import FILE

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
KIB = 1 << 10


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[Path, int], Path]]:
    """Mounts a file system of so many KiB where a library has its index."""
    mounted: list[Path] = []

    def mount(root: Path, size: int) -> Path:
        index = root / "index"
        index.mkdir(exist_ok=True)
        options = f"size={size}k,nr_inodes=100"
        command = ["mount", "-t", "tmpfs", "-o", options, "sinorus-test", str(index)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        mounted.append(index)
        return index

    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a file system")
    yield mount
    for index in mounted:
        subprocess.run(["umount", str(index)], check=True)


def resize(index: Path, size: int) -> None:
    """Makes the file system larger or smaller; it must hold what is in it."""
    command = ["mount", "-o", f"remount,size={size}k", str(index)]
    subprocess.run(command, check=True, capture_output=True)


def used(index: Path) -> int:
    """The KiB that are taken."""
    system = os.statvfs(index)
    return (system.f_blocks - system.f_bfree) * system.f_frsize // KIB


def words(count: int, seed: int) -> str:
    """Paragraphs of words that compress badly."""
    luck = random.Random(seed)
    return "\n\n".join(
        " ".join(f"{luck.getrandbits(40):x}" for _ in range(60)) for _ in range(count // 60)
    )


def needless(index: Path) -> set[str]:
    """The names in the folder that neither the commit nor the program needs."""
    contents = commit(index.parent)
    known = {toc_name(contents.generation), "MAIN_WRITELOCK", "names.json", FILE}
    known |= {state.file_name() for state in contents.segments}
    return {path.name for path in index.iterdir()} - known


def one_sentence(said: str) -> bool:
    """Whether an error is a sentence and a hint."""
    lines = said.splitlines()
    return (
        len(lines) == 2
        and lines[0].startswith("error: ")
        and "No space left on device" in lines[0]
        and "make room" in lines[1]
    )


@pytest.mark.parametrize("how", ["a change", "a rebuild", "a merge", "processes"])
def test_a_full_disk_at_every_step(
    library: MakeLibrary,
    sinorus: Sinorus,
    disk: Callable[[Path, int], Path],
    how: str,
) -> None:
    """From no room at all, some KiB more each time, until the run has what it needs."""
    root = library({f"{n}.md": f"A zebra, number {n}.\n\n{words(900, n)}\n" for n in range(3)})
    index = disk(root, 20_000)
    assert sinorus("index", "--quiet").code == 0
    if how == "a merge":
        for number in range(6):
            (root / f"seeds/small{number}.md").write_text(f"A giraffe, number {number}.\n")
            assert sinorus("index", "--quiet").code == 0
        assert len(commit(root).segments) == 7
    before = sinorus("search", "zebra", "--jsonl", "--no-update").out
    (root / "seeds/new.md").write_text(f"A new giraffe.\n\n{words(900, 9)}\n")
    if how == "processes":
        (root / "seeds/large.txt").write_text(f"{words(60_000, 10)}\n")
    flags = ["--rebuild"] if how == "a rebuild" else []
    taken = used(index)
    step = {"processes": 400, "a rebuild": 12, "a merge": 12}.get(how, 4)
    failures = 0
    for room in range(0, 100 * step, step):
        resize(index, taken + room)
        answer = sinorus("index", *flags)
        if answer.code == 0:
            break
        failures += 1
        assert (answer.out, answer.code) == ("", 2), (room, answer)
        assert one_sentence(answer.err), (room, answer.err)
        found = sinorus("search", "zebra", "--jsonl", "--no-update", "--no-notices")
        assert (found.out, found.err, found.code) == (before, "", 0), room
        assert needless(index) == set(), room
        assert used(index) <= taken, room
    else:
        pytest.fail("there was never room enough")
    assert failures >= 5, "every step but the first had room enough"
    assert needless(index) == set()
    assert sinorus("search", "-c", "new NEAR/2 giraffe", "--no-update").out == "1\n"
    assert sinorus("status", "--check").code == 0


def test_a_search_on_a_full_disk_answers_from_before(
    library: MakeLibrary, sinorus: Sinorus, disk: Callable[[Path, int], Path]
) -> None:
    root = library({"a.md": "A zebra.\n"})
    index = disk(root, 1_000)
    assert sinorus("search", "-c", "zebra").out == "1\n"
    resize(index, used(index))
    (root / "seeds/b.md").write_text("A zebra more.\n")
    answer = sinorus("search", "-c", "zebra")
    assert (answer.out, answer.code) == ("1\n", 0)
    assert "No space left on device; this answer is from" in answer.err
    resize(index, 1_000)
    assert sinorus("search", "-c", "zebra").out == "2\n"


def test_there_never_was_an_index(
    library: MakeLibrary, sinorus: Sinorus, disk: Callable[[Path, int], Path]
) -> None:
    root = library({f"{n}.md": f"A zebra.\n\n{words(900, n)}\n" for n in range(3)})
    index = disk(root, 16)
    for command in (["index"], ["search", "zebra"], ["index", "--rebuild"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2)
        assert one_sentence(answer.err), answer.err
        assert {path.name for path in index.iterdir()} <= {"MAIN_WRITELOCK", "names.json"}
    resize(index, 1_000)
    assert sinorus("search", "-c", "zebra").out == "3\n"


AGAIN = """\
import subprocess, sys
from sinorus import Library
from sinorus.errors import SinorusError

index, size = sys.argv[2:]
with Library.at(sys.argv[1]) as library:
    for _ in range(3):
        try:
            library.index(rebuild=True)
        except SinorusError as fault:
            print("refused" if "No space left" in fault.message else fault.message)
    subprocess.run(["mount", "-o", f"remount,size={size}k", index], check=True)
    print(library.index(rebuild=True).documents)
"""


def test_a_process_that_met_a_full_disk_can_write_later(
    library: MakeLibrary, sinorus: Sinorus, disk: Callable[[Path, int], Path]
) -> None:
    """The lock is free again, also where there was no room to note who holds it."""
    root = library({"a.md": f"A zebra.\n\n{words(900, 1)}\n"})
    index = disk(root, 1_000)
    assert sinorus("index", "--quiet").code == 0
    resize(index, used(index))
    done = subprocess.run(
        [sys.executable, "-c", AGAIN, str(root), str(index), "1000"],
        env=sinorus.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("refused\n" * 3 + "1\n", "", 0)
