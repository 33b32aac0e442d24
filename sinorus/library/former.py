"""What paragraphs said before their sources were changed, for those who noted them by their hash.

An index has what sources say now. When a change of it replaces a document or takes it out, what is
nowhere any more is added to one file in the folder of the index, whatever the engine; the newest
few megabytes are kept (decision 43). The file is replaced whole, so that it is never half written,
and nothing else depends on it: without it, or where it is damaged, only the words are missing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import cached_property
from struct import Struct
from typing import NamedTuple

from sinorus.engines.port import Engine
from sinorus.errors import SinorusError
from sinorus.files import Folder, NotRegular, TooLarge, Tree
from sinorus.model import Former, Paragraph

FOLDER, FILE = "index", "former.bin"
LOCK = "former.lock"
_WAIT = 5.0
"""Seconds for which another run is waited for that adds its own."""
_MOST = 8 << 20
"""Bytes of the file."""
_AT_ONCE = 4_000_000
"""Characters that one change adds at most, so that the changes before it are not lost by it."""
_IN_A_FRAME = 250_000
"""Characters that are packed together, which is what has to be unpacked to find one of them."""
_UNPACKED = 32 << 20
"""Bytes that a frame may have when it is unpacked."""
_HEAD = Struct("<4sIII")
"""Magic, checksum of what follows it, hashes, bytes of what is packed."""
_MAGIC = b"FRM1"
_TRIED = 100
"""Beginnings of frames that are none, after which the rest is given up: no more come by chance."""


class _Frame(NamedTuple):
    """Paragraphs that were packed together: their hashes, and all of the bytes of the frame."""

    hashes: Sequence[int]
    content: bytes

    def formers(self) -> Iterator[Former]:
        """The paragraphs. Raises ValueError, TypeError, RecursionError for what nobody packed."""
        unpacker = zlib.decompressobj()
        try:
            raw = unpacker.decompress(self.content[_HEAD.size + 4 * len(self.hashes) :], _UNPACKED)
        except zlib.error as fault:
            raise ValueError(str(fault)) from None
        until, rows = json.loads(raw)
        for row in rows:
            if [type(one) for one in row] != [str, int, str, str] or type(until) is not str:
                raise ValueError("this is no paragraph")
            document, n, hash_, text = row
            yield Former(document, n, hash_, text, until[:10])


class Formers:
    """What paragraphs of a library said, by their hashes; the file is read when it is asked.

    `tell` is told once that some of it cannot be read.
    """

    def __init__(self, tree: Tree, tell: Callable[[str], None]) -> None:
        self._tree, self._tell = tree, tell

    def find(self, text_hash: str) -> Former | None:
        """What the last paragraph of this hash said; None if that is not known."""
        try:
            wanted = int(text_hash, 16)
        except ValueError:
            return None
        for frame in self._frames:
            if wanted in frame.hashes:
                try:
                    return next(one for one in frame.formers() if one.hash == text_hash)
                except (ValueError, TypeError, RecursionError, StopIteration):
                    self._damaged()
        return None

    @cached_property
    def _frames(self) -> list[_Frame]:
        """The frames, the newest first."""
        try:
            with closing(self._tree.folder(FOLDER)) as folder:
                frames, whole = _read(folder)
        except FileNotFoundError:
            return []
        except OSError as fault:
            self._tell(f"{FOLDER}/{FILE} cannot be read: {fault.strerror}")
            return []
        if not whole:
            self._damaged()
        return frames[::-1]

    def _damaged(self) -> None:
        self._tell(f"{FOLDER}/{FILE} is damaged: what some paragraphs said before is lost")


class Leaving:
    """The paragraphs of the documents that a change of an index replaces or takes out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._there: list[Paragraph] = []
        self._room = _AT_ONCE

    def take(self, documents: Iterable[str]) -> None:
        """Reads what some documents say, before the change is made."""
        for name in dict.fromkeys(documents):
            with suppress(SinorusError):  # what is damaged is replaced, and nothing is lost by that
                for paragraph in self._engine.paragraphs(name):
                    if self._room < len(paragraph.text):
                        return
                    self._room -= len(paragraph.text)
                    self._there.append(paragraph)

    def keep(self, tree: Tree) -> None:
        """Keeps of that what is nowhere any more, after the change was made."""
        if not self._there:
            return
        still = self._still_there()
        until = self._engine.info().updated[:10]
        gone = {one.hash: one for one in self._there if one.hash and one.hash not in still}
        if gone:
            with suppress(OSError):  # where nothing can be written, nothing is kept
                _add(tree, [*gone.values()], until)

    def _still_there(self) -> set[str]:
        """The hashes that paragraphs have after the change; in another place of a cluster, which
        would be asked for one after the other, those in the same documents.
        """
        if self._engine.shared:
            names = {one.document for one in self._there}
            return {one.hash for name in names for one in self._engine.paragraphs(name)}
        hashes = {one.hash for one in self._there}
        return {one for one in hashes if self._engine.paragraph_by_hash(one)}


def _add(tree: Tree, paragraphs: Sequence[Paragraph], until: str) -> None:
    """Puts paragraphs behind what is kept already, of which the oldest goes.

    Raises OSError, also where what is kept is there and cannot be read: it is not to be lost.
    """
    with closing(tree.make_folder(FOLDER)) as folder, folder.turn(LOCK, _WAIT):
        kept, _ = _read(folder)
        frames = [*(frame.content for frame in kept), *_packed(paragraphs, until)]
        size, first = 0, len(frames)
        while first and size + len(frames[first - 1]) <= _MOST:
            first -= 1
            size += len(frames[first])
        folder.write(FILE, b"".join(frames[first:]))


def _packed(paragraphs: Sequence[Paragraph], until: str) -> Iterator[bytes]:
    rows: list[tuple[str, int, str, str]] = []
    size = 0
    for number, one in enumerate(paragraphs, 1):
        rows.append((one.document, one.n, one.hash, one.text))
        size += len(one.text)
        if size < _IN_A_FRAME and number < len(paragraphs):
            continue
        hashes = b"".join(int(row[2], 16).to_bytes(4, "little") for row in rows)
        said = json.dumps([until, rows], ensure_ascii=False).encode("utf-8", "surrogatepass")
        packed = zlib.compress(said, 6)
        head = _HEAD.pack(_MAGIC, zlib.crc32(hashes + packed), len(rows), len(packed))
        yield head + hashes + packed
        rows, size = [], 0


def _read(folder: Folder) -> tuple[list[_Frame], bool]:
    """The sound frames, the oldest first, and whether all are; none where there is no file.

    Raises OSError for one that may be sound and cannot be read.
    """
    try:
        raw = folder.read(FILE, _MOST)
    except FileNotFoundError:
        return [], True
    except (NotRegular, TooLarge):
        return [], False
    frames: list[_Frame] = []
    at, whole, tried = 0, True, 0
    while at < len(raw) and tried < _TRIED:
        begin = raw.find(_MAGIC, at)
        if begin < 0 or begin + _HEAD.size > len(raw):
            return frames, False
        _, checksum, count, size = _HEAD.unpack_from(raw, begin)
        start = begin + _HEAD.size
        end = start + 4 * count + size
        if end > len(raw) or zlib.crc32(raw[start:end]) != checksum:
            at, whole, tried = begin + 1, False, tried + 1
            continue
        whole = whole and begin == at
        numbers = memoryview(raw)[start : start + 4 * count]
        hashes = Struct(f"<{count}I").unpack(numbers)
        frames.append(_Frame(hashes, raw[begin:end]))
        at = end
    return frames, whole
