"""A real terminal of another program, tmux: what it shows, what is typed into it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

INSTALLED = shutil.which("tmux") is not None


class Tmux:
    """A tmux server of our own with one window, in which a shell runs."""

    def __init__(self, folder: Path, environment: dict[str, str], cwd: Path) -> None:
        self._folder, self._environment = folder, environment
        folder.mkdir(exist_ok=True)
        options = ("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24")
        self("-u", *options, "-c", str(cwd), "bash --norc --noprofile")
        self("set-option", "-g", "set-clipboard", "on")

    def __call__(self, *arguments: str) -> str:
        """What a command of tmux prints."""
        done = subprocess.run(
            ["tmux", "-S", str(self._folder / "socket"), *arguments],
            env=self._environment | {"PS1": "$ "},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def type(self, text: str, *keys: str) -> None:
        """Types a text as it is, and keys by their names."""
        if text:
            self("send-keys", "-l", text)
        if keys:
            self("send-keys", *keys)

    @property
    def screen(self) -> str:
        """What the window shows."""
        return self("capture-pane", "-p")

    def shows(self, text: str) -> Callable[[], Any]:
        """Whether the window shows a text, to be asked again and again."""
        return lambda: text in self.screen

    def close(self) -> None:
        """Ends the server, and what runs in its window."""
        subprocess.run(
            ["tmux", "-S", str(self._folder / "socket"), "kill-server"],
            env=self._environment,
            capture_output=True,
            check=False,
        )
