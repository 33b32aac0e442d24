"""The program's own terms, compiled: a table of which a search reads the few lines that it needs.

`terms.table` is made of `terms.toml` by `python -m sinorus.text.term_table`; a test holds the two
together. Compiling takes a second, and reading a compiled file of two megabytes takes as long as
a search.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import Struct
from typing import Any

from sinorus.text.names import russian_stems
from sinorus.text.stems import learn
from sinorus.text.tables import dumped, mapped, part
from sinorus.text.terms import FORMAT, Compiled, Forms, Terms, TermsInMemory
from sinorus.text.tokens import FINGERPRINT

TABLE = Path(__file__).with_name("terms.table")
"""A line of JSON (what it was made with, and how many concepts), the ends of all lines behind it as
numbers of four bytes, little-endian, and those lines: _PARTS objects of keys, by the checksum of a
key; of each concept its forms and the stems of the Russian words in them."""
_PARTS = 1024
_NUMBER = Struct("<I")


class TermTable(Terms):
    """Terms in a file, of which only what is asked for is read."""

    def __init__(self, content: Any, start: int, concepts: int) -> None:
        self._content, self._concepts = content, concepts
        self._ends = start
        self._first = start + _NUMBER.size * (_PARTS + concepts)
        self._parts: dict[int, Mapping[str, Sequence[int]]] = {}

    @classmethod
    def of(cls, content: Any) -> TermTable:
        """The terms in the content of a table. Raises ValueError for one of another version."""
        start = content.find(b"\n") + 1
        made, fingerprint, concepts = json.loads(content[:start])
        if (made, fingerprint) != (FORMAT, FINGERPRINT):
            raise ValueError("the table was made with another analysis")
        return cls(content, start, concepts)

    def __len__(self) -> int:
        return self._concepts

    @property
    def stamp(self) -> object:
        return zlib.crc32(self._content)

    def _line(self, number: int) -> Any:
        at = self._ends + _NUMBER.size * number
        before = (0,) if number == 0 else _NUMBER.unpack(self._content[at - _NUMBER.size : at])
        (end,) = _NUMBER.unpack(self._content[at : at + _NUMBER.size])
        return json.loads(self._content[self._first + before[0] : self._first + end])

    def place(self, key: str) -> Sequence[int] | None:
        number = part(key, _PARTS)
        if number not in self._parts:
            self._parts[number] = self._line(number)
        return self._parts[number].get(key)

    def forms(self, concept: int) -> Forms:
        forms: Forms
        forms, stems = self._line(_PARTS + concept)
        learn(stems)
        return forms


def open_table(path: Path = TABLE) -> TermTable | None:
    """The terms in a table; None where there is none, or it was made with another analysis."""
    try:
        content = mapped(path)
        return TermTable.of(content)
    except (OSError, ValueError):
        return None


def table_of(compiled: Compiled) -> bytes:
    """The content of a table."""
    keys: list[dict[str, Sequence[int]]] = [{} for _ in range(_PARTS)]
    for key in sorted(compiled.keys):
        keys[part(key, _PARTS)][key] = compiled.keys[key]
    lines = [*map(dumped, keys), *(dumped(entry_of(forms)) for forms in compiled.entries)]
    ends: list[int] = []
    for line in lines:
        ends.append((ends[-1] if ends else 0) + len(line))
    head = dumped([FORMAT, FINGERPRINT, len(compiled.entries)])
    return head + b"\n" + b"".join(map(_NUMBER.pack, ends)) + b"".join(lines)


def entry_of(forms: Forms) -> tuple[Forms, dict[str, str]]:
    """The forms of a concept by language, and the stems of the Russian words in them."""
    return forms, russian_stems(forms.get("ru", ()))


def own_terms() -> Terms:
    """The program's own terms: from its table, or compiled anew where that is of another analysis,
    as with a new dictionary of Russian.
    """
    found = open_table()
    if found is not None:
        return found
    return TermsInMemory(compiled_own())


def compiled_own() -> Compiled:
    """The program's own terms, compiled."""
    from sinorus.text.term_files import read_concepts
    from sinorus.text.terms import compile_terms, own_text

    return compile_terms(read_concepts(own_text(), "the terms that come with sinorus"))


if __name__ == "__main__":
    TABLE.write_bytes(table_of(compiled_own()))
