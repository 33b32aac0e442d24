"""The names a library searches with, compiled once and kept beside the index."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sinorus.errors import ConfigError
from sinorus.text import names
from sinorus.text.names import Names, compile_names, read_groups, starter_text
from sinorus.text.tokens import FINGERPRINT

FILE = "names.toml"
_CACHE = "names.json"
"""Lines of JSON: stamps and a checksum of the rest; _PARTS objects of keys, by the checksum of a
key; the forms of each group. A search reads the two or three lines that its words are in: reading
all of it takes 5 ms."""
_PARTS = 256


def load_names(root: Path, index: Path) -> Names:
    """The names of the program and of the library's own file.

    Raises ConfigError for a broken file. The compiled form is kept in the index folder where it
    exists and can be written; it is only ever as good as the stamps of what it was made from.
    """
    stamp = _stamp(root)
    cached = _read_cache(index / _CACHE, stamp)
    if cached is not None:
        return cached
    groups = read_groups(starter_text(), "the names that come with sinorus")
    own = root / FILE
    if own.is_file():
        groups += read_groups(own.read_text("utf-8", errors="replace"), str(own))
    compiled = compile_names(groups)
    _write_cache(index / _CACHE, stamp, compiled)
    return compiled


def _stamp(root: Path) -> list[object]:
    """What the compiled form depends on: the code's versions and the bytes of both files."""
    stamp: list[object] = [FINGERPRINT, names.FORMAT]
    for path in (names.STARTER, root / FILE):
        try:
            content = path.read_bytes()
            stamp += [len(content), zlib.crc32(content)]
        except FileNotFoundError:
            stamp.append(None)
        except OSError as fault:
            raise ConfigError(
                f"{path} cannot be read: {fault.strerror}", "check its rights"
            ) from None
    return stamp


class _KeptNames(Names):
    """Names of which only those that are asked about are read."""

    def __init__(self, lines: list[bytes]) -> None:
        super().__init__((), {})
        self._lines = lines
        self._read: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._lines) - _PARTS

    def _line(self, number: int) -> Any:
        if number not in self._read:
            self._read[number] = json.loads(self._lines[number])
        return self._read[number]

    def forms(self, group: int) -> Sequence[str]:
        forms: list[str] = self._line(_PARTS + group)
        return forms

    def place(self, key: str) -> Sequence[int] | None:
        keys: dict[str, list[int]] = self._line(_part(key))
        return keys.get(key)


def _part(key: str) -> int:
    """Which of the parts a key is in."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % _PARTS


def _read_cache(path: Path, stamp: list[object]) -> Names | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if json.loads(head) == [*stamp, zlib.crc32(body)]:
            return _KeptNames(body.split(b"\n"))
    except (OSError, ValueError):
        pass
    return None


def _write_cache(path: Path, stamp: list[object], compiled: Names) -> None:
    if not path.parent.is_dir():
        return
    keys: list[dict[str, Sequence[int]]] = [{} for _ in range(_PARTS)]
    for key, place in compiled.keys.items():
        keys[_part(key)][key] = place
    body = b"\n".join(map(_dumped, [*keys, *compiled.shown]))
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(_dumped([*stamp, zlib.crc32(body)]) + b"\n" + body)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a folder that cannot be written costs only time


def _dumped(content: object) -> bytes:
    """A line of JSON, without its end."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
