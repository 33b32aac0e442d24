"""Standard input for the SDK, with what it would not read put right."""

from __future__ import annotations

import os
import re
from io import TextIOWrapper
from typing import IO, cast

import anyio

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""An escape of JSON: a pair of surrogates, half of one, or any other."""


def whole(line: str) -> str:
    """A line of JSON in which half of a sign beyond the first plane is U+FFFD.

    Programs write one where a text was cut within an emoji. The SDK takes the line for no message
    at all, and the call would never be answered.
    """
    if "\\ud" not in line and "\\uD" not in line:
        return line
    return _ESCAPE.sub(lambda found: r"\ufffd" if found["half"] else found[0], line)


class _Whole:
    """Lines as they can be read, of the input under them."""

    def __init__(self, lines: TextIOWrapper) -> None:
        self._lines = lines

    def readline(self) -> str:
        """The next line; empty at the end."""
        return whole(self._lines.readline())


def standard_input() -> anyio.AsyncFile[str]:
    """The input of this process, of which the SDK asks lines alone.

    Whatever else reads it finds its end, as where the SDK opens it.
    """
    own = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    under = TextIOWrapper(os.fdopen(own, "rb", closefd=False), "utf-8", errors="replace")
    return anyio.wrap_file(cast("IO[str]", _Whole(under)))
