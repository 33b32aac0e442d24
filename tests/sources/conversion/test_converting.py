"""A conversion costs its own file only, whatever becomes of it; readers here are real modules."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sinorus.sources.conversion.converting import Converter
from sinorus.sources.conversion.limits import Answer, Limits, Request
from sinorus.sources.conversion.stored import loaded

READERS = {
    "counts": "return Content([Block(str(len(source.raw)), 0, 0)])",
    "raises": "raise ValueError('x')",
    "says": "raise Unreadable('it is encrypted: save a copy without password')",
    "hangs": "while True: pass",
    "hoards": "kept = [b'x' * 10_000_000 for _ in range(1000)]",
    "swells": "return Content([Block('x' * 1_000_000, 0, 0)] * 40)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "leaves": "import os; os._exit(0)",
    "prints": "print('x' * 100_000); return Content([Block('said', 0, 0)])",
    "writes": "with open(source.path, 'w') as file: file.write('x' * 9)",
}
HEAD = """\
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import Binary, Content, Unreadable

def read(source: Binary) -> Content:
    """

Convert = Callable[..., Answer]


@pytest.fixture
def convert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Convert]:
    for name, body in READERS.items():
        (tmp_path / f"reader_{name}.py").write_text(f"{HEAD}{body}\n")
    (tmp_path / "reader_lacks.py").write_text("import no_such_library\n")
    monkeypatch.syspath_prepend(tmp_path)
    converter = Converter()

    def run(name: str, raw: bytes = b"abc", **limits: float) -> Answer:
        path = str(tmp_path / "written")
        limited = Limits()._replace(**limits)
        return converter.convert(Request(f"reader_{name}", path, len(raw), limited), raw)

    yield run
    converter.close()


def test_many_files_go_through_one_process(convert: Convert) -> None:
    for size in (0, 1, 70_000, 3_000_000):
        answer = convert("counts", b"x" * size)
        assert answer.outcome == "content"
        assert loaded(answer.payload).blocks[0].text == str(size)


@pytest.mark.parametrize(
    ("name", "limits", "outcome"),
    [
        ("raises", {}, "broken"),
        ("says", {}, "unreadable"),
        ("hangs", {"seconds": 0.5}, "time"),
        ("hoards", {"memory": 300 << 20}, "memory"),
        ("swells", {"output": 1_000_000}, "size"),
        ("crashes", {}, "broken"),
        ("writes", {}, "broken"),
        ("lacks", {}, "not installed"),
    ],
)
def test_what_goes_wrong_is_said_and_the_next_file_read(
    convert: Convert, name: str, limits: dict[str, float], outcome: str
) -> None:
    assert convert(name, **limits).outcome == outcome
    assert loaded(convert("counts").payload).blocks[0].text == "3"


def test_a_reader_that_prints_does_not_print_into_the_answer(convert: Convert) -> None:
    assert loaded(convert("prints").payload).blocks[0].text == "said"


def test_a_reader_that_leaves_gives_nothing(convert: Convert) -> None:
    assert convert("leaves").payload == b""


def test_what_a_reader_says_is_handed_on(convert: Convert) -> None:
    assert convert("says").reason == "it is encrypted: save a copy without password"


def test_a_conversion_ends_with_the_process_that_asked(tmp_path: Path) -> None:
    """Killed at once, a parent leaves neither the process that converts nor its fork."""
    (tmp_path / "reader_sleeps.py").write_text(f"{HEAD}import time; time.sleep(50)\n")
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from sinorus.sources.conversion.converting import Converter\n"
        "from sinorus.sources.conversion.limits import Limits, Request\n"
        "Converter().convert(Request('reader_sleeps', 'a', 1, Limits()), b'x')\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    until = time.monotonic() + 20
    while len(below(parent.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    family = below(parent.pid)
    assert len(family) == 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while any(map(lives, family)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(lives, family))


def below(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == pid:
            child = int(entry.parent.name)
            found += [child, *below(child)]
    return found


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
