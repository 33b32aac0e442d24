"""What tables of names and of terms share: lines of JSON, of which a search reads a few."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap


def part(key: str, parts: int) -> int:
    """Which of so many parts a key is in, by its checksum."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % parts


def dumped(content: object) -> bytes:
    """A line of JSON, without its end."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def mapped(path: Path) -> mmap:
    """The bytes of a file, read as they are asked for. Raises OSError; ValueError if empty."""
    from mmap import ACCESS_READ, mmap

    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
