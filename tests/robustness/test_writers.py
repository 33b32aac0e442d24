"""More than one at a time: writers wait for each other, readers for nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
Poll = Callable[[Callable[[], Any]], Any]
LARGE = {f"{n:03}.md": f"Zebra {n} " + "and many other words " * 400 + ".\n" for n in range(150)}


def held(sinorus: Sinorus, root: Path, poll: Poll) -> subprocess.Popen[bytes]:
    """A writer in the middle of its run, stopped there."""
    process = sinorus.start("index", "--rebuild")
    holder = root / "index/writer.json"
    poll(lambda: holder.exists() and str(process.pid) in holder.read_text())
    os.killpg(process.pid, signal.SIGSTOP)
    assert holder.exists()
    return process


def test_the_second_writer_waits_and_then_names_the_first(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll
) -> None:
    root = library(LARGE)
    assert sinorus("index", "--quiet").code == 0
    first = held(sinorus, root, poll)
    try:
        for flags in (["--wait", "0"], ["--wait", "0.3", "--rebuild"]):
            (root / "seeds/new.md").write_text(f"A giraffe {len(flags)}.\n")
            second = sinorus("index", *flags)
            assert (second.out, second.code) == ("", 2)
            assert f"the index is being written by process {first.pid}" in second.err
            assert "--wait" in second.err
        assert sinorus("index", "--wait", "-1").code == 2
        patient = sinorus.start("index", "--wait", "100")
        reading = sinorus("search", "zebra", "-c", "--no-update")
        assert (reading.out, reading.err) == ("150\n", "")
        answer = sinorus("search", "giraffe", "--json")
        assert (answer.json["total"], answer.json["index"]["stale"]) == (0, True)
        assert f"process {first.pid}" in answer.err
        assert patient.poll() is None
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    assert first.wait(100) == 0
    assert patient.wait(100) == 0
    assert sinorus("search", "-c", "giraffe", "--no-update").out == "1\n"
    assert not (root / "index/writer.json").exists()
    assert sinorus("status", "--check").code == 0


def test_how_long_to_wait_can_be_a_setting(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll
) -> None:
    root = library(LARGE)
    assert sinorus("index", "--quiet").code == 0
    (root / "sinorus.toml").write_text("wait = 100\n")
    first = held(sinorus, root, poll)
    (root / "seeds/new.md").write_text("A giraffe.\n")
    second = sinorus.start("index")
    os.killpg(first.pid, signal.SIGCONT)
    assert (first.wait(100), second.wait(100)) == (0, 0)
    assert sinorus("search", "-c", "giraffe", "--no-update").out == "1\n"


def test_a_writer_that_was_killed_holds_nothing(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll
) -> None:
    root = library(LARGE)
    first = held(sinorus, root, poll)
    os.kill(first.pid, signal.SIGKILL)
    os.killpg(first.pid, signal.SIGCONT)
    first.wait()
    assert sinorus("index", "--wait", "0").code == 0
    assert sinorus("search", "-c", "zebra", "--no-update").out == "150\n"


def test_a_dozen_searches_that_all_find_a_change(own_press: Path, sinorus: Sinorus) -> None:
    """One of them indexes it; the others wait for nobody, and say so if their answer is older."""
    for n in range(5):
        (own_press / f"seeds/new{n}.md").write_text("A zebra.\n")
    answers = sinorus.shell(
        "for n in 1 2 3 4 5 6 7 8 9 10 11 12; do\n"
        "  ( sinorus search -c zebra > ~/out$n 2> ~/err$n; echo $? >> ~/out$n ) &\n"
        "done; wait; for n in 1 2 3 4 5 6 7 8 9 10 11 12; do\n"
        '  echo "$(cat ~/out$n | tr "\\n" " ")/ $(cat ~/err$n | tr "\\n" " ")"\n'
        "done"
    )
    assert len(answers.lines) == 12
    for line in answers.lines:
        counted, told = line.split(" / ") if " / " in line else (line.rstrip("/ "), "")
        assert counted in ("5 0", "0 1"), line
        assert "this answer is from" in told or counted == "5 0", line
    assert "5 files changed: indexed before answering" in answers.out
    assert sinorus("search", "-c", "zebra").out == "5\n"
    assert sinorus("index").out.startswith("0 new, 0 updated, 9 unchanged")
    assert sinorus("status", "--check").code == 0


ALL = ["-n", "all", "--no-fold", "--no-notices"]
READER = """\
import sys
from pathlib import Path
from sinorus import Library

