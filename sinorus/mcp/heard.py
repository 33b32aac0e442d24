"""Standard input for the SDK, with what it would not read put right."""

from __future__ import annotations

import os
import re
from io import TextIOWrapper

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


class _Whole(TextIOWrapper):
    """Lines as they can be read. Closing it closes nothing: a thread may be waiting in it."""

    def readline(self, size: int = -1, /) -> str:
        return whole(super().readline(size))

    def close(self) -> None:
        pass


def standard_input() -> anyio.AsyncFile[str]:
    """The input of this process; whatever else reads that finds its end, as with the SDK's own."""
    own = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return anyio.wrap_file(_Whole(os.fdopen(own, "rb", closefd=False), "utf-8", errors="replace"))
