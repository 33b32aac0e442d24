"""The `[[folder]]` tables of a library's settings: what is said of all documents below a folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sinorus.errors import ConfigError
from sinorus.model.folders import FolderTable, Said

MOST = 1_000
"""Tables of a library."""
LONGEST = 8_192
"""Characters of the keys and values of a table: every document below the folder carries them."""
_HEADER = re.compile(r"""[ \t]*\[\[[ \t]*(["']?)folder\1[ \t]*\]\]""")
_KEY = re.compile(r"""[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*=""")
_HOW = 'write [[folder]], and path = "seeds/…" below it'


def folder_tables(found: object, text: str, file: str) -> tuple[FolderTable, ...]:
    """The tables that were `found` in the `text` of a file. Raises ConfigError for what is none.

    Numbers, dates and truth values are the texts that they are written as, more or less: `1.10` is
    read as a number by TOML. Texts and lists of texts are what front matter has.
    """
    if isinstance(found, dict):
        raise ConfigError(f"{file}: [folder] is one table of many", _HOW)
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise ConfigError(f"{file}: folder = {_short(found)} is no table", _HOW)
    if len(found) > MOST:
        raise ConfigError(f"{file}: more than {MOST:,} tables [[folder]]", "")
    places = _places(text, len(found))
    return tuple(
        _table(table, file, line, lines) for table, (line, lines) in zip(found, places, strict=True)
    )


def _table(
    table: Mapping[str, Any], file: str, line: int | None, lines: Mapping[str, int]
) -> FolderTable:
    def place(key: str = "") -> str:
        at = lines.get(key, line)
        return file if at is None else f"{file}:{at}"

    path = table.get("path")
    if not isinstance(path, str) or not path.strip():
        what = "has no path" if path is None else f"has a path that is no text: {_short(path)}"
        raise ConfigError(f"{place('path')}: [[folder]] {what}", _HOW)
    said: list[tuple[str, Said]] = []
    for key, value in table.items():
        if key.strip().lower() == "id":
            raise ConfigError(f"{place(key)}: a folder cannot give all its documents one id", "")
        if key != "path":
            text = _said(value)
            if text is None:
                raise ConfigError(
                    f"{place(key)}: {key[:60]} = {_short(value)} cannot be said of documents",
                    "write a text, a number, a date, true or false, or a list of those",
                )
            said.append((key, text))
    if sum(len(key) + len("".join(value)) for key, value in said) > LONGEST:
        raise ConfigError(f"{place()}: [[folder]] says more than {LONGEST:,} characters", "")
    return FolderTable(path, tuple(said), file, line, lines)


def _said(value: object) -> Said | None:
    """A value as front matter has it; None for one that it may not have."""
    if isinstance(value, list):
        texts = [_scalar(item) for item in value]
        return None if None in texts else tuple(text for text in texts if text is not None)
    return _scalar(value)


def _scalar(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (str, int, float)) else None


def _places(text: str, count: int) -> list[tuple[int | None, dict[str, int]]]:
    """The line of each table and those of its keys; none where tables are written otherwise."""
    found: list[tuple[int | None, dict[str, int]]] = []
    keys: dict[str, int] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if _HEADER.match(line):
            keys = {}
            found.append((number, keys))
        elif line.lstrip().startswith("[") and line.rstrip().endswith("]") and "=" not in line:
            keys = None
        elif keys is not None and (key := _KEY.match(line)):
            keys.setdefault(key[1] or key[2] or key[3] or "", number)
    return found if len(found) == count else [(None, {})] * count


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
