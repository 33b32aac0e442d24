"""The edges of a system: few descriptors, little memory, a full standard error, signals, SIGBUS."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from support.small_libraries import PRESS

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
Poll = Callable[[Callable[[], Any]], Any]
COMMANDS = ["search gas -c", "index", "index --rebuild", "show pact", "compare gas --by lang"]


LIMIT = """\
import os, resource, sys
which, most = getattr(resource, sys.argv[1]), int(sys.argv[2])
resource.setrlimit(which, (most, most))
os.execv(sys.executable, [sys.executable, "-m", "sinorus", *sys.argv[3:]])
"""


class Ended(NamedTuple):
    """What a process said and how it ended."""

    out: str
    err: str
    code: int


def limited(sinorus: Sinorus, which: str, most: int, command: str) -> Ended:
    """What a command says under a limit."""
    done = subprocess.run(
        [sys.executable, "-c", LIMIT, which, str(most), *shlex.split(command)],
        capture_output=True,
        text=True,
        cwd=sinorus.cwd,
        env=sinorus.environment,
        check=False,
    )
    return Ended(done.stdout, done.stderr, done.returncode)


def told(answer: Ended) -> bool:
    """Whether it is an answer, or ends in one sentence with a hint that says what is short."""
    if answer.code in (0, 1):
        return "Traceback" not in answer.err
    lines = answer.err.splitlines()[-2:]
    return (
        answer.code == 2
        and "Traceback" not in answer.err
        and ("not enough memory" in lines[0] or "too many open files" in lines[0])
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_few_descriptors_are_called_that(own_press: Path, sinorus: Sinorus, command: str) -> None:
    """From so few that Python itself just starts to as many as are needed."""
    failed = 0
    for number in range(5, 14):
        answer = limited(sinorus, "RLIMIT_NOFILE", number, command)
        assert told(answer), (number, answer)
        assert "damage" not in answer.err
        assert answer.code == 0 or "too many open files" in answer.err, (number, answer)
        failed += answer.code == 2
    assert answer.code == 0
    assert failed, "six were enough"
    assert sinorus("status", "--check").code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_little_memory_is_called_that(own_press: Path, sinorus: Sinorus, command: str) -> None:
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    failed = 0
    for size in range(30_000, 330_000, 20_000):
        answer = limited(sinorus, "RLIMIT_AS", size << 10, command)
        if "sinorus" not in answer.err and answer.code not in (0, 1, 2):
            continue  # Python itself does not start
        assert told(answer), (size, answer)
        failed += answer.code == 2
    assert answer.code == 0, answer
    assert failed or not command.startswith("index"), "there was always room enough"
    assert sinorus("status", "--check").code == 0


@pytest.mark.parametrize("size", [120_000, 150_000, 200_000])
def test_processes_that_get_no_memory_are_told_of(
    library: MakeLibrary, sinorus: Sinorus, size: int
) -> None:
    library({f"{n:03}.md": f"A zebra {n}.\n" for n in range(600)})
    answer = limited(sinorus, "RLIMIT_AS", size << 10, "index")
    assert told(answer) or (
        answer.code == 2
        and "a process that works for this one was ended" in answer.err
        and len(answer.err.splitlines()) == 2
    ), answer
    assert sinorus("search", "zebra", "-c", env={"SINORUS_WAIT": "0"}).code in (0, 2)
    assert sinorus("index").code == 0


@pytest.mark.parametrize(
    ("command", "out"),
    [
        ("index", "1 new, "),
        ("search gas -c", "2\n"),
        ("search 'gas AND ('", ""),
        ("search nowhere", ""),
        ("nonsense", ""),
        ("show nobody", ""),
    ],
)
def test_a_full_standard_error_loses_no_answer(
    own_press: Path, sinorus: Sinorus, command: str, out: str
) -> None:
    """The answer is whole, and the exit code says that something could not be said."""
    (own_press / "seeds/faulty.md").write_text("---\ndate: next spring\n---\nA zebra.\n")
    answer = sinorus.shell(f"sinorus {command} 2>/dev/full")
    assert answer.out.startswith(out)
    assert (bool(answer.out), answer.code) == (bool(out), 2)
    assert sinorus("index", "--quiet").code == 0


def test_a_full_standard_error_is_spoken_of_on_a_terminal(
    own_press: Path, sinorus: Sinorus
) -> None:
    (own_press / "seeds/faulty.md").write_text("---\ndate: next spring\n---\nA zebra.\n")
    program = sinorus.home / "full"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sinorus "$@" 2>/dev/full\n')
    program.chmod(0o755)
    sinorus.prefix = [str(program)]
    command = sinorus.command
    sinorus.command = lambda *given: command(*given)[:1] + list(given)  # type: ignore[method-assign]
    answer = sinorus.terminal("index")
    assert "standard error cannot be written: No space left on device" in answer.out
    assert answer.code == 2


LARGE = {f"{n:03}.md": f"Zebra {n} " + "and many other words " * 2_000 + ".\n" for n in range(700)}


@pytest.fixture
def running(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll, tmp_path: Path
) -> Callable[[], tuple[subprocess.Popen[bytes], Path]]:
    """A run of `index` in the middle of its work, in a group of its own; where its words go."""
    root = library(LARGE)

    def started() -> tuple[subprocess.Popen[bytes], Path]:
        told = tmp_path / "told"
        with told.open("wb") as errors:
            process = sinorus.start("index", "--rebuild", stderr=errors)
        poll(lambda: any((root / "index").glob("MAIN_*.sin")) or process.poll() is not None)
        assert process.poll() is None, "it was done too soon"
        return process, told

    return started


@pytest.mark.parametrize("whom", ["the process", "the group"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_run_in_order(
    running: Callable[[], tuple[subprocess.Popen[bytes], Path]],
    sinorus: Sinorus,
    number: signal.Signals,
    whom: str,
) -> None:
    """Nothing is left of it, it says what was kept, and no other process of it says anything."""
    index = sinorus.cwd / "index"
    process, told = running()
    (os.killpg if whom == "the group" else os.kill)(process.pid, number)
    assert process.wait(60) == 130
    said = r"interrupted( at \d+ of 700 files)?: there is no index yet"
    assert re.search(said, told.read_text()), told.read_text()
    assert "Traceback" not in told.read_text()
    assert len(told.read_text().splitlines()) == 2
    if number != signal.SIGINT:
        assert f"ended by {number.name}" in told.read_text()
    assert {path.name for path in index.iterdir()} == {"MAIN_WRITELOCK"}


def test_the_group_is_interrupted_at_many_moments(library: MakeLibrary, sinorus: Sinorus) -> None:
    """From the start of the interpreters to the end of the run: never a traceback, nothing lost."""
    library({f"{n:03}.md": f"Zebra {n} " + "words " * 300 for n in range(600)})
    codes = set()
    for moment in range(30):
        process = subprocess.Popen(
            sinorus.command("index", "--rebuild"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=sinorus.cwd,
            # As users run it: an import that Ctrl-C ends leaves its file for Python to close, and
            # where warnings are errors Python prints that.
            env={**sinorus.environment, "PYTHONWARNINGS": ""},
            start_new_session=True,
        )
        time.sleep(0.05 + moment * 0.03)  # the moment is what this test is about
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        if moment > 5:  # before, it is Python that has not begun yet
            assert b"Traceback" not in err, (moment, err.decode())
        codes.add(process.returncode)
    assert codes <= {0, 130, -2, 1}, codes
    assert sinorus("index").code == 0
    assert sinorus("search", "zebra", "-c").out == "600\n"


MAPPED = """\
import os, sys
from pathlib import Path
from sinorus.cli.cut_files import say_when_cut
from sinorus.engines.whoosh.segment.file import SegmentFile

