"""Names, compiled: a table of which a search reads the two or three lines that its words are in.

`names.table` has the program's own. It is made of `names.toml` by `python -m
sinorus.text.name_table`; a test holds the two together. Compiling takes more than a second, and
reading all of the compiled form 5 ms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from sinorus.text import persons
from sinorus.text.names import FORMAT, Entry, Names, compile_names, russian_stems, starter_text
from sinorus.text.stems import learn
from sinorus.text.tables import dumped, mapped, part
from sinorus.text.tokens import FINGERPRINT

TABLE = Path(__file__).with_name("names.table")
"""A line of JSON, what it was made with; and what `table_of` makes of the program's names."""
_PARTS = 256


class NameTable(Names):
    """Names in the bytes that `table_of` made, which are from `start` on in `content`.

    Only what is asked for is read. Raises ValueError for what is no such table.
    """

    def __init__(self, content: Any, start: int = 0) -> None:
        super().__init__((), {})
        self._content, self._first = content, content.find(b"\n", start) + 1
        self._ends: list[int] = json.loads(content[start : self._first])
        self._read: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._ends) - _PARTS

    def _line(self, number: int) -> Any:
        if number not in self._read:
            start = self._ends[number - 1] if number else 0
            line = self._content[self._first + start : self._first + self._ends[number]]
            self._read[number] = json.loads(line)
        return self._read[number]

    def entry(self, group: int) -> Entry:
        entry: list[Any]
        stems: dict[str, str]
        entry, stems = self._line(_PARTS + group)
        learn(stems)
        return Entry(*entry)

    def place(self, key: str) -> Sequence[int] | None:
        keys: dict[str, list[int]] = self._line(part(key, _PARTS))
        return keys.get(key)


def table_of(names: Names) -> bytes:
    """Lines of JSON: the ends of the lines behind it; _PARTS objects of keys, by the checksum of a
    key; of each group, an `Entry` and the stems of the Russian words in it.
    """
    keys: list[dict[str, Sequence[int]]] = [{} for _ in range(_PARTS)]
    for key in sorted(names.keys):
        keys[part(key, _PARTS)][key] = names.keys[key]
    groups = [[one, russian_stems(_searched(one))] for one in names.entries]
    lines = [dumped(line) + b"\n" for line in [*keys, *groups]]
    return dumped([*accumulate(map(len, lines))]) + b"\n" + b"".join(lines)


def _searched(entry: Entry) -> list[str]:
    """What of a group is looked up in texts."""
    found = [*entry.forms, *entry.opens, *entry.surnames, entry.patronymic]
    if entry.surnames:
        found += persons.variants(entry.forms, frozenset(entry.surnames), entry.patronymic)
    return found


def open_table(path: Path = TABLE) -> Names | None:
    """The program's own names from its table; None where there is none, or it was made with
    another analysis, as with a new dictionary of Russian.
    """
    try:
        content = mapped(path)
        start = content.find(b"\n") + 1
        return NameTable(content, start) if content[:start] == _head() else None
    except (OSError, ValueError):
        return None


def _head() -> bytes:
    return dumped([FORMAT, FINGERPRINT]) + b"\n"


def own_table() -> bytes:
    """The content of the program's own table, made anew."""
    from sinorus.text.name_files import read_groups

    groups = read_groups(starter_text(), "the names that come with sinorus")
    return _head() + table_of(compile_names(groups))


if __name__ == "__main__":
    TABLE.write_bytes(own_table())
