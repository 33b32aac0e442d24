"""What was converted is kept in the index, by the bytes it was made of.

So a file that was moved or touched, another analysis of words, or an index that is rebuilt, does
not convert it again. A file here that is damaged, or was made by another reader, is not taken.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from errno import EINVAL, EIO

from sinorus.files import Tree
from sinorus.model.documents import DIGITS, Fingerprint

FOLDER = "index/converted"
_LARGEST = 1 << 28
_A_PART = re.compile(r"[0-9a-f]{32}-[a-z]+-[0-9]+\.[0-9]+")
_MADE, _SAID = b"made\n", b"said\n"


class Kept:
    """The folder of what was converted."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def read(self, digest: str, reader: str) -> tuple[bytes, str] | None:
        """What was made of these bytes by this reader, or the sentence why nothing was; or None."""
        try:
            with closing(self._tree.folder(FOLDER)) as folder:
                raw = _unpacked(folder.read(_name(digest, reader), _LARGEST))
        except OSError:
            return None
        if raw.startswith(_MADE):
            return raw[len(_MADE) :], ""
        if raw.startswith(_SAID):
            return b"", raw[len(_SAID) :].decode("utf-8", "replace")
        return None

    def write(self, digest: str, reader: str, payload: bytes, said: str = "") -> None:
        """Keeps what was made; where nothing can be written, that costs only time later."""
        content = _SAID + said.encode("utf-8", "replace") if said else _MADE + payload
        with suppress(OSError):
            self._write(_name(digest, reader), content)

    def write_part(self, digest: str, reader: str, number: int, payload: bytes) -> str:
        """Keeps a part of what was made; the name to read it by. Raises OSError."""
        name = f"{_name(digest, reader)}.{number}"
        self._write(name, payload)
        return name

    def _write(self, name: str, content: bytes) -> None:
        with closing(self._tree.make_folder(FOLDER)) as folder:
            folder.write(name, zlib.compress(content, 3))

    def read_part(self, name: str) -> bytes:
        """What was kept under a name. Raises OSError."""
        if not _A_PART.fullmatch(name):
            raise OSError(EINVAL, "no part is kept under such a name")
        with closing(self._tree.folder(FOLDER)) as folder:
            return _unpacked(folder.read(name, _LARGEST))


def drop_others(tree: Tree, known: Callable[[], Iterable[Fingerprint]]) -> None:
    """Takes away what was made of files that are not among those that are `known`."""
    try:
        with closing(tree.folder(FOLDER)) as folder:
            if names := folder.names():
                wanted = {one.digest[:DIGITS] for one in known()}
                for name in names:
                    if name[:DIGITS] not in wanted:
                        folder.remove(name)
    except OSError:  # there is no such folder, or it cannot be written
        pass


def _unpacked(raw: bytes) -> bytes:
    """The content of a file here, if it is no larger than any is. Raises OSError."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(raw, _LARGEST)
    except zlib.error as fault:
        raise OSError(EIO, str(fault)) from fault
    if not unpacker.eof:
        raise OSError(EIO, "it is not whole")
    return content


def _name(digest: str, reader: str) -> str:
    return f"{digest[:DIGITS]}-{reader}"
