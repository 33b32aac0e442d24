"""Where an answer stopped: all that is needed to go on is in the cursor, and nothing is kept."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import NamedTuple

from sinorus.errors import SinorusError
from sinorus.mcp.budget import serialised


class Position(NamedTuple):
    """How many entries of a whole answer were given, and how much text of the next one.

    `last` is what the last entry that was given whole can be known by: the hash of a paragraph.
    """

    entries: int = 0
    characters: int = 0
    last: str = ""


START = Position()


class Place(NamedTuple):
    """A position, and whether the index is another than when the cursor was given."""

    position: Position
    changed: bool


def encoded(question: str, generation: str, position: Position) -> str:
    """The cursor of a position in the answer to a question, from an index of that generation."""
    record = [*position, digest(question), digest(generation)]
    return urlsafe_b64encode(serialised(record).encode()).decode().rstrip("=")


def decoded(cursor: str, question: str, generation: str) -> Place:
    """Where to go on. Raises SinorusError for what is no cursor, or one of another question."""
    if not cursor:
        return Place(START, changed=False)
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        record = json.loads(raw)
        if [type(part) for part in record] != [int, int, str, str, str]:
            raise ValueError("this was never given")
    except (ValueError, TypeError, RecursionError):
        raise SinorusError(
            "this is no cursor", "give it as it was in the last answer, or none to begin anew"
        ) from None
    position, (asked, index) = Position(*record[:3]), record[3:]
    if not (0 <= position.entries < 10**9 and 0 <= position.characters < 10**9):
        raise SinorusError("this is no cursor", "give none to begin anew")
    if asked != digest(question):
        raise SinorusError(
            "this cursor belongs to another question",
            "repeat the arguments that it was given for, or give none to begin anew",
        )
    return Place(position, changed=index != digest(generation))


def digest(text: str) -> str:
    """Eight hexadecimal digits of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
