"""The program as its user meets it: a process in a folder, a terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from support.warm import Warm

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PATIENCE = 120
"""Seconds after which a process that should have ended is taken for hung."""

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
"""The fixture `library`: makes a library of files below seeds/ and goes there."""
IndexedOnce = Callable[[str, Callable[[Path], object]], Path]
"""The fixture `indexed_once`: a library that many tests read and none changes, by its name."""
Poll = Callable[[Callable[[], Any]], Any]
"""The fixture `poll`: waits until something is so; gives what it was."""
Valid = Callable[[str, Any], Any]
"""The fixture `valid`: checks a document against the published schema of that name."""


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
        """The ids of the results from `--json`; of hits those that lack no word."""
        lacking = [bool("rank" in result and result["missing"]) for result in self.json["results"]]
        results = zip(self.json["results"], lacking, strict=True)
        return [result["id"] for result, lacks in results if not lacks]


_WARM = Warm()
_MET: set[tuple[str, ...]] = set()
"""Commands, and options of each, that a process of its own has met."""


class Sinorus:
    """Calls the program as a process in the folder `cwd`, in an environment of its own."""

    anew = False
    """Whether each process starts Python and reads all modules, and not the first of a kind alone.

    A command, or an option of it, that no process of this run had yet is for one that does.
    """

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
        given = stdin.encode() if isinstance(stdin, str) else stdin or b""
        folder, environment = cwd or self.cwd, self.with_environment(env)
        words = [os.fsdecode(one) if isinstance(one, bytes) else str(one) for one in arguments]
        if _all_met(words) and not self.prefix and not self.anew:
            ended = _WARM.run(words, given, str(folder), environment, PATIENCE)
            if ended is not None:
                return Answer(ended.out.decode(), ended.err.decode(), ended.code)
        done = subprocess.run(
            self.command(*arguments),
            input=given,
            capture_output=True,
            cwd=folder,
            env=environment,
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


def last_lines(numbers: Sequence[signal.Signals]) -> list[bytes]:
    """What the program may say last that was sent these signals at once.

    Of two that come together the system may hand over the later one first.
    """
    names = [b"" if one is signal.SIGINT else one.name.encode() for one in numbers]
    return [one and b"error: ended by " + one for one in names]


def _all_met(words: list[str]) -> bool:
    """Whether a process had this command, and each of its options and the format, before."""
    command = " ".join(words[:1])
    named = {(command, *one.split("=", 1)) for one in words if one.startswith("-")}
    named |= {(command, *pair) for pair in pairwise(words) if pair[0] in ("--format", "--by")}
    new = ({(command,)} | named) - _MET
    _MET.update(new)
    return not new


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
