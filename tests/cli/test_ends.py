"""How the program ends: exit codes, closed pipes, full disks, Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import MakeLibrary, Poll, Sinorus

LARGE = {
    f"{n:03}.md": f"# Chapter {n}\n\n"
    + "\n\n".join(
        f"Paragraph {k} of chapter {n}: "
        + " ".join(f"word{(n * 31 + k * w) % 997}" for w in range(60))
        for k in range(12)
    )
    + "\n"
    for n in range(240)
}
"""Enough for an index run to take seconds and processes of its own."""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "gas"], 0),
        (["search", "submarine"], 1),
        (["search", "(gas"], 2),
        (["search", "--nonsense"], 2),
        (["search", "-c", "submarine"], 1),
        (["search", "-l", "submarine"], 1),
        (["search", "-L", "alliance OR gas OR газ OR 天然气"], 1),
        (["search", "-q", "gas"], 0),
        (["search", "-q", "submarine"], 1),
        (["show", "pact"], 0),
        (["show", "pakt"], 2),
        (["compare", "gas"], 0),
        (["compare", "submarine"], 1),
        (["compare", "gas", "--by", "size"], 2),
        (["sources"], 0),
        (["sources", "--lang", "fr"], 1),
        (["sources", "--lang"], 2),
        (["status"], 0),
        (["status", "--format", "csv"], 2),
        (["index", "--files-from", "missing"], 2),
        (["add"], 2),
        (["nonsense"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_exit_codes(press: Path, sinorus: Sinorus, arguments: list[str], code: int) -> None:
    answer = sinorus(*arguments)
    assert answer.code == code, answer.err
    if code == 2:
        assert answer.out == ""
        assert answer.err.startswith("error: ")


@pytest.mark.parametrize(
    "command",
    [
        "search the -n all",
        "search the -n all --json",
        "search the -n all --csv",
        "search the -n all --format rich",
        "search the -n all --vimgrep",
        "show what-drives-and-divides",
        "compare china --by document -n 20",
        "sources --json",
    ],
)
def test_a_closed_pipe_is_a_quiet_success(seeds: Path, sinorus: Sinorus, command: str) -> None:
    answer = sinorus.shell(
        f"set -o pipefail\n( sinorus {command}; echo $? > ~/code ) | head -c 1 > ~/out"
    )
    assert answer.err == "" or answer.err.startswith("note: ")
    assert "Traceback" not in answer.err
    assert (sinorus.home / "code").read_text() == "0\n"


def test_a_reader_that_is_gone_before_anything_is_said(seeds: Path, sinorus: Sinorus) -> None:
    answer = sinorus.shell(
        "( sleep 0.2; sinorus search -l -0 the; echo $? > ~/code ) | true\n"
        "until [ -s ~/code ]; do :; done"
    )
    assert "Traceback" not in answer.err
    assert (sinorus.home / "code").read_text() == "0\n"


@pytest.mark.parametrize("command", ["search gas", "search gas -l -0", "sources", "status", "-h"])
def test_a_full_disk_is_an_error_and_no_bug(press: Path, sinorus: Sinorus, command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    answer = sinorus.shell(f"sinorus {command} > /dev/full")
    assert "Traceback" not in answer.err
    assert "space" in answer.err
    assert answer.code == 2


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_closed_stream_is_no_bug(press: Path, sinorus: Sinorus, closed: str) -> None:
    answer = sinorus.shell(f"sinorus search gas {closed}")
    assert "Traceback" not in answer.err, answer.err
    assert answer.code in ((2,) if closed == ">&-" else (0,))


def test_nothing_piped_in_is_no_bug(press: Path, sinorus: Sinorus) -> None:
    for command in ("search -", "search --queries -", "show -", "index --files-from -"):
        answer = sinorus.shell(f"sinorus {command} <&-")
        assert "Traceback" not in answer.err, answer.err


def children(process: int) -> list[int]:
    """The processes that a process started and that still run."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in listed.split()]


def running(process: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("when", ["lock", "workers", "segments"])
def test_ctrl_c_leaves_the_index_as_it_was(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll, tmp_path: Path, when: str
) -> None:
    """The signal goes to the whole group, as from a keyboard, in three phases of the run."""
    root = library(LARGE)
    assert sinorus("index", "--quiet").code == 0
    before = sinorus("search", "chapter", "-n", "all", "--jsonl", "--no-update").out
    (root / "seeds/new.md").write_text("A zebra.\n")
    del sinorus.environment["PYTHONWARNINGS"]  # what is interrupted may leave a file open
    parts = len(list((root / "index").glob("MAIN_*")))
    with (tmp_path / "stderr").open("wb") as errors:
        process = sinorus.start("index", "--rebuild", stderr=errors)
    phases = {
        "lock": (root / "index/writer.json").exists,
        "workers": lambda: children(process.pid),
        "segments": lambda: len(list((root / "index").glob("MAIN_*"))) > parts,
    }
    poll(lambda: phases[when]() or process.poll() is not None)
    workers = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    poll(lambda: not any(running(worker) for worker in workers))
    (said,) = (tmp_path / "stderr").read_text().split("\n")[:1]
    assert re.match(r"note: interrupted( at \d+ of 241 files)?: the index is that of 20", said), (
        said
    )
    assert "240 documents" in said
    assert said.endswith("), as before this run: run sinorus index again")
    after = sinorus("search", "chapter", "-n", "all", "--jsonl", "--no-update").out
    assert after == before
    assert sinorus("search", "-c", "zebra", "--no-update").out == "0\n"
    assert sinorus("index").out.startswith("1 new, 0 updated, 240 unchanged")
    assert not (root / "index/writer.json").exists()


def test_ctrl_c_during_a_search_that_builds_the_index(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll
) -> None:
    library(LARGE)
    process = sinorus.start("search", "chapter")
    poll(lambda: children(process.pid) or process.poll() is not None)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    assert sinorus("search", "-c", "chapter").out == f"{len(LARGE) * 13}\n"
