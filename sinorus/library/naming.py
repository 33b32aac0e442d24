"""The names a library searches with: the program's, and those of the library's own file."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress

from sinorus.files import Tree
from sinorus.library.compiled import keep_compiled, read_compiled
from sinorus.library.location import own_file
from sinorus.text.name_files import read_groups
from sinorus.text.name_table import NameTable, open_table, table_of
from sinorus.text.names import FORMAT, STARTER, Names, compile_names
from sinorus.text.tokens import FINGERPRINT

FILE = "names.toml"
_LARGEST = 1 << 24
"""Bytes that a file of names may have, written or compiled."""
_CACHE = "names.json"
"""A line of JSON, stamps and a checksum of the rest, which is a table as in `text.name_table`."""


def load_names(tree: Tree, index: str, *, compiled: bool = False) -> Names:
    """The names of the program and of the library's own file; none where they would have to be
    `compiled` already and are not.

    Raises ConfigError for a broken file. Where the library has one, or the program's table is of
    another analysis, the compiled form is kept in the folder `index` if that exists and can be
    written; it is only ever as good as the stamps of what it was made from.
    """
    own = own_file(tree, FILE, _LARGEST)
    if own is None and (shipped := open_table()) is not None:
        return shipped
    starter = STARTER.read_bytes()
    stamp = [FINGERPRINT, FORMAT, *_stamp(starter), *_stamp(own)]
    cached = read_compiled(tree, index, _CACHE, stamp, _LARGEST)
    if cached is not None:
        with suppress(ValueError, RecursionError):
            return NameTable(cached)
    if compiled:
        return Names((), {})
    groups = read_groups(starter.decode("utf-8"), "the names that come with sinorus")
    if own is not None:
        where = os.path.join(tree.root, FILE)  # noqa: PTH118
        groups += read_groups(own.decode("utf-8", "replace"), where, own=True)
    made = compile_names(groups)
    keep_compiled(tree, index, _CACHE, stamp, table_of(made))
    return made


def _stamp(content: bytes | None) -> list[int | None]:
    """What tells a file from another: its size and checksum."""
    return [None] if content is None else [len(content), zlib.crc32(content)]
