"""What was converted is kept in the index, by the bytes it was made of.

So a file that was moved or touched, another analysis of words, or an index that is rebuilt, does
not convert it again. A file here that is damaged, or was made by another reader, is not taken.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from contextlib import closing

from sinorus.files import Tree
from sinorus.model.documents import DIGITS, Fingerprint

FOLDER = "index/converted"
_LARGEST = 1 << 28
_MADE, _SAID = b"made\n", b"said\n"


class Kept:
    """The folder of what was converted."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def read(self, digest: str, reader: str) -> tuple[bytes, str] | None:
        """What was made of these bytes by this reader, or the sentence why nothing was; or None."""
        try:
            with closing(self._tree.folder(FOLDER)) as folder:
                raw = zlib.decompress(folder.read(_name(digest, reader), _LARGEST))
        except (OSError, zlib.error):
            return None
        if raw.startswith(_MADE):
            return raw[len(_MADE) :], ""
        if raw.startswith(_SAID):
            return b"", raw[len(_SAID) :].decode("utf-8", "replace")
        return None

    def write(self, digest: str, reader: str, payload: bytes, said: str = "") -> None:
        """Keeps what was made; where nothing can be written, that costs only time later."""
        content = _SAID + said.encode("utf-8", "replace") if said else _MADE + payload
        try:
            with closing(self._tree.make_folder(FOLDER)) as folder:
                folder.write(_name(digest, reader), zlib.compress(content, 3))
        except OSError:
            pass


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


def _name(digest: str, reader: str) -> str:
    return f"{digest[:DIGITS]}-{reader}"
