"""The names a library searches with, compiled once and kept beside the index."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any

from sinorus.files import Tree
from sinorus.library.compiled import keep_compiled, read_compiled
from sinorus.library.location import own_file
from sinorus.text import names, persons
from sinorus.text.name_files import read_groups
from sinorus.text.names import STARTER, Entry, Names, compile_names, russian_stems
from sinorus.text.stems import learn
from sinorus.text.tokens import FINGERPRINT

FILE = "names.toml"
_LARGEST = 1 << 24
"""Bytes that a file of names may have, written or compiled."""
_CACHE = "names.json"
"""Lines of JSON: stamps and a checksum of the rest; the ends of the lines behind it; _PARTS objects
of keys, by the checksum of a key; of each group, an `Entry` and the stems of the Russian words in
it. A search reads the two or three lines that its words are in: reading all of it takes 5 ms."""
_PARTS = 256


def load_names(tree: Tree, index: str, *, compiled: bool = False) -> Names:
    """The names of the program and of the library's own file; none where they would have to be
    `compiled` already and are not.

    Raises ConfigError for a broken file. The compiled form is kept in the folder `index` where it
    exists and can be written; it is only ever as good as the stamps of what it was made from.
    """
    starter, own = STARTER.read_bytes(), own_file(tree, FILE, _LARGEST)
    stamp = _stamp(starter, own)
    cached = read_compiled(tree, index, _CACHE, stamp, _LARGEST)
    if cached is not None:
        with suppress(ValueError, RecursionError):
            return _KeptNames(cached)
    if compiled:
        return Names((), {})
    groups = read_groups(starter.decode("utf-8"), "the names that come with sinorus")
    if own is not None:
        where = os.path.join(tree.root, FILE)  # noqa: PTH118
        groups += read_groups(own.decode("utf-8", "replace"), where, own=True)
    made = compile_names(groups)
    _write_cache(tree, index, stamp, made)
    return made


def _stamp(*contents: bytes | None) -> list[object]:
    """What the compiled form depends on: the code's versions and the bytes of both files."""
    stamp: list[object] = [FINGERPRINT, names.FORMAT]
    for content in contents:
        stamp += [None] if content is None else [len(content), zlib.crc32(content)]
    return stamp


class _KeptNames(Names):
    """Names of which only those that are asked about are read."""

    def __init__(self, body: bytes) -> None:
        super().__init__((), {})
        self._body, self._first = body, body.index(b"\n") + 1
        self._ends: list[int] = json.loads(body[: self._first])
        self._read: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._ends) - _PARTS

    def _line(self, number: int) -> Any:
        if number not in self._read:
            start = self._ends[number - 1] if number else 0
            line = self._body[self._first + start : self._first + self._ends[number]]
            self._read[number] = json.loads(line)
        return self._read[number]

    def entry(self, group: int) -> Entry:
        entry: list[Any]
        stems: dict[str, str]
        entry, stems = self._line(_PARTS + group)
        learn(stems)
        return Entry(*entry)

    def place(self, key: str) -> Sequence[int] | None:
        keys: dict[str, list[int]] = self._line(_part(key))
        return keys.get(key)


def _part(key: str) -> int:
    """Which of the parts a key is in."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % _PARTS


def _write_cache(tree: Tree, index: str, stamp: list[object], compiled: Names) -> None:
    keys: list[dict[str, Sequence[int]]] = [{} for _ in range(_PARTS)]
    for key, place in compiled.keys.items():
        keys[_part(key)][key] = place
    groups = [[one, russian_stems(_searched(one))] for one in compiled.entries]
    lines = [_dumped(line) + b"\n" for line in [*keys, *groups]]
    body = _dumped([*accumulate(map(len, lines))]) + b"\n" + b"".join(lines)
    keep_compiled(tree, index, _CACHE, stamp, body)


def _searched(entry: Entry) -> list[str]:
    """What of a group is looked up in texts."""
    found = [*entry.forms, *entry.opens, *entry.surnames, entry.patronymic]
    if entry.surnames:
        found += persons.variants(entry.forms, frozenset(entry.surnames), entry.patronymic)
    return found


def _dumped(content: object) -> bytes:
    """A line of JSON, without its end."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
