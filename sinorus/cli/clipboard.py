"""The user's clipboard: by the program that the system has for it, and by the terminal itself.

A terminal takes what OSC 52 sends and says nothing: it is asked where no program did it, and where
the screen that the user sits at is that of another machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from sinorus.model.citation import Quotation

LONGEST = 74_994
"""Bytes that a terminal takes: more than 100,000 as they are sent, some do not read."""
_PATIENCE = 5.0
"""Seconds that a program may take; one that has no screen to reach may wait for ever."""
_CHUNK = 240
"""Bytes that GNU screen hands on in one piece."""
_INSTALL = "install wl-copy (Wayland), xclip or xsel (X11)"


def copy_text(text: str) -> str:
    """Puts a text on the clipboard; who took it, in words.

    Raises SinorusError where there is no clipboard, or it cannot take so much.
    """
    by = next((words[0] for words, encoding in _programs() if _taken(words, text, encoding)), "")
    if by and not _is_remote():
        return f"by {by}"
    content = text.encode("utf-8", "replace")
    terminal = _terminal()
    try:
        if terminal is None or len(content) > LONGEST:
            if by:
                return f"by {by}"
            raise _no_clipboard(len(content), terminal is not None)
        _write(terminal, _sequence(content))
    finally:
        if terminal is not None:
            os.close(terminal)
    return f"by {by} and by the terminal" if by else "by the terminal, if it lets programs do that"


def _no_clipboard(size: int, terminal: bool) -> SinorusError:
    if terminal:
        return SinorusError(
            f"{size:,} bytes are too much for the clipboard of a terminal, which takes {LONGEST:,}",
            f"copy less, or {_INSTALL}",
        )
    return SinorusError("there is no clipboard here", f"{_INSTALL}; sinorus show prints the same")


def _programs() -> Iterator[tuple[list[str], str]]:
    """The programs that there may be here, with the encoding that each reads, best first."""
    if os.environ.get("TMUX"):
        yield ["tmux", "load-buffer", "-w", "-"], "utf-8"  # it hands on to its own terminal
    if sys.platform == "darwin":
        yield ["pbcopy"], "utf-8"
    if os.environ.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"], "utf-8"
    if os.environ.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"], "utf-8"
        yield ["xsel", "--clipboard", "--input"], "utf-8"
    if os.environ.get("WSL_DISTRO_NAME"):
        yield ["clip.exe"], "utf-16"
    if os.environ.get("TERMUX_VERSION"):
        yield ["termux-clipboard-set"], "utf-8"


def _taken(words: list[str], text: str, encoding: str) -> bool:
    """Whether a program is there and took the text."""
    if shutil.which(words[0]) is None:
        return False
    environment = {**os.environ, "LC_CTYPE": "UTF-8"} if words[0] == "pbcopy" else None
    try:
        # What keeps a selection stays behind: it must not hold what we write to.
        done = subprocess.run(
            words,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _is_remote() -> bool:
    """Whether the user sits at another machine. tmux sees to its terminals itself."""
    there = os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION")
    return bool(there) and not os.environ.get("TMUX")


def _terminal() -> int | None:
    """A descriptor of the terminal, the caller's to close; None if there is none that can."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return None
    for stream in (2, 1):
        if os.isatty(stream):
            return os.dup(stream)
    with suppress(OSError):
        return os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_CLOEXEC)
    return None


def _sequence(content: bytes) -> bytes:
    """OSC 52 with the text, wrapped so that tmux and GNU screen hand it on."""
    told = b"\x1b]52;c;" + b64encode(content) + b"\x07"
    if os.environ.get("TMUX"):
        return b"\x1bPtmux;" + told.replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\"
    if os.environ.get("STY"):
        parts = (told[at : at + _CHUNK] for at in range(0, len(told), _CHUNK))
        return b"".join(b"\x1bP" + part + b"\x1b\\" for part in parts)
    return told


def _write(terminal: int, content: bytes) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    while content:
        content = content[os.write(terminal, content) :]


def pasted(quotations: Iterable[Quotation]) -> list[str]:
    """Quotations as they are pasted into a draft, whose own lines end them."""
    from sinorus.render.visible import many_lines

    return [many_lines(one.text).rstrip("\n") for one in quotations]
