"""What comes in on standard input, for whatever command it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from sinorus.errors import SinorusError


def piped_in(purpose: str, most: int = -1) -> bytes:
    """All of standard input, or its first `most` bytes and one more.

    `purpose` says what `-` does. Raises UsageError if nothing is piped in.
    """
    _must_be_piped_in(purpose)
    return sys.stdin.buffer.read(most + 1 if most >= 0 else -1)


def lines_piped_in(purpose: str) -> Iterator[str]:
    """Its lines that are not blank, as text. Raises UsageError as `piped_in` does."""
    _must_be_piped_in(purpose)
    for number, raw in enumerate(sys.stdin.buffer):
        line = raw.decode("utf-8-sig" if number == 0 else "utf-8", "replace").strip()
        if line:
            yield line


def _must_be_piped_in(purpose: str) -> None:
    if sys.stdin.isatty():
        raise click.UsageError(f"nothing is piped in: - {purpose}")


def draft_read(name: str) -> bytes:
    """The bytes of a draft; `-` is standard input. Raises SinorusError, UsageError."""
    if name == "-":
        return piped_in("reads a draft from standard input")
    try:
        with open(name, "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError as fault:
        raise SinorusError(f"{name} cannot be read: {fault.strerror}") from None
