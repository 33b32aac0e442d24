"""What every form of front matter is read to."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_DEPTH = 32
"""Levels of lists and mappings within each other."""
MOST_VALUES = 20_000
MOST_SALVAGED = 200
"""Fields of a broken front matter that are tried one by one."""
TOO_DEEP = "it is nested too deeply"


@dataclass(slots=True)
class Fields:
    """A mapping as it was read: values are str, None, lists and dicts of the same.

    `positions` has where each key stands, `repeated` the keys that were given more than once
    with the position of the last, both in code points from the start of the front matter.
    """

    values: dict[str, object] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int]] = field(default_factory=list)


class MalformedError(Exception):
    """A front matter that its format does not allow: why, and the code point where it shows."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.reason, self.position = reason, position
