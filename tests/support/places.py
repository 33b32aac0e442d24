"""Whether what a paragraph says of where its text stands is so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Protocol

from sinorus.model import Place


class Placed(Protocol):
    """A block or a paragraph."""

    @property
    def text(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def end_line(self) -> int: ...
    @property
    def places(self) -> tuple[Place, ...]: ...


def lines_of(raw: bytes) -> list[bytes]:
    """The lines of a file without their ends and without a byte order mark."""
    return (
        raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    )


def misplaced(found: Iterable[Placed], lines: Sequence[bytes]) -> list[tuple[str, int, bytes]]:
    """The characters that do not stand where they are said to, with their offset and what does.

    White space may stand for a mark. Of what is longer in the file (an entity, a NUL) only the
    beginning is known.
    """
    wrong = []
    for one in found:
        for offset, character in enumerate(one.text):
            if character.isspace():
                continue
            here = _at(one, offset, lines)
            if not here.startswith(character.encode()) and not _is_coded(here, character):
                wrong.append((one.text, offset, here[:20]))
                break
    return wrong


def _at(one: Placed, offset: int, lines: Sequence[bytes]) -> bytes:
    """What stands in the file where a character of the text does."""
    if one.places:
        at = bisect_right(one.places, offset, key=lambda place: place.start) - 1
        begin, number, column = one.places[max(at, 0)]
    else:
        begin = one.text.rfind("\n", 0, offset) + 1
        number, column = one.line + one.text.count("\n", 0, offset), 0
    if not one.line <= number <= one.end_line:
        return b""
    column += len(one.text[begin:offset].encode())
    return lines[number - 1][column:] if number <= len(lines) else b""


def _is_coded(here: bytes, character: str) -> bool:
    if here[:1] == b"\0":
        return character == "\ufffd"
    if here[:1] in (b"\\", b"|"):  # an entity of Org, a substitution of reStructuredText
        return True
    return here[:1] == b"&" and character in unescape(here[:40].decode("utf-8", "ignore"))
