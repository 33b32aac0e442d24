"""Programs that the user chose, as words and never for a shell; how they are called and run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from sinorus.config import Settings
from sinorus.errors import ConfigError, SinorusError

_GRACE = 1.0
"""Seconds in which a program with a window, which is not waited for, may still say that it
failed."""
_FIELD = re.compile(r"\{([A-Za-z_]+)\}")
_SUFFIX = re.compile(r"\.(?:exe|cmd|bat|sh|app|appimage)$")
_VARIANT = re.compile(
    r"(?:[-._]?\d[\d.]*|[-.](?:insiders|exploration|oss|beta|preview|dev|git|nightly|stable|gtk|pgtk"
    r"|lucid|athena|motif|nox|nox11|gnome|tiny|basic|huge|small|cli|bin|emacs|x11|gl|gui|browser))$"
)
_running: list[subprocess.Popen[bytes]] = []
"""What was started and goes on when we end."""


class Place(NamedTuple):
    """Where in a file to go: line and column count from 1, as does the page; 0: there is none.

    `path` is absolute, so that no program can take it for an option.
    """

    path: str
    line: int = 0
    column: int = 0
    page: int = 0


class Program(NamedTuple):
    """A program and what is said to it in any case; `origin` is who named it.

    `name` is what it is known by: that of its file without folder, version and variant. `real` is
    the name of the file that a link leads to.
    """

    words: tuple[str, ...]
    origin: str
    name: str
    real: str = ""
    is_template: bool = False


class Call(NamedTuple):
    """A command to run; `attached`: it gets the terminal and is waited for.

    `arrives` is whether it goes to the line or the page, and not just to the file.
    """

    words: tuple[str, ...]
    attached: bool
    arrives: bool = True


def program_of(text: str, origin: str, *, template: bool = False) -> Program | None:
    """The program that a command line names; None if it is blank.

    Raises ConfigError for a quote that is not closed.
    """
    text = text.strip()
    if text and shutil.which(text):  # a path with blanks, as some systems have them
        return named_program((text,), origin)
    try:
        words = shlex.split(text)
    except ValueError as fault:
        raise ConfigError(
            f"{origin}: {text!r} is no command: {fault}", "close its quotes"
        ) from None
    if not words:
        return None
    words[0] = os.path.expanduser(words[0])  # noqa: PTH111 - "~x/y" may be no user's
    found = named_program(tuple(words), origin)
    return found._replace(is_template=template and any(map(_FIELD.search, words)))


def named_program(words: tuple[str, ...], origin: str) -> Program:
    """The program that begins with these words, and what it is known by."""
    first = _plain(words[0])
    word = words[0]
    rest = [one for one in words[1:] if not one.startswith("-")]
    if first == "env":
        word = next((one for one in rest if "=" not in one), word)
    elif first in ("flatpak", "snap") and rest[:1] == ["run"] and len(rest) > 1:
        word = rest[1].rpartition(".")[2]
    elif first == "open" and "-a" in words[:-1]:
        word = words[words.index("-a") + 1]
    found = shutil.which(word)
    real = os.path.basename(os.path.realpath(found)).lower() if found else ""  # noqa: PTH119
    return Program(words, origin, _plain(word), real)


def known_as(program: Program, known: Mapping[str, object]) -> Program:
    """The same by the first of its names that is `known`: written, without variant, of its file."""
    for name in (program.name, program.real):
        plain = name
        while plain and plain not in known:
            shorter = _VARIANT.sub("", plain)
            if shorter == plain:
                break
            plain = shorter
        # `editor` and `vi` are names for whatever the system has: its file says what it is.
        if plain in known and (plain not in ("editor", "vi") or name == program.real):
            return program._replace(name=plain)
    return program


def _plain(word: str) -> str:
    return _SUFFIX.sub("", PurePosixPath(word).name.lower())


def chosen(settings: Settings, key: str, environment: Sequence[str]) -> Program | None:
    """The program of a setting, else of the first environment variable that names one.

    A library's settings never name one: see `config.Key`.
    """
    if text := str(settings[key]):
        return program_of(text, settings.origin(key), template=True)
    for variable in environment:
        if found := program_of(os.environ.get(variable, ""), variable):
            return found
    return None


def first_installed(names: Sequence[tuple[str, ...]]) -> Program | None:
    """The first of some commands whose program is there."""
    found = next((words for words in names if shutil.which(words[0])), None)
    return named_program(found, "") if found else None


def filled(program: Program, place: Place) -> tuple[str, ...]:
    """The words of a template with a place in them; each stays one word, whatever is put in.

    Raises ConfigError for a field that there is none of.
    """
    fields = {
        "path": place.path,
        "line": str(place.line or 1),
        "column": str(place.column or 1),
        "page": str(place.page or 1),
    }

    def put(match: re.Match[str]) -> str:
        if match[1] not in fields:
            known = ", ".join(f"{{{name}}}" for name in fields)
            raise ConfigError(f"{program.origin}: there is no {match[0]}", f"there are {known}")
        return fields[match[1]]

    words = [_FIELD.sub(put, word) for word in program.words]
    has_path = any("{path}" in word for word in program.words)
    return (*words, *(() if has_path else (place.path,)))


def has_display() -> bool:
    """Whether there is a screen for windows."""
    return sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def shell_quoted(words: Sequence[str]) -> str:
    """The words as they are typed into a shell; what drives a terminal is written as `\\033`."""
    return " ".join(shlex.quote(word) if word.isprintable() else _escaped(word) for word in words)


def _escaped(word: str) -> str:
    def octal(sign: str) -> str:
        return "".join(f"\\{byte:03o}" for byte in os.fsencode(sign))

    signs = (
        "\\" + sign if sign in "\\'" else sign if sign.isprintable() else octal(sign)
        for sign in word
    )
    return f"$'{''.join(signs)}'"


def run(call: Call, origin: str) -> None:
    """Runs a command: to its end if it is attached, else until it has had time to fail.

    Raises SinorusError if it is not there, or failed.
    """
    name = call.words[0]
    if shutil.which(name) is None:
        told = f"{origin} names {name!r}, and" if origin else f"{name!r} is needed, and"
        raise SinorusError(f"{told} there is no such program", "name one that is installed")
    try:
        code = _run_attached(call.words) if call.attached else _run_apart(call.words)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        raise SinorusError(f"{name} cannot be run: {reason}") from None
    if code:
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        raise SinorusError(f"{name} {how}", "sinorus open --print shows how it is called")


def _run_attached(words: Sequence[str]) -> int:
    """Runs a command on our terminal, also where our input is a pipe, and waits for its end."""
    sys.stdout.flush()
    terminal: int | None = None
    try:
        if not os.isatty(0):
            try:
                terminal = os.open("/dev/tty", os.O_RDWR)
            except OSError:
                terminal = None
        process = subprocess.Popen(words, stdin=terminal)
    finally:
        if terminal is not None:
            os.close(terminal)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt as fault:
            if str(fault):  # SIGTERM, SIGHUP: it is told too
                process.terminate()
                raise
            # The program decides what Ctrl-C means while it has the terminal.


def _run_apart(words: Sequence[str]) -> int:
    """Starts a command without our terminal, and gives 0 if it is still running after a while."""
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        words, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        return process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        _running.append(process)
        return 0
