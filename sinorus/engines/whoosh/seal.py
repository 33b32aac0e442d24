"""The seal: how long each file of the index must be, and its checksum.

Whoosh's stock files carry no checksums. The seal is written right after a commit; a run that is
killed in between leaves an older one, which vouches for nothing and says so.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from pathlib import Path

_FILE = "seal.json"
_COLUMN = re.compile(r"\.(ordinal|n|length)\.col$")
"""Small files whose damage would make an answer wrong without making it fail."""
_PART = re.compile(r"_?MAIN_\w+\.(?!.*\.tmp$)[\w.]+$")


def write_seal(folder: Path, generation: int) -> None:
    """Seals all files of the commit `generation`; sums of unchanged files are carried over."""
    old = _read(folder)[1]
    files: dict[str, list[int]] = {}
    for name in _parts(folder):
        path = folder / name
        stat = path.stat()
        known = old.get(name)
        if known and known[0] == stat.st_size and known[2] == stat.st_mtime_ns:
            files[name] = known
        else:
            files[name] = [stat.st_size, _checksum(path), stat.st_mtime_ns]
    text = json.dumps({"generation": generation, "files": files})
    temporary = folder / f"{_FILE}.{os.getpid()}"
    temporary.write_text(text, "utf-8")
    temporary.replace(folder / _FILE)


def broken_parts(folder: Path, generation: int, contents: bool = False) -> list[str]:
    """What does not fit the seal: files that are gone or have another length.

    Checksums are compared of the columns, and with `contents` of all files. Empty if all fits, or
    if the seal is of another commit.
    """
    sealed, files = _read(folder)
    if sealed != generation:
        return []
    found = []
    for name, (size, checksum, _) in files.items():
        path = folder / name
        try:
            actual = path.stat().st_size
        except OSError:
            found.append(f"{name} is missing")
            continue
        if actual != size:
            found.append(f"{name} has {actual} bytes instead of {size}")
        elif (contents or _COLUMN.search(name)) and _checksum(path) != checksum:
            found.append(f"{name} has changed since it was written")
    return found


def is_sealed(folder: Path, generation: int) -> bool:
    """Whether there is a seal of this very commit."""
    return _read(folder)[0] == generation


def _read(folder: Path) -> tuple[int, dict[str, list[int]]]:
    try:
        content = json.loads((folder / _FILE).read_text("utf-8"))
        return content["generation"], content["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return -1, {}


def _parts(folder: Path) -> list[str]:
    return sorted(entry.name for entry in os.scandir(folder) if _PART.match(entry.name))


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            total = zlib.crc32(block, total)
    return total
