"""The file of marks of a library: how it is read, quickly, and changed by one at a time.

It is read as often as it changes. A change is made under a lock of its own, of what the file says
then, and takes its place whole.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from stat import S_IMODE, S_ISLNK

from sinorus.errors import ConfigError, SinorusError
from sinorus.files import Folder, Tree
from sinorus.library.compiled import keep_compiled, read_compiled
from sinorus.library.location import MARKS, own_file
from sinorus.model.marks import Mark

_INDEX, _LOCK, _CACHE = "index", "marks.lock", "marks.json"
_FORMAT = 1
"""Of the cache: lists of a set, an id and a note."""
_LARGEST = 1 << 24
"""Bytes that a file of marks may have."""
_LEFT = re.compile(rf"{re.escape(MARKS)}\.[0-9a-f]{{16}}")
"""What a writer leaves that was killed before it was done."""
_EMPTY: tuple[Mark, ...] = ()

Stamp = tuple[int, int, int, int]
"""What of a file changes when it does: times, size, inode."""
Change = Callable[[str, str], str]
"""From what the file says and how it is called to what it is to say."""


class MarkFile:
    """The file of marks of a library; a writer is waited for `wait` seconds."""

    def __init__(self, tree: Tree, wait: float) -> None:
        self._tree, self._wait = tree, wait
        self.path = os.path.join(tree.root, MARKS)  # noqa: PTH118 - it is said, and not opened

    def stamp(self) -> Stamp | None:
        """What tells whether the file has changed; None if there is none."""
        try:
            told = self._tree.stat(MARKS)
            if S_ISLNK(told.st_mode):
                told = self._tree.stat(self._tree.settle(MARKS))
        except FileNotFoundError:
            return None
        except OSError:  # whoever reads it says why
            return 0, 0, 0, 0
        return told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino

    def read(self) -> Sequence[Mark]:
        """All marks with all that is known of them. Raises ConfigError with the line of a fault."""
        from sinorus.citation.evidence import read_marks

        content = own_file(self._tree, MARKS, _LARGEST)
        return _EMPTY if content is None else read_marks(self._text(content), self.path)

    def quick(self) -> Sequence[Mark]:
        """All marks without their words, queries and days; raises as `read` does.

        They are kept beside the index: to read a thousand takes a few milliseconds then.
        """
        content = own_file(self._tree, MARKS, _LARGEST)
        if content is None:
            return _EMPTY
        stamp = [_FORMAT, len(content), zlib.crc32(content)]
        body = read_compiled(self._tree, _INDEX, _CACHE, stamp, 2 * _LARGEST)
        if body is not None and (kept := _kept(body)) is not None:
            return kept
        from sinorus.citation.evidence import read_marks

        marks = [one[:3] for one in read_marks(self._text(content), self.path)]
        dumped = json.dumps(marks, separators=(",", ":"), ensure_ascii=False)
        keep_compiled(self._tree, _INDEX, _CACHE, stamp, dumped.encode())
        return [Mark(*one) for one in marks]

    def change(self, change: Change) -> None:
        """Has the file say something else, decided on what it says under the lock.

        Raises ConfigError for a broken file, SinorusError where it cannot be written or another
        process holds the lock for too long.
        """
        try:
            with self._locked():
                content = own_file(self._tree, MARKS, _LARGEST) or b""
                mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
                old = self._text(content)
                new = change(old, self.path)
                if new != old:
                    self._put(mark + new.encode())
        except OSError as fault:
            from sinorus.shortage import shortage

            raise shortage(fault) or SinorusError(
                f"{self.path} cannot be written: {fault.strerror}",
                "make room, or check the permissions of the folder",
            ) from None

    def _text(self, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            raise ConfigError(
                f"{self.path}:{line}: this is not UTF-8", "save it as UTF-8"
            ) from None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with closing(self._tree.make_folder(_INDEX)) as folder, folder.turn(_LOCK, self._wait):
                yield
        except BlockingIOError:
            what = "the marks are being written by another process"
            raise SinorusError(what, reason="locked index") from None

    def _put(self, content: bytes) -> None:
        """Puts the file in the place of the old one, where that is: a link of it stays, and so does
        who may read it. Raises SinorusError for more than can be read again.
        """
        if len(content) > _LARGEST:
            raise SinorusError(
                f"{self.path} would be larger than {_LARGEST >> 20} MiB",
                "nothing was written: take marks out, or shorten their notes",
            )
        try:
            path = self._tree.settle(MARKS)
        except FileNotFoundError:
            path = MARKS
        above, _, name = path.rpartition("/")
        with closing(self._tree.folder(above)) as folder:
            _clear(folder)
            mode = None
            with suppress(FileNotFoundError):
                mode = S_IMODE(folder.stat(name).st_mode)
            folder.write(name, content, sync=True, mode=mode)


def _kept(body: bytes) -> list[Mark] | None:
    """The marks of a cache; None if it does not say what we wrote."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, list):
        return None
    for one in told:
        if not isinstance(one, list) or [type(part) for part in one] != [str, str, str]:
            return None
    return [Mark(*one) for one in told]


def _clear(folder: Folder) -> None:
    """Takes away what a writer left that was killed."""
    for name in folder.names():
        if _LEFT.fullmatch(name):
            folder.remove(name)
