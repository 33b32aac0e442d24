"""fzf and television on what `completion` prints for them: searched as typed, whatever is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import tmux
from support.tmux import Tmux

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from support.program import Poll, Sinorus

HOSTILE = "talks/it's;$(touch-pwned)-`touch-pwned`"
TALKS = {
    "hostile.md": f'---\nid: "{HOSTILE}"\ntitle: Hostile\n---\n\nA zebra stood at the border.\n',
    "plain.md": "---\nid: talks/plain\ntitle: Plain\n---\n\nA giraffe stood there, too.\n",
}
START = {"bash": "", "zsh": "exec zsh -f", "fish": "exec fish --no-config"}
SHELLS = ["bash", "zsh", "fish"]


@pytest.fixture(scope="module")
def talks(indexed_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A library with a document whose id would be a command, if nothing quoted it."""
    from support.small_libraries import make_library

    return indexed_once("talks", lambda root: make_library(root, TALKS))


@pytest.fixture
def window(sinorus: Sinorus, talks: Path, tmp_path: Path) -> Iterator[Tmux]:
    """A terminal in the library with `sinorus`, and a `vi` that says what it was given."""
    if not tmux.INSTALLED or shutil.which("fzf") is None:
        pytest.skip("there is no tmux, or no fzf")
    sinorus.cwd = talks
    sinorus.shell("true")  # makes the program
    editor = sinorus.home / "bin" / "vi"
    editor.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{sinorus.home}/opened'\n")
    editor.chmod(0o755)
    path = f"{sinorus.home}/bin:{sinorus.environment['PATH']}"
    environment = {**sinorus.environment, "PATH": path, "EDITOR": "vi", "VISUAL": "vi"}
    there = Tmux(tmp_path / "tmux", environment, talks)
    yield there
    there.close()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_key_searches_as_one_types_and_puts_ids_into_the_line(
    window: Tmux, sinorus: Sinorus, talks: Path, poll: Poll, shell: str
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (sinorus.home / "find").write_text(sinorus("completion", shell, "--fzf").out)
    window.type(START[shell], "Enter")
    window.type(f"source {sinorus.home}/find; echo REA''DY", "Enter")
    poll(window.shows("READY"))
    window.type(f"printf '<%s>' > {sinorus.home}/words ")
    poll(window.shows("/words"))
    window.type("", "C-x", "f")
    poll(window.shows("sinorus>"))
    window.type("giraffe")
    poll(window.shows("giraffe stood there"))
    window.type("", "C-u")
    window.type("zebra")
    poll(window.shows("zebra stood at"))
    poll(lambda: "giraffe" not in window.screen)
    window.type("", "C-o")
    poll((sinorus.home / "opened").exists)
    pressed = 0.0

    def taken() -> bool:
        """A key is lost that is pressed while the editor still has the terminal."""
        nonlocal pressed
        if "sinorus>" in window.screen and time.monotonic() - pressed > 2:
            window.type("", "Enter")
            pressed = time.monotonic()
        return "sinorus>" not in window.screen and "talks/" in _unwrapped(window)

    poll(taken)
    window.type("", "Enter")
    words = poll(lambda: (found := sinorus.home / "words").exists() and found.read_text())
    assert words == f"<{HOSTILE}#1>"
    assert "hostile.md" in (sinorus.home / "opened").read_text()
    assert not [*talks.rglob("pwned*"), *sinorus.home.rglob("*pwned*")]


def _unwrapped(window: Tmux) -> str:
    return window.screen.replace("\n", "")


def channel(sinorus: Sinorus) -> Any:
    """The channel as television reads it."""
    return tomllib.loads(sinorus("completion", "--television").out)


def test_the_commands_of_the_channel_take_entries_of_any_name(
    sinorus: Sinorus, talks: Path
) -> None:
    """As television runs them, which puts an entry in its place as it is.

    The program itself is in no registry that this was written with: its form is that of the
    description of version 0.15.
    """
    sinorus.cwd = talks
    found = channel(sinorus)
    assert set(found) == {"metadata", "source", "preview", "keybindings", "actions"}
    assert found["keybindings"] == {"ctrl-o": "actions:open"}
    assert set(found["actions"]) == {"open"}
    paragraphs, documents = (sinorus.shell(command).lines for command in found["source"]["command"])
    assert [line.split("\t")[0] for line in documents] == [HOSTILE, "talks/plain"]
    entry = next(line for line in paragraphs if "zebra" in line)
    name = entry.split("\t")[0]
    assert name == f"{HOSTILE}#1"
    assert found["source"]["output"] == "{split:\\t:0}"
    shown = sinorus.shell(found["preview"]["command"].replace("{split:\\t:0}", name))
    assert ("zebra" in shown.out, shown.err, shown.code) == (True, "", 0)
    command = found["actions"]["open"]["command"].replace("{split:\\t:0}", name)
    opened = sinorus.shell(command, env={"EDITOR": "echo", "VISUAL": "echo"})
    assert "hostile.md" in opened.out
    assert not [*talks.rglob("pwned*"), *sinorus.home.rglob("*pwned*")]


def test_which_shell_is_meant(sinorus: Sinorus) -> None:
    named = sinorus("completion", "zsh", "--fzf")
    assert named.out == sinorus("completion", "--fzf", env={"SHELL": "/usr/bin/zsh"}).out
    assert "bindkey" in named.out
    unknown = sinorus("completion", "--fzf", env={"SHELL": "/bin/tcsh"})
    assert (unknown.out, unknown.code, "bash|zsh|fish" in unknown.err) == ("", 2, True)
    both = sinorus("completion", "bash", "--television")
    assert (both.out, both.code, "one file" in both.err) == ("", 2, True)


@pytest.mark.parametrize("shell", SHELLS)
def test_shells_can_read_it(sinorus: Sinorus, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = sinorus("completion", shell, "--fzf").out
    done = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