say_when_cut()
path = Path(sys.argv[1])
file = SegmentFile(path)
os.truncate(path, int(sys.argv[2]))
print(sum(bytes(file.view)))
"""


@pytest.mark.parametrize("size", [0, 64, 4096])
def test_a_segment_that_is_cut_while_it_is_read_is_damage(
    library: MakeLibrary, sinorus: Sinorus, size: int
) -> None:
    words = " ".join(f"word{n}" for n in range(20_000))
    root = library({"a.txt": f"{words}\n"})
    assert sinorus("index").code == 0
    (segment,) = (root / "index").glob("MAIN_*.sin")
    done = subprocess.run(
        [sys.executable, "-c", MAPPED, segment, str(size)],
        capture_output=True,
        text=True,
        env=sinorus.environment,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 2), done
    assert "the index is damaged" in done.stderr
    assert "sinorus index --rebuild" in done.stderr
    assert sinorus("search", "word7").code == 2
    assert sinorus("index", "--rebuild").code == 0


BETWEEN = """\
import json, os, sys
from pathlib import Path
from sinorus import Library
from sinorus.errors import IndexDamagedError

said = []
with Library.at(sys.argv[1]) as library:
    library.search("gas", update=False)
    (segment,) = Path(sys.argv[1], "index").glob("MAIN_*.sin")
    os.truncate(segment, int(sys.argv[2]))
    for use in (
        lambda: library.search("treaty", update=False),
        lambda: library.show("pact", update=False),
        lambda: library.compare("gas", update=False),
        lambda: library.sources(update=False),
        lambda: library.search("gas"),
    ):
        try:
            use()
            said.append("answered")
        except IndexDamagedError as fault:
            said.append(fault.message)
print(json.dumps(said))
"""


@pytest.mark.parametrize("size", [0, 40, 8192])
def test_a_program_that_has_a_cut_segment_open_is_told(
    own_press: Path, sinorus: Sinorus, size: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BETWEEN, own_press, str(size)],
        capture_output=True,
        text=True,
        env=sinorus.environment,
        check=False,
    )
    assert done.returncode == 0, done
    said = json.loads(done.stdout)
    assert len(said) == 5
    assert all("the index is damaged" in one for one in said), said


def test_a_segment_that_is_replaced_while_it_is_mapped_changes_no_answer(
    own_press: Path, sinorus: Sinorus
) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from sinorus import Library\n"
        "with Library.at('.') as library:\n"
        "    before = library.search('gas', update=False)\n"
        "    (segment,) = Path('index').glob('MAIN_*.sin')\n"
        "    Path('other').write_bytes(os.urandom(segment.stat().st_size))\n"
        "    os.replace('other', segment)\n"
        "    for word in ('gas', 'alliance', 'газ', 'treat*'):\n"
        "        assert library.search(word, update=False).total, word\n"
        "    assert library.search('gas', update=False) == before\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=own_press,
        env=sinorus.environment,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    answer = sinorus("search", "gas")
    assert (answer.out, answer.code) == ("", 2)
    assert "the index is damaged" in answer.err
    assert len(PRESS) == 4
