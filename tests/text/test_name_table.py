"""The table of the program's names: what is compiled, and read as if it had just been."""

from __future__ import annotations

import json
from pathlib import Path

from sinorus.text.name_files import read_groups
from sinorus.text.name_table import TABLE, open_table, own_table
from sinorus.text.names import compile_names, starter_text


def test_the_table_is_made_of_the_file() -> None:
    assert TABLE.read_bytes() == own_table(), "run python -m sinorus.text.name_table"


def test_it_has_what_was_compiled() -> None:
    compiled = compile_names(read_groups(starter_text(), "names"))
    table = open_table()
    assert table is not None
    assert len(table) == len(compiled) > 1_900
    kept = [table.entry(group) for group in range(len(table))]
    assert json.dumps(kept) == json.dumps(compiled.entries)
    for key, place in compiled.keys.items():
        assert list(table.place(key) or ()) == list(place), key
    assert table.place("no such name") is None


def test_a_table_of_another_analysis_is_none(tmp_path: Path) -> None:
    other = tmp_path / "names.table"
    assert open_table(other) is None
    for content in (b"", b"[1]\n", b'[0,"another"]\n' + TABLE.read_bytes().split(b"\n", 1)[1]):
        other.write_bytes(content)
        assert open_table(other) is None
    other.write_bytes(TABLE.read_bytes())
    assert open_table(other) is not None
