"""Lines and runs of lines: what a text is before it is paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)


class Line(NamedTuple):
    """What a paragraph has of one line of the file.

    `number` counts the lines of the file from 1; `margin` is how many UTF-8 bytes of the line
    stand before `text`, which has no white space at its end.
    """

    number: int
    margin: int
    text: str


@dataclass(slots=True)
class Run:
    """Lines that belong together until `wrapping` knows better; `whole` ones always do."""

    lines: list[Line]
    heading: tuple[str, ...] = ()
    whole: bool = False


def with_line_feeds(text: str) -> str:
    """`text` with a line feed where a carriage return, or both, ended a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def line_from(number: int, physical: str, column: int) -> Line:
    """The line from `column` (in code points) on, without white space on either side."""
    text = physical[column:].rstrip()
    if text and text[0].isspace():
        bare = text.lstrip()
        column += len(text) - len(bare)
        text = bare
    return Line(number, byte_length(physical[:column]) if column else 0, text)


def byte_length(text: str) -> int:
    """How many bytes `text` has in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def columns(text: str) -> int:
    """How many columns a terminal or a typewriter needs for `text`: two for an ideograph."""
    return len(text) if text.isascii() else 2 * len(text) - len(_WIDE.sub("", text))


def is_wide(character: str) -> bool:
    """Whether a character is two columns wide; such text breaks anywhere and has no spaces."""
    return _WIDE.match(character) is not None
