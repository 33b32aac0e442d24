"""The names a library searches with, compiled once and kept beside the index."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

from sinorus.errors import ConfigError
from sinorus.text import names
from sinorus.text.names import Names, compile_names, read_groups, starter_text
from sinorus.text.tokens import FINGERPRINT

FILE = "names.toml"
_CACHE = "names.json"


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


def _read_cache(path: Path, stamp: list[object]) -> Names | None:
    try:
        content = json.loads(path.read_bytes())
        if content["stamp"] == stamp:
            return Names(content["shown"], content["keys"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _write_cache(path: Path, stamp: list[object], compiled: Names) -> None:
    if not path.parent.is_dir():
        return
    content = {
        "stamp": stamp,
        "shown": compiled.shown,
        "keys": compiled.keys,
    }
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        temporary.write_text(
            json.dumps(content, separators=(",", ":"), ensure_ascii=False), "utf-8"
        )
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a folder that cannot be written costs only time
