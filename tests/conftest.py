"""The program as its user meets it: a process in a folder, a library of files, a terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small_libraries import PRESS, make_library

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PATIENCE = 120
"""Seconds after which a process that should have ended is taken for hung."""


def pytest_configure(config: pytest.Config) -> None:
    """The markers of these tests."""
    config.addinivalue_line("markers", "shared: needs ../shared; indexes its library once (~25 s)")


@dataclass(frozen=True)
class Answer:
    """What a process said and how it ended."""

    out: str
    err: str
    code: int

    @property
    def lines(self) -> list[str]:
        """The lines of standard output; whatever it is must end in a newline."""
        assert self.out == "" or self.out.endswith("\n")
        return self.out.split("\n")[:-1]

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def records(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.lines]

    @property
    def ids(self) -> list[str]:
        """The ids of the results, from `--json`."""
        return [result["id"] for result in self.json["results"]]


class Sinorus:
    """Calls the program as a process in the folder `cwd`, in an environment of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.cwd = home
        self.prefix: list[str] = []
        """What stands before the program, to run it as another user."""
        unwanted = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "SINORUS", "PAGER", "LESS", "XDG")
        unwanted += ("COLUMNS", "LINES", "PYTHON", "LC_", "LANG", "TERM", "PYTEST")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
        self.environment = {
            **kept,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONWARNINGS": "error",
        }

    def command(self, *arguments: str | bytes | Path) -> list[str | bytes]:
        """The command line that runs the program."""
        given = [part if isinstance(part, bytes) else str(part) for part in arguments]
        return [*self.prefix, sys.executable, "-m", "sinorus", *given]

    def with_environment(self, changes: Mapping[str, str] | None) -> dict[str, str]:
        """The environment of a process, with `changes`."""
        return {**self.environment, **(changes or {})}

    def __call__(
        self,
        *arguments: str | bytes | Path,
        stdin: str | bytes | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Answer:
        """Runs the program with pipes for its streams, and waits for its end."""
        done = subprocess.run(
            self.command(*arguments),
            input=stdin.encode() if isinstance(stdin, str) else stdin or b"",
            capture_output=True,
            cwd=cwd or self.cwd,
            env=self.with_environment(env),
            timeout=PATIENCE,
            check=False,
        )
        return Answer(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def shell(self, script: str, env: Mapping[str, str] | None = None) -> Answer:
        """Runs a bash script in which `sinorus` is the program."""
        program = self.home / "bin" / "sinorus"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sinorus "$@"\n')
        program.chmod(0o755)
        path = f"{program.parent}:{self.environment['PATH']}"
        done = subprocess.run(
            ["bash", "-c", script],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=self.cwd,
            env=self.with_environment({"PATH": path, **(env or {})}),
            timeout=PATIENCE,
            check=False,
        )
        return Answer(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def start(self, *arguments: str | bytes | Path, stderr: Any = None) -> subprocess.Popen[bytes]:
        """Starts the program as the leader of a process group of its own; the caller ends it."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr if stderr is not None else subprocess.DEVNULL,
            cwd=self.cwd,
            env=self.environment,
            start_new_session=True,
        )

    def terminal(
        self,
        *arguments: str | bytes | Path,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        press: tuple[str, str] | None = None,
        stderr_too: bool = False,
    ) -> Answer:
        """Runs the program on a terminal of that size; `err` is piped unless `stderr_too`.

        `press`: once the first text is on the screen, the second is typed.
        """
        screen, keyboard = pty.openpty()
        fcntl.ioctl(keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        mode = termios.tcgetattr(keyboard)
        mode[1] &= ~termios.OPOST  # the output as it was written, without carriage returns
        mode[3] &= ~termios.ECHO
        termios.tcsetattr(keyboard, termios.TCSANOW, mode)
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                self.command(*arguments),
                stdin=keyboard,
                stdout=keyboard,
                stderr=keyboard if stderr_too else errors,
                cwd=self.cwd,
                env=self.with_environment(env),
                start_new_session=True,
            )
            os.close(keyboard)
            shown = _seen_on(screen, process, press)
            errors.seek(0)
            return Answer(shown.decode(), errors.read().decode(), process.wait(PATIENCE))


def _seen_on(screen: int, process: subprocess.Popen[bytes], press: tuple[str, str] | None) -> bytes:
    """All that is written to a terminal until nobody has it open any more."""
    shown = b""
    deadline = time.monotonic() + PATIENCE
    try:
        while True:
            if not select.select([screen], [], [], max(deadline - time.monotonic(), 0))[0]:
                process.kill()
                raise AssertionError(f"still running, having shown {shown!r}")
            try:
                part = os.read(screen, 65_536)
            except OSError:  # the other side is closed
                return shown
            if not part:
                return shown
            shown += part
            if press and press[0].encode() in shown:
                os.write(screen, press[1].encode())
                press = None
    finally:
        os.close(screen)


@pytest.fixture
def sinorus(tmp_path: Path) -> Sinorus:
    """The program, in an empty folder until a library is made or chosen."""
    home = tmp_path / "home"
    home.mkdir()
    return Sinorus(home)


@pytest.fixture
def library(tmp_path: Path, sinorus: Sinorus) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Makes a library of files below seeds/ and goes there."""

    def made(files: Mapping[str, str | bytes]) -> Path:
        sinorus.cwd = make_library(tmp_path / "library", files)
        return sinorus.cwd

    return made


@pytest.fixture(scope="session")
def press_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library PRESS, indexed once; not to be changed."""
    return _indexed(make_library(tmp_path_factory.mktemp("press") / "library", PRESS))


@pytest.fixture
def press(press_indexed: Path, sinorus: Sinorus) -> Path:
    """The library PRESS, to read in; the program is there."""
    sinorus.cwd = press_indexed
    return press_indexed


@pytest.fixture
def own_press(press_indexed: Path, sinorus: Sinorus, tmp_path: Path) -> Path:
    """A copy of the library PRESS, to change; the program is there."""
    sinorus.cwd = Path(shutil.copytree(press_indexed, tmp_path / "library"))
    return sinorus.cwd


@pytest.fixture(scope="session")
def seeds_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own seeds, indexed once; not to be changed."""
    root = tmp_path_factory.mktemp("seeds") / "library"
    shutil.copytree(ROOT / "seeds", root / "seeds")
    return _indexed(root)


@pytest.fixture
def seeds(seeds_indexed: Path, sinorus: Sinorus) -> Path:
    """The repository's own seeds, to read in; the program is there."""
    sinorus.cwd = seeds_indexed
    return seeds_indexed


@pytest.fixture
def own_seeds(seeds_indexed: Path, sinorus: Sinorus, tmp_path: Path) -> Path:
    """A copy of the repository's own seeds, to change; the program is there."""
    sinorus.cwd = Path(shutil.copytree(seeds_indexed, tmp_path / "library"))
    return sinorus.cwd


@pytest.fixture(scope="session")
def shared_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library in ../shared, indexed once for all workers of a run."""
    if not (SHARED / "library").is_dir():
        pytest.skip("there is no ../shared/library")
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    root = base / "shared-library"
    with (base / "shared-library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "index").exists():
            shutil.copytree(SHARED / "library", root / "seeds", symlinks=False)
            _indexed(root)
    return root


@pytest.fixture
def shared(shared_indexed: Path, sinorus: Sinorus) -> Path:
    """The library in ../shared, to read in; the program is there."""
    sinorus.cwd = shared_indexed
    return shared_indexed


def _indexed(root: Path) -> Path:
    home = root.parent / f"{root.name}-home"
    home.mkdir()
    program = Sinorus(home)
    program.cwd = root
    done = program("index")
    assert (done.code, done.err) == (0, ""), done
    return root


@pytest.fixture(scope="session")
def valid() -> Callable[[str, Any], Any]:
    """Checks a document against the published schema of that name, and gives it back."""
    import jsonschema

    def checked(name: str, document: Any) -> Any:
        path = ROOT / "sinorus" / "render" / "schemas" / f"{name}.json"
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)
        return document

    return checked


@pytest.fixture
def bound_by_rights(sinorus: Sinorus, tmp_path: Path) -> None:
    """From here on the rights of files bind the program, also if it is root who runs it."""
    if os.geteuid() == 0:
        sinorus.prefix = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    probe = tmp_path / "probe"
    probe.touch(0)
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may do everything, and there is no setpriv to take that from it")
    reading = [*sinorus.prefix, "cat", str(probe)]
    if subprocess.run(reading, capture_output=True, check=False).returncode == 0:
        pytest.skip("the rights of files bind nobody here")


@pytest.fixture
def poll() -> Callable[[Callable[[], Any]], Any]:
    """Waits until something is so; gives what it was."""

    def until(so: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := so():
                return found
            time.sleep(0.002)
        raise AssertionError("it never came to pass")

    return until
