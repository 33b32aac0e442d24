"""Real shells on a terminal: what stands in the line after the tabulator key was pressed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Sinorus

_PATIENCE = 60
_SHOW = "SHOW"
"""A program of the test that prints its arguments, a line each between brackets, and END."""
_START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
_FIRST = {
    "bash": "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; source ./script\n",
    "zsh": "autoload -Uz compinit; compinit -u -D; unsetopt beep; PS1=; source ./script\n",
    "fish": "function fish_prompt; end; source ./script\n",
}
SHELLS = ("bash", "zsh", "fish")


class Shell:
    """An interactive shell in which `sinorus` completes, and prints the words that it gets.

    `words` types a line with a tabulator key behind it and gives the words that the program would
    have been called with.
    """

    def __init__(self, name: str, screen: int) -> None:
        self._name, self._screen = name, screen
        self._seen = ""

    def type(self, text: str) -> None:
        """Types on the keyboard."""
        os.write(self._screen, text.encode())

    def until(self, pattern: str) -> re.Match[str]:
        """What is shown from here on, up to what the pattern matches."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            found = re.search(pattern, self._seen, re.DOTALL)
            if found:
                self._seen = self._seen[found.end() :]
                return found
            if not select.select([self._screen], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise AssertionError(f"{pattern!r} was not shown, but {self._seen!r}")
            self._seen += os.read(self._screen, 65_536).decode(errors="replace")

    def words(self, line: str) -> list[str]:
        """The arguments of the program, if the line is completed and sent."""
        self.type(f"{line}\t")
        self.until("COMPLETED")
        time.sleep(0.1)  # until the shell has put into its line what it was told
        self.type("\n")
        shown = self.until(r"BEGIN(.*?)END")[1]
        return re.findall(r"<<(.*?)>>", shown.replace("\r", ""), re.DOTALL)


@contextmanager
def shell(name: str, sinorus: Sinorus, env: dict[str, str] | None = None) -> Iterator[Shell]:
    """A shell of that name in the folder of the program; skips where there is none."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    home = sinorus.home
    (home / "bin").mkdir(exist_ok=True)
    program = home / "bin" / "sinorus"
    program.write_text(
        "#!/bin/sh\n"
        'if [ -n "$_SINORUS_COMPLETE" ]; then\n'
        f'    "{sys.executable}" -m sinorus "$@"\n'
        '    printf COMPLETED > "$TTY_OF_TEST"\n'
        "    exit\n"
        "fi\n"
        "printf 'BEG''IN'; for word; do printf '<<%s>>' \"$word\"; done; printf 'EN''D\\n'\n"
    )
    program.chmod(0o755)
    (home / "script").write_text(sinorus("completion", name).out)
    screen, keyboard = pty.openpty()
    path = f"{program.parent}:{sinorus.environment['PATH']}"
    more = {"PATH": path, "TTY_OF_TEST": os.ttyname(keyboard), "LC_ALL": "C.UTF-8", **(env or {})}
    process = subprocess.Popen(
        _START[name],
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
        cwd=sinorus.cwd,
        env=sinorus.with_environment(more),
        start_new_session=True,
        # fish must be in charge of its terminal; there is no thread here that could be hurt
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )
    os.close(keyboard)
    try:
        found = Shell(name, screen)
        found.type(_FIRST[name].replace("./script", str(home / "script")))
        found.type("echo READ''Y\n")
        found.until("READY")
        yield found
    finally:
        process.kill()
        process.wait()
        os.close(screen)


def library_of_names(root: Path) -> Path:
    """A library whose documents are called what is hard to type; its name."""
    seeds = root / "seeds"
    seeds.mkdir(parents=True)
    for number, (publisher, author) in enumerate(
        [
            ("New York Times", "李克强"),
            ("O'Neill & Sons", "Лавров Сергей"),
            ("Kremlin: press", 'Jo "Mao" Li'),
            ("$(touch pwned)", "`touch pwned`"),
        ],
        1,
    ):
        (seeds / f"d{number}.md").write_text(
            f"---\nid: talks/d{number}\npublisher: {publisher!r}\nauthor: {author!r}\n"
            f"lang: en\ntags: [energy]\nvolume: {number}\nplace: New Delhi\n---\n\n"
            "A first paragraph.\n\nA second one.\n".replace(
                '"O\'Neill & Sons"', '"O\'Neill & Sons"'
            )
        )
    return root