root, stop, log = sys.argv[1], Path(sys.argv[2]), open(sys.argv[3], "w")
looked = 0
while not stop.exists():
    try:
        with Library.at(root) as library:
            found = library.search("version", limit=None, fold=False, update=False)
            library.is_empty()
            list(library.sources(update=False))
            shown = library.show("07", update=False)
        texts = {hit.paragraph.text.split()[-1] for hit in found.hits}
        if len(texts) != 1 or found.total != 60 or len(shown) != 2:
            log.write(f"{looked}: {found.total} paragraphs of {sorted(texts)}\\n")
    except Exception as fault:
        log.write(f"{looked}: {type(fault).__name__}: {fault}\\n")
    log.flush()
    looked += 1
log.write(f"looked {'often' if looked > 20 else looked}\\n")
"""


def test_readers_see_one_whole_state_while_others_write(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path
) -> None:
    """Two programs that search without a pause, and the command line, while versions change."""

    def version(number: int) -> dict[str, str]:
        paragraph = f"This is version v{number}"
        return {f"{n:02}.md": f"{paragraph}\n\n{paragraph}\n" for n in range(30)}

    root = library(version(0))
    assert sinorus("index").code == 0
    (tmp_path / "reader.py").write_text(READER)
    stop = tmp_path / "stop"
    logs = [tmp_path / f"log{n}" for n in range(2)]
    readers = [
        subprocess.Popen(
            [sys.executable, str(tmp_path / "reader.py"), str(root), str(stop), str(log)],
            env={**sinorus.environment, "PYTHONWARNINGS": "default"},
            stderr=subprocess.DEVNULL,
        )
        for log in logs
    ]
    try:
        for number in range(1, 25):
            library(version(number))
            writer = sinorus.start("index", *(["--rebuild"] if number % 2 else []))
            while writer.poll() is None:
                answer = sinorus("search", "-o", "v0 OR version", *ALL, "--no-update")
                assert (answer.code, answer.err) == (0, ""), answer.err
                assert len(answer.lines) in (60, 120)
            assert writer.returncode == 0
    finally:
        stop.touch()
        codes = [reader.wait(100) for reader in readers]
    assert codes == [0, 0]
    assert [log.read_text() for log in logs] == ["looked often\n"] * 2


OPENER = """\
import sys
from pathlib import Path
from sinorus import Library

root, stop, log = sys.argv[1], Path(sys.argv[2]), open(sys.argv[3], "w")
while not stop.exists():
    try:
        with Library.at(root) as library:
            if len(library.sources(update=False)) != 30:
                log.write("a part of the documents\\n")
    except Exception as fault:
        log.write(f"{type(fault).__name__}: {fault}\\n")
    log.flush()
"""
WRITER = """\
import sys
from pathlib import Path
from sinorus import Library

for number in range(150):
    Path(sys.argv[1], "seeds/00.md").write_text(f"Zebra {number}.\\n")
    with Library.at(sys.argv[1]) as library:
        assert library.index().updated == 1
"""


def test_a_commit_is_never_taken_for_damage(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path
) -> None:
    """Two programs that do nothing but open the index, while 150 commits replace its files."""
    root = library({f"{n:02}.md": f"Zebra {n} " + "word " * 500 + "\n" for n in range(30)})
    assert sinorus("index").code == 0
    (tmp_path / "opener.py").write_text(OPENER)
    (tmp_path / "writer.py").write_text(WRITER)
    stop = tmp_path / "stop"
    logs = [tmp_path / f"log{n}" for n in range(2)]
    openers = [
        subprocess.Popen(
            [sys.executable, str(tmp_path / "opener.py"), str(root), str(stop), str(log)],
            env={**sinorus.environment, "PYTHONWARNINGS": "default"},
            stderr=subprocess.DEVNULL,
        )
        for log in logs
    ]
    try:
        written = subprocess.run(
            [sys.executable, str(tmp_path / "writer.py"), str(root)],
            env=sinorus.environment,
            capture_output=True,
            check=False,
        )
    finally:
        stop.touch()
        codes = [opener.wait(100) for opener in openers]
    assert (written.stderr.decode(), written.returncode, codes) == ("", 0, [0, 0])
    assert [log.read_text() for log in logs] == ["", ""]
